"""What a person can best do next on the plan."""

from __future__ import annotations

import pytest

from core.access.actor import Actor, Role
from core.documents.tables import DocumentKind
from core.flow import NEEDED, LibraryState, NextStep, Part, PlanState, next_step

LEADER = Actor(1, "L", frozenset({Role.HR_LEADER}))
EXECUTIVE = Actor(2, "E", frozenset({Role.EXECUTIVE}))


def standing(
    failed: int = 0, working: int = 0, missing: tuple[DocumentKind, ...] = (), evidence: int = 1, decoded: bool = True, waiting: int = 0
) -> PlanState:
    """A plan in a certain state."""
    parts = tuple(Part(kind, int(kind not in missing)) for kind in NEEDED)
    return PlanState(
        LibraryState(9, 9, working, failed, 90, {}, missing), evidence, (*parts, Part(None, evidence)), (), (), 3, waiting, decoded
    )


@pytest.mark.parametrize(
    ("state", "for_leader", "for_executive"),
    [
        (standing(failed=1, working=1, missing=NEEDED), NextStep.SEE_FAILED, NextStep.WAIT),
        (standing(working=1, missing=NEEDED), NextStep.WAIT, NextStep.WAIT),
        (standing(missing=NEEDED[:1], evidence=0), NextStep.ADD_DOCUMENTS, NextStep.ASK),
        (standing(evidence=0, decoded=False), NextStep.DECODE, NextStep.ASK),
        (standing(evidence=0, waiting=2), NextStep.REVIEW, NextStep.ASK),
        (standing(evidence=0), NextStep.KEEP_EVIDENCE, NextStep.ASK),
        (standing(), NextStep.ASK, NextStep.ASK),
    ],
)
def test_repair_comes_before_waiting_before_adding_before_keeping(state: PlanState, for_leader: NextStep, for_executive: NextStep) -> None:
    assert next_step(LEADER, state) is for_leader
    assert next_step(EXECUTIVE, state) is for_executive


def test_completeness_counts_the_parts_that_are_there() -> None:
    state = standing(missing=NEEDED[1:], evidence=0)
    assert (state.done, state.expected) == (1, 4)
