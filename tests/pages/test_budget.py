"""The page of the budget: figures by what one asks, what a cut drops, limits; nothing to change for those who do not plan."""

from __future__ import annotations

import pytest

from core.access.actor import Actor
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import By, CostType
from core.delivery.timetable import service as timetable
from core.instance import Instance
from tests.core.delivery.test_budget import save, seen
from tests.core.delivery.timetable_world import World, published
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "delivery/budget.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = published(house, leader)
    works_on(house, leader, made.plan)
    return made


def test_without_a_timetable_the_page_says_what_comes_by_itself(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "自动计入" in words(visit(leader, PAGE))


def test_money_is_summed_by_what_the_reader_asks(leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.segmented_control[0].set_value(By.TYPE).run()
    assert "讲师费" in at.dataframe[0].value.to_string()


def test_in_english_its_words_are_english(leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE, "en")
    assert "Type of cost" in at.segmented_control[0].options and "Budget lines" in [one.value for one in at.subheader]


def test_a_cut_names_the_projects_that_would_go(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.slider[0].set_value(50).run()
    names = [name for name in seen(house, leader, world).programmes.values() if name]
    assert any(name in words(at) for name in names) and "取消" in words(at)


def test_a_limit_below_the_plan_is_said(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.number_input[0].set_value(1.0)
    at = press(at, "保存口径")
    assert "超出预算上限" in words(at)
    with house.database.reading() as db:
        assert timetable.rules(db, leader, world.plan)[0].budget_year == 1.0


def test_lines_stand_in_the_table_and_are_taken_back(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    save(house, leader, world, LineDraft(CostType.MATERIALS, 2, planned=4321, note="教材印刷"))
    at = visit(leader, PAGE)
    assert "撤销上一步" in labels(at, "button")
    press(at, "撤销上一步")
    assert seen(house, leader, world).lines == ()


def test_an_executive_reads_and_changes_nothing(house: Instance, executive: Actor, world: World, visit: Visit) -> None:
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE)
    assert at.metric and not any(one.value == "预算明细" for one in at.subheader) and "保存口径" not in labels(at, "button")
