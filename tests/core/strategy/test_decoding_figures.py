"""How figures of one clause belong together: where one starts from, which dates and units they share, what is no aim beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import FindingKind
from tests.core.strategy.test_decoding import decoded, measures, of_kind, parsed

AIMS = "## 一、主要目标\n\n"


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "baseline"),
    [
        ("2028年本地存款占比要从63%回到75%。", "本地存款占比", ">=", 75, 63),
        ("2028年开卡由9步缩为4步。", "开卡", "<=", 4, 9),
        ("2028年持证柜员占比在现有34%的基础上再提高6个百分点。", "持证柜员占比", "+", 6, 34),
        ("总资产从3,100亿到5,000亿。", "总资产", ">=", 5000, 3100),
    ],
)
def test_where_a_figure_starts_from_is_no_aim_of_its_own(
    tmp_path: Path, sentence: str, metric: str, operator: str, value: float, baseline: float
) -> None:
    found = measures(decoded(tmp_path, AIMS + sentence))
    assert [(one.metric, one.operator, one.value, one.baseline) for one in found] == [(metric, operator, value, baseline)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2028年新增收单商户2万户、贷款15亿元。", [("收单商户", "+", 20_000), ("贷款", "+", 15)]),
        ("2028年存量9万户中激活2万户。", [("激活", "=", 20_000)]),
        (
            "2028年支行行长每月走访园区企业不少于4户，全年不少于50户。",
            [("支行行长每月走访园区企业", ">=", 4), ("支行行长走访园区企业", ">=", 50)],
        ),
        ("2028年获客成本↓12%。", [("获客成本", "-", 12)]),
        ("2028年至少引进3名可独立建模的数据工程师。", [("可独立建模的数据工程师", ">=", 3)]),
        ("2028年把9个后台部门整合为4个中心。", []),
        ("2028年将贴现、保函等11类业务纳入集中处理。", []),
        ("2028年误差超过5%的要返工。", []),
    ],
)
def test_figures_beside_one_another(tmp_path: Path, sentence: str, found: list[tuple[str, str, float]]) -> None:
    assert [(one.metric, one.operator, one.value) for one in measures(decoded(tmp_path, AIMS + sentence))] == found


def test_dates_in_turn_go_to_figures_in_turn(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, AIMS + "社区网点改造2027年、2028年、2029年分别完成6家、9家、7家。"))
    assert [(one.value, one.deadline[:4]) for one in found] == [(6, "2027"), (9, "2028"), (7, "2029")]


def test_the_aims_of_three_years_are_due_at_their_end(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 三年目标\n\n零售营收占比不低于42%。")
    assert [one.deadline for one in measures(made)] == ["2029-12-31"]


def test_from_then_on_has_no_end(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, AIMS + "工单及时率2028年达到93%，此后每年不低于97%。"))
    assert [one.deadline for one in found] == ["2028-12-31", ""]


def test_a_report_on_last_year_looks_ahead_to_the_year_in_which_it_is_given(tmp_path: Path) -> None:
    text = (
        "# 海城银行2028年度工作报告\n\n（2029年1月16日）\n\n## 一、2028年工作回顾\n\n全年实现净利润12亿元，不良率降至1.3%。\n\n"
        "## 二、2029年工作安排\n\n不良率控制在1.2%以内。\n"
    )
    found = measures(decode(parsed(tmp_path, text), DocumentKind.HQ))
    assert [(one.metric, one.value, one.deadline) for one in found] == [("不良率", 1.2, "2029-12-31")]


def test_a_regulation_orders_what_it_calls_an_aim(tmp_path: Path) -> None:
    articles = "\n\n".join(f"第{number}条 本细则由办公室解释。" for number in "一二三四")
    made = decode(
        parsed(tmp_path, f"# 海城分行2028年考核细则\n\n{articles}\n\n第五条 分行2028年净利润目标为6亿元；年底考核得分低于70分的不计奖。\n"),
        DocumentKind.APPRAISAL,
    )
    assert [(one.metric, one.value, one.deadline) for one in measures(made)] == [("分行净利润", 6, "2028-12-31")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Lift the share of members with two or more products from 20% to 35% by 2029.",
            [("share of members with two or more products", ">=", 35)],
        ),
        ("Exit 900 inactive relationships by 2029.", [("inactive relationships", "-", 900)]),
        ("If rates fall by a further 25 basis points, income drops by 4%.", []),
        ("Turnover fell to 11%, the lowest in six years.", []),
    ],
)
def test_english_figures(tmp_path: Path, sentence: str, found: list[tuple[str, str, float]]) -> None:
    made = decode(parsed(tmp_path, f"# Service strategy of Seaton Bank\n\n## Priorities\n\n- {sentence}\n"), DocumentKind.HQ)
    assert [(one.metric, one.operator, one.value) for one in measures(made)] == found


def test_a_unit_is_said_once_for_two_dates(tmp_path: Path) -> None:
    text = "# Service strategy of Seaton Bank\n\n## Priorities\n\n- Cut approval time to six working days by 2028 and to four by 2029.\n"
    found = measures(decode(parsed(tmp_path, text), DocumentKind.HQ))
    assert [(one.value, one.unit, one.deadline[:4]) for one in found] == [(6, "working days", "2028"), (4, "working days", "2029")]


@pytest.mark.parametrize("line", ["（二）控风险，守底线", "（三）抓投放，稳规模"])
def test_a_numbered_line_of_its_own_is_a_heading_in_markdown(tmp_path: Path, line: str) -> None:
    made = decoded(tmp_path, f"## 二、重点工作\n\n{line}\n\n2028年不良率控制在1.1%以内。")
    assert [finding.heading[-1] for finding in of_kind(made, FindingKind.TARGET)] == [line]
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == [line[3:]]


def test_a_motto_is_a_theme_and_no_task(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、活动主题\n\n深挖老客户，做透身边人。")
    assert [finding.kind for finding in made.findings] == [FindingKind.THEME]


def test_what_a_verb_at_the_head_orders_is_no_condition(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、重点工作\n\n更换考核不达标的清分公司，10月底前完成招标。\n\n考核不达标的机构，予以通报。")
    assert len(of_kind(made, FindingKind.TASK)) == 1


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2028年退单率降至4%，2029年3%。", [("退单率", "<=", 4, "2028-12-31"), ("退单率", "<=", 3, "2029-12-31")]),
        ("流失率2028年、2029年都要降到6%。", [("流失率", "<=", 6, "2028-12-31"), ("流失率", "<=", 6, "2029-12-31")]),
        ("以2026年为基数，2028年成本收入比降到33%。", [("成本收入比", "<=", 33, "2028-12-31")]),
        ("2028年单笔审批时长不超过5个工作日。", [("单笔审批时长", "<=", 5, "2028-12-31")]),
        ("2028年90天以上逾期与不良之比保持在85%以内。", [("90天以上逾期与不良之比", "<=", 85, "2028-12-31")]),
        ("2028年500万元以上大额贷款占比再降2个百分点。", [("500万元以上大额贷款占比", "-", 2, "2028-12-31")]),
        ("2028年人均管户控制在300户左右。", [("人均管户", "=", 300, "2028-12-31")]),
        ("2028年新增逾期额不许高过3亿元。", [("新增逾期额", "<=", 3, "2028-12-31")]),
        ("2028年客户投诉为0。", [("客户投诉", "=", 0, "2028-12-31")]),
        ("2028年有效客户到205万户。", [("有效客户", ">=", 2_050_000, "2028-12-31")]),
        ("上收率到2028年6月末78%。", [("上收率", "=", 78, "2028-06-30")]),
        ("2028年跨境客户超6万户。", [("跨境客户", ">=", 60_000, "2028-12-31")]),
        ("2028年不良贷款别超过120万元。", [("不良贷款", "<=", 120, "2028-12-31")]),
        ("2028年入群户数达到商户总数的七成。", [("入群户数", ">=", 70, "2028-12-31")]),
        ("2028年每家机构至少配备专职制裁合规官 2 名。", [("每家机构配备专职制裁合规官", ">=", 2, "2028-12-31")]),
        (
            "2028年存款净增95亿元，其中储蓄62亿元、对公33亿元。",
            [(one, "+", n, "2028-12-31") for one, n in (("存款", 95), ("储蓄", 62), ("对公", 33))],
        ),
        ("2028年自主开发的客户由38家增加到110家。", [("自主开发的客户", ">=", 110, "2028-12-31")]),
        ("2028年管理人员人均参训两次以上。", [("管理人员人均参训", ">=", 2, "2028-12-31")]),
        ("2028年新增绿色客户 150 户。", [("绿色客户", "+", 150, "2028-12-31")]),
        ("2028年放款压缩在7个工作日之内。", [("放款", "<=", 7, "2028-12-31")]),
        ("2028年格式文本现有436份，废止不少于60份。", [("废止", ">=", 60, "2028-12-31")]),
        ("2028年资产总额增长到5,640亿元，超目标640亿元。", [("资产总额", ">=", 5640, "2028-12-31")]),
    ],
)
def test_which_figures_are_aims_and_how_they_bind(tmp_path: Path, sentence: str, found: list[tuple[str, str, float, str]]) -> None:
    assert [(one.metric, one.operator, one.value, one.deadline) for one in measures(decoded(tmp_path, AIMS + sentence))] == found


def test_a_year_before_a_colon_dates_what_stands_under_it(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 2 路线图\n\n### 2.1 2028：建平台\n\n数据规则不少于800条。"))
    assert [one.deadline for one in found] == ["2028-12-31"]


@pytest.mark.parametrize("never", ["must not fall below", "must never drop below", "is to be no lower than"])
def test_what_must_not_fall_below_is_a_floor(tmp_path: Path, never: str) -> None:
    text = f"# Plan for 2028 of Seaton Bank\n\n## Priorities\n\nFirst-contact resolution {never} 78%.\n"
    assert [(one.operator, one.value) for one in measures(decode(parsed(tmp_path, text), DocumentKind.HQ))] == [(">=", 78)]


def test_an_english_half_year(tmp_path: Path) -> None:
    text = "# Plan for 2028 of Seaton Bank\n\n## Priorities\n\n- Bring overdue reviews down from 11% to 4% by the half-year.\n"
    found = measures(decode(parsed(tmp_path, text), DocumentKind.HQ))
    assert [(one.value, one.baseline, one.deadline) for one in found] == [(4, 11, "2028-06-30")]


@pytest.mark.parametrize(
    "said",
    [
        "2028年末涉案账户数不超过20户（基线：52户）。",
        "2028年末涉案账户数不超过20户，目前是52户。",
        "2028年末涉案账户数不超过20户，现为52户。",
        "2028年末涉案账户数不超过20户（2026年：52户）。",
    ],
)
def test_where_a_figure_stands_may_be_said_afterwards(tmp_path: Path, said: str) -> None:
    found = measures(decoded(tmp_path, f"## 二、主要目标\n\n{said}"))
    assert [(one.value, one.baseline, one.deadline) for one in found] == [(20, 52, "2028-12-31")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("同城双活演练每年不少于 2 次，切换时间不超过 10 分钟。", [(2, "次"), (10, "分钟")]),
        ("管理资产余额达到 85 亿元。", [(85, "亿元")]),
        ("KR1 周活客户由212万户提升到240万户。", [(2_400_000, "户")]),
    ],
)
def test_a_space_before_a_unit_parts_nothing(tmp_path: Path, sentence: str, found: list[tuple[float, str]]) -> None:
    made = measures(decoded(tmp_path, f"## 二、主要目标\n\n{sentence}"))
    assert [(one.value, one.unit) for one in made] == found
