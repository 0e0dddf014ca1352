"""A timetable that is made when part of its year is over: what is past is of no use any more."""

from __future__ import annotations

from datetime import date

import pytest

from core import clock
from core.access.actor import Actor
from core.delivery.timetable import checking, repository, solving
from core.delivery.timetable.building import first_start
from core.delivery.timetable.editing import Wanted, change
from core.delivery.timetable.terms import Part
from core.errors import BadInput
from core.instance import Instance
from tests.core.delivery.test_replanning import on
from tests.core.delivery.timetable_world import World, furnish, schedule, sessions

SUMMER = date(2027, 6, 16)


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return furnish(house, leader)


@pytest.fixture(autouse=True)
def summer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", on(SUMMER))


def days(house: Instance, leader: Actor, world: World, made: int) -> list[date | None]:
    return [one.day for one in sessions(house, leader, world.plan, made)]


def test_a_first_timetable_in_the_middle_of_the_year_uses_no_day_that_is_past(house: Instance, leader: Actor, world: World) -> None:
    made = schedule(house, leader, world.plan)
    assert all(day is not None and day >= SUMMER for day in days(house, leader, world, made))
    with house.database.reading() as db:
        row = repository.timetable(db, made)
    assert row is not None and row.starts_on == SUMMER
    assert any("2027-06-16" in str(note) for note in row.notes)


def test_a_timetable_begins_on_the_day_that_somebody_said_and_so_does_the_one_after_it(
    house: Instance, leader: Actor, world: World
) -> None:
    autumn = date(2027, 9, 1)
    made = schedule(house, leader, world.plan, starts_on=autumn)
    assert all(day is not None and day >= autumn for day in days(house, leader, world, made))
    one = next(view for view in sessions(house, leader, world.plan, made) if view.name == "工作坊")
    early = date(2027, 7, 5)
    with house.database.writing() as db:
        wanted = Wanted(one.id, one.version, early, 0, one.trainer_id, one.venue_id, frozenset({Part.TIME}))
        change(db, leader, world.plan, made, [wanted], "行领导只有这天")
        repository.programmes(db, world.plan)[1].cohort_size = 1
    known = {view.id for view in sessions(house, leader, world.plan, made)}
    again = sessions(house, leader, world.plan, schedule(house, leader, world.plan, "再排", based_on=made, stay_close=True))
    assert next(view for view in again if view.id == one.id).day == early
    fresh = [view.day for view in again if view.id not in known]
    assert fresh and all(day is not None and day >= autumn for day in fresh)


def test_a_day_that_is_past_or_of_another_year_cannot_be_asked_for(house: Instance, leader: Actor, world: World) -> None:
    made = schedule(house, leader, world.plan, starts_on=date(2027, 1, 4))
    assert all(day is not None and day >= SUMMER for day in days(house, leader, world, made))
    with pytest.raises(BadInput, match="2027"):
        schedule(house, leader, world.plan, starts_on=date(2028, 1, 3))


def test_the_months_that_are_left_share_the_training_evenly(house: Instance, leader: Actor, world: World) -> None:
    seen = {}

    def solve(problem: object, **_: object) -> object:
        seen["targets"] = list(problem.rules.month_target_slots)  # type: ignore[attr-defined]
        raise BadInput(solving._NOTHING)

    schedule(house, leader, world.plan, solve=solve)
    assert not any(seen["targets"][:5]) and all(seen["targets"][5:])


def test_a_year_that_is_gone_is_told_from_its_beginning() -> None:
    assert first_start(2025, SUMMER) == date(2025, 1, 1)
    assert first_start(2027, SUMMER) == SUMMER
    assert first_start(2028, SUMMER) == date(2028, 1, 1)


def test_what_cannot_be_held_any_more_is_told_before_it_is_scheduled(
    house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", on(date(2027, 12, 31)))
    made = schedule(house, leader, world.plan)
    with house.database.reading() as db:
        assert "没有可以排课的日子" in str(solving.failures(db, leader, world.plan).get(made, "")) or not any(
            days(house, leader, world, made)
        )
        assert any(one.certain for one in checking.look(db, leader, world.plan).obstacles)
