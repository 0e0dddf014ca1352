"""Quality findings and quarterly meetings: taken over from the data, decided, carried until done, minutes; on both databases."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest

from core.access.actor import Actor
from core.delivery.attendance import service as attendance
from core.delivery.attendance.tables import SessionFeedback
from core.delivery.attendance.terms import Presence
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.exports.minutes import minutes
from core.instance import Instance
from core.review.executive import service as executive_page
from core.review.results.terms import ResultKind
from core.review.reviews import service
from core.review.reviews.service import Found, Point, Work
from core.review.reviews.terms import Dimension, Item, WorkState
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import sessions
from tests.core.review.world import Review, named, review, take

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = date(2027, 12, 20)
WORK = Work("案例换成本行的", "王教研", date(2028, 1, 31))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def disliked(house: Instance, leader: Actor, world: Review, people: int) -> None:
    """So many of those who came found that the content had nothing to do with their work; nobody else came."""
    with house.database.writing() as db:
        for one in sessions(house, leader, world.plan):
            if one.project_id != world.project:
                continue
            attendance.note(db, leader, world.plan, one.id, dict.fromkeys(one.members, Presence.ABSENT), {}, today=date(2027, 12, 31))
            for who in one.members[:people]:
                db.add(SessionFeedback(session_id=one.id, employee_id=who, marks={"content": 2, "trainer": 5, "use": 5}))


@both
def test_the_data_show_shortfalls_that_a_person_takes_up(house: Instance, leader: Actor, manager: Actor, world: Review) -> None:
    disliked(house, leader, world, 99)
    with house.database.reading() as db:
        found = service.open_candidates(db, leader, world.plan, TODAY)
        most = max(len(one.members) for one in sessions(house, leader, world.plan) if one.project_id == world.project)
    kinds = {one.key.partition(":")[0]: one for one in found}
    assert "attendance" in kinds and "trainer" not in kinds and kinds["attendance"].dimension is Dimension.TEACHING
    assert ("content" in kinds) is (most >= 10)
    one = kinds["attendance"]
    with house.database.writing() as db:
        number = service.save_finding(db, leader, world.plan, Found(one.dimension, one.project_id, "", WORK, one))
    with house.database.reading() as db:
        assert one.key not in {each.key for each in service.open_candidates(db, leader, world.plan, TODAY)}
        (seen,) = service.board(db, leader, world.plan).findings
        (narrow,) = service.board(db, manager, world.plan).findings
    assert seen.said == one.said and narrow.said is None and narrow.row.improvement == WORK.text
    done = Found(one.dimension, one.project_id, "", Work(WORK.text, WORK.owner, WORK.due, WorkState.DONE))
    with house.database.writing() as db:
        service.save_finding(db, leader, world.plan, done, number, seen.row.version or 0)
    with house.database.writing() as db, pytest.raises(Conflict):
        service.save_finding(db, leader, world.plan, done, number, seen.row.version or 0)
    with house.database.writing() as db, pytest.raises(BadInput):
        service.save_finding(db, leader, world.plan, Found(Dimension.DESIGN, None, " ", WORK))


@both
def test_marks_of_few_people_are_no_finding(house: Instance, leader: Actor, world: Review) -> None:
    disliked(house, leader, world, 4)
    with house.database.reading() as db:
        found = service.open_candidates(db, leader, world.plan, TODAY)
    assert not any(one.key.startswith("content") for one in found)


@both
def test_an_agenda_is_made_of_the_data_edited_and_its_decisions_come_back(
    house: Instance, leader: Actor, executive: Actor, manager: Actor, world: Review
) -> None:
    first = min(one.day for one in sessions(house, leader, world.plan) if one.day is not None)
    quarter = (first.month + 2) // 3
    with house.database.writing() as db:
        meeting = service.prepare(db, leader, world.plan, quarter, TODAY)
    with house.database.reading() as db:
        held = service.board(db, leader, world.plan).of(quarter)
    assert held is not None and Item.SESSION in {one.item for one in held.agenda}
    changed = [Point(held.agenda[0].item, held.agenda[0].said, "先讨论这个", "同意"), Point(Item.OTHER, None, "明年的师资")]
    with house.database.writing() as db:
        version = held.row.version or 0
        service.save_meeting(db, leader, meeting, version, held_on=TODAY, attendees="行长室", summary="一致同意", agenda=changed)
        service.decide(db, leader, meeting, Work("补课两次", "李主任", TODAY - timedelta(days=1)))
    with house.database.writing() as db, pytest.raises(Conflict):
        service.save_meeting(db, leader, meeting, version, held_on=TODAY, attendees="", summary="", agenda=[])
    with house.database.writing() as db, pytest.raises(NotAllowed):
        service.decide(db, executive, meeting, WORK)
    with house.database.writing() as db:
        service.prepare(db, leader, world.plan, quarter, TODAY)
    with house.database.reading() as db:
        board = service.board(db, leader, world.plan)
        again = board.of(quarter)
        assert executive_page.overview(db, executive, world.plan, TODAY).overdue_meeting == 1
        assert not service.board(db, manager, world.plan).meetings[0].agenda
    assert again is not None and [one.text for one in again.agenda[:2]] == ["先讨论这个", "明年的师资"]
    paper = docx.Document(io.BytesIO(minutes(board, again, "人力资源部", "zh")))
    told = "\n".join(
        [one.text for one in paper.paragraphs] + [cell.text for grid in paper.tables for row in grid.rows for cell in row.cells]
    )
    assert all(text in told for text in ("先讨论这个", "补课两次", "一致同意", "行长室"))


def test_what_was_not_reached_is_told_with_its_figures_and_once(house: Instance, leader: Actor, world: Review) -> None:
    won = named(house, leader, world, "新增有效客户")
    assert won.due is not None
    quarter, today = (won.due.month + 2) // 3, won.due + timedelta(days=3)
    for month, each in ((won.due.month, 1), (won.due.month - 1 or 12, 2)):
        day = date(won.due.year, month, 1)
        rows = [("工号", "日期", "新增有效客户"), *((no, day, each) for no in world.near[:6])]
        take(house, leader, world, ResultKind.PERFORMANCE, rows)
        with house.database.writing() as db:
            service.prepare(db, leader, world.plan, quarter, today)
    with house.database.reading() as db:
        held = service.board(db, leader, world.plan).of(quarter)
    assert held is not None
    missed = [one.words("zh") for one in held.agenda if one.item is Item.MISSED and "新增有效客户" in one.words("zh")]
    assert len(missed) == 1 and "实际 6 户，没有达到 ≥ 60 户" in missed[0]


@both
def test_an_open_decision_is_on_the_next_agenda_until_it_is_done(house: Instance, leader: Actor, world: Review) -> None:
    with house.database.writing() as db:
        meeting = service.prepare(db, leader, world.plan, 1, TODAY)
        number = service.decide(db, leader, meeting, WORK)
        service.prepare(db, leader, world.plan, 2, TODAY)
    with house.database.reading() as db:
        second = service.board(db, leader, world.plan).of(2)
    assert second is not None and [one.id for one in second.carried] == [number]
    assert any(one.item is Item.DECISION and WORK.text in one.words("zh") for one in second.agenda)
    with house.database.writing() as db:
        service.decide(db, leader, meeting, Work(WORK.text, WORK.owner, WORK.due, WorkState.DONE), number, 1)
    with house.database.reading() as db:
        second = service.board(db, leader, world.plan).of(2)
        _done, mine = service.done(db, leader, world.plan)
    assert second is not None and not second.carried and mine is not None
    with house.database.writing() as db:
        undo.undo(db, leader, mine.id)
    with house.database.reading() as db:
        second = service.board(db, leader, world.plan).of(2)
    assert second is not None and second.carried
