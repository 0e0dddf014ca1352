"""Making ready again in the middle of the year: what was held already is the record, and no plan changes it any more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import clock
from core.access.actor import Actor
from core.delivery.attendance import service as attendance
from core.delivery.timetable import people, preparing, publishing, repository
from core.delivery.timetable.audience import Participant
from core.delivery.timetable.changes import ChangeKind
from core.delivery.timetable.forming import Formed, form
from core.delivery.timetable.preparing import Prepared
from core.delivery.timetable.service import SessionView
from core.errors import Conflict
from core.instance import Instance
from core.people.tables import Assessment
from core.projects import repository as projects
from core.projects.tables import ProjectState
from tests.core.delivery.test_replanning import on
from tests.core.delivery.timetable_world import World, published, schedule, sessions
from tests.core.delivery.timetable_world import publish as publish_draft


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    return published(house, leader)


def held(house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch) -> SessionView:
    """The first workshop; today is the day after it."""
    views = [one for one in sessions(house, leader, world.plan) if one.name == "工作坊" and one.day is not None]
    first = min(views, key=lambda one: one.day or date.max)
    assert first.ends_on is not None
    monkeypatch.setattr(clock, "today", on(first.ends_on + timedelta(days=1)))
    return first


def published_number(house: Instance, world: World) -> int:
    with house.database.reading() as db:
        row = repository.published(db, world.plan)
        assert row is not None
        return row.id or 0


def prepare(house: Instance, leader: Actor, world: World) -> Prepared:
    with house.database.writing() as db:
        return preparing.prepare(db, leader, world.plan)


def test_whoever_has_learned_what_they_lacked_stays_on_the_list_of_the_class_in_which_they_did(
    house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(house, leader, world, monkeypatch)
    learned = first.members[: len(first.members) // 2]
    with house.database.writing() as db:
        db.add_all(
            Assessment(employee_id=who, competency_id=number, score=100, scale_max=100, source="考核系统", assessed_on=clock.today())
            for who in learned
            for number in first.competency_ids or world.branch.competencies.values()
        )
    prepare(house, leader, world)
    after = {one.id: one for one in sessions(house, leader, world.plan)}
    assert set(after[first.id].members) == set(first.members)
    with house.database.reading() as db:
        assert attendance.sheet(db, leader, world.plan, first.id).expected == len(first.members)
        programme = next(one for one in people.programmes(db, leader, world.plan) if one.id == first.programme_id)
    assert "已在上课" in str(programme.source)


def test_another_design_changes_nothing_of_a_session_that_was_held(
    house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(house, leader, world, monkeypatch)
    with house.database.writing() as db:
        row = next(one for one in repository.programmes(db, world.plan) if one.id == first.programme_id)
        row.activities = [
            {**dict.fromkeys(("stage", "method"), ""), "activity_key": "l1", "place": 0, "name": "别的课", "slots": 1, "online": True}
            | {"needs_trainer": False, "competency_ids": [], "equipment": [], "trainer_names": [], "min_lag": 0, "max_lag": None}
        ]
    prepare(house, leader, world)
    again = schedule(house, leader, world.plan, "再排", stay_close=True)
    found = {one.id: one for one in sessions(house, leader, world.plan, again)}
    assert found[first.id].name == first.name and found[first.id].slots == first.slots


def test_what_was_held_of_a_project_that_is_withdrawn_stays_and_is_called_cancelled_by_nobody(
    house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(house, leader, world, monkeypatch)
    with house.database.writing() as db:
        project = projects.project(db, first.project_id or 0)
        assert project is not None
        project.state = ProjectState.WITHDRAWN
    published = published_number(house, world)
    again = schedule(house, leader, world.plan, "再排", based_on=published, stay_close=True)
    found = {one.id: one for one in sessions(house, leader, world.plan, again)}
    own = [one for one in found.values() if one.programme_id == first.programme_id]
    assert [(one.id, one.day, one.members) for one in own] == [(first.id, first.day, first.members)]
    with house.database.reading() as db:
        changed = publishing.since_published(db, leader, world.plan, again)
    gone = {one.session_id for one in changed or () if one.kind is ChangeKind.REMOVED}
    assert gone and first.id not in gone
    publish_draft(house, leader, world, again)
    with house.database.reading() as db:
        assert attendance.sheet(db, leader, world.plan, first.id).expected == len(first.members)


def test_a_class_that_is_known_by_its_number_keeps_its_seats_once_it_was_held(
    house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.database.writing() as db:
        row = repository.programmes(db, world.plan)[0]
        row.audience, row.cohort_size = {"people": 4}, 2
    draft = schedule(house, leader, world.plan, "再排")
    publish_draft(house, leader, world, draft)
    views = [one for one in sessions(house, leader, world.plan) if one.programme_id == row.id and one.name == "工作坊"]
    first = min(views, key=lambda one: one.day or date.max)
    assert first.ends_on is not None and first.headcount == 2
    monkeypatch.setattr(clock, "today", on(first.ends_on + timedelta(days=1)))
    with house.database.writing() as db:
        repository.programmes(db, world.plan)[0].audience = {"people": 5}
    prepare(house, leader, world)
    with house.database.reading() as db:
        found = {one.id: one.size for one in people.programmes(db, leader, world.plan)[0].cohorts}
    assert found[first.cohort_id] == 2 and sum(found.values()) == 5


def test_classes_without_names_that_were_merged_by_hand_stay_merged(house: Instance, leader: Actor, world: World) -> None:
    with house.database.writing() as db:
        row = repository.programmes(db, world.plan)[0]
        row.audience, row.cohort_size = {"people": 6, "classes": 3}, 2
    prepare(house, leader, world)

    def sizes() -> dict[int, int]:
        with house.database.reading() as db:
            return {one.id: one.size for one in people.programmes(db, leader, world.plan)[0].cohorts}

    first, second, third = sizes()
    with house.database.writing() as db:
        people.merge(db, leader, world.plan, first, second)
    prepare(house, leader, world)
    assert sizes() == {second: 4, third: 2}
    with house.database.writing() as db:
        repository.programmes(db, world.plan)[0].audience = {"people": 7}
    prepare(house, leader, world)
    assert sizes()[second] == 4 and sum(sizes().values()) == 7
    with house.database.writing() as db:
        repository.programmes(db, world.plan)[0].audience = {"people": 3}
    prepare(house, leader, world)
    assert sizes() == {second: 3}


def test_a_class_that_was_taught_is_not_merged_away(house: Instance, leader: Actor, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.database.writing() as db:
        row = repository.programmes(db, world.plan)[0]
        row.audience, row.cohort_size = {"people": 4}, 2
    publish_draft(house, leader, world, schedule(house, leader, world.plan, "再排"))
    views = [one for one in sessions(house, leader, world.plan) if one.programme_id == row.id and one.name == "工作坊"]
    first, second = sorted(views, key=lambda one: one.day or date.max)
    assert first.ends_on is not None
    monkeypatch.setattr(clock, "today", on(first.ends_on + timedelta(days=1)))
    with pytest.raises(Conflict, match="已经上过课"), house.database.writing() as db:
        people.merge(db, leader, world.plan, first.cohort_id, second.cohort_id)


def test_a_newcomer_is_not_put_into_a_class_that_has_begun() -> None:
    someone = [Participant(number, None) for number in (1, 2, 3)]
    assert [one.members for one in form(someone, 10, {}, [Formed(1, [1, 2])])] == [[1, 2, 3]]
    assert [one.members for one in form(someone, 10, {}, [Formed(1, [1, 2])], begun={1})] == [[1, 2], [3]]
