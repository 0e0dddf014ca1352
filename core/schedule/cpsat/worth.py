"""Whether the constraint solver is worth asking. Only then is it loaded: a year does without it, and it takes much memory."""

from __future__ import annotations

import importlib
from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.schedule.entities import Problem

MOST_SESSIONS = 150
"""How many sessions a problem has at most whose optimum the constraint solver may prove."""

_MOST_SLOTS = 200
_FULL = 0.3
_SMALL_SESSIONS = 60
_SMALL_CHOICES = 15_000


def load(problem: Problem) -> None:
    """Load the constraint solver ahead of the search, where it may be asked."""
    if len(problem.sessions) <= MOST_SESSIONS or is_crowded(problem):
        importlib.import_module("core.schedule.cpsat.timetable")


def is_small(problem: Problem, possible: NDArray[np.bool_] | None = None) -> bool:
    """Whether there is a chance of a proof: few sessions and starts (of those `possible`, where that is known)."""
    choices = len(problem.sessions) * problem.calendar.slots if possible is None else int(possible.sum())
    return choices <= _SMALL_CHOICES and (possible is not None or len(problem.sessions) <= _SMALL_SESSIONS)


def is_crowded(problem: Problem) -> bool:
    """Whether `first_plan` is worth a try: few slots, nothing that is counted over months or in money, and rooms, teachers or classes that
    are taken for a good part of the time."""
    slots = problem.calendar.slots
    if slots > _MOST_SLOTS or not problem.sessions or _counts_over_time(problem):
        return False
    return any(used > _FULL * slots for used in _used(problem).values())


def _counts_over_time(problem: Problem) -> bool:
    rules = problem.rules
    people = any(one.people for one in problem.sessions)
    limited = any(one.max_slots_per_month is not None or one.max_slots_per_year is not None for one in problem.trainers)
    absent = people and any(one.max_absent is not None for one in problem.departments)
    load = people and rules.person_month is not None and rules.person_month.mode == "hard"
    money = rules.budget.year is not None or any(one is not None for one in rules.budget.quarters)
    return limited or absent or load or money


def _used(problem: Problem) -> dict[Any, float]:
    """How many slots each trainer and cohort is needed in, and a room on average."""
    used: dict[Any, float] = defaultdict(float)
    for session in problem.sessions:
        for cohort in session.cohorts:
            used["cohort", cohort] += session.dur
        for trainer in session.trainers:
            used["trainer", trainer] += session.dur / len(session.trainers)
        if problem.needs_venue(session):
            used["rooms"] += session.dur / len(problem.venues)
    return used
