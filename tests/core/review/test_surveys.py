"""A project's survey by link: asked, answered once per person, turned into results. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.errors import BadInput, NotAllowed, NotFound
from core.instance import Instance
from core.people.tables import Employee
from core.review.results import following
from core.review.results.service import actuals, measures
from core.review.surveys import repository, service
from core.storage import now
from tests.conftest import BOTH
from tests.core.review.world import Review, review

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def made(house: Instance, leader: Actor) -> Review:
    return review(house, leader)


def people(house: Instance, made: Review) -> list[Employee]:
    with house.database.reading() as db:
        return [one for one, _unit in repository.members(db, made.project)]


def link(house: Instance, leader: Actor, made: Review) -> str:
    with house.database.writing() as db:
        return service.open_link(db, leader, made.plan, made.project)


def say(house: Instance, token: str, who: Employee, mark: int, remark: str = "", name: str = "") -> None:
    with house.database.writing() as db:
        found = service.opened(db, token)
        marks = {one.measure_id: mark for one in found.questions} if found else {}
        service.answer(db, token, who.employee_no, name or who.name, marks, remark, "10.0.0.1")


def test_answers_become_results_once_per_person(house: Instance, leader: Actor, made: Review) -> None:
    token = link(house, leader, made)
    some = people(house, made)[:5]
    for one in some:
        say(house, token, one, 5, "多练")
    say(house, token, some[0], 3, "换个时间")
    with house.database.writing() as db:
        stands = service.standing(db, leader, made.plan, made.project)
        assert (stands.answered, len(stands.waiting)) == (5, stands.people - 5) and some[0].name not in {w.name for w in stands.waiting}
        assert stands.remarks == ("多练", "多练", "多练", "多练", "换个时间")
        assert following.behind(db, leader, made.plan).flow
        following.follow(db, leader, made.plan)
        assert not following.behind(db, leader, made.plan).flow
        asked = [one for one in measures(db, leader, made.plan) if one.project_id == made.project and one.name in stands.questions]
        assert len(asked) == 3
        found = actuals(db, leader, made.plan)
        assert all((found[one.id].value, found[one.id].people) == (92, 5) for one in asked)


def test_who_is_in_a_class_without_a_list_is_told_of_and_not_counted(house: Instance, leader: Actor, made: Review) -> None:
    with house.database.writing() as db:
        before = service.standing(db, leader, made.plan, made.project)
        assert before.nameless == 0 and service.nameless(db, leader, made.plan) == 0
        programme = db.exec(select(Programme).where(Programme.project_id == made.project)).one()
        db.add(Cohort(programme_id=programme.id or 0, number=90, seats=30))
        db.add(Cohort(programme_id=programme.id or 0, number=91, seats=30, removed_at=now()))
        db.flush()
        found = service.standing(db, leader, made.plan, made.project)
        assert (found.nameless, found.people) == (30, before.people)
        # The project can be asked all the same: it has people with names, too.
        assert service.nameless(db, leader, made.plan) == 0
        for one in db.exec(select(CohortMember)):
            db.delete(one)
        db.flush()
        assert service.taught(db, leader, made.plan) == {} and service.nameless(db, leader, made.plan) == 1


def test_a_stranger_and_a_half_filled_form_are_refused(house: Instance, leader: Actor, made: Review) -> None:
    token = link(house, leader, made)
    who = people(house, made)[0]
    with pytest.raises(BadInput):
        say(house, token, who, 5, name="别人")
    with pytest.raises(BadInput):
        say(house, token, who, 6)


def test_a_link_ends_when_it_is_closed_replaced_or_over(house: Instance, leader: Actor, made: Review) -> None:
    who = people(house, made)[0]
    old, new = link(house, leader, made), link(house, leader, made)
    with pytest.raises(NotFound):
        say(house, old, who, 5)
    say(house, new, who, 4)
    with house.database.writing() as db:
        row = repository.link_of(db, made.project)
        assert row is not None
        row.closes_at = now() - timedelta(seconds=1)
    with house.database.writing() as db:
        assert service.opened(db, new) is None and service.standing(db, leader, made.plan, made.project).closes_at is None
    last = link(house, leader, made)
    with house.database.writing() as db:
        service.close_link(db, leader, made.plan, made.project)
        assert service.opened(db, last) is None and service.opened(db, "none") is None


def test_an_executive_counts_and_names_nobody(house: Instance, leader: Actor, executive: Actor, made: Review) -> None:
    link(house, leader, made)
    with house.database.writing() as db:
        stands = service.standing(db, executive, made.plan, made.project)
        assert not stands.waiting and stands.others == stands.people > 0
        with pytest.raises(NotAllowed):
            service.open_link(db, executive, made.plan, made.project)
