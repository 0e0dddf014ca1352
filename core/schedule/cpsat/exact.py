"""The whole problem as one constraint model: for small problems, proof of the optimum."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from core.schedule.cpsat.costs import minimise_all
from core.schedule.cpsat.rules import keep_all
from core.schedule.cpsat.variables import Variables
from core.schedule.entities import Problem
from core.schedule.schedule import Assignment

_LOOK_EVERY = 0.05


@dataclass(frozen=True)
class Exact:
    """What the constraint solver found in time: a schedule (None: none found), a bound, and whether it is proved best."""

    assignments: tuple[Assignment, ...] | None
    bound: float
    optimal: bool


def solve_exactly(
    problem: Problem,
    *,
    seconds: float,
    workers: int = 1,
    seed: int = 1,
    hint: Iterable[Assignment] = (),
    stop: Callable[[], bool] | None = None,
    possible: NDArray[np.bool_] | None = None,
    ceiling: float | None = None,
) -> Exact:
    """Search the whole model. `hint`: a schedule to begin with. Sessions that do not fit are left out at their weight. `stop` is asked
    many times a second.

    With `ceiling`, only schedules that cost no more are looked for, by starts that are `possible` for such; that there is none comes back
    as no schedule, optimal, with the ceiling as bound.
    """
    v = Variables(problem, possible)
    keep_all(v)
    _place_what_is_pinned(v, seconds / 4, seed)
    scale = minimise_all(v, ceiling)
    _start_from(v, {one.session: one for one in hint})
    solver = new_solver(seconds, workers, seed)
    with _stopped_by(solver, stop):
        status = solver.solve(v.model)
    if status == cp_model.INFEASIBLE and ceiling is not None:
        return Exact(None, ceiling, optimal=True)
    bound = max(0.0, solver.best_objective_bound / scale)
    bound = bound if ceiling is None else min(bound, ceiling)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Exact(None, bound, optimal=False)
    return Exact(tuple(chosen(v, solver)), bound, optimal=status == cp_model.OPTIMAL)


def all_fit(problem: Problem, *, seconds: float, seed: int = 1) -> bool | None:
    """Whether all sessions can be placed together; None where it was not settled in time."""
    v = Variables(problem)
    keep_all(v)
    for placed in v.placed:
        v.model.add(placed == 1)
    status = new_solver(seconds, 1, seed).solve(v.model)
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)


@contextmanager
def _stopped_by(solver: cp_model.CpSolver, stop: Callable[[], bool] | None) -> Iterator[None]:
    """Stop the solver as soon as `stop` says so."""
    over = threading.Event()

    def look() -> None:
        while stop is not None and not over.wait(_LOOK_EVERY):
            if stop():
                solver.stop_search()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()


def new_solver(seconds: float, workers: int, seed: int) -> cp_model.CpSolver:
    """A constraint solver with the settings that timetables want: probing costs more than it brings."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.cp_model_probing_level = 0
    return solver


def _place_what_is_pinned(v: Variables, seconds: float, seed: int) -> None:
    """Of the pinned sessions as many as their pins allow are placed, whatever it costs."""
    pinned = [placed for placed, one in zip(v.placed, v.problem.sessions, strict=True) if one.pinned]
    if pinned:
        v.model.maximize(sum(pinned))
        solver = new_solver(seconds, 1, seed)
        if solver.solve(v.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            v.model.add(sum(pinned) >= round(solver.objective_value))


def chosen(v: Variables, solver: cp_model.CpSolver) -> Iterable[Assignment]:
    """The schedule that the solver found."""
    a_day = v.problem.calendar.slots_per_day
    for at, session in enumerate(v.problem.sessions):
        start = next((t for t, one in v.starts[at].items() if solver.boolean_value(one)), None)
        if start is not None:
            trainer = next((one for one, is_it in v.trainers[at].items() if solver.boolean_value(is_it)), None)
            venue = next((one for one, is_it in v.venues[at].items() if solver.boolean_value(is_it)), None)
            yield Assignment(session.id, start // a_day, start % a_day, trainer, venue)


def _start_from(v: Variables, given: dict[object, Assignment]) -> None:
    """Hint every choice or none: half a hint costs more than it helps."""
    if not given:
        return
    a_day = v.problem.calendar.slots_per_day
    for at, session in enumerate(v.problem.sessions):
        one = given.get(session.id)
        v.model.add_hint(v.placed[at], one is not None)
        v.model.add_hint(v.begin[at], 0 if one is None else one.day * a_day + one.slot)
        for t, is_it in v.starts[at].items():
            v.model.add_hint(is_it, one is not None and t == one.day * a_day + one.slot)
        for ids, wanted in ((v.trainers[at], one.trainer if one else None), (v.venues[at], one.venue if one else None)):
            for name, is_it in ids.items():
                if is_it is not v.placed[at]:
                    v.model.add_hint(is_it, one is not None and name == wanted)
