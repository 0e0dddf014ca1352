"""The page of the strategy check: begun, filled in, pasted into, concluded, closed and opened again."""

from __future__ import annotations

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.checking.progress import Status
from core.strategy.checking.service import Check
from pages.strategy.parts.check_table import check_workbook
from tests.core.strategy.checking.test_checking import begun, closed, concluded, entered, last, of, saved
from tests.core.strategy.checking.test_checking import world as _world
from tests.core.strategy.world import World
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/check.py"
world = _world


@pytest.fixture
def filled(house: Instance, leader: Actor, world: World) -> int:
    """A plan whose first quarter is being checked: one target off track, one without data."""
    works_on(house, leader, world.plan)
    begun(house, leader, world.plan)
    check = last(house, leader, world.plan)
    saved(house, leader, world.plan, check, entered(of(check, "零售AUM"), actual=10.5, source="经营分析平台"))
    return world.plan


def typed(at: AppTest, plan: int, check: Check, edits: dict[int, dict[str, object]]) -> AppTest:
    key = at.session_state[f"check_{plan}_{check.id}_sheet"].key
    at.session_state[key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    return at.run()


def place(check: Check, metric: str) -> int:
    return next(number for number, item in enumerate(check.items) if item.row.metric == metric)


def test_a_plan_without_themes_is_led_to_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "先把采纳的发现归成战略主题" in words(at) and "去归主题" in labels(at, "button")


def test_a_check_is_begun_with_what_there_is(house: Instance, leader: Actor, executive: Actor, world: World, visit: Visit) -> None:
    for person in (leader, executive):
        works_on(house, person, world.plan)
    assert "开始检视" not in labels(visit(executive, PAGE), "button")
    at = visit(leader, PAGE)
    assert "现有 2 个主题、2 个已采纳的量化目标可以检视。" in words(at)
    at = press(at, "开始检视")
    assert last(house, leader, world.plan).counts[Status.NO_DATA] == 2
    assert "缺实际值" in at.dataframe[-1].value.to_string() or "无数据" in words(at)


def test_values_are_typed_and_their_deviation_is_explained(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "应达 = 12 +（15 − 12）× 90 天 ÷ 731 天 = 12.37%" in words(at)
    assert "实际 10.5 − 应达 12.37 = −1.87 个百分点" in words(at) and "落后全程的 62.3%" in words(at)
    check = last(house, leader, filled)
    at = typed(at, filled, check, {place(check, "零售AUM"): {"actual": 12.4}})
    press(at, "保存 1 行改动")
    assert of(last(house, leader, filled), "零售AUM").status is Status.ON_TRACK
    english = visit(leader, PAGE, "en")
    assert "percentage points" in words(english) and "is on track" not in words(english).split("Strategy check")[0]


def test_a_value_without_a_source_is_refused(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    check = last(house, leader, filled)
    at = typed(visit(leader, PAGE), filled, check, {place(check, "客户经理持证上岗率"): {"actual": 90.0}})
    press(at, "保存 1 行改动")
    assert "还缺来源" in at.error[0].value and of(last(house, leader, filled), "客户经理持证上岗率").row.actual is None


def test_values_are_pasted_and_what_does_not_fit_is_shown(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    next(one for one in at.text_area if one.label == "粘贴到这里").set_value("客户经理持证上岗率\t91%\t人力系统\n不良率\t1.3\t平台").run()
    assert "1 行不能用" in words(at)
    press(at, "写入 1 行")
    row = of(last(house, leader, filled), "客户经理持证上岗率").row
    assert (row.actual, row.source) == (91.0, "人力系统")


def test_a_quarter_is_closed_only_with_an_action_and_opened_again_with_a_reason(
    house: Instance, leader: Actor, filled: int, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    next(one for one in at.text_area if one.label == "结论").set_value("零售AUM落后")
    at = press(at, "保存结论")
    at = press(at, "关闭这个季度")
    assert "还缺纠偏措施" in at.error[0].value
    check = last(house, leader, filled)
    at = typed(at, filled, check, {place(check, "零售AUM"): {"action": "每周复盘", "owner": "林予安", "due": "2027-05-31"}})
    at = press(press(at, "保存 1 行改动"), "关闭这个季度")
    assert last(house, leader, filled).closed and "已关闭" in words(at) and "粘贴到这里" not in words(at)
    next(one for one in at.text_input if one.label == "为什么要重新打开").set_value("来源更正")
    at = press(at, "重新打开")
    assert not last(house, leader, filled).closed and "来源更正" in words(at)


def test_quarters_are_beside_each_other(house: Instance, leader: Actor, executive: Actor, filled: int, visit: Visit) -> None:
    check = last(house, leader, filled)
    action = entered(of(check, "零售AUM"), action="每周复盘", owner="林予安", due=check.row.as_of)
    closed(house, leader, filled, concluded(house, leader, filled, saved(house, leader, filled, check, action)))
    at = visit(leader, PAGE)
    next(one for one in at.selectbox if one.label == "季度").set_value("2027Q2").run()
    at = press(at, "开始下一次检视")
    assert [one.label for one in at.selectbox][1] == "季度" or "2027年第二季度" in words(at)
    works_on(house, executive, filled)
    seen = visit(executive, PAGE)
    assert not {"保存结论", "关闭这个季度", "更新清单"} & set(labels(seen, "button"))


def test_the_workbook_says_how_each_figure_came_about(house: Instance, leader: Actor, filled: int) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(check_workbook(last(house, leader, filled)))).active
    assert sheet is not None
    rows = {row[2].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=3)}
    growth, certified = rows["零售AUM"], rows["客户经理持证上岗率"]
    assert growth[0] == "偏离" and growth[5] == 10.5 and str(growth[8]).startswith("应达 = 12 +") and growth[9:11] == [-1.8694, "个百分点"]
    assert certified[0] == "无数据" and certified[5] is None and certified[8] == "缺到期日"
