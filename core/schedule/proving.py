"""Proof: how good a schedule can be at best, that one is the best there is, and that not everything fits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.schedule.bounding import Bound, Raised, is_whole, proved_shortfall, raise_bound
from core.schedule.cpsat.worth import MOST_SESSIONS, is_crowded, is_small
from core.schedule.entities import Problem
from core.schedule.schedule import Assignment

# The share of the time after which the constraint solver has its turn where it has a chance, and its share of the rest.
_PRICES = 0.3
_CONSTRAINTS = 0.6
_SLACK = 1e-6


@dataclass(frozen=True)
class Best:
    """The best schedule so far, and what it costs."""

    assignments: tuple[Assignment, ...]
    total: float


@dataclass(frozen=True)
class Proof:
    """What was proved: no schedule costs less than `bound`. `best`: a schedule that costs just that, where the proof came with one."""

    bound: float
    best: tuple[Assignment, ...] | None = None


def prove(
    problem: Problem,
    *,
    seconds: float,
    best: Callable[[], Best],
    watch: Callable[[float], object],
    stop: Callable[[], bool],
    seed: int = 1,
    repeatable: bool = False,
) -> Proof:
    """Raise the bound for so long beside a search; it takes one thread.

    `best` gives the best schedule so far whenever it is asked for, `watch` is told of every bound, `stop` ends it. First prices on what is
    scarce, in every problem. Then, where few starts are left that a better schedule could have, the constraint solver: it either finds
    the optimum or proves that the schedule so far is it. Else the prices go on.

    `repeatable`: a schedule that comes back depends on the problem and seed alone, not on how fast the machine was.
    """
    if repeatable and is_small(problem):
        from core.schedule.cpsat.exact import solve_exactly

        first = best()
        found = solve_exactly(problem, seconds=seconds, seed=seed, hint=first.assignments, stop=stop)
        return Proof(min(found.bound, first.total), found.assignments if found.optimal else None)
    until = time.monotonic() + seconds

    def going(one: Bound) -> bool:
        watch(one.value)
        return not stop() and one.value < best().total - _SLACK

    chance = len(problem.sessions) <= MOST_SESSIONS and not repeatable
    raised = raise_bound(problem, seconds=seconds * (_PRICES if chance else 1.0), watch=going)
    known = best()
    if stop() or not chance or raised.bound.value >= known.total - _SLACK:
        return Proof(min(raised.bound.value, known.total))
    possible = raised.possible(_better_than(problem, known))
    proof = Proof(raised.bound.value)
    if possible is not None and (is_small(problem) or is_small(problem, possible)):
        share = (until - time.monotonic()) * _CONSTRAINTS
        proof = _by_constraints(problem, raised, known, share, seed, stop)
        watch(proof.bound)
    if proof.best is not None or stop():
        return proof
    again = raise_bound(problem, seconds=until - time.monotonic(), watch=going, since=raised)
    return Proof(min(max(again.bound.value, proof.bound), best().total))


def _better_than(problem: Problem, known: Best) -> float:
    """The most that a schedule may cost that is better: where all costs are whole, at least 1 less."""
    return known.total - (1.0 if is_whole(problem) else _SLACK)


def _by_constraints(problem: Problem, raised: Raised, known: Best, seconds: float, seed: int, stop: Callable[[], bool]) -> Proof:
    """Let the constraint solver look for something better than what is known, where the prices still let it be."""
    from core.schedule.cpsat.exact import solve_exactly

    ceiling = _better_than(problem, known)
    found = solve_exactly(
        problem,
        seconds=seconds,
        seed=seed,
        hint=known.assignments,
        stop=stop,
        possible=raised.possible(ceiling),
        ceiling=ceiling,
    )
    if not found.optimal:
        return Proof(max(raised.bound.value, min(found.bound, known.total)))
    return Proof(found.bound, found.assignments) if found.assignments else Proof(known.total, known.assignments)


def not_all_fit(problem: Problem, *, seconds: float) -> bool:
    """Whether it is proved that some session must be left out, whatever one does. False proves nothing."""
    until = time.monotonic() + seconds
    if proved_shortfall(problem, seconds=seconds / 3) is not None:
        return True
    if is_crowded(problem) and _cannot_be_timed(problem, max(0.1, (until - time.monotonic()) / 2)):
        return True
    return is_small(problem) and _all_fit(problem, max(0.1, until - time.monotonic())) is False


def _cannot_be_timed(problem: Problem, seconds: float) -> bool:
    from core.schedule.cpsat.timetable import cannot_be_timed

    return cannot_be_timed(problem, seconds)


def _all_fit(problem: Problem, seconds: float) -> bool | None:
    from core.schedule.cpsat.exact import all_fit

    return all_fit(problem, seconds=seconds)
