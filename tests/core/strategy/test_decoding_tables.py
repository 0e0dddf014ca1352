"""How the columns of a table are told apart: dates, groups, units, growth rates, aims in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import Measure
from tests.core.strategy.test_decoding import decoded, measures, parsed


def table(folder: Path, *rows: str) -> list[Measure]:
    """The measures of a table under a heading of aims; the first of `rows` is its header."""
    rule = "|---" * rows[0].count("|")
    text = "\n".join(f"| {row} |" for row in (rows[0], rule.strip("|"), *rows[1:]))
    return measures(decoded(folder, f"## 二、主要目标\n\n{text}"))


def test_a_column_called_by_its_date_adds_nothing_to_the_name(tmp_path: Path) -> None:
    made = parsed(
        tmp_path,
        "# 海城支行2028年营销方案\n\n## 任务\n\n| 片区 | 已合作 | 三季度末目标 | 年末目标 |\n|---|---|---|---|\n| 东片 | 41 | 60 | 85 |\n",
    )
    found = measures(decode(made, DocumentKind.HQ))
    assert [(one.metric, one.value, one.deadline, one.baseline) for one in found] == [
        ("东片", 60, "2028-09-30", 41),
        ("东片", 85, "2028-12-31", 41),
    ]


@pytest.mark.parametrize(
    "columns",
    ["2026年实际 | 2028年计划 | 其中：上半年", "2026A | 2028E目标 | 2030E目标", "FY2026 actual | FY2028 target | FY2030 outlook target"],
)
def test_words_for_a_plan_tell_dates_apart_and_nothing_else(tmp_path: Path, columns: str) -> None:
    found = table(tmp_path, f"指标 | {columns}", "结算量（亿元） | 620 | 800 | 1,050")
    assert [one.metric for one in found] == ["结算量", "结算量"]


def test_a_bound_may_stand_behind_its_number_in_english(tmp_path: Path) -> None:
    found = table(
        tmp_path, "Measure | FY2026 actual | FY2028 target", "Time to offer (days) | 12 | 8 or less", "Meetings held | 3 | 6 or more"
    )
    assert [(one.metric, one.operator, one.value, one.unit) for one in found] == [
        ("Time to offer", "<=", 8, "days"),
        ("Meetings held", ">=", 6, ""),
    ]


def test_a_group_in_a_column_stands_without_its_year(tmp_path: Path) -> None:
    found = table(tmp_path, "指标 | 甲类2028年计划 | 乙类2028年计划", "存款付息率（%） | ≤1.7 | ≤1.8", "人均创收（万元） | 32 | 27")
    assert [one.metric for one in found] == ["存款付息率甲类", "存款付息率乙类", "人均创收甲类", "人均创收乙类"]


def test_a_planned_rise_is_an_aim_beside_the_level(tmp_path: Path) -> None:
    found = table(tmp_path, "项目 | 2026年实际 | 2027年计划 | 计划增幅", "各项贷款（亿元） | 310 | 341 | 10%")
    assert [(one.value, one.unit, one.baseline) for one in found] == [(341, "亿元", 310), (10, "%", None)]


def test_a_column_of_words_holds_no_aims_and_changes_no_names(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "岗位 | 2026年末（人） | 2027年 | 2029年 | 任职要求",
        "风险经理 | 80 | 95 | 120 | 能独立审查",
        "审计师 | 20 | 24 | 30 | 持证",
    )
    assert [(one.metric, one.unit, one.baseline) for one in found[:2]] == [("风险经理", "人", 80), ("风险经理", "人", 80)]


def test_a_column_may_be_due_after_an_event(tmp_path: Path) -> None:
    found = table(tmp_path, "观察点 | 现状 | 训后3个月 | 结营后6个月", "方案通过率（%） | 48 | 60 | 70")
    assert [(one.value, one.deadline) for one in found] == [(60, "训后3个月"), (70, "结营后6个月")]


@pytest.mark.parametrize(("name", "unit"), [("误导投诉（件/万户）", "件/万户"), ("碳排放（千克）", "千克"), ("柜员人均学时", "学时")])
def test_units_as_they_are_written(tmp_path: Path, name: str, unit: str) -> None:
    found = table(tmp_path, "指标 | 2026年实际 | 2027年目标", f"{name} | 19 | 17")
    assert [(one.value, one.unit, one.baseline) for one in found] == [(17, unit, 19)]


def test_a_grade_is_no_figure(tmp_path: Path) -> None:
    assert table(tmp_path, "指标 | 2026年实际 | 2027年目标", "监管评级 | 3B | 2A") == []


def test_what_is_asked_in_words_is_due_in_the_period_of_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, "阶段 | 起止 | 主要交付 | 验收标准", "筑基 | 2027.03—2027.06 | 特征平台 | 预警有效率不低于25%")
    assert [(one.metric, one.operator, one.value, one.deadline) for one in found] == [("预警有效率", ">=", 25, "2027-06-30")]


def test_tasks_under_supervision_hold_aims_in_their_words_and_in_what_is_expected(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "编号 | 督办事项 | 责任部门 | 完成时限 | 预期成效",
        "A01 | 完成核心系统演练，批处理时间压到4小时以内 | 科技部 | 2028年6月底 | 演练报告一份",
        "A02 | 无还本续贷扩面 | 普惠部 | 2028年12月底 | 占到期贷款的比重由22%提高到35%",
        "A03 | 排班优化 | 运营部 | 2028年9月底 | 高峰等候时间不超过10分钟",
    )
    assert [(one.metric, one.operator, one.value, one.deadline) for one in found] == [
        ("批处理时间", "<=", 4, "2028-06-30"),
        ("无还本续贷扩面占到期贷款的比重", ">=", 35, "2028-12-31"),
        ("高峰等候时间", "<=", 10, "2028-09-30"),
    ]


def test_a_total_says_what_of_without_its_year(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "支行 | 2027年存款（亿元） | 2028年存款（亿元） | 2028年新增客户（户）",
        "东街支行 | 12 | 14 | 300",
        "合计 | 60 | 70 | 1,500",
    )
    assert [one.metric for one in found][-2:] == ["合计存款", "合计新增客户"]


def test_two_years_beside_what_changed_are_results(tmp_path: Path) -> None:
    made = parsed(
        tmp_path,
        "# 2028年服务体验调查报告\n\n## 结果\n\n| 触点 | 2027年 | 2028年 | 变化 |\n|---|---|---|---|\n| 网点柜面 | 87.2 | 90.1 | +2.9 |\n",
    )
    assert not measures(decode(made, DocumentKind.BRANCH))


def test_a_caption_says_what_a_whole_table_counts_and_in_what(tmp_path: Path) -> None:
    rows = "| 分行 | 2027年实际 | 2028年上半年 | 2028年全年 |\n|---|---|---|---|\n| 东城分行 | 28 | 22 | 33 |"
    found = measures(decoded(tmp_path, f"## 二、目标分解\n\n表一　存款日均增量（亿元）\n\n{rows}\n"))
    assert [(one.metric, one.unit, one.deadline) for one in found] == [
        ("东城分行存款日均增量", "亿元", "2028-06-30"),
        ("东城分行存款日均增量", "亿元", "2028-12-31"),
    ]


def test_the_unit_of_the_figures_of_today_is_that_of_the_plan_beside_them(tmp_path: Path) -> None:
    found = table(tmp_path, "产业链 | 2027年末实际（亿元） | 2028年计划 | 2029年计划", "苹果链 | 5.1 | 9.0 | 14.5")
    assert [(one.value, one.unit) for one in found] == [(9, "亿元"), (14.5, "亿元")]


def test_a_cell_may_hold_a_range_or_be_rounded(tmp_path: Path) -> None:
    found = table(
        tmp_path, "指标 | 2026年实际 | 2028年目标", "贷款增速 | 5.2% | 8%–9%", "净息差（%） | 1.6 | 约 1.5", "成本收入比 | 28% | 27.5% 以内"
    )
    assert [(one.metric, one.operator, one.value, one.unit) for one in found] == [
        ("贷款增速", ">=", 8, "%"),
        ("净息差", "=", 1.5, "%"),
        ("成本收入比", "<=", 27.5, "%"),
    ]


def test_a_number_of_the_row_does_not_name_it(tmp_path: Path) -> None:
    found = table(tmp_path, "编号 | 指标 | 2028年目标", "A1 | 单位结算卡（张） | 12,000", "A2 | 长期不动户（户） | 3,000")
    assert [one.metric for one in found] == ["单位结算卡", "长期不动户"]


@pytest.mark.parametrize("columns", ["7月 | 8月 | 12月末目标", "2027年实际 | 2028年6月末 | 2028年目标", "年初 | 9月18日 | 2028年末目标"])
def test_months_before_what_is_called_a_plan_are_results(tmp_path: Path, columns: str) -> None:
    made = parsed(
        tmp_path, f"# 2028年经营分析\n\n## 要盯住的事\n\n| 产品 | {columns} |\n|---|---|---|---|\n| 消费贷逾期率（%） | 1.6 | 1.8 | 1.7 |\n"
    )
    assert [(one.metric, one.value) for one in measures(decode(made, DocumentKind.BRANCH))] == [("消费贷逾期率", 1.7)]


@pytest.mark.parametrize(("first", "names"), [("责任部门", ["储蓄存款", "对公存款"]), ("机构", ["个人金融部储蓄存款", "公司部对公存款"])])
def test_who_answers_for_a_row_is_no_part_of_what_it_measures(tmp_path: Path, first: str, names: list[str]) -> None:
    rows = ("个人金融部 | 储蓄存款（亿元） | 102 | 115", "公司部 | 对公存款（亿元） | 80 | 96")
    found = table(tmp_path, f"{first} | 事项及指标 | 2027年实际 | 2028年目标", *rows)
    assert [one.metric for one in found] == names


def test_the_unit_of_all_rows_may_stand_over_their_names(tmp_path: Path) -> None:
    found = table(tmp_path, "条线（余额，亿元） | 2026年末 | 2027年 | 2028年", "公司存款 | 268.4 | 288 | 315")
    assert [(one.metric, one.value, one.unit) for one in found] == [("公司存款", 288, "亿元"), ("公司存款", 315, "亿元")]


def test_tables_ask_in_everyday_words(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "序号 | 做什么 | 做到什么程度 | 谁来做 | 什么时候",
        "1 | 缩短小微贷款审批链条 | 平均审批时长由4.2天压缩至2天 | 授信审批部 | 2028年6月30日",
    )
    assert [(one.metric, one.operator, one.value, one.deadline) for one in found] == [("平均审批时长", "<=", 2, "2028-06-30")]


def test_a_rate_of_something_done_takes_the_name_of_its_row(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "任务 | 量化要求 | 牵头部门 | 完成时限",
        "关键岗位强制休假 | 执行率100% | 人力资源部 | 2028年12月",
        "不良贷款控制 | 余额不超过6.2亿元 | 风险管理部 | 2028年12月",
        "养老金融样板网点 | 3个 | 个人金融部 | 2028年9月",
    )
    assert {(one.metric, one.value) for one in found} == {("关键岗位强制休假执行率", 100), ("不良贷款余额", 6.2), ("养老金融样板网点", 3)}


def test_the_middle_of_the_year_is_a_date_and_not_a_name(tmp_path: Path) -> None:
    found = table(tmp_path, "Measure | FY2027 actual | Mid-year target | FY2028 target", "Net revenue (million) | 2,184 | 1,150 | 2,400")
    assert [one.metric for one in found] == ["Net revenue", "Net revenue"]


def test_quarters_in_english_are_due_at_their_ends(tmp_path: Path) -> None:
    found = table(tmp_path, "Measure | Actual 2027 | Q1 2028 | Q2 2028", "New households | 7,900 | 2,100 | 4,600")
    assert [(one.value, one.deadline) for one in found] == [(2100, "2028-03-31"), (4600, "2028-06-30")]


def test_a_caption_may_say_more_than_the_unit(tmp_path: Path) -> None:
    rows = "| 机构 | 一季度 | 二季度 |\n|---|---|---|\n| 蓬岛分行 | 28 | 62 |\n"
    text = f"# 目标分解2028\n\n### 表三 2028年新增代发单位（户，季末累计）\n\n{rows}"
    found = measures(decode(parsed(tmp_path, text), DocumentKind.HQ))
    assert [(one.metric, one.value, one.unit, one.deadline) for one in found] == [
        ("蓬岛分行新增代发单位", 28, "户", "2028-03-31"),
        ("蓬岛分行新增代发单位", 62, "户", "2028-06-30"),
    ]


def test_columns_that_differ_by_their_quarter_alone_are_of_one_thing(tmp_path: Path) -> None:
    found = table(tmp_path, "支行 | 一季度末存款（亿元） | 二季度末存款（亿元）", "城东支行 | 8.9 | 9.4")
    assert [(one.metric, one.value) for one in found] == [("城东支行存款", 8.9), ("城东支行存款", 9.4)]


def test_a_column_of_least_demands_is_a_floor(tmp_path: Path) -> None:
    found = table(tmp_path, "职级 | 管户存款年度最低要求（万元） | 年新增有效户最低要求（户）", "四级 | 8,000 | 24")
    assert [(one.metric, one.operator, one.value) for one in found] == [("四级管户存款", ">=", 8000), ("四级年新增有效户", ">=", 24)]


def test_a_column_called_by_its_date_alone_measures_what_the_one_before_does(tmp_path: Path) -> None:
    header = "| 支行 | 2028年末不良率（%） | 2029年末目标（%） | 2029年现金清收（万元） |\n|---|---|---|---|\n"
    table = f"{header}| 临河支行 | 4.05 | ≤3.30 | 13,500 |"
    made = measures(decode(parsed(tmp_path, f"# 海城银行攻坚方案（2029—2030年）\n\n## 三、分解\n\n{table}\n"), DocumentKind.HQ))
    assert [(one.metric, one.operator, one.value, one.baseline) for one in made] == [
        ("临河支行不良率", "<=", 3.3, 4.05),
        ("临河支行现金清收", "=", 13_500, None),
    ]
