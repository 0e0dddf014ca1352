"""The page of talent insight: the finding with its base and interval, who stands out, a decision, and what an executive sees."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.instance import Instance
from core.people import scope
from tests.core.review.test_talent import Made, bank
from tests.pages.conftest import Visit, works_on
from tests.pages.words import words

PAGE = "review/talent.py"


@pytest.fixture
def made(house: Instance, leader: Actor) -> Made:
    found = bank(house, leader)
    works_on(house, leader, found.plan)
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("不能说什么", "95% 区间", "提升度", "只看得到录用了", "不会自动用于", "个百分点")),
        ("en", ("What cannot be said", "95% interval", "Lift", "Only those who were hired", "advice alone", "percentage points")),
    ],
)
def test_the_finding_has_its_base_interval_and_limits(
    language: str, said: tuple[str, ...], house: Instance, leader: Actor, made: Made, visit: Visit
) -> None:
    at = visit(leader, PAGE, language)
    assert not at.exception
    text = words(at)
    assert all(one in text for one in said), [one for one in said if one not in text]
    assert any("员工" in str(one.value.to_dict()) for one in at.dataframe)


def test_a_leader_decides_about_a_person_and_takes_it_back(house: Instance, leader: Actor, made: Made, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.radio[0].set_value(at.radio[0].options and "confirmed")
    at.text_area[0].set_value("与本人和主管谈过")
    next(one for one in at.button if one.label == "记下认定").click().run()
    assert not at.exception and any("谈过" in str(one.value.to_dict()) for one in at.dataframe)
    next(one for one in at.button if one.label == "撤销上一步").click().run()
    assert not at.exception and not any("谈过" in str(one.value.to_dict()) for one in at.dataframe)


def test_an_executive_reads_no_name_and_cannot_narrow(house: Instance, executive: Actor, made: Made, visit: Visit) -> None:
    works_on(house, executive, made.plan)
    at = visit(executive, PAGE)
    assert not at.exception
    assert not any("员工" in str(one.value.to_dict()) for one in at.dataframe) and "员工" not in words(at)
    assert {one.label for one in at.selectbox} & {"分数来源", "岗位序列", "业绩从", "业绩到", "人员"} == set()
    assert not at.radio


def test_a_manager_reads_the_people_of_their_own_unit(house: Instance, leader: Actor, manager: Actor, made: Made, visit: Visit) -> None:
    works_on(house, manager, made.plan)
    with house.database.writing() as db:
        scope.give_charge(db, leader, manager.account_id or 0, [made.near])
    at = visit(manager, PAGE)
    shown = " ".join(str(one.value.to_dict()) for one in at.dataframe)
    assert not at.exception and "云岭支行" not in shown and "只算您所管的机构" in words(at)
    assert not at.radio
