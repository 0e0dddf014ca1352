"""What became of gaps over the years, and what of it a reader of sums is given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core import clock
from core.access.actor import Actor
from core.errors import NotAllowed
from core.instance import Instance
from core.people.gaps.gap import Filters, YearGap
from core.people.gaps.trend import trend
from core.people.scope import give_charge
from tests.conftest import BOTH
from tests.core.people.branch import AS_OF, fill, unit_ids

both = pytest.mark.parametrize("house", BOTH, indirect=True)
NEEDS = [("客户经理", "上门敲门", 4, 1)]


def years(house: Instance, actor: Actor, chosen: Filters | None = None, as_of: date | None = AS_OF) -> list[YearGap]:
    with house.database.reading() as db:
        return trend(db, actor, chosen or Filters(), as_of=as_of)


def scores(*given: tuple[int, int, str]) -> list[tuple[Any, ...]]:
    return [(f"{at:03d}", "上门敲门", score, 100, "考核系统", day) for at, score, day in given]


def people(count: int, unit: str = "甲支行") -> list[tuple[Any, ...]]:
    return [(f"{at:03d}", f"员工{at}", unit, "客户经理") for at in range(count)]


@both
def test_each_year_counts_what_was_known_and_not_out_of_date_at_its_end(house: Instance, leader: Actor) -> None:
    fill(house, leader, people(2), NEEDS, scores((0, 40, "2023-05-01"), (0, 60, "2025-05-01"), (1, 80, "2026-02-01"), (1, 20, "")))
    assert [(one.year, one.measured, one.below, one.mean_gap) for one in years(house, leader)] == [
        (2023, 1, 1, 2.0),
        (2024, 1, 1, 2.0),
        (2025, 1, 1, 1.0),
        (2026, 2, 1, 0.5),
    ]
    assert years(house, leader)[-1].as_of == AS_OF


def test_a_manager_sees_the_years_of_the_own_people(house: Instance, leader: Actor, manager: Actor) -> None:
    fill(house, leader, [*people(1), ("9", "别人", "乙支行", "客户经理")], NEEDS, scores((0, 60, "2026-02-01")))
    with house.database.writing() as db:
        give_charge(db, leader, manager.account_id or 0, [unit_ids(house)["乙支行"]])
    assert years(house, manager) == [] and len(years(house, leader)) == 1


@both
def test_two_years_that_differ_in_one_person_are_not_both_given_to_a_reader_of_sums(
    house: Instance, leader: Actor, executive: Actor
) -> None:
    this, last = clock.today().year, clock.today().year - 1
    before = [(at, 60, f"{last}-01-01") for at in range(12)]
    fill(house, leader, people(12), NEEDS, scores(*before, (0, 100, f"{this}-01-01")))
    assert [one.year for one in years(house, leader, as_of=None)] == [last, this]
    assert [one.year for one in years(house, executive, as_of=None)] == [this]
    with pytest.raises(NotAllowed):
        years(house, executive, Filters(unit_id=unit_ids(house)["甲支行"]), None)
    with pytest.raises(NotAllowed):
        years(house, executive, None, date(this - 1, 6, 1))


def test_years_that_differ_in_enough_people_are_given(house: Instance, leader: Actor, executive: Actor) -> None:
    this, last = clock.today().year, clock.today().year - 1
    before, after = [(at, 60, f"{last}-01-01") for at in range(20)], [(at, 80, f"{this}-01-01") for at in range(6)]
    fill(house, leader, people(20), NEEDS, scores(*before, *after))
    found = years(house, executive, as_of=None)
    assert [(one.year, one.measured) for one in found] == [(last, 20), (this, 20)]
    assert [one.below for one in found] == [None, 14]


def test_this_years_sum_without_undated_scores_is_not_given_beside_the_one_with_a_single_one(
    house: Instance, leader: Actor, executive: Actor
) -> None:
    this = clock.today().year
    fill(house, leader, people(13), NEEDS, scores(*[(at, 60, f"{this}-01-01") for at in range(12)], (12, 20, "")))
    assert [one.measured for one in years(house, leader, as_of=None)] == [12]
    assert years(house, executive, as_of=None) == []
