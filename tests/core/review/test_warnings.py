"""Warnings as they come out of the database: signals from lists and transfer plans, decisions, follow-ups, numbers; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from core.access.actor import Actor
from core.delivery.attendance import service as attendance
from core.delivery.attendance.terms import Presence
from core.delivery.content.tables import TransferAction
from core.delivery.content.terms import ActionState
from core.delivery.undo import service as undo
from core.errors import BadInput, Conflict, NotAllowed
from core.exports.leadership.blocks import Table
from core.exports.leadership.material import Material
from core.exports.leadership.reviewed import warnings as warning_blocks
from core.instance import Instance
from core.people import scope
from core.people.tables import Employee
from core.review.warnings import deciding, service
from core.review.warnings.deciding import Decision
from core.review.warnings.forecast import Estimate
from core.review.warnings.service import Board
from core.review.warnings.terms import Advice, CaseState, Link, Status, Threshold
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, published, sessions

both = pytest.mark.parametrize("house", BOTH, indirect=True)
LOOSE = {Threshold.PEOPLE: (5.0, "行内约定"), Threshold.CHANCES: (5.0, "行内约定"), Threshold.WEEKS: (1.0, "行内约定")}


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


def last_day(house: Instance, leader: Actor, world: World) -> date:
    return max(one.ends_on for one in sessions(house, leader, world.plan) if one.ends_on is not None)


def seen(house: Instance, actor: Actor, world: World, today: date) -> Board:
    with house.database.reading() as db:
        return service.board(db, actor, world.plan, today)


def nobody_came(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        for one in sessions(house, leader, world.plan):
            attendance.note(db, leader, world.plan, one.id, dict.fromkeys(one.members, Presence.ABSENT), {}, today=date(2027, 12, 31))
        deciding.save_numbers(db, leader, world.plan, LOOSE, {})


@both
def test_lists_and_transfer_plans_become_signals(house: Instance, leader: Actor, world: World) -> None:
    last = last_day(house, leader, world)
    who = next(one.members for one in sessions(house, leader, world.plan) if one.project_id == world.projects[0])
    with house.database.writing() as db:
        for place, person in enumerate(who):
            done = ActionState.DONE if place % 2 == 0 else ActionState.DROPPED
            due = last + timedelta(days=3)
            db.add(
                TransferAction(
                    project_id=world.projects[0],
                    employee_id=person,
                    what="拜访",
                    due_on=due,
                    state=done,
                    done_on=due if place % 2 == 0 else None,
                )
            )
    nobody_came(house, leader, world)
    board = seen(house, leader, world, last + timedelta(weeks=12))
    one = next(each.project for each in board.warnings if each.project.track(Link.APPLICATION) is not None)
    used, came = one.track(Link.APPLICATION), one.track(Link.PARTICIPATION)
    assert used is not None and used.seen[-1] == len(who) and used.done[-1] == (len(who) + 1) // 2
    assert came is not None and came.seen[-1] > 0 and came.done[-1] == 0


@both
def test_what_is_decided_is_kept_with_what_the_rule_said_and_followed_up(house: Instance, leader: Actor, world: World) -> None:
    nobody_came(house, leader, world)
    today = last_day(house, leader, world) + timedelta(weeks=1)
    (warned, *_rest) = seen(house, leader, world, today).alarms
    assert warned.status in (Status.WARN, Status.STOP) and warned.weak is Link.PARTICIPATION
    with house.database.reading() as db:
        assert service.standing(db, leader, world.plan, today).undecided > 0
    wanted = Decision(Advice.REPAIR, "补课一次", "李主任", today + timedelta(days=14))
    with house.database.writing() as db:
        case_id = deciding.decide(db, leader, world.plan, warned.project.id, wanted, today)
    with house.database.writing() as db, pytest.raises(Conflict):
        deciding.decide(db, leader, world.plan, warned.project.id, wanted, today)
    with house.database.writing() as db:
        deciding.follow_up(db, leader, case_id, "补课到了 30 人", today)
    (case,) = seen(house, leader, world, today).cases[warned.project.id]
    assert case.row.status is warned.status and case.row.numbers["people"] == 5 and len(case.row.forecast) == 3
    assert [note.text for note in case.notes] == ["补课到了 30 人"]
    with house.database.reading() as db:
        late = service.standing(db, leader, world.plan, today + timedelta(days=15))
    assert late.overdue == 1
    with house.database.writing() as db:
        deciding.change(db, leader, case_id, case.row.version or 0, wanted, CaseState.DONE)
    (case,) = seen(house, leader, world, today).cases[warned.project.id]
    assert not case.open
    with house.database.writing() as db, pytest.raises(Conflict):
        deciding.change(db, leader, case_id, 1, wanted, CaseState.OPEN)


def test_a_leaders_document_forecasts_what_the_page_does_and_never_less_than_nothing(house: Instance, leader: Actor, world: World) -> None:
    nobody_came(house, leader, world)
    day = last_day(house, leader, world) + timedelta(days=30)
    board = seen(house, leader, world, day)
    one = board.alarms[0]
    near = one.nearest
    assert near is not None and near.outlook is not None
    falling = replace(near.outlook, end=Estimate(-0.2, -0.5, 0.126))
    links = tuple(replace(each, outlook=falling) if each is near else each for each in one.links)
    with house.database.reading() as db:
        found = Material(db, leader, world.plan, "zh", day)
        found.__dict__["warnings"] = replace(board, warnings=(replace(one, links=links),))
        (table,) = [block for block in warning_blocks(found) if isinstance(block, Table)]
    assert (table.rows[0][0], table.rows[0][3], table.rows[0][4]) == (one.project.name, 0, "0%–13%")
    assert "离结果最近" in table.note


@both
def test_numbers_are_kept_with_their_source_checked_taken_back_and_restored(
    house: Instance, leader: Actor, executive: Actor, world: World
) -> None:
    with house.database.writing() as db:
        deciding.save_numbers(db, leader, world.plan, {Threshold.CONVERSION: (0.75, "上年回测")}, {})
        held = {one.name: one for one in deciding.numbers(db, leader, world.plan, "zh")}
        assert held[Threshold.CONVERSION].own and held[Threshold.CONVERSION].changed_by == leader.name
        assert not held[Threshold.STOP].own and held[Threshold.STOP].source
        _done, mine = deciding.done(db, leader, world.plan)
        assert mine is not None
        undo.undo(db, leader, mine.id)
        assert not any(one.own for one in deciding.numbers(db, leader, world.plan, "en"))
        deciding.save_numbers(db, leader, world.plan, {Threshold.STOP: (0.4, "x")}, {})
        deciding.restore_numbers(db, leader, world.plan, {Threshold.STOP: 1})
        assert service.thresholds(db, world.plan)[1] == frozenset()
    for name, value, told in ((Threshold.STOP, 1.5, "x"), (Threshold.PEOPLE, 4, "x"), (Threshold.STOP, 0.4, " ")):
        with house.database.writing() as db, pytest.raises(BadInput):
            deciding.save_numbers(db, leader, world.plan, {name: (value, told)}, {})
    with house.database.writing() as db, pytest.raises(NotAllowed):
        deciding.save_numbers(db, executive, world.plan, LOOSE, {})
    with house.database.writing() as db, pytest.raises(Conflict):
        deciding.save_numbers(db, leader, world.plan, LOOSE, {Threshold.PEOPLE: 3})


def test_without_a_year_before_there_is_nothing_to_test_on(house: Instance, leader: Actor, world: World) -> None:
    with house.database.reading() as db:
        assert service.last_year(db, leader, world.plan) is None


@both
def test_a_manager_sees_the_projects_that_their_own_people_are_in(house: Instance, leader: Actor, manager: Actor, world: World) -> None:
    nobody_came(house, leader, world)
    today = last_day(house, leader, world) + timedelta(days=1)
    assert seen(house, leader, world, today).alarms and not seen(house, manager, world, today).warnings
    with house.database.reading() as db:
        everything = {one.project.id for one in seen(house, leader, world, today).warnings}
        of = {one.programme_id: one.members for one in sessions(house, leader, world.plan)}
        units = dict(db.execute(sa.select(Employee.id, Employee.unit_id)).all())  # type: ignore[call-overload]
        assert service.standing(db, manager, world.plan, today) == service.WarningStanding()
    one = min(of)
    with house.database.writing() as db:
        scope.give_charge(db, leader, manager.account_id or 0, {units[who] for who in of[one]} - {None})
    theirs = {one.project.id for one in seen(house, manager, world, today).warnings}
    assert one in theirs and theirs < everything
