"""What was paid, from a file into the actuals of the budget. On both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.access.actor import Actor
from core.delivery.budget import service as budget
from core.delivery.budget import taking_in
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import CostType
from core.delivery.undo import service as undo
from core.errors import BadInput, NotAllowed
from core.instance import Instance
from core.sheets.finding import find
from core.sheets.grid import Grid, Row
from tests.conftest import BOTH
from tests.core.delivery.timetable_world import World, published

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
HEAD = ("报销日期", "项目", "费用科目", "部门", "报销金额", "摘要")


def read(house: Instance, actor: Actor, world: World, rows: list[tuple[Any, ...]]) -> taking_in.Costs:
    grid = Grid("表", tuple(Row(at, tuple(None if one == "" else one for one in row)) for at, row in enumerate(rows, 1)))
    with house.database.reading() as db:
        prepared = taking_in.prepare(db, actor, world.plan, find([grid], taking_in.is_known))
    return taking_in.read(prepared, prepared.mapping)


def test_bills_are_added_up_into_lines_and_the_same_file_again_changes_nothing(house: Instance, leader: Actor) -> None:
    world = published(house, leader)
    with house.database.writing() as db:
        name = next(name for number, name in budget.overview(db, leader, world.plan).programmes.items() if number)
        budget.save_lines(db, leader, world.plan, [LineDraft(CostType.MATERIALS, 2, planned=900.0)], {})
    year = 2027
    rows: list[tuple[Any, ...]] = [
        HEAD,
        (date(year, 2, 1), name, "外聘讲师课酬", "", "1,200元", "第一期"),
        (date(year, 3, 9), name, "讲师费", "", 800, "第二期"),
        (date(year, 5, 1), "", "教材印刷", "", 500, ""),
        (date(year, 5, 1), "没有的项目", "教材", "", 5, ""),
        (date(year - 1, 5, 1), "", "教材", "", 5, ""),
        (date(year, 5, 1), "", "学员工时", "", 5, ""),
        (date(year, 5, 1), "", "餐费", "", -5, ""),
    ]
    costs = read(house, leader, world, rows)
    assert [one.row for one in costs.problems] == [5, 6, 7, 8] and costs.total == 2500
    assert [(one.type, one.quarter, one.actual, one.note) for one in costs.created] == [(CostType.TRAINERS, 1, 2000, "第一期；第二期")]
    assert [(one.planned, one.actual) for one in costs.updated] == [(900, 500)]
    with house.database.writing() as db:
        assert taking_in.import_costs(db, leader, world.plan, costs) == 2
    again = read(house, leader, world, rows)
    assert (len(again.created), len(again.updated), again.unchanged) == (0, 0, 2)
    with house.database.writing() as db:
        with pytest.raises(BadInput):
            taking_in.import_costs(db, leader, world.plan, again)
        done = budget.done(db, leader, world.plan)[1]
        assert done is not None
        undo.undo(db, leader, done.id)
        assert sum(one.actual for one in budget.overview(db, leader, world.plan).lines) == 0


def test_ten_thousands_and_quarters_in_words(house: Instance, leader: Actor, executive: Actor) -> None:
    world = published(house, leader)
    rows = [("季度", "费用类型", "金额（万元）"), ("第三季度", "平台采购", 1.5), ("Q4", "场地", "2"), ("下半年", "场地", 1)]
    costs = read(house, leader, world, rows)
    assert [(one.type, one.quarter, one.actual) for one in costs.created] == [(CostType.PURCHASE, 3, 15000), (CostType.VENUES, 4, 20000)]
    assert [one.row for one in costs.problems] == [4]
    with pytest.raises(NotAllowed), house.database.writing() as db:
        taking_in.import_costs(db, executive, world.plan, costs)


def test_what_a_cell_says_of_its_unit_goes_before_the_heading(house: Instance, leader: Actor) -> None:
    world = published(house, leader)
    rows = [
        ("季度", "费用科目", "金额（万元）"),
        (1, "课酬", "1.2万"),
        (2, "场租", "3,200元"),
        (3, "餐费", "￥0.5万元"),
        (4, "教材", "(0.5)"),
    ]
    costs = read(house, leader, world, rows)
    assert [(one.type, one.actual) for one in costs.created] == [
        (CostType.TRAINERS, 12_000),
        (CostType.VENUES, 3_200),
        (CostType.TRAVEL, 5_000),
    ]
    assert [(one.row, "退款" in str(one.message)) for one in costs.problems] == [(5, True)]


def test_a_month_alone_is_one_of_the_plans_year(house: Instance, leader: Actor) -> None:
    world = published(house, leader)
    rows = [
        ("月份", "费用科目", "金额"),
        ("1月", "课酬", 1),
        (5, "课酬", 2),
        ("八月份", "课酬", 3),
        ("2027年12月份", "课酬", 4),
        (13, "课酬", 5),
    ]
    costs = read(house, leader, world, rows)
    assert [(one.quarter, one.actual) for one in costs.created] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert [one.row for one in costs.problems] == [6]
    days = read(house, leader, world, [("日期", "费用科目", "金额"), ("3月5日", "课酬", 1), (5, "课酬", 2)])
    assert [one.quarter for one in days.created] == [1] and [one.row for one in days.problems] == [3]
