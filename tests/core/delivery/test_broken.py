"""A timetable whose ground has changed: which sessions hold no more, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.access.actor import Actor
from core.delivery.calendar.tables import Blackout
from core.delivery.content import service as content
from core.delivery.faculty import repository as faculty_rows
from core.delivery.faculty.tables import TrainerAbsence
from core.delivery.timetable import editing, preparing, service
from core.delivery.timetable.broken import broken
from core.delivery.timetable.conflicts import Place
from core.delivery.timetable.editing import Wanted
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.terms import Policy
from core.errors import NotAllowed
from core.instance import Instance
from core.storage import now
from tests.core.delivery.timetable_world import World, drafted, sessions


@pytest.fixture
def made(house: Instance, leader: Actor) -> tuple[World, int]:
    return drafted(house, leader)


@pytest.fixture
def world(made: tuple[World, int]) -> World:
    return made[0]


@pytest.fixture
def draft(made: tuple[World, int]) -> int:
    return made[1]


def told(house: Instance, actor: Actor, world: World, draft: int, today: date | None = None) -> dict[int, str]:
    """What speaks against sessions, by their numbers."""
    with house.database.reading() as db:
        return {one.session_id: " ".join(map(str, one.why)) for one in broken(db, actor, world.plan, draft, today or date(2020, 1, 1))}


def first(house: Instance, leader: Actor, world: World, draft: int) -> SessionView:
    return next(one for one in sessions(house, leader, world.plan, draft) if one.trainer_id is not None and not one.online)


def away(house: Instance, one: SessionView) -> None:
    """Its trainer is on leave on that day."""
    assert one.trainer_id is not None and one.day is not None
    with house.database.writing() as db:
        db.add(TrainerAbsence(trainer_id=one.trainer_id, starts=one.day, ends=one.day))


def test_a_fresh_timetable_holds(house: Instance, leader: Actor, world: World, draft: int) -> None:
    assert told(house, leader, world, draft) == {}


def test_a_trainer_on_leave_and_a_day_that_was_closed_are_told_and_what_is_over_is_not(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    one = first(house, leader, world, draft)
    away(house, one)
    assert one.day is not None
    found = told(house, leader, world, draft)
    assert one.id in found and one.trainer in found[one.id]
    assert one.id not in told(house, leader, world, draft, one.day + timedelta(days=1))
    last = sessions(house, leader, world.plan, draft)[-1]
    assert last.day is not None and last.id not in found
    with house.database.writing() as db:
        db.add(Blackout(plan_id=world.plan, name="年末决算", starts=last.day, ends=last.day, unit_ids=[], lines=[]))
    assert last.id in told(house, leader, world, draft)


def test_days_that_a_project_was_given_later_are_told(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = first(house, leader, world, draft)
    assert one.project_id is not None and one.day is not None
    with house.database.writing() as db:
        known = content.find(db, leader, one.project_id).content
        settings = replace(known.settings, earliest=one.day + timedelta(days=30))
        content.save_settings(db, leader, one.project_id, known.version, settings)
    with house.database.writing() as db:
        preparing.prepare(db, leader, world.plan)
    assert "早于最早可以开始的日子" in told(house, leader, world, draft)[one.id]


def test_an_exception_with_a_reason_is_none_of_them_and_no_rule_is_looked_at_where_people_want_none(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    one = first(house, leader, world, draft)
    away(house, one)
    with house.database.writing() as db:
        asked = Wanted(one.id, one.version, one.day, one.slot, one.trainer_id, one.venue_id)
        editing.change(db, leader, world.plan, draft, [asked], "他改签了机票")
    assert one.id not in told(house, leader, world, draft)
    other = next(
        each
        for each in sessions(house, leader, world.plan, draft)
        if each.trainer_id is not None and each.id != one.id and each.day != one.day
    )
    away(house, other)
    assert other.id in told(house, leader, world, draft)
    with house.database.writing() as db:
        rules, version = service.rules(db, leader, world.plan)
        service.save_rules(db, leader, world.plan, version, replace(rules, policy=Policy.OFF))
    assert told(house, leader, world, draft) == {}


def test_a_trainer_who_was_put_away_is_told(house: Instance, leader: Actor, world: World, draft: int) -> None:
    one = first(house, leader, world, draft)
    with house.database.writing() as db:
        row = faculty_rows.trainer(db, one.trainer_id or 0)
        assert row is not None
        row.archived_at = now()
    assert one.id in told(house, leader, world, draft)


def test_who_does_not_plan_is_not_told(house: Instance, executive: Actor, world: World, draft: int) -> None:
    with house.database.reading() as db, pytest.raises(NotAllowed):
        broken(db, executive, world.plan, draft, date(2020, 1, 1))


def test_what_speaks_against_a_place_does_not_hang_on_where_the_session_is_now(
    house: Instance, leader: Actor, world: World, draft: int
) -> None:
    with house.database.writing() as db:
        rules, version = service.rules(db, leader, world.plan)
        tight = replace(rules, person_slots=4, budget_year=9_000.0, budget_quarters=(3_000.0, None, None, None))
        service.save_rules(db, leader, world.plan, version, tight)
    with house.database.reading() as db:
        board = editing.situation(db, leader, world.plan, draft).board
    told = 0
    for key, at in board.placed.items():
        alone = board.moved({key: None})
        for day in range(0, len(board.days), 7):
            place = Place(day, 0, at.trainer, at.venue)
            assert board.against(key, place) == alone.against(key, place)
            told += any(one.rule in ("person_month", "budget_year", "budget_quarter") for one in board.against(key, place))
    assert told
