"""What a reader knows beside the words of a figure: what a bare name belongs to, which date governs it, whose row it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import Decoding, FindingKind, Perspective
from tests.core.strategy.test_decoding import decoded, measures, of_kind, parsed

YEAR = "# 海城银行2028年工作要点\n\n"
AIMS = "## 一、主要目标\n\n"


def in_a_year(folder: Path, text: str, kind: DocumentKind = DocumentKind.HQ) -> Decoding:
    """What the rules make of a text that stands under the title of a plan for one year."""
    return decode(parsed(folder, f"{YEAR}{text}\n"), kind)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # A rate of something done belongs to what it was done to.
        ("客户投诉工单要逐件闭环，办结率不低于96%。", [("客户投诉工单办结率", ">=", 96)]),
        ("柜员条线年内完成综合柜员资格认证，认证通过率达到90%。", [("综合柜员资格认证通过率", ">=", 90)]),
        ("园区贷：新增授信2,000户、贷款35亿元。", [("园区贷授信", "+", 2_000), ("园区贷贷款", "+", 35)]),
        # What comes of an event, who is meant by a part, what was measured last in the same unit.
        ("开办票据实战班3期，结业90人。", [("票据实战班", "=", 3), ("票据实战班结业", "=", 90)]),
        ("反诈骨干增加到400人，其中县域支行不少于150人。", [("反诈骨干", ">=", 400), ("县域支行反诈骨干", ">=", 150)]),
        ("“船东贷”客户达到600户，贷款余额突破3亿元。", [("“船东贷”客户", ">=", 600), ("“船东贷”贷款余额", ">=", 3)]),
        # A measure that is shared out, and who is placed with whom.
        ("人均产能，一级支行不低于90万元，二级支行不低于70万元。", []),
        (
            "高级资格持证率，总行部室不低于70%，一级支行不低于50%。",
            [("总行部室高级资格持证率", ">=", 70), ("一级支行高级资格持证率", ">=", 50)],
        ),
        ("建立合规专员机制，每个一级支行不少于2名。", [("每个一级支行合规专员", ">=", 2)]),
        # What a semicolon parts belongs together where nothing else is named.
        ("到6月末，零售不良压降2亿元；到年末，累计压降5亿元。", [("零售不良", "-", 2), ("零售不良", "-", 5)]),
        ("代发覆盖率提高6个百分点至48%。", [("代发覆盖率", "+", 6), ("代发覆盖率", ">=", 48)]),
        ("持证顾问只有90人，占比不到三成，年底要达到150人。", [("持证顾问", ">=", 150)]),
        # What is done is done to what was taken in hand.
        ("把睡眠账户理清，全年激活不少于8万户。", [("睡眠账户激活", ">=", 80_000)]),
    ],
)
def test_a_name_that_says_little_is_read_with_what_it_belongs_to(
    tmp_path: Path, sentence: str, found: list[tuple[str, str, float]]
) -> None:
    made = measures(in_a_year(tmp_path, AIMS + sentence))
    assert [(one.metric, one.operator, one.value) for one in made][: len(found)] == found


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit"),
    [
        ("叫号等候满意率要做到九成五。", "叫号等候满意率", ">=", 95, "%"),
        ("单季营收要干到12个亿。", "单季营收", ">=", 12, "亿"),
        ("中后台人员占比降3个点。", "中后台人员占比", "-", 3, "个百分点"),
        ("活跃商户数向40万户迈进。", "活跃商户数", ">=", 400_000, "户"),
        ("成本收入比压回31%以内。", "成本收入比", "<=", 31, "%"),
        ("客户经理扩编60人。", "客户经理", "+", 60, "人"),
        ("结算性存款占六成以上。", "结算性存款", ">=", 60, "%"),
        ("长期不动户年底前清零。", "长期不动户", "=", 0, ""),
        ("核心系统故障每年不多于2次。", "核心系统故障每年", "<=", 2, "次"),
        ("新增逾期金额压控在300万元内。", "新增逾期金额", "<=", 300, "万元"),
        ("小微贷款利率较上年下降不低于15个基点。", "小微贷款利率下降", ">=", 15, "BP"),
        ("平均放款时间 5天→2天。", "平均放款时间", "<=", 2, "天"),
        ("线上申请通过率 ↑ 至 70%。", "线上申请通过率", ">=", 70, "%"),
        ("人均脱产学习满6天。", "人均脱产学习", ">=", 6, "天"),
        ("科创贷款增速高于各项贷款增速5个百分点。", "科创贷款增速高于各项贷款增速", ">=", 5, "个百分点"),
    ],
)
def test_how_banks_say_a_level(tmp_path: Path, sentence: str, metric: str, operator: str, value: float, unit: str) -> None:
    made = measures(in_a_year(tmp_path, AIMS + sentence))
    assert [(one.metric, one.operator, one.value, one.unit) for one in made] == [(metric, operator, value, unit)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("不良率、逾期率分别下降0.2个和0.3个百分点。", [("不良率", "-", 0.2), ("逾期率", "-", 0.3)]),
        (
            "科技投入占比2027、2028、2029年分别不低于3%、3.5%、4%。",
            [("科技投入占比", ">=", 3), ("科技投入占比", ">=", 3.5), ("科技投入占比", ">=", 4)],
        ),
    ],
)
def test_names_dates_and_bounds_in_turn(tmp_path: Path, sentence: str, found: list[tuple[str, str, float]]) -> None:
    made = measures(decoded(tmp_path, AIMS + sentence))
    assert [(one.metric, one.operator, one.value) for one in made] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "50万元以下当天办结，超过的两日内办结。",
        "完成率110%以上且排名前三的支行，奖励5万元。",
        "季度得分低于75分的中心，由分管行长约谈。",
        "奖励总额不超过80万元。",
        "试点的范围，零售部主张8%，科技部主张3%，未达成一致。",
        "离全年12亿元的目标差得远。",
        "考核对象为辖内27家支行。",
        "建成千人千面的推荐引擎。",
        "监管规定的拨备覆盖率下限为140%。",
    ],
)
def test_what_is_dealt_with_paid_disputed_or_missed_is_no_aim(tmp_path: Path, sentence: str) -> None:
    assert measures(in_a_year(tmp_path, f"## 三、有关事项\n\n{sentence}")) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今年截至11月20日，全行要实现以下目标：\n\n- 新增代发单位90家；", ["2028-11-20"]),
        ("员工占比2028年6月底前达到30%。", ["2028-06-30"]),
        ("培训费用占比不低于3%，核心系统9月底完成切换。", ["2028-12-31"]),
        ("行动结束时，测评合格率不低于85%。", ["行动结束时"]),
        ("2月份办两期票据训练营。", ["2028-02-29"]),
    ],
)
def test_which_date_governs_a_figure(tmp_path: Path, text: str, days: list[str]) -> None:
    assert [one.deadline for one in measures(in_a_year(tmp_path, AIMS + text))] == days


def test_a_campaign_that_ends_on_a_day_gives_it_to_its_aims(tmp_path: Path) -> None:
    text = "# 关于举办“扬帆杯”劳动竞赛的通知\n\n分行决定于2028年9月5日至11月30日举办劳动竞赛。\n\n## 一、竞赛目标\n\n储蓄存款净增4亿元。\n"
    assert [one.deadline for one in measures(decode(parsed(tmp_path, text), DocumentKind.BRANCH))] == ["2028-11-30"]


def test_of_several_dates_on_the_first_line_the_latest_is_that_of_writing(tmp_path: Path) -> None:
    text = "# 海城银行培训管理办法\n\n（2024年3月1日印发，2028年4月2日修订）\n\n## 目标\n\n到2029年末，持证率不低于80%。\n"
    assert [one.deadline for one in measures(decode(parsed(tmp_path, text), DocumentKind.POLICY))] == ["2029-12-31"]


@pytest.mark.parametrize("heading", ["第一章 发展环境", "一、上轮规划执行评估", "二、基础与形势"])
def test_years_that_lie_behind_hold_no_aims(tmp_path: Path, heading: str) -> None:
    made = decoded(tmp_path, f"## {heading}\n\n三年累计清收不良18亿元，净息差收窄30个基点。经过三年努力，存款突破900亿元。")
    assert measures(made) == []


def test_rows_belong_to_the_unit_that_the_first_column_names(tmp_path: Path) -> None:
    table = (
        "| 中心 | 指标 | 2027年实际 | 2028年目标 |\n|---|---|---|---|\n"
        "| 清算中心 | 差错率 | 0.9% | 0.6% |\n| | 当日入账率 | 96% | 99% |\n\n"
        "| 支行 | 网点减柜（个） | 转岗（人） |\n|---|---|---|\n| 城东 | 4 | 9 |\n| 2027年实际 | 3 | 5 |\n"
    )
    made = measures(in_a_year(tmp_path, f"## 二、2028年指标计划\n\n{table}", DocumentKind.APPRAISAL))
    assert [(one.metric, one.value) for one in made][:2] == [("清算中心差错率", 0.6), ("清算中心当日入账率", 99)]
    assert not [one for one in made if "实际" in one.metric]


def test_tables_in_words_name_what_is_due_and_what_is_asked(tmp_path: Path) -> None:
    table = (
        "| 重点工作 | 完成标准 | 完成时间 | 责任部门 |\n|---|---|---|---|\n"
        "| 社区网格化经营 | 每个支行至少建3个网格 | 2028年6月末 | 零售部 |\n"
        "| 台账核对 | 账实相符 | 每月末 | 运营部 |\n"
    )
    made = in_a_year(tmp_path, f"## 三、重点事项\n\n{table}", DocumentKind.APPRAISAL)
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["社区网格化经营"]
    assert [(one.operator, one.value, one.deadline) for one in measures(made)] == [(">=", 3, "2028-06-30")]


@pytest.mark.parametrize(
    ("sentence", "view"),
    [
        ("零售部6月底前推出“渔港通”专属存款。", Perspective.PROCESS),
        ("在两个产业新城设立科创专营支行。", Perspective.PROCESS),
        ("各支行年底前排出80户重点企业名单。", Perspective.CUSTOMER),
        ("总行每年组织一次数据建模竞赛。", Perspective.LEARNING),
        ("年内开展两次灾备切换演练。", Perspective.PROCESS),
    ],
)
def test_the_perspective_is_that_of_what_is_acted_on(tmp_path: Path, sentence: str, view: Perspective) -> None:
    made = of_kind(in_a_year(tmp_path, f"## 二、重点工作\n\n{sentence}"), FindingKind.TASK)
    assert [finding.perspective for finding in made] == [view]


@pytest.mark.parametrize(
    "sentence",
    [
        "围绕三项能力，办一家有温度的社区银行。",
        "全面实施“三轮驱动、两翼支撑”战略。",
        "今后要从“人盯人”走到“数据盯人”。",
        "坚守“扎根县域、服务小微”定位，不垒大户。",
    ],
)
def test_where_the_bank_is_going_is_a_theme(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 第二章 总体思路\n\n{sentence}"), FindingKind.THEME)


@pytest.mark.parametrize("heading", ["打法三：带一支懂船的队伍", "流程做短、做顺", "下半年，走进更多渔村"])
def test_headings_say_what_somebody_does_or_something_becomes(tmp_path: Path, heading: str) -> None:
    made = of_kind(decoded(tmp_path, f"## {heading}\n\n各支行按季推进。"), FindingKind.THEME)
    assert [finding.text for finding in made] == [heading]


@pytest.mark.parametrize(
    ("sentence", "ordered"),
    [
        ("给2万名新市民配上专属顾问。", True),
        ("各支行要按园区、街区、村组三类划片。", True),
        ("适时启动新一代信贷系统招标。", True),
        ("经党委会研究，决定自9月1日起在全辖开展“净网”行动。", True),
        ("各支行可结合实际制定细则，报分行备案。", False),
        ("走访数据以系统定位为准，补录无效。", False),
        ("支行行长是第一责任人。", False),
        ("信贷员短板集中在报表分析和合同审读。", False),
        ("也要清醒看到，不少网点还在“等客上门”。", False),
        ("接口规范由科技部统一制定，分行不得自建。", False),
    ],
)
def test_what_somebody_has_to_do_is_a_task(tmp_path: Path, sentence: str, ordered: bool) -> None:
    found = of_kind(in_a_year(tmp_path, f"## 二、重点工作\n\n全年工作安排如下。\n\n{sentence}"), FindingKind.TASK)
    assert bool(found) == ordered


ENGLISH = "# Business plan 2028 of Seaton Bank\n\n## Priorities\n\n- "


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Time to approve: 40 days to 25 days.", [("time to approve", "<=", 25, "2028-12-31")]),
        (
            "Refit 30 branches in the second quarter and a further 20 by December.",
            [("branches", "=", 30, "2028-06-30"), ("branches", "=", 20, "2028-12-31")],
        ),
        ("We look for a net increase of 900 current accounts by 30 June.", [("current accounts", "+", 900, "2028-06-30")]),
        (
            "Reach 8,000 families, of which at least 2,500 with a pension.",
            [("families", ">=", 8000, ""), ("families with a pension", ">=", 2500, "")],
        ),
        ("We will spend £2.4 million on coaching.", [("coaching", "=", 2.4, "")]),
        ("Raise £90 million of green deposits.", [("green deposits", "=", 90, "")]),
        ("Seven in ten calls answered within 20 seconds.", [("calls answered", "=", 70, "")]),
        (
            "Second, grow deposits by £200 million, with no more than 30% from term accounts.",
            [("deposits", "+", 200, ""), ("deposits from term accounts", "<=", 30, "")],
        ),
        ("Every adviser must hold the Level 4 diploma by May.", []),
        ("The account is free for members under 18.", []),
        ("Win over companies with turnover above £20 million.", []),
        ("Call clients with balances of more than £50,000 every quarter.", []),
        ("Bring in 120 companies with turnover of at least £5 million.", [("companies", "=", 120, "")]),
        ("The old bonus of £40 was withdrawn in November.", []),
        ("Our competitors spend 4% of income on training.", []),
    ],
)
def test_english_figures_of_a_year(tmp_path: Path, sentence: str, found: list[tuple[str, str, float, str]]) -> None:
    made = measures(decode(parsed(tmp_path, f"{ENGLISH}{sentence}\n"), DocumentKind.HQ))
    assert [(one.metric, one.operator, one.value) for one in made] == [(metric, operator, value) for metric, operator, value, _ in found]
    assert all(one.deadline == (day or "2028-12-31") for one, (_, _, _, day) in zip(made, found, strict=True))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Our direction for the year is plain: from products to people.", FindingKind.THEME),
        ("Two shifts matter: from forms to talks, and from branches to homes.", FindingKind.THEME),
        ("Every team leader completes the coaching course by June.", FindingKind.TASK),
        ("Our lenders are weak at reading cash flow.", FindingKind.CAPABILITY),
        ("Too many bankers cannot explain a balance sheet.", FindingKind.CAPABILITY),
    ],
)
def test_what_english_sentences_ask_for(tmp_path: Path, sentence: str, kind: FindingKind) -> None:
    assert of_kind(decode(parsed(tmp_path, f"{ENGLISH}{sentence}\n"), DocumentKind.HQ), kind)


def test_what_rules_will_do_is_nobodys_task(tmp_path: Path) -> None:
    made = decode(parsed(tmp_path, f"{ENGLISH}Rules on lending will tighten.\n"), DocumentKind.HQ)
    assert not of_kind(made, FindingKind.TASK)
