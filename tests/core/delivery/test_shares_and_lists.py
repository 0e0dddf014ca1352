"""Shares against targets, checklists dated by workdays, transfer plans within the scope. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from core import clock
from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.delivery.content import checking_off, sharing, transfer
from core.delivery.content import service as content
from core.delivery.content.activity import Activity
from core.delivery.content.checking_off import Entered as EnteredLine
from core.delivery.content.checklist import LineFacts, starters
from core.delivery.content.dates import Span, due, relative, shifted
from core.delivery.content.item import ItemFacts
from core.delivery.content.service import Entered
from core.delivery.content.shares import ShareFacts
from core.delivery.content.terms import ActionState, Anchor, Method, ShareKind, Stage
from core.delivery.content.transfer import ActionFacts
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.projects.tables import Project
from tests.conftest import BOTH
from tests.core.people.menu_world import furnish
from tests.core.strategy.ideas_world import Ripe, accepted

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = clock.today()
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def world(house: Instance, leader: Actor, manager: Actor) -> Ripe:
    made = accepted(house, leader)
    furnish(house, leader, manager)
    return made


@pytest.fixture
def project(house: Instance, leader: Actor, world: Ripe) -> int:
    with house.database.reading() as db:
        found = content.contents(db, leader, world.plan)[0].id
    with house.database.writing() as db:
        row = db.get(Project, found)
        assert row is not None
        row.post = "客户经理"
    return found


def test_a_checklist_counts_workdays_and_says_them_in_words_until_there_are_days() -> None:
    span = Span(date(2026, 11, 30), date(2026, 12, 11))
    assert due(span, Anchor.FIRST, -10) == date(2026, 11, 16) and due(span, Anchor.LAST, 3) == date(2026, 12, 16)
    assert due(span, Anchor.FIRST, 0) == span.first and due(None, Anchor.FIRST, -10) is None
    holiday = {date(2026, 11, 27), date(2026, 11, 26)}
    assert shifted(span.first, -1, lambda day: day.weekday() < 5 and day not in holiday) == date(2026, 11, 25)
    assert (
        str(relative(Anchor.FIRST, -10)) == "首次课 T-10 个工作日" and relative(Anchor.LAST, 3).render("en") == "Last session T+3 workdays"
    )
    assert shifted(TODAY, 5, lambda _day: False) > TODAY


@both
def test_shares_are_hours_of_hours_and_say_how_they_came_about(house: Instance, leader: Actor, world: Ripe, project: int) -> None:
    with house.database.writing() as db:
        items = [Entered(0, ItemFacts("数据口径", hours=1.0)), Entered(0, ItemFacts("客户面谈演练", hours=3.0))]
        content.save_items(db, leader, project, 0, items)
    with house.database.writing() as db:
        steps = [Activity(0, Stage.DURING, "案例", Method.CASE, 1), Activity(0, Stage.DURING, "实操", Method.PRACTICE, 3)]
        content.save_activities(db, leader, project, 1, steps)
    with house.database.reading() as db:
        board = sharing.board(db, leader, world.plan, "zh")
    found = {one.facts.name: one for one in board.shares}
    assert (found["案例教学"].plan.share, found["案例教学"].met) == (25.0, True)
    assert (found["金融科技"].plan.share, found["客户洞察"].plan.share) == (25.0, 75.0)
    assert "3.5" in str(found["案例教学"].formula) and "14" in str(found["案例教学"].formula) and not board.own
    assert list(found["金融科技"].by_project) == [project]


@both
def test_a_plan_has_its_own_targets_with_where_they_are_from(house: Instance, leader: Actor, executive: Actor, world: Ripe) -> None:
    own = ShareFacts("案例教学", ShareKind.METHOD, (Method.CASE, Method.WORKSHOP), (), 30.0, "人力资源部2027年1号文")
    with house.database.writing() as db:
        sharing.save(db, leader, world.plan, (), [own])
    with house.database.reading() as db:
        board = sharing.board(db, leader, world.plan, "zh")
    assert [one.facts for one in board.shares] == [own] and board.own
    with pytest.raises(Conflict), house.database.writing() as db:
        sharing.save(db, leader, world.plan, (), [own])
    for wrong in (
        ShareFacts("x", ShareKind.SUBJECT, target=10.0, note="y"),
        ShareFacts("案例", ShareKind.METHOD, (Method.CASE,), (), 10.0, ""),
    ):
        with pytest.raises(BadInput), house.database.writing() as db:
            sharing.save(db, leader, world.plan, board.versions, [wrong])
    with pytest.raises(NotAllowed), house.database.writing() as db:
        sharing.save(db, executive, world.plan, board.versions, [])
    with house.database.writing() as db:
        sharing.forget(db, leader, world.plan, board.versions)
    with house.database.reading() as db:
        assert len(sharing.board(db, leader, world.plan, "en").shares) == 3


@both
def test_a_checklist_begins_from_the_template_is_ticked_off_and_dated_by_the_schedule(
    house: Instance, leader: Actor, manager: Actor, world: Ripe, project: int
) -> None:
    with house.database.writing() as db:
        lines = [*starters("zh")[:2], LineFacts(Stage.AFTER, "三个月导师辅导", "导师", Anchor.LAST, 60)]
        checking_off.save_template(db, leader, world.plan, 0, lines)
    with house.database.writing() as db:
        assert checking_off.begin(db, leader, world.plan, [project], "zh") == 1
        assert checking_off.begin(db, leader, world.plan, [project], "zh") == 0

    def mine() -> checking_off.Checklist:
        with house.database.reading() as db:
            return next(one for one in checking_off.checklists(db, manager, world.plan) if one.id == project)

    assert [one.due for one in mine().lines] == [None] * 3
    with house.database.writing() as db:
        checking_off.set_span(db, leader, project, TODAY - timedelta(days=2), TODAY)
    assert [one.overdue(TODAY) for one in mine().lines] == [True, True, False]
    with house.database.writing() as db:
        checking_off.tick(db, leader, [(mine().lines[0].id, mine().lines[0].version)], done=True)
    assert mine().done == 1 and mine().lines[0].done_by == leader.name
    with house.database.writing() as db:
        checking_off.take_schedule(db, leader, world.plan, {project: (date(2027, 3, 1), date(2027, 3, 5))})
    assert mine().span == Span(date(2027, 3, 1), date(2027, 3, 5), scheduled=True)
    with pytest.raises(Conflict), house.database.writing() as db:
        checking_off.set_span(db, leader, project, TODAY, TODAY)
    with house.database.writing() as db:
        checking_off.take_schedule(db, leader, world.plan, {})
    assert mine().span is None
    with pytest.raises(NotAllowed), house.database.writing() as db:
        checking_off.tick(db, manager, [(mine().lines[1].id, mine().lines[1].version)], done=True)


@both
def test_lines_of_a_project_are_edited_and_a_second_editor_is_told(house: Instance, leader: Actor, world: Ripe, project: int) -> None:
    with house.database.writing() as db:
        checking_off.begin(db, leader, world.plan, [project], "en")
    with house.database.reading() as db:
        lines = next(one for one in checking_off.checklists(db, leader, world.plan) if one.id == project).lines
    seen = {one.id: one.version for one in lines}
    kept = [EnteredLine(one.id, one.version, one.facts) for one in lines[:2]]
    fresh = EnteredLine(0, 0, LineFacts(Stage.BEFORE, "Order lunch", "Desk", Anchor.FIRST, -2))
    with house.database.writing() as db:
        checking_off.save(db, leader, project, seen, [fresh, *kept])
    with house.database.reading() as db:
        after = next(one for one in checking_off.checklists(db, leader, world.plan) if one.id == project).lines
    assert after[0].facts.text == "Order lunch" and [one.id for one in after[1:]] == [one.id for one in lines[:2]]
    with pytest.raises(Conflict), house.database.writing() as db:
        checking_off.save(db, leader, project, seen, kept)


def actions(house: Instance, actor: Actor, world: Ripe) -> list[transfer.ActionView]:
    with house.database.reading() as db:
        return transfer.actions(db, actor, world.plan)


@both
def test_a_manager_writes_for_their_own_people_and_sees_no_others(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Ripe, project: int
) -> None:
    facts = ActionFacts("每周约见名单上的五户", SOON, "王主任", "CRM 拜访记录")
    with house.database.reading() as db:
        everybody, own = (transfer.participants(db, who, project, TODAY).people for who in (leader, manager))
        assert not transfer.participants(db, executive, project, TODAY).people
    assert {one.unit for one in own} <= {"望海支行", "望海支行/营业部"} and len(own) < len(everybody)
    stranger = next(one for one in everybody if one not in own)
    with pytest.raises(NotFound), house.database.writing() as db:
        transfer.add(db, manager, project, stranger.id, facts, TODAY)
    with house.database.writing() as db:
        transfer.add(db, leader, project, stranger.id, facts, TODAY)
        transfer.add(db, manager, project, own[0].id, facts, TODAY)
    assert [one.person.id for one in actions(house, manager, world)] == [own[0].id]
    assert len(actions(house, leader, world)) == 2 and not actions(house, executive, world)
    hidden = next(one.row for one in actions(house, leader, world) if one.person.id == stranger.id)
    with pytest.raises(NotFound), house.database.writing() as db:
        transfer.settle(db, manager, hidden.id or 0, hidden.version or 0, ActionState.AGREED)
    with house.database.reading() as db:
        assert "transfer_written" in set(db.exec(select(AuditEntry.action)))


@both
def test_an_action_is_agreed_done_dropped_with_a_reason_and_reminded_of(house: Instance, leader: Actor, world: Ripe, project: int) -> None:
    with house.database.reading() as db:
        people = transfer.participants(db, leader, project, TODAY).people
    late = ActionFacts("回访三户", TODAY - timedelta(days=1), "", "录音")
    far = ActionFacts("写一份案例", TODAY + timedelta(days=60), "", "案例")
    with pytest.raises(BadInput, match="证明"), house.database.writing() as db:
        transfer.add(db, leader, project, people[0].id, ActionFacts("回访", SOON), TODAY)
    with house.database.writing() as db:
        for facts in (late, far):
            transfer.add(db, leader, project, people[0].id, facts, TODAY)
    first, second = actions(house, leader, world)
    assert [one.row.what for one in transfer.reminders([first, second], TODAY)] == ["回访三户"] and first.overdue(TODAY)
    with house.database.writing() as db:
        transfer.settle(db, leader, first.row.id or 0, 1, ActionState.DONE)
    with pytest.raises(BadInput, match="为什么"), house.database.writing() as db:
        transfer.settle(db, leader, second.row.id or 0, 1, ActionState.DROPPED, " ")
    with pytest.raises(Conflict), house.database.writing() as db:
        transfer.settle(db, leader, first.row.id or 0, 1, ActionState.AGREED)
    done = actions(house, leader, world)[0]
    assert done.row.done_on == TODAY and not transfer.reminders([done], TODAY)
    with house.database.writing() as db:
        transfer.change(db, leader, done.row.id or 0, done.row.version or 0, far)
    assert {one.row.state for one in actions(house, leader, world)} == {ActionState.PLANNED}


@both
def test_what_is_to_be_done_several_times_says_how_often_is_left(house: Instance, leader: Actor, world: Ripe, project: int) -> None:
    with house.database.reading() as db:
        people = transfer.participants(db, leader, project, TODAY).people
    facts = ActionFacts("上门拜访", TODAY - timedelta(days=1), "", "拜访记录", times=5)
    with house.database.writing() as db:
        number = transfer.add(db, leader, project, people[0].id, facts, TODAY)
        transfer.advance(db, leader, number, 1, 3)
    one = actions(house, leader, world)[0]
    assert one.progress is not None and one.progress.render("zh") == "完成 3 次，还差 2 次" and one.overdue(TODAY)
    with pytest.raises(BadInput, match="次数"), house.database.writing() as db:
        transfer.advance(db, leader, number, one.row.version or 0, -4)
    with house.database.writing() as db:
        transfer.advance(db, leader, number, one.row.version or 0, 2)
    assert actions(house, leader, world)[0].row.state is ActionState.DONE
