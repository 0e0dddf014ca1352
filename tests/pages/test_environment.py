"""The page of the environment: the library is searched and extended, benchmarks are typed with their source."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.instance import Instance
from core.strategy.environment import service as environment
from core.strategy.environment.benchmarks import EnteredBenchmark
from core.strategy.environment.tables import Benchmark
from pages.strategy.parts.benchmarks import benchmarks_workbook
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "strategy/environment.py"
OLD = EnteredBenchmark(1, "不良率", "甲银行", 1.2, "%", "2020年", "=年度报告", date(2021, 3, 31))


def stored(house: Instance, actor: Actor, plan: int) -> list[Benchmark]:
    with house.database.reading() as db:
        return environment.benchmarks(db, actor, plan)


def with_old(house: Instance, leader: Actor, plan: int) -> None:
    works_on(house, leader, plan)
    with house.database.writing() as db:
        environment.save_benchmarks(db, leader, plan, [OLD], (), date(2026, 1, 1))


def typed(at: AppTest, plan: int, **edits: object) -> AppTest:
    key = at.session_state[f"benchmarks_{plan}_sheet"].key
    at.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return at.run()


def test_the_library_is_there_from_the_start_and_is_searched(leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "68 / 68 个指标" in words(at)
    at.text_input(key="indicator_words").set_value("拜访 CRM").run()
    assert "1 / 68 个指标" in words(at) and "拜访覆盖率" in at.dataframe[0].value.to_string()
    english = visit(leader, PAGE, "en")
    assert "68 of 68 indicators" in words(english) and "Visit coverage" in english.dataframe[0].value.to_string()


def test_a_bank_adds_an_indicator_of_its_own(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    press(at, "保存")
    assert "请填写指标名称" in at.error[0].value
    next(one for one in at.text_input if one.label == "指标").set_value("名单客户拜访率")
    press(at, "保存")
    assert "69 / 69 个指标" in words(at)


def test_an_old_benchmark_is_marked(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    with_old(house, leader, plan)
    assert "1 条对标数据已超过 24 个月。" in words(visit(leader, PAGE))


def test_benchmarks_are_typed_saved_removed_and_brought_back(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    with_old(house, leader, plan)
    fresh = {"indicator": "不良率", "peer": "乙银行", "value": 1.4, "source": "年报", "dated": "2026-03-31"}
    at = typed(visit(leader, PAGE), plan, added_rows=[fresh], deleted_rows=[0])
    press(at, "保存 2 行改动")
    assert [(row.peer, row.dated) for row in stored(house, leader, plan)] == [("乙银行", date(2026, 3, 31))]
    press(at, "撤销删除（1 行）")
    assert len(stored(house, leader, plan)) == 2


def test_a_benchmark_without_a_source_is_refused_with_its_line(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    with_old(house, leader, plan)
    at = typed(visit(leader, PAGE), plan, added_rows=[{"indicator": "不良率", "peer": "乙银行", "value": 1.4}])
    press(at, "保存 1 行改动")
    assert "第 2 行缺少“来源”" in at.error[0].value and len(stored(house, leader, plan)) == 1


def test_an_executive_reads_and_changes_nothing(house: Instance, leader: Actor, executive: Actor, plan: int, visit: Visit) -> None:
    with_old(house, leader, plan)
    works_on(house, executive, plan)
    at = visit(executive, PAGE)
    assert "68 / 68 个指标" in words(at) and labels(at, "button") == ["怎么用", "退出（Executive）"]


def test_the_workbook_keeps_text_that_looks_like_a_formula(house: Instance, leader: Actor, plan: int) -> None:
    with_old(house, leader, plan)
    sheet = openpyxl.load_workbook(io.BytesIO(benchmarks_workbook(stored(house, leader, plan), date(2026, 1, 1)))).active
    assert sheet is not None
    assert (sheet["F2"].value, sheet["F2"].data_type) == ("=年度报告", "s") and sheet["I2"].value == "过时"
