"""How good a schedule can be at best: a number that no schedule of the problem, complete or not, can go below."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.schedule.bounding.ascent import ascend
from core.schedule.bounding.cuts import Known, broken_rows, packing_of
from core.schedule.bounding.dual import dual_of
from core.schedule.bounding.relaxation import relax
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
    until = time.monotonic() + seconds
    whole = _whole(problem)
    if not problem.sessions:
        return Bound(0.0, "zero")
    top = Bound(0.0, "zero")

    def told(value: float) -> bool:
        nonlocal top
        top = max(top, _rounded(value, whole=whole), key=lambda one: one.value)
        enough = best is not None and top.value >= best
        return (watch is None or watch(top)) and not enough

    _raise(problem, until, told)
    return top


def _raise(problem: Problem, until: float, told: Callable[[float], bool]) -> None:
    """Raise the prices; then again and again add the rows that the average plan breaks and raise them further."""
    relaxation = relax(problem)
    dual = dual_of(problem, relaxation)
    packing = packing_of(problem, relaxation.dur)
    going = True

    def watch(value: float) -> bool:
        nonlocal going
        going = told(value)
        return going

    left = until - time.monotonic()
    reached = ascend(dual, left if packing is None else _FIRST_SHARE * left, watch=watch)
    known: set[Known] = set()
    for phase in range(_PHASES if packing is not None else 0):
        left = until - time.monotonic()
        if not going or packing is None or left <= 0:
            return
        rows = broken_rows(packing, reached.present, known, 0.2 * left)
        dual, prices = dual.tightened(rows, reached.prices)
        share = 1.0 if not rows else 1.0 / (_PHASES - phase)
        reached = ascend(dual, share * (until - time.monotonic()), prices=prices, pace=_LATER_PACE, watch=watch)


def warm_up() -> None:
    """Have the compiled part compiled (once a machine, some seconds) or loaded (some tenths of a second)."""
    lower_bound(Problem(Calendar(1), (Session("A"), Session("B", after=(Lag("A"),)))), seconds=0.0)


def _rounded(value: float, *, whole: bool) -> Bound:
    """A bound safe from errors of floating point, and up to the next whole number where all costs are whole."""
    safe = value - 1e-7 * max(1.0, abs(value))
    return Bound(max(0.0, float(math.ceil(safe)) if whole else safe), "lagrangian")


def _whole(problem: Problem) -> bool:
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
