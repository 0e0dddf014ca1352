"""The page of returns: what it says without data, the isolated figure with the naive one beside it, and what readers may change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.delivery.budget import service as budget
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import CostType
from core.instance import Instance
from core.review.returns.terms import Per
from tests.core.delivery.timetable_world import World, published
from tests.core.review.test_returns import GOLDEN, save, seen
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "review/returns.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = published(house, leader)
    works_on(house, leader, made.plan)
    return made


def valued(house: Instance, leader: Actor, world: World) -> int:
    programme = next(iter(seen(house, leader, world).programmes))
    with house.database.writing() as db:
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.PURCHASE, 1, programme, actual=300_000)], {})
    save(house, leader, world, replace(GOLDEN, programme_id=programme))
    return programme


def test_without_anything_the_page_says_what_comes_by_itself(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "人均" in words(visit(leader, PAGE))


def test_the_naive_figure_stands_beside_the_isolated_one_only(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "还没有写收益" in words(at)
    valued(house, leader, world)
    at = visit(leader, PAGE)
    said = words(at)
    assert "60%" in said and "区间 -20% 到 140%" in said and "300%" in said and "不是培训的效果" in said
    assert {one.label: one.value for one in at.metric}["收益成本比 BCR"] == "1.60"
    at.segmented_control[1].set_value(Per.TYPE).run()
    assert "采购与平台" in at.dataframe[0].value.to_string()


def test_a_benefit_without_a_cost_is_warned_of(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    valued(house, leader, world)
    assert "没有登记成本" not in words(visit(leader, PAGE))
    other = list(seen(house, leader, world).programmes)[1]
    save(house, leader, world, replace(GOLDEN, programme_id=other))
    assert "1 个项目写了收益、没有登记成本" in words(visit(leader, PAGE))


def test_in_english_its_words_are_english(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    valued(house, leader, world)
    at = visit(leader, PAGE, "en")
    assert "Isolated from other causes" in words(at) and "Benefits" in [one.value for one in at.subheader]


def test_what_was_done_last_is_taken_back(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    valued(house, leader, world)
    press(visit(leader, PAGE), "撤销上一步")
    assert seen(house, leader, world).lines == ()


def test_an_executive_reads_and_changes_nothing(house: Instance, leader: Actor, executive: Actor, world: World, visit: Visit) -> None:
    valued(house, leader, world)
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE)
    assert "60%" in words(at) and "撤销上一步" not in labels(at, "button") and "收益明细" not in [one.value for one in at.subheader]
