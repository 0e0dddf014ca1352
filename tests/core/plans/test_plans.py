"""The annual plan: one for each unit and year, never overwritten, put away and not lost. On both databases."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.instance import Instance
from core.plans import service as plans
from tests.conftest import BOTH

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


def create(house: Instance, actor: Actor, unit: str = "滨海分行", year: int = 2027) -> int:
    """A plan; returns its id."""
    with house.database.writing() as db:
        return plans.create(db, actor, unit, year).id or 0


def test_a_unit_has_one_plan_a_year(house: Instance, leader: Actor) -> None:
    create(house, leader, " 滨海分行 ")
    with pytest.raises(Conflict, match="2027"):
        create(house, leader)
    create(house, leader, year=2028)


def test_an_archived_plan_still_holds_its_place_and_comes_back(house: Instance, leader: Actor) -> None:
    plan_id = create(house, leader)
    with house.database.writing() as db:
        plans.archive(db, leader, plan_id)
        with pytest.raises(NotFound):
            plans.find(db, leader, plan_id)
        assert plans.plans(db, leader) == []
        assert [one.id for one in plans.plans(db, leader, archived=True)] == [plan_id]
    with pytest.raises(Conflict):
        create(house, leader)
    with house.database.writing() as db:
        plans.unarchive(db, leader, plan_id)
        assert plans.find(db, leader, plan_id).unit == "滨海分行"
        with pytest.raises(NotFound):
            plans.unarchive(db, leader, plan_id)


def test_plans_stand_by_unit_and_newest_year_first(house: Instance, leader: Actor) -> None:
    for unit, year in (("乙", 2026), ("甲", 2026), ("甲", 2027)):
        create(house, leader, unit, year)
    with house.database.reading() as db:
        listed = [(one.unit, one.year) for one in plans.plans(db, leader)]
    assert [year for unit, year in listed if unit == "甲"] == [2027, 2026] and len(listed) == 3


@pytest.mark.parametrize(("unit", "year"), [("", 2027), ("  ", 2027), ("分" * 61, 2027), ("滨海", 1999), ("滨海", 2101)])
def test_a_plan_without_a_name_or_with_a_year_that_cannot_be_is_refused(house: Instance, leader: Actor, unit: str, year: int) -> None:
    with pytest.raises(BadInput):
        create(house, leader, unit, year)


def test_of_two_people_who_change_a_plan_the_second_is_told(house: Instance, leader: Actor) -> None:
    plan_id = create(house, leader)
    with house.database.reading() as db:
        seen = plans.find(db, leader, plan_id).version or 0
    with house.database.writing() as db:
        plans.change(db, leader, plan_id, seen, unit="滨海分行", year=2027, note="先改的")
    with pytest.raises(Conflict), house.database.writing() as db:
        plans.change(db, leader, plan_id, seen, unit="滨海分行", year=2027, note="后改的")
    with house.database.reading() as db:
        assert plans.find(db, leader, plan_id).note == "先改的"


def test_a_plan_cannot_be_moved_onto_another(house: Instance, leader: Actor) -> None:
    plan_id = create(house, leader)
    create(house, leader, year=2028)
    with pytest.raises(Conflict), house.database.writing() as db:
        plans.change(db, leader, plan_id, 1, unit="滨海分行", year=2028, note="")


def test_a_unit_that_is_renamed_keeps_its_years_together(house: Instance, leader: Actor) -> None:
    first, second, archived = (create(house, leader, year=year) for year in (2026, 2027, 2025))
    with house.database.writing() as db:
        plans.archive(db, leader, archived)
    with house.database.writing() as db:
        version = plans.find(db, leader, second).version or 0
        plans.change(db, leader, second, version, unit="海城分行", year=2027, note="")
    with house.database.writing() as db:
        assert plans.find(db, leader, first).unit == "海城分行"
        plans.unarchive(db, leader, archived)
        assert plans.find(db, leader, archived).unit == "海城分行"


def test_a_plan_that_goes_over_to_another_unit_goes_alone(house: Instance, leader: Actor) -> None:
    first, second = (create(house, leader, year=year) for year in (2026, 2027))
    create(house, leader, "海城分行", 2026)
    with house.database.writing() as db:
        version = plans.find(db, leader, second).version or 0
        plans.change(db, leader, second, version, unit="海城分行", year=2027, note="")
    with house.database.reading() as db:
        assert plans.find(db, leader, first).unit == "滨海分行"


def test_managers_choose_plans_and_it_administrators_see_none(house: Instance, leader: Actor, manager: Actor, administrator: Actor) -> None:
    plan_id = create(house, leader)
    with house.database.writing() as db:
        assert [one.id for one in plans.plans(db, manager)] == [plan_id]
        for act in (
            lambda: plans.create(db, manager, "滨海", 2029),
            lambda: plans.archive(db, manager, plan_id),
            lambda: plans.change(db, manager, plan_id, 1, unit="x", year=2027, note=""),
            lambda: plans.plans(db, administrator),
            lambda: plans.find(db, administrator, plan_id),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_from_september_on_planners_mean_next_year(house: Instance) -> None:
    assert [plans.upcoming_year(date(2026, month, 1)) for month in (1, 8, 9, 12)] == [2026, 2026, 2027, 2027]
