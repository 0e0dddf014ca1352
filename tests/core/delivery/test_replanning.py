"""A timetable that is worked out again in the middle of the year: what is over stays, what is to come is changed only where it must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core import clock
from core.access.actor import Actor
from core.delivery.calendar.tables import Blackout
from core.delivery.faculty import repository as faculty_rows
from core.delivery.faculty.tables import TrainerAbsence
from core.delivery.timetable import editing, exploring, preparing, repository, solving
from core.delivery.timetable.editing import Wanted
from core.delivery.timetable.rooms import same_rooms
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.terms import Part
from core.instance import Instance
from core.schedule.problem import read_problem
from core.schedule.schedule import Assignment, Objective, Schedule, Status
from core.storage import now
from tests.core.delivery.timetable_world import World, drafted, schedule, sessions


@pytest.fixture
def made(house: Instance, leader: Actor) -> tuple[World, int]:
    return drafted(house, leader)


@pytest.fixture
def world(made: tuple[World, int]) -> World:
    return made[0]


@pytest.fixture
def draft(made: tuple[World, int]) -> int:
    return made[1]


@pytest.fixture
def over(house: Instance, leader: Actor, world: World, draft: int, monkeypatch: pytest.MonkeyPatch) -> list[SessionView]:
    """What is over on the day after the first workshop: today is that day."""
    views = sessions(house, leader, world.plan, draft)
    first = min((one for one in views if one.name == "工作坊"), key=lambda one: one.day or date.max)
    assert first.ends_on is not None
    day = first.ends_on + timedelta(days=1)
    monkeypatch.setattr(clock, "today", on(day))
    found = [one for one in views if one.day is not None and one.day < day]
    assert found and len(found) < len(views)
    return found


def on(day: date) -> Callable[[], date]:
    """The bank's clock on a day."""
    return lambda: day


def places(views: Sequence[SessionView]) -> dict[int, tuple[object, ...]]:
    return {one.id: (one.day, one.slot, one.trainer_id, one.venue_id) for one in views}


def again(house: Instance, leader: Actor, world: World, draft: int) -> list[SessionView]:
    made = schedule(house, leader, world.plan, "再排", based_on=draft, stay_close=True)
    with house.database.reading() as db:
        assert solving.failures(db, leader, world.plan) == {}
    return sessions(house, leader, world.plan, made)


def test_a_trainer_and_a_venue_that_are_no_more_stay_with_what_was_held(
    house: Instance, leader: Actor, world: World, draft: int, over: list[SessionView]
) -> None:
    with house.database.writing() as db:
        trainer, venue = faculty_rows.trainer(db, over[0].trainer_id or 0), faculty_rows.venue(db, over[0].venue_id or 0)
        assert trainer is not None and venue is not None
        trainer.archived_at = venue.archived_at = now()
        if (other := faculty_rows.venue(db, min(world.venues.values()))) is not None and other.id != venue.id:
            other.capacity = 40
    after = again(house, leader, world, draft)
    assert places(over).items() <= places(after).items()
    rest = [one for one in after if one.id not in {each.id for each in over}]
    assert not any(one.day and (one.trainer_id == trainer.id or one.venue_id == venue.id) for one in rest)


def test_what_was_held_stays_though_its_days_are_closed_now(
    house: Instance, leader: Actor, world: World, draft: int, over: list[SessionView]
) -> None:
    first = over[0]
    assert first.day is not None and first.ends_on is not None
    with house.database.writing() as db:
        db.add(TrainerAbsence(trainer_id=first.trainer_id or 0, starts=first.day, ends=first.ends_on))
        db.add(Blackout(plan_id=world.plan, name="检查", starts=first.day, ends=first.ends_on, whole=True))
    after = again(house, leader, world, draft)
    assert places(over).items() <= places(after).items()
    follows = [one for one in after if one.cohort_id == first.cohort_id and one.id != first.id]
    assert follows and all(one.day is not None and one.day > first.ends_on for one in follows)


def test_what_is_new_is_never_held_before_today(house: Instance, leader: Actor, world: World, draft: int, over: list[SessionView]) -> None:
    known = {one.id for one in sessions(house, leader, world.plan, draft)}
    with house.database.writing() as db:
        repository.programmes(db, world.plan)[0].cohort_size = 1
        preparing.prepare(db, leader, world.plan)
    after = again(house, leader, world, draft)
    fresh = [one.day for one in after if one.id not in known]
    assert fresh and all(day is not None and day >= solving.clock.today() for day in fresh)


def test_what_is_to_come_is_not_offered_a_day_that_is_past(
    house: Instance, leader: Actor, world: World, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(view for view in sessions(house, leader, world.plan, draft) if view.name == "工作坊")
    early, today, planned = date(2027, 1, 1), date(2027, 6, 16), date(2027, 6, 21)
    monkeypatch.setattr(clock, "today", on(early))
    with house.database.reading() as db:
        asked = exploring.inquire(db, leader, world.plan, draft, Wanted(one.id, one.version, planned, 0, one.trainer_id, one.venue_id))
    assert asked is not None and any(each.day < today for each in asked.alternatives())
    monkeypatch.setattr(clock, "today", on(today))
    found = asked.alternatives()
    assert found and all(each.day >= today for each in found)


def test_what_is_to_begin_after_the_year_says_so(house: Instance, leader: Actor, world: World, draft: int) -> None:
    with house.database.writing() as db:
        programme = repository.programmes(db, world.plan)[0]
        programme.earliest = date(2028, 3, 1)
    after = sessions(house, leader, world.plan, schedule(house, leader, world.plan, "再排"))
    late = [one for one in after if one.programme_id == programme.id]
    assert late and all(one.day is None and one.reasons for one in late)
    assert any("没有可以排课的日子" in str(reason) for one in late for reason in one.reasons)


def test_an_exception_that_somebody_fixed_for_a_reason_stays(house: Instance, leader: Actor, world: World, draft: int) -> None:
    views = sessions(house, leader, world.plan, draft)
    one = next(view for view in views if view.name == "工作坊")
    after = next(view for view in views if view.cohort_id == one.cohort_id and view.id != one.id)
    closed = date(2027, 11, 8)
    with house.database.writing() as db:
        units = list(world.branch.units.values())
        db.add(Blackout(plan_id=world.plan, name="检查", starts=closed, ends=closed, unit_ids=units, whole=False))
    asked = Wanted(one.id, one.version, closed, 0, one.trainer_id, one.venue_id, frozenset({Part.TIME}))
    follows = Wanted(after.id, after.version, date(2027, 11, 22), 0, after.trainer_id, after.venue_id)
    with house.database.writing() as db:
        broken = editing.change(db, leader, world.plan, draft, [asked, follows], "行领导只有这天")
        assert {each.rule for each in broken} == {"blackout"}
    found = {view.id: view for view in again(house, leader, world, draft)}
    held = found[one.id]
    assert (held.day, held.pinned, held.reason) == (closed, {Part.TIME}, "行领导只有这天") and held.breaks
    assert found[after.id].day == follows.day


def test_rooms_that_the_solver_only_swapped_are_swapped_back(house: Instance) -> None:
    facts = {
        "calendar": {"days": ["2027-03-01", "2027-03-02"], "slots_per_day": 2},
        "trainers": [],
        "venues": [{"id": name, "capacity": 30, "unavailable": []} for name in ("v1", "v2")],
        "departments": [],
        "people": [],
        "cohorts": [{"id": "c1"}, {"id": "c2"}],
        "groups": [{"id": name, "blackout_slots": []} for name in ("g1", "g2")],
        "sessions": [
            {
                "id": f"s{at}",
                "group": f"g{at}",
                "cohorts": [f"c{at}"],
                "dur": 2,
                "headcount": 20,
                "online": False,
                "trainers": [],
                "people": [],
            }
            for at in (1, 2)
        ],
        "rules": {},
        "previous": [{"session": f"s{at}", "day": 0, "slot": 0, "trainer": None, "venue": f"v{at}"} for at in (1, 2)],
    }
    swapped = Schedule(Status.FEASIBLE, Objective(), (Assignment("s1", 0, 0, None, "v2"), Assignment("s2", 0, 0, None, "v1")))
    found = same_rooms(facts, read_problem(facts), swapped)
    assert {one.session: one.venue for one in found.assignments} == {"s1": "v1", "s2": "v2"}
    elsewhere = replace(swapped, assignments=(swapped.assignments[0], Assignment("s2", 1, 0, None, "v1")))
    assert {one.session: one.venue for one in same_rooms(facts, read_problem(facts), elsewhere).assignments} == {"s1": "v1", "s2": "v1"}
