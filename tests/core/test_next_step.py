"""What a person can best do next on the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor, Role
from core.delivery.timetable.service import TimetableStanding
from core.documents.tables import DocumentKind
from core.flow import NEEDED, LibraryState, Milestone, NextStep, Part, PlanState, next_step
from core.goals.service import Standing
from core.strategy.ideas.terms import IdeaState

LEADER = Actor(1, "L", frozenset({Role.HR_LEADER}))
EXECUTIVE = Actor(2, "E", frozenset({Role.EXECUTIVE}))


DECIDED = {IdeaState.ACCEPTED: 2}
SET = {Standing.SUBMITTED: 1}


def standing(
    failed: int = 0,
    working: int = 0,
    missing: tuple[DocumentKind, ...] = (),
    *,
    lacks: Milestone | None = None,
    decoded: bool = True,
    waiting: int = 0,
    ideas: dict[IdeaState, int] | None = None,
    standard: int = 0,
    goals: dict[Standing, int] | None = None,
    timetable: TimetableStanding | None = None,
) -> PlanState:
    """A plan in a certain state; of what a plan makes, all that comes after `lacks` is missing too."""
    made = list(Milestone) if lacks is None else list(Milestone)[: list(Milestone).index(lacks)]
    parts = [Part(kind, int(kind not in missing)) for kind in NEEDED] + [Part(one, int(one in made)) for one in Milestone]
    library = LibraryState(9, 9, working, failed, 90, {}, missing)
    known = DECIDED if ideas is None else ideas
    made_of = (library, int(Milestone.EVIDENCE in made), tuple(parts), (), (), waiting, decoded, known, standard, goals or {})
    return PlanState(*made_of, timetable=timetable or TimetableStanding())


@pytest.mark.parametrize(
    ("state", "for_leader", "for_executive"),
    [
        (standing(failed=1, working=1, missing=NEEDED), NextStep.SEE_FAILED, NextStep.WAIT),
        (standing(working=1, missing=NEEDED), NextStep.WAIT, NextStep.WAIT),
        (standing(missing=NEEDED[:1], lacks=Milestone.EVIDENCE), NextStep.ADD_DOCUMENTS, NextStep.ASK),
        (standing(lacks=Milestone.EVIDENCE, decoded=False), NextStep.DECODE, NextStep.ASK),
        (standing(lacks=Milestone.THEMES, waiting=2), NextStep.REVIEW, NextStep.ASK),
        (standing(lacks=Milestone.THEMES), NextStep.THEMES, NextStep.ASK),
        (standing(lacks=Milestone.LOCALISED), NextStep.LOCALISE, NextStep.ASK),
        (standing(lacks=Milestone.FOCUS), NextStep.FOCUS, NextStep.ASK),
        (standing(lacks=Milestone.PROJECTS, ideas={}), NextStep.SUGGEST_IDEAS, NextStep.ASK),
        (standing(ideas={IdeaState.PENDING: 3}, standard=1), NextStep.DECIDE_IDEAS, NextStep.ASK),
        (standing(standard=1, goals={Standing.NONE: 1}), NextStep.LOCALISE_PROJECTS, NextStep.ASK),
        (standing(goals={Standing.PASSES: 1, Standing.SUBMITTED: 1}), NextStep.SET_GOALS, NextStep.ASK),
        (standing(goals={Standing.OVERRIDDEN: 1, Standing.SUBMITTED: 1}), NextStep.SCHEDULE, NextStep.ASK),
        (standing(goals=SET, timetable=TimetableStanding(9, 0, 0, 1)), NextStep.PUBLISH, NextStep.ASK),
        (standing(goals=SET, timetable=TimetableStanding(9, 9, 1, 1)), NextStep.ASK, NextStep.ASK),
        (standing(), NextStep.ASK, NextStep.ASK),
    ],
)
def test_repair_comes_before_waiting_before_adding_before_the_way_along_the_strategy(
    state: PlanState, for_leader: NextStep, for_executive: NextStep
) -> None:
    assert next_step(LEADER, state) is for_leader
    assert next_step(EXECUTIVE, state) is for_executive


def test_completeness_counts_the_parts_that_are_there() -> None:
    state = standing(missing=NEEDED[1:], lacks=Milestone.THEMES)
    assert (state.done, state.expected) == (3, 9)


def test_without_evidence_keeping_some_is_what_is_left() -> None:
    state = standing()
    bare = replace(state, evidence=0)
    assert next_step(LEADER, bare) is NextStep.KEEP_EVIDENCE
