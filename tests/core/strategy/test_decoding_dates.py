"""Until when a figure is to be reached, in sentences and in tables, and which figures nobody has to reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import Measure
from tests.core.strategy.test_decoding import decoded, measures, parsed

AIMS = "## 一、主要目标\n\n"


def deadlines(found: list[Measure]) -> list[tuple[float, str]]:
    """Value and deadline of each measure."""
    return [(one.value, one.deadline) for one in found]


def under(folder: Path, title: str, text: str) -> list[Measure]:
    """The measures of a text under its own title."""
    return measures(decode(parsed(folder, f"# {title}\n\n{text}\n"), DocumentKind.HQ))


@pytest.mark.parametrize("written", ["2027年9月10日\n\n", ""])
def test_a_plan_called_by_the_year_it_ends_with_has_aims_before_that(tmp_path: Path, written: str) -> None:
    text = f"{written}2026年末活跃客户512万户。\n\n{AIMS}2028年末活跃客户达到700万户，到2030年末突破1,000万户。"
    assert deadlines(under(tmp_path, "掌上银行2030：渠道发展规划", text)) == [(7_000_000, "2028-12-31"), (10_000_000, "2030-12-31")]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("海城银行2028年财富条线经营策略", "2028-12-31"),
        ("海城银行2028年平衡计分卡", "2028-12-31"),
        ("公司业务2030年首季竞赛方案", "2030-03-31"),
        ("数字金融部OKR（2026年第三季度）", "2026-09-30"),
        ("海城分行帮扶方案（2026年下半年）", "2026-12-31"),
        ("海城银行客户经理管理办法（2029年修订）", ""),
    ],
)
def test_the_year_of_a_title_or_its_part_is_the_day_of_what_names_none(tmp_path: Path, title: str, day: str) -> None:
    assert deadlines(under(tmp_path, title, AIMS + "手机银行月活率不低于45%。")) == [(45, day)]


def test_who_speaks_in_december_about_next_year_means_its_quarters(tmp_path: Path) -> None:
    text = "（2028年12月8日）\n\n## 二、明年一季度打什么仗\n\n一季度储蓄净增要达到16亿元。今年的底子要到12月底收口。"
    assert deadlines(under(tmp_path, "在海城分行2029年“开门红”动员会上的讲话", text)) == [(16, "2029-03-31")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("入行三年内离职率降至10%。", [(10, "")]),
        ("训后90天行为转化率提高到55%。", [(55, "")]),
        ("平均审批时长控制在1.5个工作日内。", [(1.5, "")]),
        ("三年投入科技资金1.2亿元。", [(1.2, "2029-12-31")]),
        ("到期末，收单商户净增8万户。", [(80000, "2029-12-31")]),
        ("人工来电占比力争五成以下，2026年为58%。", [(50, "")]),
        ("每店高柜不超过2个，2027年先改造网点20家。", [(2, ""), (20, "2027-12-31")]),
        ("渠道满意度：80分（2027年）→85分（2028年）。", [(85, "2028-12-31")]),
        ("机审覆盖率2027年7月起达到100%。", [(100, "2027-07-31")]),
    ],
)
def test_a_date_governs_its_own_figure(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    assert deadlines(measures(decoded(tmp_path, AIMS + sentence)))[-len(found) :] == found


def test_an_item_takes_no_date_from_the_item_before(tmp_path: Path) -> None:
    made = decoded(tmp_path, AIMS + "（一）2028年底，办结率不低于95%。\n（二）差错率降到1%以内。")
    assert deadlines(measures(made)) == [(95, "2028-12-31"), (1, "")]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("| 指标 | 2026实际 | 2028计划 |\n|---|---|---|\n| 有效户（户） | 60 | ≥70 |", [("有效户", 70, "户", "2028-12-31")]),
        (
            "| 事项 | 完成时限 | 目标值 |\n|---|---|---|\n| 双录终端（台） | 2027年7月末 | 95 |",
            [("双录终端", 95, "台", "2027-07-31")],
        ),
        (
            "| 时间 | 改造网点（家） | 撤并网点（家） |\n|---|---|---|\n| 2027年上半年 | 6 | 3 |",
            [("改造网点", 6, "家", "2027-06-30"), ("撤并网点", 3, "家", "2027-06-30")],
        ),
        ("| 场景 | 2027年计划 |\n|---|---|\n| 智能客服 | 独立解决率72% |", [("智能客服独立解决率", 72, "%", "2027-12-31")]),
        (
            "| 领域 | 2026年末余额（亿元） | 2027年末 |\n|---|---|---|\n| 养老机构贷款 | 9.6 | 14 |",
            [("养老机构贷款", 14, "亿元", "2027-12-31")],
        ),
        (
            "| 项目 | 2027年预算（万元） |\n|---|---|\n| 手机银行（含适老版） | 1,380 |",
            [("手机银行（含适老版）", 1380, "万元", "2027-12-31")],
        ),
    ],
)
def test_rows_and_columns_say_when_and_of_what(tmp_path: Path, table: str, found: list[tuple[str, float, str, str]]) -> None:
    made = measures(decoded(tmp_path, f"## 四、任务分解\n\n{table}"))
    assert [(one.metric, one.value, one.unit, one.deadline) for one in made] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "对逾期率超过3%的网点暂停线上引流。",
        "绿色贷款在考核中的权重由3%提高到6%。",
        "现行内规1,286项，另行清理。",
        "同业经验：某省联社一年拦截资金1.1亿元。",
        "公司部汇报：一季度有效户净减112户。",
    ],
)
def test_what_a_rule_names_or_somebody_reports_is_no_target(tmp_path: Path, sentence: str) -> None:
    assert measures(decoded(tmp_path, f"## 三、主要任务\n\n{sentence}")) == []


def test_a_section_of_a_year_before_the_plan_looks_back(tmp_path: Path) -> None:
    text = "（2028年1月19日）\n\n2027年回头看\n\n全年实现净利润86亿元，绿色贷款增速31%。\n\n2028年怎么干\n\n净利润增长5%左右。"
    found = under(tmp_path, "在海城银行2028年工作会议上的报告", text)
    assert [(one.operator, one.value, one.deadline) for one in found] == [("+", 5, "2028-12-31")]


@pytest.mark.parametrize(
    ("sentence", "operator", "value", "baseline"),
    [
        ("培训班次316个砍到150个以内。", "<=", 150, 316),
        ("户均贷款从46万元往40万元以下走。", "<=", 40, 46),
        ("网均AUM由19.4亿提到26亿元。", ">=", 26, 19.4),
        ("主动离职率不许超过8%。", "<=", 8, None),
        ("升级投诉比2026年的312件减少三分之一。", "-", 33.33, None),
        ("提任率争取保持在35%至40%之间。", ">=", 35, None),
    ],
)
def test_a_change_has_a_start_and_a_direction(tmp_path: Path, sentence: str, operator: str, value: float, baseline: float | None) -> None:
    found = measures(decoded(tmp_path, AIMS + sentence))
    assert [(one.operator, one.value, one.baseline) for one in found] == [(operator, value, baseline)]


@pytest.mark.parametrize(
    ("title", "sentence", "found"),
    [
        ("海城银行新市民金融计划（2028年4月—2031年3月）", "三年研发投入合计2.4亿元。", [(2.4, "2031-03-31")]),
        ("海城银行新市民金融计划（2028年4月—2031年3月）", "三年内网点覆盖率达到八成。", [(80, "2031-03-31")]),
        ("海城银行行长二〇二九年新年致辞", "我们要让拨备覆盖率不低于220%。", [(220, "2029-12-31")]),
        ("海城银行2029年8月经营分析", "催收人员要增加到15名。", [(15, "")]),
        ("海城银行2029年员工敬业度调查报告", "敬业度得分要提高到85分。", [(85, "")]),
    ],
)
def test_a_plan_may_end_within_a_year_and_not_every_year_in_a_title_is_planned(
    tmp_path: Path, title: str, sentence: str, found: list[tuple[float, str]]
) -> None:
    assert deadlines(under(tmp_path, title, AIMS + sentence)) == found


@pytest.mark.parametrize("mark", ["——", "■ ", "C1 ", "a）"])
def test_what_a_line_announces_is_carried_to_items_with_any_mark(tmp_path: Path, mark: str) -> None:
    text = f"到2028年末，实现以下目标：\n\n{mark}普惠客户扩大到60户\n\n{mark}回款归集比例不低于80%"
    assert deadlines(under(tmp_path, "海城银行供应链专项方案（2027—2028年）", AIMS + text)) == [(60, "2028-12-31"), (80, "2028-12-31")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("科技投入三年合计不少于1.5亿元。", [(1.5, "2029-12-31")]),
        ("三年内客户经理占比由20%升到30%。", [(30, "2029-12-31")]),
        ("人均利润：期末52万元，2026年预计41万元。", [(52, "2029-12-31")]),
        ("不良贷款率各年末均不超过1.4%。", [(1.4, "")]),
        ("代发客户留存率争取两年后达到65%。", [(65, "两年后")]),
        ("平均处理时长在系统运行满半年后压到20天。", [(20, "")]),
        ("平均处理时长，系统运行满一年后压到20天。", [(20, "系统运行满一年后")]),
        ("首年亏损不超过900万元，次年亏损不超过200万元。", [(900, "首年"), (200, "次年")]),
        ("新员工上岗前两个月内完成陪练不少于12次。", [(12, "上岗前两个月内")]),
        ("贯标率逐年为70%、85%、95%。", [(70, "2027-12-31"), (85, "2028-12-31"), (95, "2029-12-31")]),
        ("中收占比，2027、2028年依次为20%和25%（2026年：17%）。", [(20, "2027-12-31"), (25, "2028-12-31")]),
        ("到2029年末，贷款余额达到90亿元。每个网点每年走访村庄不少于16个。", [(90, "2029-12-31"), (16, "")]),
        ("到2029年末，贷款余额达到90亿元，每个网点每年走访村庄不少于16个。", [(90, "2029-12-31"), (16, "2029-12-31")]),
    ],
)
def test_the_periods_of_a_plan_of_three_years(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    assert deadlines(under(tmp_path, "海城银行2027—2029年发展规划", AIMS + sentence)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("明年一年要新增结算户5000户。", [(5000, "2029-12-31")]),
        ("到后年，客户经理要增加到70个。", [(70, "2030-12-31")]),
        ("到大后年末，客户经理要增加到90个。", [(90, "2031-12-31")]),
        ("明年春节前要腾出4人去跑村。", [(4, "明年春节前")]),
        ("听说明后年柜员要减一半。", [(50, "")]),
    ],
)
def test_who_speaks_counts_from_his_own_year(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    text = f"（2028年9月12日）\n\n## 一、明天\n\n{sentence}"
    assert deadlines(under(tmp_path, "访谈：海城分行行长", text)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("上半年先抓存量：对去年清出的商户逐户回访，唤醒率达到三成。", [(30, "2028-06-30")]),
        ("占比要稳步升至18%，2030年过两成。", [(18, "2028-12-31"), (20, "2030-12-31")]),
    ],
)
def test_other_dates_than_its_own_do_not_date_a_figure(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    assert deadlines(under(tmp_path, "海城银行2028年经营计划", AIMS + sentence)) == found


def test_english_dates_of_a_base_and_of_a_part(tmp_path: Path) -> None:
    text = (
        "Complaint files closed on time should reach 96% (2028: 89%). "
        "Net new money should reach USD 2 billion, USD 1 billion of it by the end of June."
    )
    found = measures(decode(parsed(tmp_path, f"# Objectives 2029\n\n## Targets\n\n{text}\n"), DocumentKind.APPRAISAL))
    assert deadlines(found)[:2] == [(96, "2029-12-31"), (2, "2029-12-31")]


def test_a_share_of_the_years_aim_is_due_when_its_paragraph_says(tmp_path: Path) -> None:
    text = "## 六月冲刺\n\n到2028年6月末，各项贷款余额达到438亿元，各项存款日均增量完成全年的60%。"
    assert [one.deadline for one in measures(decoded(tmp_path, text))] == ["2028-06-30", "2028-06-30"]


def test_a_heading_may_begin_with_its_month(tmp_path: Path) -> None:
    text = "# 滨海分行2028年二季度重点工作安排\n\n## 四月：稳存款\n\n春耕备耕贷款投放8.5亿元。\n"
    assert [one.deadline for one in measures(decode(parsed(tmp_path, text), DocumentKind.BRANCH))] == ["2028-04-30"]


def test_what_begins_with_a_term_in_brackets_dates_the_list_below(tmp_path: Path) -> None:
    text = "# 对公营销活动通知2028\n\n## 活动目标\n\n活动期内（9月1日至12月10日），各分行要做到：\n\n（一）日均存款新增260亿元。\n"
    assert [one.deadline for one in measures(decode(parsed(tmp_path, text), DocumentKind.HQ))] == ["2028-12-10"]


def test_a_base_between_parts_of_a_sentence_is_no_deadline(tmp_path: Path) -> None:
    text = "## 总体目标\n\n到2028年底，序列人员占比提高到40%；敬业度得分不低于85分，2025年为79分；关键岗位人均后备不少于2名。"
    assert [one.deadline for one in measures(decoded(tmp_path, text))] == ["2028-12-31"] * 3


def test_a_title_that_a_web_page_shows_is_no_heading_of_deadlines(tmp_path: Path) -> None:
    page = "<h1>滨海银行2029—2033年发展规划</h1><h2>三、重点业务</h2><p>需求平均交付周期由68天压到35天。</p>"
    assert [one.deadline for one in measures(decode(parsed(tmp_path, page, "规划.html"), DocumentKind.HQ))] == [""]


@pytest.mark.parametrize(("dated", "day"), [(date(2027, 11, 8), "2028-12-31"), (date(2026, 3, 1), "2027-12-31")])
def test_next_year_is_that_after_the_day_somebody_says_a_paper_was_written(tmp_path: Path, dated: date, day: str) -> None:
    document = parsed(tmp_path, "# 专访：公司业务怎么做\n\n去年有效客户1,500户。\n\n明年有效客户要做到2,200户。\n")
    assert deadlines(measures(decode(document, DocumentKind.INTERVIEW, dated=dated))) == [(2200, day)]
