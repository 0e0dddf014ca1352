"""Further ways in which people state aims: sums without a unit, years in a row, halves and zeros, odd tables, English."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.clauses import sentences
from core.strategy.decoding.decode import decode
from core.strategy.decoding.profile import profile_of
from core.strategy.decoding.themes import theme
from core.strategy.findings import Measure
from tests.core.strategy.test_decoding import decoded, measures, parsed
from tests.core.strategy.test_decoding_tables import table

Shown = tuple[str, str, float, str]


def shown(found: list[Measure]) -> list[Shown]:
    """Metric, operator, value and unit of each measure."""
    return [(one.metric, one.operator, one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("2028年零售贷款余额要见到九个亿。", ("零售贷款余额", ">=", 9, "亿")),
        ("2028年供应链平台年交易额过千亿。", ("供应链平台年交易额", ">=", 1000, "亿")),
        ("2028年底前，低效授信压掉150亿元。", ("低效授信", "-", 150, "亿元")),
        ("2028年屡查屡犯问题数量减半。", ("屡查屡犯问题数量", "-", 50, "%")),
        ("2028年百万元以上操作风险损失事件“零发生”。", ("百万元以上操作风险损失事件", "=", 0, "")),
        ("2028年新增AUM5万元以上有效客户1.1万户。", ("AUM5万元以上有效客户", "+", 11_000, "户")),
        ("到2028年，全省员工总量控制在8,600人以内。", ("全省员工总量", "<=", 8600, "人")),
        ("行业经理2028年配到90人。", ("行业经理", ">=", 90, "人")),
        ("2028年成本收入比控制在33%以内，比去年的34.6%再往下走一走。", ("成本收入比", "<=", 33, "%")),
    ],
)
def test_one_aim_however_it_is_said(tmp_path: Path, sentence: str, wanted: Shown) -> None:
    assert shown(measures(decoded(tmp_path, f"## 一、主要目标\n\n{sentence}"))) == [wanted]


def test_what_is_halved_and_given_as_a_level_is_one_aim(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 一、主要目标\n\n2028年网点差错率减半，降至1.5%。"))
    assert [(one.operator, one.value) for one in found] == [("<=", 1.5)]


def test_years_in_a_row_belong_to_their_figures(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 一、主要目标\n\n基础客群2027/2028/2029年末分别达到6.5万户、8万户、10万户。"))
    assert [(one.metric, one.value, one.deadline) for one in found] == [
        ("基础客群", 65_000, "2027-12-31"),
        ("基础客群", 80_000, "2028-12-31"),
        ("基础客群", 100_000, "2029-12-31"),
    ]


def test_a_rate_set_for_one_unit_after_the_other_keeps_its_name(tmp_path: Path) -> None:
    found = measures(
        decoded(tmp_path, "## 一、主要目标\n\n全分行不良率2028年末控制在1.4%以内，峰口支行控制在2.2%以内，委外机构增加到14家。")
    )
    assert shown(found) == [("全分行不良率", "<=", 1.4, "%"), ("峰口支行不良率", "<=", 2.2, "%"), ("委外机构", ">=", 14, "家")]


@pytest.mark.parametrize("opening", ["根据行动方案，到2028年末，", "到2028年末，"])
def test_a_date_goes_on_after_a_semicolon(tmp_path: Path, opening: str) -> None:
    found = measures(decoded(tmp_path, f"## 一、主要目标\n\n{opening}普惠客户增加到15万户；普惠贷款余额突破400亿元。"))
    assert [one.deadline for one in found] == ["2028-12-31", "2028-12-31"]


def test_what_is_done_by_a_day_that_the_last_clause_names(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 一、主要任务\n\n要从机关抽调60名骨干到县域支行任职，这件事2028年一季度办完。"))
    assert [(one.value, one.deadline) for one in found] == [(60, "2028-03-31")]


@pytest.mark.parametrize(("words", "is_one"), [("支行前哨", True), ("降存量", True), ("主要目标", False), ("人员能力不足", False)])
def test_a_paragraph_may_name_its_theme_in_its_first_words(tmp_path: Path, words: str, *, is_one: bool) -> None:
    given = parsed(tmp_path, f"# 海城银行2027—2029年发展规划\n\n## 二、预警前移\n\n（一）{words}。每家支行设一名风险联络员。\n")
    sentence = next(one for one in sentences(given) if words in one.text)
    assert (theme(sentence, profile_of(given, DocumentKind.HQ)) is not None) is is_one


def test_units_of_the_bank_under_a_column_called_unit(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "单位 | 2026年首季实绩：储蓄净增（万元） | 2028年首季任务：储蓄净增（万元） | 2028年首季任务：收单商户（户）",
        "营业部 | 71,400 | 82,000 | 480",
        "盈口支行 | 58,200 | 66,500 | 420",
    )
    assert [(one.metric, one.value, one.unit, one.deadline) for one in found[:2]] == [
        ("营业部储蓄净增", 82_000, "万元", "2028-03-31"),
        ("营业部收单商户", 480, "户", "2028-03-31"),
    ]


def test_what_stands_in_brackets_behind_a_name_may_be_no_unit(tmp_path: Path) -> None:
    found = table(tmp_path, "人才类别 | 2026年末人数 | 2027年 | 2029年", "内训师（专职） | 11 | 20 | 26")
    assert shown(found) == [("内训师（专职）", "=", 20, "人"), ("内训师（专职）", "=", 26, "人")]


def test_plan_and_result_may_be_said_in_brackets(tmp_path: Path) -> None:
    found = table(tmp_path, "看什么 | 2026（实） | 2027（计） | 2028（计）", "营业净收入（亿元） | 12.4 | 13.1 | 14.6")
    assert [(one.value, one.deadline, one.baseline) for one in found] == [(13.1, "2027-12-31", 12.4), (14.6, "2028-12-31", 12.4)]


def test_a_table_of_pipes_without_a_rule_is_one(tmp_path: Path) -> None:
    rows = "\n".join(
        (
            "| 指标 | 权重 | 2026年实际 | 2028年目标 | 数据来源 |",
            "| 审批时长（小时） | 5% | 31 | 24以内 | 授信部 |",
            "| 屡查屡犯问题（个） | 5% | 17 | 减至6 | 内控部 |",
        )
    )
    found = measures(decoded(tmp_path, f"## 三、内部流程\n{rows}\n"))
    assert shown(found) == [("审批时长", "<=", 24, "小时"), ("屡查屡犯问题", "<=", 6, "个")]


def test_a_row_asks_in_words_for_what_it_names(tmp_path: Path) -> None:
    rows = "\n".join(
        (
            "| 编号 | 任务 | 量化要求 | 责任部门 | 完成时限 |",
            "|---|---|---|---|---|",
            "| A1 | 提高中间业务收入占比 | 由9.6%提升至12% | 计财部 | 2028年12月31日 |",
            "| A2 | 完成首批行政村建档 | 60个 | 普惠部 | 2028年10月底 |",
        )
    )
    found = measures(decoded(tmp_path, f"## 三、任务分解\n\n{rows}\n"))
    assert [(one.metric, one.operator, one.value, one.deadline) for one in found][:1] == [("中间业务收入占比", ">=", 12, "2028-12-31")]
    assert [(one.value, one.deadline) for one in found if one.unit == "个"] == [(60, "2028-10-31")]


def test_a_ceiling_called_so_is_an_aim_although_the_year_is_nearly_over(tmp_path: Path) -> None:
    rows = "| 产品 | 8月 | 9月 | 12月末管控线 |\n|---|---|---|---|\n| 消费贷逾期率（%） | 1.7 | 1.8 | ≤1.70 |\n"
    text = f"# 2027年9月经营分析\n\n## 要盯住的事\n\n{rows}"
    found = measures(decode(parsed(tmp_path, text), DocumentKind.BRANCH, dated=date(2027, 10, 14)))
    assert [(one.operator, one.value, one.deadline) for one in found] == [("<=", 1.7, "2027-12-31")]


def test_english_figures_that_say_where_something_stands(tmp_path: Path) -> None:
    text = (
        "# Strategy 2029-2032\n\n## Priorities\n\nOverlap will be removed: 212 outlets will be cut to 165 by mid-2031."
        "Nobody should read this as a licence.\n\nVoluntary turnover of relationship managers, 17% today, should not exceed 10%.\n\n"
        "Time to decision for small loans will fall from six working days to one by June 2030.\n\n"
        "Targets are straight-through processing of 85% by year-end 2030.\n"
    )
    found = measures(decode(parsed(tmp_path, text), DocumentKind.HQ))
    assert [(one.metric.lower(), one.operator, one.value, one.unit, one.baseline) for one in found] == [
        ("outlets", "<=", 165, "", 212),
        ("voluntary turnover of relationship managers", "<=", 10, "%", 17),
        ("time to decision for small loans", "<=", 1, "working days", 6),
        ("straight-through processing", "=", 85, "%", None),
    ]
    assert found[-1].deadline == "2030-12-31"
