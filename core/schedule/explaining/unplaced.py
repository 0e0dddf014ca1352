"""All that a schedule leaves out, each with why and what would help: what the others take is worked out once."""

from __future__ import annotations

from collections.abc import Iterable

from core.schedule.entities import Problem
from core.schedule.explaining.occupancy import Occupancy
from core.schedule.explaining.reasons import reasons_of
from core.schedule.explaining.relaxing import relaxations_of
from core.schedule.schedule import Assignment, Unplaced

# What would help is worked out for so many, the most important first: nobody reads more, and it is to be quick.
_MOST = 40


def unplaced(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unplaced, ...]:
    """Every session that is not among the assignments, in the order of the problem."""
    occupancy = Occupancy(problem, assignments)
    left = [one for one in problem.sessions if one.id not in occupancy.placed]
    first = {one.id for one in sorted(left, key=lambda one: -one.priority)[:_MOST]}
    return tuple(
        Unplaced(
            one.id,
            tuple(reasons_of(problem, occupancy, one)),
            tuple(relaxations_of(problem, occupancy, one)) if one.id in first else (),
        )
        for one in left
    )
