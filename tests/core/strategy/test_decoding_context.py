"""What decides beside the words of a sentence: labels of headings, the section above, the sentences around, and what a name belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.documents.tables import DocumentKind
from core.strategy.decoding.decode import decode
from core.strategy.findings import FindingKind, Measure, Perspective
from tests.core.strategy.test_decoding import decoded, measures, of_kind, parsed


def figures(found: list[Measure]) -> list[tuple[str, str, float, str]]:
    """Metric, operator, value and unit of each measure."""
    return [(one.metric, one.operator, one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    "heading",
    [
        "战役二：激活县域市场",
        "下半年：控成本、拓中收",
        "E3. 精简授权层级",
        "（三）为外贸企业铺一条快车道",
        "六、底线：守得住、兜得牢",
        "第三句，让数据多跑路",
    ],
)
def test_a_label_before_a_heading_does_not_hide_its_direction(tmp_path: Path, heading: str) -> None:
    made = decoded(tmp_path, f"## {heading}\n\n有关安排另行说明。")
    assert [finding.kind for finding in made.findings] == [FindingKind.THEME]


@pytest.mark.parametrize("heading", ["二、过去两年：稳住了份额", "五、加强组织领导", "三、评估与调整", "某某专题汇报", "四、重点动作"])
def test_a_part_of_a_document_or_a_look_back_is_no_theme(tmp_path: Path, heading: str) -> None:
    assert of_kind(decoded(tmp_path, f"## {heading}\n\n有关安排另行说明。"), FindingKind.THEME) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "经营理念要从“等订单”转到“找订单”。",
        "由看规模为主转为看贡献、看风险。",
        "以结算稳存款、以存款促融资、以融资固关系。",
        "质量是生命，速度是本钱。",
        "信贷管理遵循审慎经营、权责对等的原则。",
    ],
)
def test_a_turn_from_one_way_to_another_is_a_theme(tmp_path: Path, sentence: str) -> None:
    made = decoded(tmp_path, f"## 二、总体思路\n\n{sentence}")
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == [sentence]


def test_a_short_opening_sentence_stands_in_for_a_heading(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、重点工作\n\n一是服务更暖。各网点配备助老设施。\n")
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == ["一是服务更暖。"]


def test_the_line_under_a_page_mark_is_the_pages_title(tmp_path: Path) -> None:
    text = "海城银行公司金融行动方案（2027—2029年）\n\n【P2】\n\n行动二：深挖园区客群\n\n▪ 2028年新增园区客户800户\n"
    made = decode(parsed(tmp_path, text, "text.txt"), DocumentKind.HQ)
    assert [finding.text for finding in of_kind(made, FindingKind.THEME)] == ["行动二：深挖园区客群"]
    assert [one.heading for one in of_kind(made, FindingKind.TARGET)] == [("行动二：深挖园区客群",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "两款信用产品7月1日起授权给县域支行直接审批。",
        "旧版柜面系统11月底停止服务。",
        "三要压层级。",
        "剩下的老账9月底前全部查完。",
    ],
)
def test_a_day_ahead_or_a_number_of_demands_makes_an_order(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 三、重点工作\n\n{sentence}"), FindingKind.TASK)


@pytest.mark.parametrize(
    "sentence",
    [
        "牵头：零售金融部；配合：信息科技部",
        "季度评分低于70分的团队，取消评优资格。",
        "做好基层培训，难的不是课件。",
        "后备柜面主管储备达到40人。",
        "风险管理部按月通报排名。",
        "把退回的申请当作客户的提醒。",
    ],
)
def test_answering_penalties_and_attitudes_order_nothing(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 三、重点工作\n\n{sentence}"), FindingKind.TASK) == []


def test_a_proposal_counts_where_somebody_is_asked(tmp_path: Path) -> None:
    made = decoded(tmp_path, "我建议每个片区挑两家网点当样板。", DocumentKind.INTERVIEW)
    assert of_kind(made, FindingKind.TASK)


@pytest.mark.parametrize(
    "sentence",
    [
        "现状：全行在岗理财经理380名",
        "标杆银行的线上替代率通常在85%以上。",
        "审批环节多达14个。",
        "若利率再降20个基点，净息差约少0.1个百分点。",
    ],
)
def test_what_is_the_case_or_only_supposed_is_no_target(tmp_path: Path, sentence: str) -> None:
    assert measures(decoded(tmp_path, f"## 三、重点工作\n\n{sentence}")) == []


def test_a_part_below_a_review_reports_whatever_it_is_called(tmp_path: Path) -> None:
    text = "## 一、2026年工作回顾\n\n### （二）队伍建设持续加强\n\n全年招聘应届毕业生320人。"
    assert measures(decoded(tmp_path, text)) == []


def test_sentences_around_say_whether_a_bare_figure_reports(tmp_path: Path) -> None:
    reported = "这家支行去年搬进了新址，客户已经翻了一倍。它管着140家商户。员工只有九个人，去年却没有一个人离开。"
    assert measures(decoded(tmp_path, f"## 码头边的支行\n\n{reported}", DocumentKind.BRANCH)) == []


def test_today_and_tomorrow_in_one_sentence_are_baseline_and_target(tmp_path: Path) -> None:
    found = measures(decoded(tmp_path, "## 三、重点工作\n\n抵押登记时长目前是6.5天，2028年底要降到3天以内。"))
    assert [(one.metric, one.operator, one.value, one.baseline) for one in found] == [("抵押登记时长", "<=", 3, 6.5)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2028年住房按揭余额达到210亿元，笔数不少于3万笔。", ("住房按揭笔数", ">=", 30_000, "笔")),
        ("内审人员每年参训不少于60学时，其中面向数据分析的不少于20学时。", ("内审人员每年参训面向数据分析", ">=", 20, "学时")),
        ("票据业务占比由12%提高到2028年末的20%。", ("票据业务占比", ">=", 20, "%")),
        ("2028年末中级以上风险经理占比不低于45%。", ("中级以上风险经理占比", ">=", 45, "%")),
        ("2028年把纸质凭证砍掉四成。", ("纸质凭证", "-", 40, "%")),
        ("理赔差错率不得高于0.2%。", ("理赔差错率", "<=", 0.2, "%")),
        ("新增贷款不良率不突破1.1%。", ("新增贷款不良率", "<=", 1.1, "%")),
        ("2028年实现重大操作风险事件零发生。", ("重大操作风险事件", "=", 0, "")),
    ],
)
def test_a_metric_keeps_what_it_belongs_to(tmp_path: Path, sentence: str, expected: tuple[str, str, float, str]) -> None:
    assert expected in figures(measures(decoded(tmp_path, f"## 二、主要目标\n\n{sentence}")))


def test_months_over_columns_are_dates_and_the_first_column_is_today(tmp_path: Path) -> None:
    table = "| 网点 | 3月排队（分钟） | 9月要求 | 12月要求 |\n| --- | --- | --- | --- |\n| 东门支行 | 26 | 18 | 12 |\n"
    text = f"# 海城分行2028年服务提升计划\n\n2028年4月10日\n\n## 二、目标\n\n{table}"
    found = measures(decode(parsed(tmp_path, text), DocumentKind.BRANCH))
    assert [(one.metric, one.value, one.unit, one.deadline, one.baseline) for one in found] == [
        ("东门支行", 18, "分钟", "2028-09-30", 26),
        ("东门支行", 12, "分钟", "2028-12-31", 26),
    ]


def test_a_service_that_a_regulation_promises_is_a_level(tmp_path: Path) -> None:
    text = "\n\n".join(
        (
            "第一条 为规范柜面服务，制定本规定。",
            "第二条 客户平均等待时间不得超过12分钟。",
            "第三条 单笔取现不得超过20万元。",
            "第四条 本规定由运营部解释。",
        )
    )
    assert figures(measures(decoded(tmp_path, text, DocumentKind.POLICY))) == [("客户平均等待时间", "<=", 12, "分钟")]


@pytest.mark.parametrize(
    "sentence",
    [
        "6月组织专题轮训3期，内容为家族信托、税务筹划和沟通技巧。",
        "当前短板主要在跨境结算产品上。",
        "人人能讲清净值波动。",
        "申报人须持有反洗钱岗位资格证书。",
        "会用量化工具做分析的只有一成，是明显短板。",
    ],
)
def test_a_training_with_a_subject_and_a_weak_field_are_abilities(tmp_path: Path, sentence: str) -> None:
    assert of_kind(decoded(tmp_path, f"## 三、队伍\n\n{sentence}"), FindingKind.CAPABILITY)


@pytest.mark.parametrize(
    ("sentence", "view"),
    [
        ("2028年直销人员一年留存率达到70%。", Perspective.LEARNING),
        ("2028年户均产品数达到4.2个。", Perspective.CUSTOMER),
        ("2028年培训费用不少于3,000万元。", Perspective.FINANCIAL),
        ("2028年每名客户经理每月上门不少于15户。", Perspective.PROCESS),
    ],
)
def test_what_is_counted_gives_the_perspective(tmp_path: Path, sentence: str, view: Perspective) -> None:
    found = of_kind(decoded(tmp_path, f"## 二、主要目标\n\n{sentence}"), FindingKind.TARGET)
    assert [one.perspective for one in found] == [view]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We will open seven advice rooms by the end of 2028.", ("advice rooms", "=", 7, "")),
        (
            "By 2029 loans to farms and small firms should grow by GBP 80 million.",
            ("loans to farms and small firms", "+", 80, "GBP million"),
        ),
    ],
)
def test_english_names_and_small_numbers(tmp_path: Path, sentence: str, expected: tuple[str, str, float, str]) -> None:
    made = decode(parsed(tmp_path, f"# Strategy 2027-2029\n\n## Grow close to home\n\n{sentence}\n"), DocumentKind.HQ)
    assert figures(measures(made)) == [expected]


def test_an_english_threshold_is_no_target(tmp_path: Path) -> None:
    text = "# Strategy 2027-2029\n\n## How we decide\n\nCredit papers over GBP 3 million go to the group committee.\n"
    assert measures(decode(parsed(tmp_path, text), DocumentKind.HQ)) == []


def test_a_column_of_due_dates_holds_no_figure_and_a_base_column_is_the_baseline(tmp_path: Path) -> None:
    due = "| 序号 | 工作任务 | 牵头部门 | 完成时限 |\n| --- | --- | --- | --- |\n| 1 | 开展反洗钱知识全员测试 | 合规部 | 6月底 |\n"
    aims = "| 指标 | 基准值 | 目标值 | 挑战值 |\n| --- | --- | --- | --- |\n| 净推荐值 | 31 | 38 | 42 |\n"
    made = decoded(tmp_path, f"## 三、任务分解\n\n{due}\n\n## 四、指标\n\n{aims}")
    assert [finding.text for finding in of_kind(made, FindingKind.TASK)] == ["1：开展反洗钱知识全员测试"]
    assert [(one.metric, one.value, one.baseline) for one in measures(made)] == [("净推荐值", 38, 31)]


@pytest.mark.parametrize(
    "sentence",
    [
        "推行“1名顾问带5名客户经理”的结对办法。",
        "过程指标纳入月度考核，权重不低于30%。",
        "单项得分最高为权重的1.3倍。",
    ],
)
def test_names_in_quotes_and_weights_are_no_figures_of_aim(tmp_path: Path, sentence: str) -> None:
    assert measures(decoded(tmp_path, f"## 三、重点工作\n\n{sentence}")) == []


def test_a_year_in_brackets_behind_a_scheme_dates_its_aims(tmp_path: Path) -> None:
    made = decode(parsed(tmp_path, "# 海城分行队伍建设专项方案（2029年）\n\n## 二、目标\n\n持证率由22%提升至40%。\n"), DocumentKind.BRANCH)
    assert [one.deadline for one in measures(made)] == ["2029-12-31"]


def test_what_a_list_is_about_orders_nothing(tmp_path: Path) -> None:
    made = decoded(tmp_path, "## 二、目标\n\n人员配置：年末理财经理达到160人。\n\n系统切换以后，开户时长要压到20分钟。\n")
    assert of_kind(made, FindingKind.TASK) == []
