"""From the projects of a plan to a timetable: made ready, worked out, changed by hand, published, made again. On both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.access.actor import Actor
from core.delivery.calendar.tables import Blackout, EmployeeLeave
from core.delivery.faculty import repository as faculty_rows
from core.delivery.faculty.tables import TrainerAbsence, VenueAbsence
from core.delivery.timetable import (
    SOLVE_JOB,
    checking,
    editing,
    exploring,
    people,
    preparing,
    publishing,
    replanning,
    repository,
    service,
    solving,
    taking_in,
)
from core.delivery.timetable.changes import ChangeKind
from core.delivery.timetable.days import day_marks
from core.delivery.timetable.editing import Wanted
from core.delivery.timetable.missing import missing
from core.delivery.timetable.solving import Asked, Solver
from core.delivery.timetable.terms import Part, Policy, TimetableState
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import Message
from core.instance import Instance
from core.jobs.worker import Worker
from core.schedule.schedule import Progress
from core.sheets.grid import rows_of
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, drafted, finish, first_fit, furnish, schedule, sessions

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


LISTED = {
    "activity_key": "l1",
    "place": 0,
    "name": "轮训",
    "stage": "during",
    "method": "",
    "slots": 2,
    "online": False,
    "needs_trainer": True,
    "competency_ids": [],
    "equipment": [],
    "trainer_names": [],
    "min_lag": 0,
    "max_lag": None,
}


@pytest.fixture
def made(request: pytest.FixtureRequest, house: Instance, leader: Actor) -> tuple[World, int]:
    """The world, and its first draft where a test wants one."""
    return drafted(house, leader) if "draft" in request.fixturenames else (furnish(house, leader), 0)


@pytest.fixture
def world(made: tuple[World, int]) -> World:
    return made[0]


@pytest.fixture
def draft(made: tuple[World, int]) -> int:
    return made[1]


def wanted(one: service.SessionView, **other: object) -> Wanted:
    held = Wanted(one.id, one.version, one.day, one.slot, one.trainer_id, one.venue_id, one.pinned)
    return replace(held, **other)  # type: ignore[arg-type]


def move(house: Instance, actor: Actor, world: World, draft: int, *changes: Wanted, reason: str = "") -> list[str]:
    with house.database.writing() as db:
        return [one.rule for one in editing.change(db, actor, world.plan, draft, changes, reason)]


def rules(house: Instance, actor: Actor, world: World, **other: object) -> None:
    with house.database.writing() as db:
        seen, version = service.rules(db, actor, world.plan)
        service.save_rules(db, actor, world.plan, version, replace(seen, **other))  # type: ignore[arg-type]


def test_cohorts_are_formed_of_those_who_lack_the_ability_and_stay_as_they_are(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        made = preparing.prepare(db, leader, world.plan)
        again = preparing.prepare(db, leader, world.plan)
    # Eight of each sub-branch lack the ability; a fifth of its fifteen or twelve people may be away at a time.
    assert (made.programmes, made.added) == (2, made.sessions) and (again.added, again.removed) == (0, 0)
    views = sessions(house, leader, world.plan)
    assert sorted(one.headcount for one in views if one.name == "工作坊") == [2, 2, 2, 2, 2, 3, 3]
    assert all(one.day is None for one in views)


def test_the_year_is_scheduled_in_the_background_and_nothing_collides(house: Instance, leader: Actor, world: World, draft: int) -> None:
    views = sessions(house, leader, world.plan, draft)
    assert views and all(one.day is not None for one in views)
    with house.database.reading() as db:
        row = service.find(db, leader, world.plan, draft)
        assert row.state is TimetableState.DRAFT and row.objective["total"] == 100.0 and row.bound == 90.0
        situation = editing.situation(db, leader, world.plan, draft)
        assert [one.rule for view in views for one in situation.against(wanted(view))] == []
    workshop = next(one for one in views if one.name == "工作坊")
    assert workshop.trainer and workshop.venue in world.venues and workshop.slots == 4 and workshop.cost > 0
    assert workshop.ends_on is not None and workshop.day is not None and (workshop.ends_on - workshop.day).days == 1


def test_a_draft_is_for_those_who_plan_and_the_published_one_for_all(
    house: Instance, leader: Actor, manager: Actor, administrator: Actor, world: World, draft: int
) -> None:
    with pytest.raises(NotFound):
        sessions(house, manager, world.plan, draft)
    with pytest.raises(NotAllowed):
        sessions(house, administrator, world.plan)
    with pytest.raises(NotAllowed), house.database.writing() as db:
        solving.ask(db, manager, world.plan, Asked("他的", 5.0))
    assert all(one.day is None for one in sessions(house, manager, world.plan))
    with house.database.writing() as db:
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "第一版")
    assert all(one.day is not None for one in sessions(house, manager, world.plan))


def test_a_session_that_nobody_can_teach_is_unplaced_and_says_why(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        preparing.prepare(db, leader, world.plan)
        for trainer_id in world.trainers.values():
            for skill in faculty_rows.skills(db, trainer_id):
                db.delete(skill)
    with house.database.writing() as db:
        for row in repository.programmes(db, world.plan)[:1]:
            row.activities = [{**LISTED, "trainer_names": ["王老师"]}]
    made = schedule(house, leader, world.plan)
    views = sessions(house, leader, world.plan, made)
    left = [one for one in views if one.day is None]
    assert {(one.name, str(one.reasons[0])) for one in left} == {
        ("工作坊", "没有一位讲师能讲这节课。"),
        ("复盘会", "它前面的课排不上，它也只能等着。"),
    }
    with house.database.reading() as db:
        assert service.find(db, leader, world.plan, made).status == "PARTIAL"
        assert {one.where for one in checking.look(db, leader, world.plan).obstacles if one.certain} == {checking.Where.TRAINERS}


def test_whom_a_list_asks_for_and_nobody_knows_is_named_where_the_session_has_no_place(
    house: Instance, leader: Actor, world: World
) -> None:
    with house.database.writing() as db:
        preparing.prepare(db, leader, world.plan)
        first, second = repository.programmes(db, world.plan)[:2]
        first.activities = [{**LISTED, "trainer_names": ["钱老师"]}]
        second.activities = [{**LISTED, "trainer_names": ["李 老师"]}]
    made = schedule(house, leader, world.plan)
    views = sessions(house, leader, world.plan, made)
    assert all("钱老师" in str(one.reasons[0]) for one in views if one.programme_id == first.id and one.day is None)
    assert {one.trainer for one in views if one.programme_id == second.id} == {"李老师"}
    with house.database.reading() as db:
        found = [one for one in checking.look(db, leader, world.plan).obstacles if one.certain]
    assert {one.where for one in found} == {checking.Where.TRAINERS} and "钱老师" in str(found[0].message)


def test_the_mark_of_an_exception_goes_when_nothing_is_broken_any_more(house: Instance, leader: Actor, world: World, draft: int) -> None:
    rules(house, leader, world, policy=Policy.WARN)
    first, second = [one for one in sessions(house, leader, world.plan, draft) if one.name == "工作坊"][:2]
    there = {"day": date(2027, 8, 2), "slot": 0, "trainer_id": world.trainers["赵老师"]}
    for one in (first, second):
        move(house, leader, world, draft, wanted(one, **there))

    def marked() -> dict[int, bool]:
        return {one.id: bool(one.breaks) for one in sessions(house, leader, world.plan, draft)}

    assert marked()[second.id]
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.id == first.id)
    move(house, leader, world, draft, wanted(one, day=date(2027, 8, 16)))
    said = {str(each) for view in sessions(house, leader, world.plan, draft) if view.id == second.id for each in view.breaks}
    assert not any("同时在上" in each for each in said)
    with house.database.writing() as db:
        editing.undo(db, leader, world.plan, draft)
    assert marked()[second.id]


def test_a_fault_of_the_solver_leaves_what_there_was(house: Instance, leader: Actor, world: World, draft: int) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    before = sessions(house, leader, world.plan, draft)
    failed = schedule(house, leader, world.plan, "方案二", broken)
    assert sessions(house, leader, world.plan, draft) == before
    with house.database.reading() as db:
        assert service.find(db, leader, world.plan, failed).state is TimetableState.FAILED
        assert failed in solving.failures(db, leader, world.plan)


def test_a_move_against_a_rule_needs_a_reason_is_refused_or_only_told_as_the_plan_says(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    views = [one for one in sessions(house, leader, world.plan, draft) if one.name == "工作坊"]
    first, second = views[0], views[1]
    clash = wanted(second, day=first.day, slot=first.slot, trainer_id=first.trainer_id, venue_id=first.venue_id)
    with pytest.raises(BadInput, match="理由"):
        move(house, leader, world, draft, clash)
    assert "trainer_exclusive" in move(house, leader, world, draft, clash, reason="两班合上")
    moved = next(one for one in sessions(house, leader, world.plan, draft) if one.id == second.id)
    assert moved.day == first.day and moved.reason == "两班合上" and any("同时在上" in str(one) for one in moved.breaks)
    with house.database.writing() as db:
        assert editing.undoable(db, leader, draft) and editing.undo(db, leader, world.plan, draft) == 1
    back = next(one for one in sessions(house, leader, world.plan, draft) if one.id == second.id)
    assert (back.day, back.breaks) == (second.day, ())
    rules(house, leader, world, policy=Policy.BLOCK)
    with pytest.raises(Conflict):
        move(house, leader, world, draft, replace(clash, version=back.version), reason="两班合上")
    rules(house, leader, world, policy=Policy.WARN)
    assert "venue_exclusive" in move(house, leader, world, draft, replace(clash, version=back.version))


def test_nobody_is_made_to_teach_more_than_their_limit_without_being_told(house: Instance, leader: Actor, world: World, draft: int) -> None:
    rules(house, leader, world, policy=Policy.WARN)
    pair = [one for one in sessions(house, leader, world.plan, draft) if one.name == "工作坊"][:2]
    zhao = world.trainers["赵老师"]
    with house.database.writing() as db:
        row = faculty_rows.trainer(db, zhao)
        assert row is not None
        row.max_slots_per_month, row.max_slots_per_year = 6, 6
    there = {"slot": 0, "trainer_id": zhao}
    said = [move(house, leader, world, draft, wanted(one, day=date(2027, 8, day), **there)) for one, day in zip(pair, (2, 9), strict=True)]
    assert not {"trainer_month", "trainer_year"} & set(said[0]) and {"trainer_month", "trainer_year"} <= set(said[1])


def test_two_people_never_overwrite_each_other(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = sessions(house, leader, world.plan, draft)[0]
    free = wanted(one, trainer_id=world.trainers["赵老师"] if one.trainer_id else None)
    move(house, leader, world, draft, free, reason="换人")
    with pytest.raises(Conflict):
        move(house, leader, world, draft, free, reason="换人")


def test_the_half_days_of_trainers_are_those_of_the_published_timetable(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        assert service.trainer_slots(db, leader, world.plan) == {}
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "")
    expected: dict[int, int] = {}
    for one in sessions(house, leader, world.plan):
        if one.day is not None and one.trainer_id is not None:
            expected[one.trainer_id] = expected.get(one.trainer_id, 0) + one.slots
    with house.database.reading() as db:
        assert service.trainer_slots(db, leader, world.plan) == expected != {}


def test_publishing_keeps_a_version_and_the_next_says_what_changed(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        version = service.find(db, leader, world.plan, draft).version or 0
        assert publishing.since_published(db, leader, world.plan, draft) is None
        assert publishing.publish(db, leader, world.plan, draft, version, "首版") == 1
    with pytest.raises(Conflict):
        one = sessions(house, leader, world.plan)[0]
        move(house, leader, world, draft, wanted(one))
    workshop = next(one for one in sessions(house, leader, world.plan) if one.name == "工作坊")
    with house.database.writing() as db:
        db.add(TrainerAbsence(trainer_id=workshop.trainer_id or 0, starts=date(2027, 1, 1), ends=date(2027, 12, 31)))
    again = schedule(house, leader, world.plan, "重排", based_on=draft, stay_close=True)
    with house.database.writing() as db:
        found = publishing.since_published(db, leader, world.plan, again)
        assert found is not None and {one.kind for one in found} <= {ChangeKind.TRAINER, ChangeKind.MOVED, ChangeKind.VENUE}
        assert any(workshop.trainer in str(one.message) for one in found)
        assert publishing.publish(db, leader, world.plan, again, service.find(db, leader, world.plan, again).version or 0, "") == 2
        assert [one.number for one in publishing.versions(db, leader, world.plan)] == [2, 1]
        assert service.find(db, leader, world.plan, draft).state is TimetableState.SUPERSEDED


def test_another_length_of_a_session_is_told_as_a_change(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "")
        one = service.sessions(db, leader, world.plan)[0]
        row = repository.session(db, one.id)
        assert row is not None
        row.slots += 1
    with house.database.reading() as db:
        found = publishing.since_published(db, leader, world.plan, draft)
    assert found is not None and [(each.kind, each.session_id) for each in found] == [(ChangeKind.LENGTH, one.id)]
    assert f"{one.slots} 个半天改为 {one.slots + 1} 个半天" in str(found[0].message)


def test_replanning_moves_only_what_it_must(house: Instance, leader: Actor, world: World, draft: int) -> None:
    views = sessions(house, leader, world.plan, draft)
    last = max((one for one in views if one.name == "工作坊"), key=lambda one: one.day or date.min)
    assert last.day is not None and last.ends_on is not None
    with house.database.writing() as db:
        db.add_all(VenueAbsence(venue_id=one, starts=last.day, ends=last.ends_on) for one in world.venues.values())
    again = schedule(house, leader, world.plan, "教室停用", based_on=draft, stay_close=True)
    after = {one.id: one for one in sessions(house, leader, world.plan, again)}
    moved = {one.id for one in views if (after[one.id].day, after[one.id].slot) != (one.day, one.slot)}
    then = {one.cohort_id for one in views if one.name == "工作坊" and one.day == last.day}
    assert {last.id} <= moved <= {one.id for one in views if one.cohort_id in then}


def test_a_pin_holds_when_the_year_is_worked_out_again(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.name == "工作坊")
    late = date(2027, 11, 8)
    move(house, leader, world, draft, wanted(one, day=late, slot=0, pinned=frozenset({Part.TIME})), reason="行领导出席")
    again = schedule(house, leader, world.plan, "再排", based_on=draft)
    held = next(view for view in sessions(house, leader, world.plan, again) if view.id == one.id)
    assert held.day == late and held.pinned == {Part.TIME}


def test_nobody_is_called_in_a_blackout_of_their_unit(house: Instance, leader: Actor, world: World) -> None:
    unit = world.branch.units["望海支行"]
    with house.database.writing() as db:
        db.add(Blackout(plan_id=world.plan, name="开门红", starts=date(2027, 1, 1), ends=date(2027, 3, 31), whole=False, unit_ids=[unit]))
    made = schedule(house, leader, world.plan)
    first = {
        one: min(view.day or date.max for view in sessions(house, leader, world.plan, made) if view.project_id == one)
        for one in world.projects
    }
    assert first[world.projects[0]] > date(2027, 3, 31) > first[world.projects[1]]


def test_a_cohort_that_is_needed_no_more_stays_in_the_version_that_had_it(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "")
        row = repository.programmes(db, world.plan)[0]
        row.audience = {"people": 3}
        preparing.prepare(db, leader, world.plan)
        assert any(one.removed_at for one in repository.cohorts(db, world.plan, removed=True))
        kept = publishing.versions(db, leader, world.plan)[0].lines
    assert {one.id for one in sessions(house, leader, world.plan)} >= {one.session_id for one in kept}
    again = schedule(house, leader, world.plan, "再排", based_on=draft, stay_close=True)
    assert len(sessions(house, leader, world.plan, again)) < len(kept)
    with house.database.reading() as db:
        found = publishing.since_published(db, leader, world.plan, again)
    assert found and ChangeKind.REMOVED in {one.kind for one in found}


def test_what_happened_is_written_down_and_the_year_is_made_again(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.name == "工作坊")
    assert one.day is not None and one.trainer_id is not None
    event = replanning.Event(replanning.Happening.TRAINER, one.day, one.day, subject_id=one.trainer_id, reason="生病")
    with house.database.writing() as db:
        again = replanning.replan(db, leader, world.plan, draft, event, "讲师生病", 5.0)
        assert [going.name for going in solving.going(db, leader, world.plan)] == ["讲师生病"]
    finish(house)
    with house.database.reading() as db:
        assert one.trainer in str(Message.from_json(service.find(db, leader, world.plan, again).why))
    after = next(view for view in sessions(house, leader, world.plan, again) if view.id == one.id)
    assert (after.day, after.trainer_id) != (one.day, one.trainer_id)


def test_a_list_of_the_banks_own_is_read_by_its_headings_and_scheduled(house: Instance, leader: Actor, world: World) -> None:
    rows = [
        ["2027年培训清单", None, None, None, None],
        ["培训项目", "环节", "培训天数", "计划人数", "讲师", "截止日期"],
        ["合规轮训", "集中培训", 2, 60, "李老师", date(2027, 6, 30)],
        [None, "考试", "半天", None, "李老师", None],
        ["新员工入职", "", "7学时", 25, "", "2027-03-31"],
        ["没有对象", "", 1, None, "", None],
        ["写错的", "", "很久", 5, "", None],
    ]
    with house.database.reading() as db:
        seen = taking_in.preview(db, leader, world.plan, rows_of(rows))
    assert [(one.name, one.slots, one.people) for one in seen.listed] == [("合规轮训", 5, 60), ("新员工入职", 2, 25)]
    assert [(one.line, one.text) for one in seen.refused] == [(7, "写错的 很久 5"), (6, "没有对象")]
    with house.database.writing() as db:
        taking_in.take_in(db, leader, world.plan, seen.listed)
    made = schedule(house, leader, world.plan)
    views = [one for one in sessions(house, leader, world.plan, made) if one.project_id is None]
    assert len(views) == 5 and all(one.day is not None for one in views)
    assert {one.trainer for one in views if one.programme == "合规轮训"} == {"李老师"}
    assert {one.due for one in views} == {date(2027, 6, 30), date(2027, 3, 31)}


def test_the_yearly_plan_of_a_branch_is_read_as_it_is_written(house: Instance, leader: Actor, world: World) -> None:
    rows = [
        ["2027年度培训计划表（征求意见稿）"],
        ["序号", "培训项目", "培训对象", "人数", "期数", "课时", "计划时间", "师资", "预算"],
        [1, "财富面谈实战班", "理财经理", 60, 2, "2天", "3-5月", "李闻、周航", "3万"],
        [2, "授信分析进阶班", "公司客户经理", "30人", 1, "16课时", "二季度", "吴岚", 20000],
        [3, "县域走访训练营", "客户经理", 90, "3期", "1天", "2027年上半年", "郑野 周航", ""],
        [4, "监管新规宣讲", "全员", 120, "", "半天", "待定", "", ""],
        [5, "说不清时间的", "柜员", 10, "", "半天", "雨季", "", ""],
        [6, "说不清人数的", "柜员", "", 3, "半天", "", "", ""],
        [None] * 9,
        ["合计", "6个项目", None, 300, 12, None, None, None, "10万"],
    ]
    with house.database.reading() as db:
        seen = taking_in.preview(db, leader, world.plan, rows_of(rows))
    assert [(one.name, one.size, one.earliest, one.due, one.trainers) for one in seen.listed] == [
        ("财富面谈实战班", 30, date(2027, 3, 1), date(2027, 5, 31), ("李闻", "周航")),
        ("授信分析进阶班", None, date(2027, 4, 1), date(2027, 6, 30), ("吴岚",)),
        ("县域走访训练营", 30, date(2027, 1, 1), date(2027, 6, 30), ("郑野", "周航")),
        ("监管新规宣讲", None, None, None, ()),
    ]
    # The number that Excel shows, with the blank row counted; the total is no row.
    assert [(one.line, str(one.why)[:9]) for one in seen.refused] == [(7, "计划时间“雨季”看"), (8, "写了办几期，还要写")]
    assert str(seen.notes[0]) == "表尾的说明或合计（第 10 行起）没有当作数据。"
    # Posts and trainers that this branch does not have are told, “全员” is nobody's post.
    assert [str(one)[:6] for one in seen.notes[1:]] == ["花名册里没有", "讲师名单里没"] and "全员" not in str(seen.notes[1])


def test_alternatives_break_no_rule_and_take_what_follows_along(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.name == "工作坊")
    with house.database.reading() as db:
        asked = exploring.inquire(db, leader, world.plan, draft, wanted(one))
        assert asked is not None
        found = asked.alternatives()
        why = asked.why_here()
    assert 1 <= len(found) <= 3 and why is not None and why.terms
    other = next(each for each in found if each.day != one.day)
    with house.database.writing() as db:
        assert editing.change(db, leader, world.plan, draft, other.moves) == []


def test_somebody_is_moved_to_another_class_and_stays_there(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        preparing.prepare(db, leader, world.plan)
        first, second, *_others = people.programmes(db, leader, world.plan)[0].cohorts
        moved = first.members[0].employee_id
        people.move(db, leader, world.plan, moved, first.id, second.id)
        preparing.prepare(db, leader, world.plan)
        cohorts = {one.id: one for one in people.programmes(db, leader, world.plan)[0].cohorts}
    assert moved in {one.employee_id for one in cohorts[second.id].members if one.by_hand}
    assert moved not in {one.employee_id for one in cohorts[first.id].members}


@pytest.mark.parametrize("change", ["move", "merge", "split"])
def test_a_change_of_classes_is_taken_back_as_a_whole(house: Instance, leader: Actor, world: World, change: str) -> None:
    def standing() -> dict[int, list[tuple[int, bool]]]:
        with house.database.reading() as db:
            found = people.programmes(db, leader, world.plan)[0].cohorts
        return {one.id: sorted((each.employee_id, each.by_hand) for each in one.members) for one in found}

    with house.database.writing() as db:
        preparing.prepare(db, leader, world.plan)
    before = standing()
    first, second = list(before)[:2]
    with house.database.writing() as db:
        if change == "move":
            people.move(db, leader, world.plan, before[first][0][0], first, second)
        elif change == "merge":
            people.merge(db, leader, world.plan, first, second)
        else:
            people.split(db, leader, world.plan, first)
    assert standing() != before
    with house.database.writing() as db:
        _history, mine = people.done(db, leader, world.plan)
        assert mine is not None
        undo.undo(db, leader, mine.id)
    assert standing() == before


def test_whoever_is_on_leave_is_named_beside_the_session_that_they_would_miss(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.day is not None and view.members)
    assert one.day is not None
    other = next(
        view for view in sessions(house, leader, world.plan, draft) if view.day is not None and view.day > (one.ends_on or one.day)
    )
    with house.database.writing() as db:
        db.add(EmployeeLeave(employee_id=one.members[0], starts=one.day, ends=one.day, reason="年休假"))
    with house.database.reading() as db:
        marks = day_marks(db, leader, world.plan)
        found = missing(db, leader, world.plan, [one, other], marks)
        asked = exploring.inquire(db, leader, world.plan, draft, wanted(one))
    assert list(found) == [one.id] and [each.employee_id for each in found[one.id]] == [one.members[0]]
    assert found[one.id][0].span.reason == "年休假"
    assert asked is not None and asked.what_if(wanted(one)).missing == (found[one.id][0].name,)
    assert not any(each.delta.missing for each in asked.alternatives())
    # Published, the look at the data says so as well, for what is still to come.
    with house.database.writing() as db:
        publishing.publish(db, leader, world.plan, draft, service.find(db, leader, world.plan, draft).version or 0, "")
    with house.database.reading() as db:
        said = [each.message.render("zh") for each in checking.look(db, leader, world.plan).obstacles]
    assert any(found[one.id][0].name in each and "休假" in each for each in said)


def test_of_two_who_want_the_same_trainer_at_the_same_time_the_second_is_told(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    rules(house, leader, world, policy=Policy.WARN)
    pair = [one for one in sessions(house, leader, world.plan, draft) if one.name == "工作坊"][:2]
    there = {"day": date(2027, 8, 2), "slot": 0, "trainer_id": world.trainers["赵老师"]}
    at_once = threading.Barrier(2)
    said: list[bool] = []

    def plan(one: service.SessionView) -> None:
        at_once.wait()
        said.append("trainer_exclusive" in move(house, leader, world, draft, wanted(one, **there)))

    planners = [threading.Thread(target=plan, args=(one,)) for one in pair]
    for one in planners:
        one.start()
    for one in planners:
        one.join()
    assert sorted(said) == [False, True]


def test_a_solver_that_was_killed_half_way_leaves_nothing_half_written_and_is_done_again(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    class Killed(BaseException):
        """The process is gone: nothing of its own is tidied up."""

    def killed(*_: object, watch: Callable[[Progress], None], **__: object) -> None:
        watch(Progress(100.0, 90.0, 0.1, 0, 0.5))
        raise Killed

    before = sessions(house, leader, world.plan, draft)
    with house.database.writing() as db:
        made = solving.ask(db, leader, world.plan, Asked("方案二", 5.0))
    lost = Worker(house.database, {SOLVE_JOB: Solver(house.database, killed).handle}, idle=lambda: None)
    host, _process, started = lost.name.rsplit(":", 2)
    lost.name = f"{host}:{2**22 + 1}:{started}"
    with pytest.raises(Killed):
        lost.run()
    # While nobody has taken it up again it is still being worked out, has no sessions, and what there was stands.
    with house.database.reading() as db:
        assert [one.timetable_id for one in solving.going(db, leader, world.plan)] == [made]
    assert (
        all(one.day is None for one in sessions(house, leader, world.plan, made)) and sessions(house, leader, world.plan, draft) == before
    )
    again = Worker(house.database, {SOLVE_JOB: Solver(house.database, first_fit).handle}, idle=lambda: None)
    assert again.recover() == 1
    again.run()
    with house.database.reading() as db:
        assert service.find(db, leader, world.plan, made).state is TimetableState.DRAFT and not solving.going(db, leader, world.plan)
    assert all(one.day is not None for one in sessions(house, leader, world.plan, made))
