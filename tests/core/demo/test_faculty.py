"""The sample's trainers, venues, blackouts and leave: enough to teach its projects, gone with one click, never mixed with one's own."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.delivery.calendar import service as calendar
from core.delivery.faculty import editing, service
from core.delivery.faculty.facts import TrainerFacts
from core.delivery.faculty.share import share
from core.demo import service as demo
from core.demo.peopling import load_people
from core.demo.projects import projects
from core.demo.staffing import load_faculty
from core.instance import Instance
from core.people import repository as people
from core.plans import service as plans
from tests.conftest import BOTH

both = pytest.mark.parametrize("house", BOTH, indirect=True)


def load(house: Instance, leader: Actor) -> int:
    """The people and the faculty, for a plan of the coming year."""
    with house.database.writing() as db:
        plan = plans.create(db, leader, demo.BRANCH, 2027, sample=True)
        load_people(db, leader)
        load_faculty(db, leader, plan.id or 0)
        return plan.id or 0


@both
def test_the_sample_has_a_faculty_that_can_teach_its_projects(house: Instance, leader: Actor) -> None:
    plan_id = load(house, leader)
    with house.database.reading() as db:
        faculty, asked = service.trainers(db, leader), service.eligibility(db, leader)
        ids = {row.name: row.id or 0 for row in people.competencies(db)}
        assert len(faculty) == 25 and len(service.venues(db, leader)) == 6
        assert len(calendar.blackouts(db, leader, plan_id)) == 7 and len(calendar.leave(db, leader, plan_id)) > 40
    assert sum(one.internal for one in faculty) >= 15 and all(one.sample and one.rating for one in faculty)
    assert share(faculty, asked.rule).reached and asked.rule.example
    nobody = [one.name for one in projects() if not asked.of([ids[name] for name in one.competencies if name in ids])]
    assert not nobody


@both
def test_loading_it_twice_changes_nothing_and_one_click_removes_it(house: Instance, leader: Actor) -> None:
    plan_id = load(house, leader)
    with house.database.writing() as db:
        load_faculty(db, leader, plan_id)
        assert len(service.trainers(db, leader)) == 25
    with house.database.writing() as db:
        demo.clear_people(db, leader)
    with house.database.reading() as db:
        assert not service.trainers(db, leader, archived=True) and not service.venues(db, leader, archived=True)
        assert not calendar.leave(db, leader, plan_id) and not people.competencies(db)


def test_where_the_branch_has_trainers_of_its_own_the_sample_keeps_out(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan = plans.create(db, leader, demo.BRANCH, 2027, sample=True)
        load_people(db, leader)
        editing.save_trainer(db, leader, None, TrainerFacts("甲"))
        load_faculty(db, leader, plan.id or 0)
    with house.database.writing() as db:
        assert [one.name for one in service.trainers(db, leader)] == ["甲"]
        demo.clear_people(db, leader)
    with house.database.reading() as db:
        assert [one.name for one in service.trainers(db, leader)] == ["甲"]
