"""Which of several dates a figure stands under: announced above, said afterwards, of a base, of an event, or for all of the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from tests.core.strategy.test_decoding import measures, parsed
from tests.core.strategy.test_decoding_dates import AIMS, deadlines, under

YEAR, PLAN = "海城银行2028年工作要点", "海城银行发展规划（2028—2030年）"


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("海城银行协作函", "双方约定，到2028年12月底：\n\n（1）单位开户数增加到180家；", [(180, "2028-12-31")]),
        (PLAN, AIMS + "客户基础夯实：到2030年末，客户达到105户。净推荐值提升到50分。", [(105, "2030-12-31"), (50, "2030-12-31")]),
        (PLAN, "## 2030，四个数字\n\n成本收入比回落到27%以下。", [(27, "2030-12-31")]),
        (PLAN, AIMS + "利润占比由27%提高到35%，人均产能提升40%（2030年）", [(35, "2030-12-31"), (40, "2030-12-31")]),
        (YEAR, AIMS + "部门由34个精简到26个，机构压到12个以内，两项均应在6月底前完成。", [(26, "2028-06-30"), (12, "2028-06-30")]),
        (YEAR, AIMS + "恢复时间压缩到15分钟，三季度末完成核心系统分布式改造切换。", [(15, "2028-12-31")]),
        (YEAR, AIMS + "对2027年评为末档的支部逐一帮扶，年末五星级支部占比升至35%。", [(35, "2028-12-31")]),
    ],
)
def test_a_date_that_is_announced_or_said_afterwards_dates_what_it_is_said_of(
    tmp_path: Path, title: str, text: str, found: list[tuple[float, str]]
) -> None:
    assert deadlines(under(tmp_path, title, text)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("手续费收入在2027年38亿元的基础上翻一番，2030年达到76亿元。", [(76, "2030-12-31")]),
        ("以2027年为基数，成本收入比降到34%以内，2029年6月末不超过34.8%。", [(34, ""), (34.8, "2029-06-30")]),
        ("制造业贷款占贷款之比2028年末升至39%，2029年6月末升至42%。", [(39, "2028-12-31"), (42, "2029-06-30")]),
        ("持有三类以上资产的客户按去年末口径只占18.2%，比例要升至25%。", [(25, "")]),
        ("三年累计投放贷款90亿元，年均不低于15亿元。", [(90, "2030-12-31"), (15, "")]),
        ("贷款余额到2030年末突破650亿元，同期成本收入比压到32%以内。", [(650, "2030-12-31"), (32, "2030-12-31")]),
        ("五级分类准确率三年后不低于98%。", [(98, "2030-12-31")]),
        ("每名支行行长任期内至少培养1名副手。", [(1, "任期内")]),
        ("前十大客户集中度三年里降到30%以内。", [(30, "2030-12-31")]),
        ("2030年末三年以内员工得分提高6分。", [(6, "2030-12-31")]),
        ("客户来电24小时内回复，投诉办结率98%以上。", [(98, "")]),
        ("下一步，2030 年 6 月末对公预警客户提前退出率做到 60%。", [(60, "2030-06-30")]),
    ],
)
def test_bases_events_and_spans_in_a_plan_of_three_years(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    assert deadlines(under(tmp_path, PLAN, f"## 二、重点工作\n\n{sentence}")) == found


def test_from_now_on_and_at_least_are_told_apart(tmp_path: Path) -> None:
    (aim,) = under(tmp_path, "海城支行谈今年的打算", "2028年3月2日\n\n今年起码再新开1,200户养老金账户。")
    assert (aim.metric, aim.operator, aim.value, aim.deadline) == ("养老金账户", ">=", 1_200, "2028-12-31")


def test_a_scheme_of_one_year_is_of_that_year_whatever_plan_it_speaks_of(tmp_path: Path) -> None:
    text = "为落实《海城银行发展规划（2027—2030年）》，制定本任务书。\n\n## 3.2 交付类\n\n紧急变更占比不超过5%。"
    assert deadlines(under(tmp_path, "科技条线2028年度重点工作任务书", text)) == [(5, "2028-12-31")]


def test_a_campaigns_end_is_the_day_that_its_text_announces(tmp_path: Path) -> None:
    text = "自2028年1月4日至3月31日开展百日攻坚活动。\n\n## 二、目标\n\n活动结束时，新增客户留存率不低于85%。"
    assert deadlines(under(tmp_path, "海城分行提质增效方案", text)) == [(85, "2028-03-31")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Net profit should reach RMB 410 million, after RMB 372 million in 2027.", [(410, "2028-12-31")]),
        ("Retail income will rise to USD 2 billion by the end of 2030, compared with USD 1 billion in 2026.", [(2, "2030-12-31")]),
        ("By June it has to take under 5 minutes.", [(5, "2028-06-30")]),
        ("We will close 19 open findings by September 30.", [(19, "2028-09-30")]),
        ("Queue time will be under 10 minutes from April.", [(10, "2028-12-31")]),
    ],
)
def test_english_dates_of_aims_and_of_what_was(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    made = [one for one in under(tmp_path, "Operations plan 2028", f"## Numbers for the year\n\n{sentence}") if one.value == found[0][0]]
    assert deadlines(made) == found


def test_a_memo_is_of_the_year_in_its_subject(tmp_path: Path) -> None:
    text = "Date: 8 December 2027\n\nRe: Operations priorities for 2028\n\nBy year-end we will answer 80% of calls within 20 seconds."
    assert deadlines(under(tmp_path, "MEMORANDUM", text))[0] == (80, "2028-12-31")


def test_an_english_sentence_of_a_chinese_paper_is_read_as_english(tmp_path: Path) -> None:
    text = f"{AIMS}跨境业务是看家本领。\n\nRM attrition should come down to 15% or lower by year-end 2029."
    assert [(one.metric, one.operator, one.value) for one in under(tmp_path, PLAN, text)] == [("RM attrition", "<=", 15)]


def test_columns_of_days_scales_and_of_so_many_years(tmp_path: Path) -> None:
    header = "| Indicator | Result 2027 | Plan 30.06.2028 | Plan 31.12.2028 |\n|---|---|---|---|\n"
    scorecard = f"{header}| Active customers (thousand) | 412 | 415 | 424 |"
    made = decode(parsed(tmp_path, f"# KPI Scorecard 2028\n\n## 2. Customers\n\n{scorecard}\n"), DocumentKind.APPRAISAL)
    assert deadlines(measures(made)) == [(415_000, "2028-06-30"), (424_000, "2028-12-31")]
    people = "| 年度 | 新入选（名） | 校招生三年留存率（%） |\n|---|---|---|\n| 2029年目标 | 320 | 74 |\n| 2030年目标 | 300 | 80 |"
    found = deadlines(under(tmp_path, PLAN, f"## 二、梯队目标\n\n{people}"))
    assert found == [(320, "2029-12-31"), (74, "2029-12-31"), (300, "2030-12-31"), (80, "2030-12-31")]
