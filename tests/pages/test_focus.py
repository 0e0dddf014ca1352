"""The page of the focus: started, edited in the table, read in words, decided with a reason."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.charts.focus import Bar, focus_chart
from core.charts.look import LIGHT
from core.instance import Instance
from core.strategy.findings import Perspective
from core.strategy.focus import service as focus
from core.strategy.focus.priority import Weights, rank
from core.strategy.focus.service import Entered
from core.strategy.focus.tables import FocusRow
from core.strategy.themes import service as themes
from pages.strategy.parts.focus import focus_workbook
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/focus.py"
ROWS = (
    Entered("零售", "客户经理", 5, 0.4, 120),
    Entered("零售", "理财经理", 4, None, 40),
    Entered("公司", "客户经理", 2, 0.2, 30),
    Entered("运营", "厅堂经理"),
)


@pytest.fixture
def filled(house: Instance, leader: Actor, plan: int) -> int:
    """A plan with rows to rank; one gap unknown, one row not judged."""
    works_on(house, leader, plan)
    with house.database.writing() as db:
        focus.save(db, leader, plan, ROWS)
    return plan


def rows(house: Instance, actor: Actor, plan: int) -> list[FocusRow]:
    with house.database.reading() as db:
        return focus.rows(db, actor, plan)


def typed(at: AppTest, **edits: object) -> AppTest:
    """Type into the table."""
    key = at.session_state["focus_1_sheet"].key
    at.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return at.run()


def test_rows_that_are_pasted_scroll_so_that_what_saves_them_stays_within_sight(
    leader: Actor, filled: int, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    heights: list[object] = []
    shown = st.data_editor

    def noted(*given: Any, **named: Any) -> Any:
        heights.append(named["height"])
        return shown(*given, **named)

    monkeypatch.setattr("pages.strategy.parts.sheet.st.data_editor", noted)
    at = typed(visit(leader, PAGE), added_rows=[{"line": "零售", "post": f"岗位{one}"} for one in range(60)])
    assert any(one.label == "保存 60 行改动" for one in at.button)
    assert "content" not in heights, "pasted rows would push the button below them"


def test_an_empty_page_offers_a_list_to_begin_with(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "由您判断" in words(at)
    at = press(at, "放入起始清单")
    assert len(rows(house, leader, plan)) == 12
    assert "给至少一行评出重要性" in words(at) and "这一分怎么来" not in words(at)


def test_the_order_is_told_with_its_numbers_and_its_firmness(leader: Actor, filled: int, visit: Visit) -> None:
    said = words(visit(leader, PAGE))
    assert "40 × 5/5 + 40 × 40% + 20 × 120/120" in said and "= **76.0 分**" in said
    assert "未知项查明后，“零售 · 理财经理”的名次" in said
    english = words(visit(leader, PAGE, "en"))
    assert "Once the unknown is known" in english and "76.0" in english


def test_the_formula_of_a_row_with_something_unknown_says_so(leader: Actor, filled: int, house: Instance, visit: Visit) -> None:
    at = visit(leader, PAGE)
    second = rows(house, leader, filled)[1]
    at.selectbox(key="focus_chosen").set_value(second.id).run()
    assert "40 × 4/5 + 40 × 未知 + 20 × 40/120" in words(at) and "得分在 38.7 到 78.7 之间" in words(at)


def test_what_is_typed_is_saved_and_a_deletion_can_be_undone(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at = typed(at, edited_rows={1: {"gap": 30}}, added_rows=[{"line": "普惠", "post": "客户经理"}, {}], deleted_rows=[3])
    press(at, "保存 3 行改动")
    stored = {focus.title(row): row.gap_estimate for row in rows(house, leader, filled)}
    assert stored == {"零售 · 客户经理": 0.4, "零售 · 理财经理": 0.3, "公司 · 客户经理": 0.2, "普惠 · 客户经理": None}
    press(at, "撤销删除（1 行）")
    assert "运营 · 厅堂经理" in {focus.title(row) for row in rows(house, leader, filled)}
    assert not any("撤销删除" in label for label in labels(at, "button"))


def test_a_refused_table_keeps_what_was_typed(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = typed(visit(leader, PAGE), added_rows=[{"line": "普惠"}])
    press(at, "保存 1 行改动")
    assert "缺少业务线或岗位" in at.error[0].value
    at.run()
    assert "保存 1 行改动" in labels(at, "button")


def test_a_colleagues_change_in_the_meantime_is_not_overwritten(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = typed(visit(leader, PAGE), edited_rows={0: {"importance": 1}})
    row = rows(house, leader, filled)[0]
    with house.database.writing() as db:
        focus.save(db, leader, filled, [Entered("零售", "客户经理", 3, id=row.id, version=row.version)])
    press(at.run(), "保存 1 行改动")
    assert "刚被别人改为" in at.error[0].value and "重要性 3" in at.error[0].value and "重要性 1" in at.error[0].value
    assert rows(house, leader, filled)[0].importance == 3


def test_a_focus_needs_a_reason_and_can_be_taken_back(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = press(visit(leader, PAGE), "锚定为重点")
    assert "请写明锚定的理由" in at.error[0].value
    next(one for one in at.text_input if one.label == "锚定为重点的理由").set_value("行长已确认")
    press(at, "锚定为重点")
    assert "行长已确认" in words(at) and rows(house, leader, filled)[0].anchored_by == "Leader"
    press(at, "取消锚定")
    assert rows(house, leader, filled)[0].anchored_at is None


def test_themes_are_set_suggest_an_importance_and_force_nothing(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "还没有战略主题。" in words(at) and "去归主题" in labels(at, "page_link")
    with house.database.writing() as db:
        heavy = themes.create(db, leader, filled, themes.Draft("零售转型", Perspective.CUSTOMER, weight=40)).id or 0
        light = themes.create(db, leader, filled, themes.Draft("运营集约", Perspective.PROCESS, weight=16)).id or 0
    at = visit(leader, PAGE)
    lobby = rows(house, leader, filled)[3]
    at.selectbox(key="focus_themes_row").set_value(lobby.id).run()
    assert "最相近的是：运营集约" in words(at)
    at.multiselect(key=f"focus_themes_{lobby.id}_{lobby.version}_themes").set_value([light])
    press(at, "保存所属主题")
    assert (rows(house, leader, filled)[3].theme_ids, rows(house, leader, filled)[3].importance) == ([light], None)
    assert "重要性建议为 2：5 × 16 ÷ 40" in words(at) and "现在是 未知" in words(at)
    press(at, "把重要性设为 2")
    assert (rows(house, leader, filled)[3].theme_ids, rows(house, leader, filled)[3].importance) == ([light], 2)
    assert "把重要性设为 2" not in labels(at, "button") and heavy


def test_weights_are_changed_and_shown_as_shares(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.number_input[2].set_value(120.0)
    press(at, "保存权重")
    assert "当前合计 200，折算为 100：重要性 20、能力短板 20、涉及人数 60。" in words(at)


def test_an_executive_reads_and_changes_nothing(house: Instance, executive: Actor, filled: int, visit: Visit) -> None:
    works_on(house, executive, filled)
    at = visit(executive, PAGE)
    assert "76.0" in words(at)
    assert labels(at, "button") == ["怎么用", "退出（Executive）"]


def test_the_workbook_holds_the_order_and_no_formula(house: Instance, leader: Actor, filled: int) -> None:
    with house.database.writing() as db:
        focus.save(db, leader, filled, [Entered("=1+1", "x", 1, 0.0, 1)])
    stored = rows(house, leader, filled)
    ranked = rank([focus.candidate(row) for row in stored], Weights())
    sheet = openpyxl.load_workbook(io.BytesIO(focus_workbook(stored, ranked, Weights()))).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[1][:4] == (1, "零售", "客户经理", 76) and lines[2][7] is None
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_chart_says_its_finding_and_draws_the_unknown() -> None:
    bars = [Bar("甲", 84, 84, 84, True), Bar("乙", 64, 38, 78, False)]
    drawn = focus_chart(bars, "先抓甲", "得分", LIGHT).to_dict()
    assert drawn["title"]["text"] == "先抓甲" and len(drawn["layer"]) == 5


def test_rows_of_two_people_are_put_together_and_the_same_cell_is_asked_about(
    house: Instance, leader: Actor, filled: int, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    at = typed(
        at, edited_rows={0: {"importance": 3}, 1: {"people": 55}}, added_rows=[{"line": "公司", "post": "产品经理"}], deleted_rows=[3]
    )
    first, second, third, _last = rows(house, leader, filled)
    with house.database.writing() as db:
        entered = [
            Entered("零售", "客户经理", 5, 0.4, 150, first.id, first.version),
            Entered("零售", "理财经理", 4, 0.3, 44, second.id, second.version),
            Entered("公司", "客户经理", 2, 0.9, 30, third.id, third.version),
        ]
        focus.save(db, leader, filled, entered)
    at.run()
    read = words(at)
    assert "有 1 处您和别人都改了" in read and "55" in read and "44" in read and "别人另外改过、照别人的：零售、公司" in read
    assert next(one for one in at.button if one.label == "按选好的合到表里").disabled
    next(one for one in at.get("button_group") if (one.key or "").endswith("_side")).set_value("mine")
    at = press(at.run(), "按选好的合到表里")
    press(at, "保存 4 行改动")
    found = {(row.line, row.post): (row.importance, row.gap_estimate, row.people) for row in rows(house, leader, filled)}
    assert found == {
        ("零售", "客户经理"): (3, 0.4, 150),
        ("零售", "理财经理"): (4, 0.3, 55),
        ("公司", "客户经理"): (2, 0.9, 30),
        ("公司", "产品经理"): (None, None, None),
    }


def test_what_was_typed_goes_on_over_what_a_colleague_saved_elsewhere(house: Instance, leader: Actor, filled: int, visit: Visit) -> None:
    at = typed(visit(leader, PAGE), edited_rows={0: {"importance": 3}})
    third = rows(house, leader, filled)[2]
    with house.database.writing() as db:
        focus.save(db, leader, filled, [Entered("公司", "客户经理", 1, 0.2, 30, third.id, third.version)])
    at.run()
    assert "都改了" not in words(at) and "保存 1 行改动" in labels(at, "button")
    at = typed(at, edited_rows={1: {"people": 50}})
    press(at, "保存 2 行改动")
    found = rows(house, leader, filled)
    assert [row.importance for row in found[:3]] == [3, 4, 1] and found[1].people == 50
