"""What was merged into a finding whose document is in the bin, and where merged findings went."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.instance import Instance
from core.plans import service as plans
from core.strategy import decoding_job, interviews, merging, review
from core.strategy.merging import Into
from core.strategy.review import Board, Wanted
from core.strategy.tables import FindingRow, FindingState
from tests.conftest import BOTH
from tests.core.strategy.test_review import TEXT
from tests.library import settle, shelve

OTHER = "# 方案\n\n## 队伍\n\n2027年客户经理持证上岗率达到96%。\n\n建立财富客户分层经营新机制。\n"
TALK = "# 行长访谈2027年\n\n我建议组建县域金融小组。\n"

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@dataclass(frozen=True)
class Desk:
    """A plan with findings of two documents: `kept`, of the first, is merged into `stays`, of the other."""

    house: Instance
    plan: int
    other: int
    kept: int
    stays: int

    def board(self, actor: Actor, *states: FindingState) -> Board:
        """The board in these states."""
        with self.house.database.reading() as db:
            return review.board(db, actor, self.plan, Wanted(states=states), 0, 100)

    def shown(self, actor: Actor, *states: FindingState) -> set[int | None]:
        """The findings that the board shows in these states."""
        return {row.id for row in self.board(actor, *states).rows}

    def went(self, actor: Actor, finding: int) -> Into | None:
        """Where a finding went."""
        with self.house.database.reading() as db:
            return merging.into(db, actor, self.plan, [review.find(db, actor, self.plan, finding)]).get(finding)

    def remove(self, actor: Actor) -> None:
        """Put the other document into the bin."""
        with self.house.database.writing() as db:
            library.remove(db, actor, self.other)

    def restore(self, actor: Actor) -> None:
        """Take the other document out of the bin."""
        with self.house.database.writing() as db:
            library.restore(db, actor, self.other)
        settle(self.house)


@pytest.fixture
def desk(house: Instance, leader: Actor) -> Desk:
    """An HR leader's desk after one merge."""
    first, other = shelve(house, leader, "工作计划.md", TEXT), shelve(house, leader, "专业队伍方案.md", OTHER)
    with house.database.writing() as db:
        plan = plans.create(db, leader, "海城分行", 2027).id or 0
        decoding_job.start(db, leader, plan, [first, other])
    settle(house)
    with house.database.writing() as db:
        rows = review.board(db, leader, plan, Wanted(), 0, 100).rows
        kept, stays = (next(row.id or 0 for row in rows if row.document_id == one and "持证" in row.text) for one in (first, other))
        review.merge(db, leader, plan, [kept, stays], stays)
    return Desk(house, plan, other, kept, stays)


def test_what_was_merged_into_a_document_in_the_bin_waits_on_the_board(desk: Desk, leader: Actor) -> None:
    assert desk.shown(leader, FindingState.MERGED) == {desk.kept}
    before = desk.board(leader)
    desk.remove(leader)
    assert desk.kept in desk.shown(leader, FindingState.PENDING) and desk.kept in desk.shown(leader)
    assert desk.shown(leader, FindingState.MERGED) == set()
    after = desk.board(leader)
    gone = {row.id for row in before.rows if row.document_id == desk.other}
    assert after.total == before.total - len(gone) + 1 == after.all
    assert after.counts[FindingState.PENDING] == after.waiting == len(desk.shown(leader, FindingState.PENDING))
    went = desk.went(leader, desk.kept)
    assert went is not None and went.row is None and went.left_alone and went.removed is not None and went.removed.id == desk.other


def test_it_is_merged_again_when_the_document_comes_back(desk: Desk, leader: Actor) -> None:
    before = desk.board(leader).counts
    desk.remove(leader)
    desk.restore(leader)
    assert desk.shown(leader, FindingState.MERGED) == {desk.kept} and desk.board(leader).counts == before
    went = desk.went(leader, desk.kept)
    assert went is not None and went.row is not None and (went.row.id, went.left_alone, went.removed) == (desk.stays, False, None)


@pytest.mark.parametrize("decision", [FindingState.ACCEPTED, FindingState.REJECTED, FindingState.PENDING])
def test_what_was_decided_meanwhile_stands_when_the_document_comes_back(desk: Desk, leader: Actor, decision: FindingState) -> None:
    desk.remove(leader)
    with desk.house.database.writing() as db:
        assert review.decide(db, leader, desk.plan, [desk.kept], decision) == 1
    desk.restore(leader)
    assert {desk.kept, desk.stays} <= desk.shown(leader, decision, FindingState.ACCEPTED)
    assert desk.went(leader, desk.kept) is None


def test_the_merge_is_undone_while_the_document_is_in_the_bin_and_comes_back_parted(desk: Desk, leader: Actor) -> None:
    desk.remove(leader)
    with desk.house.database.writing() as db:
        assert review.undo(db, leader, desk.plan) == (desk.kept,)
    assert desk.went(leader, desk.kept) is None
    desk.restore(leader)
    assert {desk.kept, desk.stays} <= desk.shown(leader, FindingState.PENDING)
    assert desk.shown(leader, FindingState.ACCEPTED, FindingState.MERGED) == set()


def test_what_is_in_the_bin_goes_along_when_what_it_was_merged_into_is_merged_further(desk: Desk, leader: Actor) -> None:
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
        review.merge(db, leader, desk.plan, [desk.kept, desk.stays], desk.kept)
    third = next(row.id or 0 for row in desk.board(leader).rows if row.document_id != desk.other and row.id != desk.kept)
    desk.remove(leader)
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [desk.kept, third], third)
    desk.restore(leader)
    with desk.house.database.reading() as db:
        assert {row.id for row in review.merged(db, leader, desk.plan, third)} == {desk.kept, desk.stays}
    with desk.house.database.writing() as db:
        review.undo(db, leader, desk.plan)
    with desk.house.database.reading() as db:
        assert {row.id for row in review.merged(db, leader, desk.plan, desk.kept)} == {desk.stays}


def test_a_talk_counts_what_waits_again(desk: Desk, leader: Actor) -> None:
    talk = shelve(desk.house, leader, "访谈.md", TALK, DocumentKind.INTERVIEW)
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [talk])
    settle(desk.house)
    said = next(row.id or 0 for row in desk.board(leader).rows if row.document_id == talk)

    def waiting() -> int:
        with desk.house.database.reading() as db:
            return next(one.waiting for one in interviews.talks(db, leader, desk.plan) if one.id == talk)

    before = waiting()
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [said, desk.stays], desk.stays)
    assert waiting() == before - 1
    desk.remove(leader)
    assert waiting() == before


def test_nobody_is_told_of_a_finding_that_they_may_not_see(desk: Desk, leader: Actor, manager: Actor) -> None:
    talk = shelve(desk.house, leader, "访谈.md", TALK, DocumentKind.INTERVIEW)
    with desk.house.database.writing() as db:
        decoding_job.start(db, leader, desk.plan, [talk])
    settle(desk.house)
    said = next(row.id or 0 for row in desk.board(leader).rows if row.document_id == talk)
    with desk.house.database.writing() as db:
        review.merge(db, leader, desk.plan, [desk.stays, said], said)
    assert desk.went(manager, desk.kept) == Into(None) and desk.went(leader, desk.kept) is not None
    with desk.house.database.writing() as db:
        library.remove(db, leader, talk)
    went = desk.went(manager, desk.kept)
    assert went is not None and went.left_alone and went.row is None and went.removed is None


def test_what_is_left_alone_is_shown_as_pending(desk: Desk, leader: Actor) -> None:
    row = FindingRow(id=desk.kept, state=FindingState.MERGED)
    assert merging.standing(row, {desk.kept: Into(None, left_alone=True)}) is FindingState.PENDING
    assert merging.standing(row, {desk.kept: Into(None)}) is FindingState.MERGED
