"""How good a schedule can be at best: a number that no schedule of the problem, complete or not, can go below."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.schedule.bounding.ascent import ascend
from core.schedule.bounding.cuts import Known, broken_rows, packing_of
from core.schedule.bounding.dual import Dual, dual_of
from core.schedule.bounding.relaxation import Floats, relax
from core.schedule.entities import Calendar, Lag, Problem, Session

_FIRST_SHARE = 0.35
_PHASES = 4
_LATER_PACE = 0.4


@dataclass(frozen=True)
class Bound:
    """No schedule costs less than `value`, sessions left out at their weight. `proof`: what proved it."""

    value: float
    proof: str


def lower_bound(problem: Problem, *, seconds: float, best: float | None = None, watch: Callable[[Bound], bool] | None = None) -> Bound:
    """The best bound that is proved within `seconds` of wall time (it takes one thread, which holds no lock while it computes).

    `best`: the cost of the best schedule so far; once it is reached nothing more is to be proved. `watch` is told of the bound so far after
    every round (some milliseconds) and says whether to go on. The bound holds for schedules with sessions left out at `weights.unplaced`
    × priority, as for complete ones, and never exceeds the optimum.
    """
    return raise_bound(problem, seconds=seconds, best=best, watch=watch).bound


def raise_bound(
    problem: Problem,
    *,
    seconds: float,
    best: float | None = None,
    watch: Callable[[Bound], bool] | None = None,
    since: Raised | None = None,
) -> Raised:
    """As `lower_bound`, with what proved it; `since`: go on from there."""
    top = Bound(0.0, "zero") if since is None else since.bound
    return _Ascending(problem, time.monotonic() + seconds, best, watch, is_whole(problem), since, top).result()


@dataclass(frozen=True)
class Raised:
    """A bound with the prices that prove it (None where there is nothing to prove)."""

    bound: Bound
    dual: Dual | None = None
    prices: Floats | None = None

    def possible(self, ceiling: float) -> NDArray[np.bool_] | None:
        """For every session and slot, whether a schedule that costs `ceiling` or less can have the session start there."""
        if self.dual is None or self.prices is None:
            return None
        found: NDArray[np.bool_] = self.dual.least_with(self.prices) <= ceiling + 1e-6 * max(1.0, abs(ceiling))
        return found


@dataclass
class _Ascending:
    """First the prices alone; then again and again the rows that the average plan breaks are added and the prices raised further."""

    problem: Problem
    until: float
    best: float | None
    watch: Callable[[Bound], bool] | None
    whole: bool
    since: Raised | None
    top: Bound
    going: bool = True

    def result(self) -> Raised:
        if not self.problem.sessions:
            return Raised(self.top)
        relaxation = relax(self.problem)
        packing = packing_of(self.problem, relaxation.dur)
        dual, prices, pace = dual_of(self.problem, relaxation), None, 1.0
        if self.since is not None and self.since.dual is not None:
            dual, prices, pace = self.since.dual, self.since.prices, _LATER_PACE
        share = 1.0 if packing is None else _FIRST_SHARE
        reached = ascend(dual, share * self._left(), prices=prices, pace=pace, watch=self._told)
        known: set[Known] = set()
        for phase in range(_PHASES if packing is not None else 0):
            if not self.going or packing is None or self._left() <= 0:
                break
            rows = broken_rows(packing, reached.present, known, 0.2 * self._left())
            dual, prices = dual.tightened(rows, reached.prices)
            share = 1.0 / (_PHASES - phase) if rows else 1.0
            reached = ascend(dual, share * self._left(), prices=prices, pace=_LATER_PACE, watch=self._told)
        return Raised(self.top, dual, reached.prices)

    def _left(self) -> float:
        return self.until - time.monotonic()

    def _told(self, value: float) -> bool:
        self.top = max(self.top, _rounded(value, whole=self.whole), key=lambda one: one.value)
        enough = self.best is not None and self.top.value >= self.best
        self.going = (self.watch is None or self.watch(self.top)) and not enough
        return self.going


def warm_up() -> None:
    """Have the compiled part compiled (once a machine, some seconds) or loaded (some tenths of a second)."""
    lower_bound(Problem(Calendar(1), (Session("A"), Session("B", after=(Lag("A"),)))), seconds=0.0)


def _rounded(value: float, *, whole: bool) -> Bound:
    """A bound safe from errors of floating point, and up to the next whole number where all costs are whole."""
    safe = value - 1e-7 * max(1.0, abs(value))
    return Bound(max(0.0, float(math.ceil(safe)) if whole else safe), "lagrangian")


def is_whole(problem: Problem) -> bool:
    """Whether every cost is a whole number."""
    return all(float(one).is_integer() for one in _figures(problem))


def _figures(problem: Problem) -> Iterator[float]:
    weights, rules = problem.weights, problem.rules
    yield from (weights.late, weights.start, weights.cost, weights.overload, weights.move, weights.trainer_change, weights.unplaced)
    yield from (weights.cost * one.cost_per_slot for one in problem.trainers)
    yield from (weights.cost * one.cost_per_slot for one in problem.venues)
    yield from (weights.overload * one for one in rules.month_target_slots or ())
    yield rules.venue_capacity.weight
    if rules.person_month is not None:
        yield rules.person_month.weight
    yield from (one.compact for one in problem.cohorts)
    for group in problem.groups:
        yield group.same_venue
        yield group.spread.weight if group.spread else 0.0
