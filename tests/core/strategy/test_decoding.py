"""What the decoder finds and what it leaves: one rule a test, in words that no rule was written for."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import Decoding, Finding, FindingKind, Measure, Perspective
from tests.sample import built


def parsed(folder: Path, text: str, name: str = "text.md") -> ParsedDocument:
    """A text as the parser sees it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return parse(path, name, Progress(100, lambda event: None))


def decoded(folder: Path, text: str, kind: DocumentKind = DocumentKind.HQ) -> Decoding:
    """What the rules make of a text, which stands under the title of a plan for three years."""
    return decode(parsed(folder, f"# 海城银行2027—2029年发展规划\n\n{text}\n"), kind)


def measures(made: Decoding) -> list[Measure]:
    """The measures of the targets found."""
    return [finding.measure for finding in made.findings if finding.measure is not None]


def of_kind(made: Decoding, kind: FindingKind) -> list[Finding]:
    """The findings of one kind."""
    return [finding for finding in made.findings if finding.kind is kind]


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit", "deadline"),
    [
        ("到2029年末，手机银行月活客户达到320万户。", "手机银行月活客户", ">=", 3_200_000, "户", "2029-12-31"),
        ("2028年，柜面业务平均办理时长不超过6分钟。", "柜面业务平均办理时长", "<=", 6, "分钟", "2028-12-31"),
        ("2027年零售存款新增45亿元。", "零售存款", "+", 45, "亿元", "2027-12-31"),
        ("2027年客户流失率下降2.5个百分点。", "客户流失率", "-", 2.5, "个百分点", "2027-12-31"),
        ("2027年6月底前，网点服务评价优良率不低于百分之九十二。", "网点服务评价优良率", ">=", 92, "%", "2027-06-30"),
        ("2028年上半年，内训师认证覆盖率由41%提升到七成。", "内训师认证覆盖率", ">=", 70, "%", "2028-06-30"),
    ],
)
def test_a_figure_to_be_reached_is_a_target(
    tmp_path: Path, sentence: str, metric: str, operator: str, value: float, unit: str, deadline: str
) -> None:
    found = measures(decoded(tmp_path, f"## 一、主要目标\n\n{sentence}"))
    assert [(one.metric, one.operator, one.value, one.unit, one.deadline) for one in found] == [(metric, operator, value, unit, deadline)]


def test_from_a_to_b_gives_the_target_its_baseline(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 一、主要目标\n\n2028年内训师认证覆盖率由41%提升到70%。"))
    assert [(one.value, one.baseline) for one in found] == [(70, 41)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年零售存款同比增长12.6%，余额达到318亿元。",
        "手机银行月活客户已提升至210万户，较年初增加31万户。",
        "截至2026年末，全行共有网点86个。",
    ],
)
def test_an_achieved_result_is_no_target_and_is_kept_aside(tmp_path: Path, sentence: str) -> None:
    made = decoded(tmp_path, f"## 一、2026年工作回顾\n\n{sentence}")
    assert measures(made) == []
    assert made.set_aside and all(one.rule == "achieved" for one in made.set_aside)


def test_listed_aspects_are_no_target(tmp_path: Path) -> None:
    assert measures(decoded(tmp_path, "## 二、重点任务\n\n要从三个方面抓好落实，突出五项原则。")) == []


def test_a_planned_table_gives_a_target_for_each_year_with_the_actual_as_baseline(tmp_path: Path) -> None:
    table = "| 指标 | 2026年实际 | 2027年 | 2028年 |\n| --- | --- | --- | --- |\n| 绿色贷款余额（亿元） | 52 | 68 | 90 |\n"
    found = measures(decoded(tmp_path, f"## 三、分年目标\n\n{table}"))
    assert [(one.metric, one.value, one.unit, one.deadline, one.baseline) for one in found] == [
        ("绿色贷款余额", 68, "亿元", "2027-12-31", 52),
        ("绿色贷款余额", 90, "亿元", "2028-12-31", 52),
    ]


def test_an_order_is_a_task_and_a_heading_of_direction_a_theme(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、打造专业化客户经理队伍\n\n组建跨境金融专家小组，覆盖全部一级支行。")
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == ["打造专业化客户经理队伍"]
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["组建跨境金融专家小组，覆盖全部一级支行。"]


def test_a_demanded_ability_is_a_capability_of_people(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 三、队伍\n\n对公客户经理应当具备产业分析、现金流测算能力。")
    found = of_kind(made, FindingKind.CAPABILITY)
    assert found and found[0].perspective is Perspective.LEARNING
    assert {"产业分析", "现金流测算"} <= set(found[0].competencies)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("能独立做冷链仓单尽调的客户经理只有2人。", ("做冷链仓单尽调",)),
        ("短板很明显：能看懂冷链企业仓单的客户经理，全行不到三十个人。", ("看懂冷链企业仓单",)),
    ],
)
def test_an_ability_is_named_without_those_who_have_it(tmp_path: Path, sentence: str, names: tuple[str, ...]) -> None:
    (found,) = of_kind(decoded(tmp_path, f"## 三、队伍\n\n{sentence}"), FindingKind.CAPABILITY)
    assert found.competencies == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("其他中后台人员254人达标率58%，短板集中在数据分析。", ("数据分析",)),
        ("9月末前完成财富顾问资产配置训练营12期，覆盖1,600名财富顾问。", ("财富顾问资产配置",)),
        ("全面推广自助数据分析，2027年末每家一级分行业务部门至少有10名员工能够独立完成数据提取、指标分析和可视化。", ("自助数据分析",)),
        ("第二十三条 岗位实训由业务部门与支行共同组织，由带教人写明学员能够独立完成的任务。", ()),
        ("要写得清清楚楚，员工必须会写。", ()),
    ],
)
def test_the_start_of_a_sentence_is_no_name_of_an_ability(tmp_path: Path, sentence: str, names: tuple[str, ...]) -> None:
    found = of_kind(decoded(tmp_path, f"# 通知\n\n{sentence}\n"), FindingKind.CAPABILITY)
    assert [one.competencies for one in found] == [names]


def test_what_was_found_is_no_target_and_a_stretch_of_time_in_a_name_is_no_deadline(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 守住底线\n\n今年我们查出的37件操作风险事件，有29件出在流程交接。\n\n把新客户首年流失率从25%降到15%。")
    assert [(one.metric, one.value, one.deadline) for one in measures(made)] == [("新客户首年流失率", 15.0, "")]


def test_what_a_regulation_always_demands_is_no_task_of_the_plan(tmp_path: Path) -> None:
    made = decoded(tmp_path, "第八条 各部门应当建立培训档案，档案保存不少于五年。", DocumentKind.POLICY)
    assert of_kind(made, FindingKind.TASK) == [] and measures(made) == []


def test_every_quote_of_the_sample_branch_is_its_documents_own(tmp_path: Path, shared: Path) -> None:
    checked = 0
    for one in built(shared).files:
        (tmp_path / one.document.path.name).write_bytes(one.content)
    for path in sorted(tmp_path.rglob("*.*")):
        if path.suffix == ".pdf":
            continue
        document = parse(path, path.name, Progress(100, lambda event: None))
        for finding in decode(document, DocumentKind.HQ).findings:
            assert document.text[finding.start : finding.end] == finding.quote
            assert document.page_at(finding.start).number == finding.page
            checked += 1
    assert checked > 200


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit", "deadline"),
    [
        # A level stated beside a comparison with the past is still to come.
        ("2027年收单商户日均存款较年初增加4亿元。", "收单商户日均存款", "+", 4, "亿元", "2027-12-31"),
        ("2027年新增跨境结算客户600户。", "跨境结算客户", "+", 600, "户", "2027-12-31"),
        ("2027年末科技人员增加到450人。", "科技人员", ">=", 450, "人", "2027-12-31"),
        # The verb is not part of the metric, nor is what says how firmly it is meant.
        ("2028年要确保代发客户留存率达到85%。", "代发客户留存率", ">=", 85, "%", "2028-12-31"),
        ("2027年底前组建8个行业专班。", "行业专班", "=", 8, "个", "2027-12-31"),
        # A period in a name is part of the name; one that depends on an event is the deadline as written.
        ("2028年预警信号5个工作日内核查率不低于90%。", "预警信号5个工作日内核查率", ">=", 90, "%", "2028-12-31"),
        ("派单后10天内首次触达率达到九成。", "首次触达率", ">=", 90, "%", "派单后10天内"),
        ("贷款审批时间由7天压缩到3天以内。", "贷款审批时间", "<=", 3, "天", ""),
        ("规划期内净增首贷户2万户。", "首贷户", "+", 20_000, "户", "2029-12-31"),
    ],
)
def test_wording_of_bank_documents(
    tmp_path: Path, sentence: str, metric: str, operator: str, value: float, unit: str, deadline: str
) -> None:
    found = measures(decoded(tmp_path, f"## 三、重点任务\n\n{sentence}"))
    assert [(one.metric, one.operator, one.value, one.unit, one.deadline) for one in found] == [(metric, operator, value, unit, deadline)]


@pytest.mark.parametrize(
    "sentence",
    [
        "县域网点9个，县域客户经理38人。",
        "屡查屡犯类问题占比为22%，高于对标银行3个百分点。",
        "部分支行客户经理人均管户880户，只有四成持证。",
    ],
)
def test_a_figure_among_the_problems_is_no_target(tmp_path: Path, sentence: str) -> None:
    assert measures(decoded(tmp_path, f"## 二、主要问题\n\n{sentence}", DocumentKind.BRANCH)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "年度考核得分低于70分的，予以诫勉谈话。",
        "“春茶贷”最高额度50万元，年利率3.85%，随借随还。",
        "单户500万元以上的新增授信，一律双人实地核查。",
        "训练营分四期，每期脱产三周。",
        "支行每周召开一次例会。",
    ],
)
def test_a_condition_a_price_or_an_arrangement_is_no_target(tmp_path: Path, sentence: str) -> None:
    assert measures(decoded(tmp_path, f"## 三、重点任务\n\n{sentence}")) == []


def test_a_slides_first_line_dates_what_stands_below(tmp_path: Path) -> None:
    slides = "网点转型推进材料\n第1页 目标 2028年底\n管理资产站上400亿元\n流失率降到8%以内\n第2页 打法\n以厅堂为主线重塑服务\n"
    made = decode(parsed(tmp_path, slides, "slides.txt"), DocumentKind.HQ)
    assert [(one.metric, one.operator, one.value, one.deadline) for one in measures(made)] == [
        ("管理资产", ">=", 400, "2028-12-31"),
        ("流失率", "<=", 8, "2028-12-31"),
    ]
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == ["以厅堂为主线重塑服务"]


def test_a_unit_column_names_the_unit_and_a_stretch_value_is_none(tmp_path: Path) -> None:
    table = "| 类别 | 指标名称 | 单位 | 2026年完成 | 2027年目标 | 挑战值 | 权重 |\n|---|---|---|---|---|---|---|\n"
    table += "| 客户 | 手机银行月活客户 | 万户 | 21.4 | 26 | 28 | 8% |\n| 风险 | 不良贷款率 | % | 1.36 | ≤1.30 | 1.20 | 10% |\n"
    found = measures(decoded(tmp_path, f"## 三、考核指标\n\n{table}"))
    assert [(one.metric, one.operator, one.value, one.unit, one.baseline) for one in found] == [
        ("手机银行月活客户", "=", 260_000, "户", 214_000),
        ("不良贷款率", "<=", 1.3, "%", 1.36),
    ]


def test_a_second_header_row_and_groups_of_columns(tmp_path: Path) -> None:
    table = "| 支行 | 零售AUM（亿元） | 零售AUM（亿元） | 有贷户（户） | 有贷户（户） |\n|---|---|---|---|---|\n"
    table += "| | 2026年末 | 2027年计划 | 2026年末 | 2027年计划 |\n| 城关支行 | 42.3 | 48.0 | 620 | 780 |\n"
    found = measures(decoded(tmp_path, f"## 三、任务分解\n\n{table}"))
    assert [(one.metric, one.value, one.unit, one.deadline, one.baseline) for one in found] == [
        ("城关支行零售AUM", 48, "亿元", "2027-12-31", 42.3),
        ("城关支行有贷户", 780, "户", "2027-12-31", 620),
    ]


def test_a_cell_may_say_how_it_binds(tmp_path: Path) -> None:
    table = "| 指标 | 2026年实际 | 2027年目标 |\n|---|---|---|\n| 客户净推荐值（分） | 33 | 提升6分 |\n"
    table += "| 逾期贷款率（%） | 1.94 | 下降0.3个百分点 |\n"
    found = measures(decoded(tmp_path, f"## 三、指标\n\n{table}"))
    assert [(one.operator, one.value, one.unit) for one in found] == [("+", 6, "分"), ("-", 0.3, "个百分点")]


def test_a_table_of_measures_holds_tasks(tmp_path: Path) -> None:
    table = "| 行动 | 责任部门 | 完成时间 |\n|---|---|---|\n| 建立核心企业上下游名单 | 公司部 | 2027年5月 |\n"
    assert [finding.text for finding in of_kind(decoded(tmp_path, f"## 四、行动\n\n{table}"), FindingKind.TASK)] == [
        "建立核心企业上下游名单"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "公司条线要与零售条线一起拜访客户，同访、同签、同考。",
        "驻村联络员重新配齐。",
        "二是扎实做好制造业小微客户首贷培植。",
        "由风险管理部抽调审批人担任带教老师。",
        "围绕新材料、海工装备组建行业专班。",
    ],
)
def test_orders_come_in_many_shapes(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 三、重点任务\n\n{sentence}"), FindingKind.TASK)


@pytest.mark.parametrize(
    "sentence",
    ["考核结果与绩效工资直接挂钩。", "拨备覆盖率不低于220%。", "严禁以贷转存。", "本方案适用于19家支行。", "三年安排专项费用1.6亿元。"],
)
def test_what_orders_nothing_is_no_task(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 三、重点任务\n\n{sentence}"), FindingKind.TASK) == []


def test_a_regulation_orders_only_what_is_due_once(tmp_path: Path) -> None:
    articles = "第一条 为规范管理，制定本办法。\n\n第二条 各支行每季度应当召开一次例会。\n\n第三条 客户经理应当熟练掌握资产配置方法。\n\n"
    articles += "第四条 各支行应于2027年9月30日前完成首轮认证。\n\n第五条 客户经理每年参加培训不少于80学时。"
    made = decode(parsed(tmp_path, f"客户经理管理办法\n\n{articles}\n", "rules.txt"), DocumentKind.POLICY)
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["第四条 各支行应于2027年9月30日前完成首轮认证。"]
    assert [(one.metric, one.value) for one in measures(made)] == [("客户经理每年参加培训", 80)]
    assert [finding.text[:3] for finding in of_kind(made, FindingKind.CAPABILITY)] == ["第三条"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("新人最缺的是会看报表、会聊产业。", {"看报表", "聊产业"}),
        ("信贷员要看得懂茶青、估得准产量。", {"看懂茶青", "估准产量"}),
        ("支行行长应当掌握经营诊断和团队辅导。", {"经营诊断", "团队辅导"}),
    ],
)
def test_abilities_as_people_say_them(tmp_path: Path, sentence: str, names: set[str]) -> None:
    found = of_kind(decoded(tmp_path, f"## 三、队伍\n\n{sentence}"), FindingKind.CAPABILITY)
    assert found and names <= set(found[0].competencies)


@pytest.mark.parametrize(
    "heading", ["三、资源保障", "二、主要问题", "一、2026年工作回顾", "四、能力要求", "表1 考核指标", "五、几件要干的事", "（一）产品货架"]
)
def test_names_of_parts_are_no_themes(tmp_path: Path, heading: str) -> None:
    assert of_kind(decoded(tmp_path, f"## {heading}\n\n正文。"), FindingKind.THEME) == []


@pytest.mark.parametrize(
    "heading",
    ["二、把年轻客户找回来", "三、由规模扩张转向质量取胜", "（三）训战结合", "第三章 零售转型", "四、蹚出公私联动新路子"],
)
def test_headings_that_say_what_is_to_become_are_themes(tmp_path: Path, heading: str) -> None:
    assert of_kind(decoded(tmp_path, f"## {heading}\n\n正文。"), FindingKind.THEME)


@pytest.mark.parametrize(
    ("sentence", "metric", "operator", "value", "unit", "deadline", "baseline"),
    [
        (
            "We will raise the share of digital sales from 27% to 40% by the end of 2029.",
            "share of digital sales",
            ">=",
            40,
            "%",
            "2029-12-31",
            27,
        ),
        ("Lending will increase by RMB 1.2 trillion, up from RMB 0.5 trillion.", "lending", "+", 1.2, "RMB trillion", "2028-12-31", None),
        ("Keep the loan loss ratio at no more than 1.4%.", "loan loss ratio", "<=", 1.4, "%", "2028-12-31", None),
        ("We plan to open 14 advice hubs within two years.", "advice hubs", "=", 14, "", "within two years", None),
        ("At least 90% of advisers should be certified by 30 September 2028.", "advisers certified", ">=", 90, "%", "2028-09-30", None),
    ],
)
def test_targets_in_english(
    tmp_path: Path, sentence: str, metric: str, operator: str, value: float, unit: str, deadline: str, baseline: float | None
) -> None:
    made = decode(parsed(tmp_path, f"# Service plan 2028\n\n## Grow the bank\n\n{sentence}\n"), DocumentKind.HQ)
    found = [(one.metric, one.operator, one.value, one.unit, one.deadline) for one in measures(made)]
    assert found == [(metric, operator, value, unit, deadline)]
    assert baseline is None or measures(made)[0].baseline == baseline
