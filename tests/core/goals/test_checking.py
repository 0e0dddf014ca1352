"""When a goal can be checked on the day it is due, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from core.goals.checking.check import RULES
from core.goals.goal import Goal, GoalIndicator
from core.goals.rewriting import check
from core.i18n import LANGUAGES
from core.strategy.environment.indicators import seeds
from tests.core.goals.worked import L2, L4, LEVEL, NEW, SHARE, WORKED, found, result
from tests.texts import HAN


def test_the_worked_example_is_acceptable_and_so_are_other_numbers() -> None:
    assert check(WORKED, seeds("zh")).acceptable
    other = replace(WORKED, performance=(replace(NEW, value=105, per_head=3.5), replace(SHARE, value=12.5)), due_days=75)
    assert check(other, seeds("zh")).acceptable


def test_the_worked_example_is_acceptable_in_english() -> None:
    english = Goal(
        "Client lists in county branches are hardly used; account managers do not know how to open the talk",
        "Visit the clients on the list one by one, use the three-part script and enter the talk in the CRM the same day",
        (
            GoalIndicator("Script test pass rate", "=", 100, "%", source="Assessment system", level=L2),
            GoalIndicator("Visit coverage", ">=", 80, "%", source="CRM"),
        ),
        (
            GoalIndicator("New active customers", ">=", 60, "customers", per_head=2, source="CRM", level=L4),
            GoalIndicator("Share of new customers with credit", ">=", 30, "%", source="Credit system", level=L4),
        ),
        30,
        60,
        "en",
    )
    assert found(english) == set()


@pytest.mark.parametrize(
    "text", ["", "  ", "待定", "提升客户经理综合能力", "加强学习", "新任支行长研修班（第二期）", "To build a culture of learning"]
)
def test_an_aim_or_a_course_is_no_pain_point(text: str) -> None:
    assert found(replace(WORKED, pain_point=text)) == {("no_pain_point", "pain_point")}


@pytest.mark.parametrize("text", ["队伍素质有待提高", "市场竞争激烈", "服务意识不强、专业能力不足", "Skills need to be improved"])
def test_what_is_true_of_any_bank_is_a_vague_pain_point(text: str) -> None:
    assert found(replace(WORKED, pain_point=text)) == {("vague_pain_point", "pain_point")}


@pytest.mark.parametrize(
    "text", ["新卡发了不激活", "480户里只有61户有人联系过", "当前竞争激烈，代发工资到账次日就转走", "提升服务，客户仍等26分钟"]
)
def test_a_trouble_that_can_be_seen_is_a_pain_point(text: str) -> None:
    assert not {one for one in found(replace(WORKED, pain_point=text)) if one[1] == "pain_point"}


@pytest.mark.parametrize(
    "text",
    [
        "提升客户经理高质量拓客能力",
        "增强服务意识，掌握产品知识",
        "进一步加强客户走访",
        "以客户为中心，构建专业敏捷的服务体系，形成能力闭环",
        "提升对公客户经理上门拜访、需求挖掘和方案设计的综合能力",
        "Improve the ability to call customers and visit prospects",
    ],
)
def test_an_ability_to_be_raised_is_no_behaviour_however_long(text: str) -> None:
    assert ("vague_behaviour", "behaviour") in found(replace(WORKED, behaviour=text))


@pytest.mark.parametrize(
    "text",
    [
        "按名单逐户上门，用三段话术问出用款时间",
        "为提升拓客能力，每次面谈后当天录入CRM",
        "第7天打电话，帮客户绑手机支付",
        "Call each customer on the list",
    ],
)
def test_an_act_is_a_behaviour_also_beside_an_ability(text: str) -> None:
    assert not {one for one in found(replace(WORKED, behaviour=text)) if one[1] == "behaviour"}


def test_without_a_behaviour_nothing_is_done() -> None:
    assert found(replace(WORKED, behaviour="")) == {("no_behaviour", "behaviour")}


def test_a_result_must_be_there_and_measure_something() -> None:
    assert found(replace(WORKED, performance=())) == {("no_metric", "performance")}
    for name in ("", "效果", "能力提升", "整体水平", "Overall effectiveness"):
        assert ("no_metric", "performance[0].name") in found(result(name=name)), name
    assert ("no_metric", "performance[0].name") in found(result(LEVEL, name="业绩", value=20, baseline=10))
    assert not {one for one in found(result(LEVEL, name="风险报告质量", unit="分")) if one[0] == "no_metric"}


def test_a_result_needs_value_unit_deadline_and_source() -> None:
    assert found(result(value=None)) == {("no_value", "performance[0].value")}
    assert found(result(unit="")) == {("no_unit", "performance[0].unit")}
    assert found(result(LEVEL, name="中收（万元）", unit="")) == set()
    assert found(replace(WORKED, due_days=None)) == found(replace(WORKED, due_days=0)) == {("no_deadline", "due_days")}
    for source in ("", "相关部门", "待定", "领导评价", "自己估计", "to be decided", "line managers"):
        assert found(result(source=source)) == {("no_data_source", "performance[0].source")}, source
    for source in ("CRM", "运营管理部月报", "话务平台", "GitLab", "SWIFT case manager"):
        assert found(result(source=source)) == set(), source
    assert ("no_data_source", "process[1].source") in found(
        replace(WORKED, process=(WORKED.process[0], replace(WORKED.process[1], source="待定")))
    )


def test_a_level_needs_its_baseline_but_not_what_starts_at_zero() -> None:
    assert found(result(LEVEL, baseline=None)) == {("no_baseline", "performance[0].baseline")}
    assert found(result(LEVEL, name="小微贷款余额", unit="亿元", operator="+", value=5, baseline=None)) == {
        ("no_baseline", "performance[0].baseline")
    }
    for name, unit in (("新拓商户", "户"), ("完成自助取数", "次"), ("处置不良贷款", "笔"), ("话术通关率", "%"), ("新增授信客户占比", "%")):
        assert found(result(name=name, unit=unit, value=60, per_head=None)) - {("unrelated", "performance")} == set(), name


def test_reactions_alone_are_no_result_but_customers_satisfaction_is() -> None:
    liked = GoalIndicator("学员满意度", ">=", 95, "%", baseline=90, source="培训评估问卷系统")
    attended = GoalIndicator("出勤率", ">=", 98, "%", source="签到系统")
    assert ("satisfaction_only", "performance") in found(replace(WORKED, performance=(liked, attended)))
    assert found(replace(WORKED, performance=(liked, NEW))) == set()
    assert found(result(LEVEL, name="客户满意度", value=92, baseline=85)) == set()


def test_per_cent_and_percentage_points_are_two_things() -> None:
    assert found(result(LEVEL, operator="+", value=8)) == {("percent_or_points", "performance[0].unit")}
    assert found(result(LEVEL, operator="+", value=8, unit="个百分点")) == set()
    assert found(result(LEVEL, unit="个百分点")) == {("percent_or_points", "performance[0].unit")}
    assert found(result(LEVEL, name="小微贷款余额", operator="+", value=10)) == set()
    assert found(result(LEVEL, name="柜面办理效率", operator="+", value=20)) - {("unrelated", "performance")} == set()


def test_per_head_times_heads_is_the_value() -> None:
    assert found(result(value=100)) == {("arithmetic", "performance[0].per_head")}
    assert found(result(value=61)) == set()
    assert found(replace(result(value=20, per_head=1.7), headcount=12)) == set()
    assert found(result(SHARE, per_head=2)) == set()
    assert found(replace(result(value=100), headcount=None)) == set()


def test_a_name_with_per_head_in_it_hides_no_contradiction() -> None:
    named = result(name="新增人均有效户", value=100)
    assert ("arithmetic", "performance[0].per_head") in found(named)
    each, total = named.performance[0].per_head, 60
    assert each is not None and named.headcount is not None
    for value in (each, each * named.headcount, total):
        assert not {rule for rule, _ in found(result(name="新增人均有效户", value=value))} & {"arithmetic"}


def test_figures_that_cannot_be() -> None:
    at = ("out_of_range", "performance[0].value")
    assert found(result(LEVEL, value=102)) == {at}
    assert found(result(LEVEL, name="存款计划完成率", value=112)) == set()
    assert found(result(value=-5, per_head=None)) == {at}
    assert found(result(LEVEL, name="客户净推荐值", value=130, baseline=20, unit="分")) == {at}
    assert found(result(LEVEL, name="客户满意度（满分10分）", value=11, baseline=7, unit="分")) == {at}
    assert found(result(value=240000, per_head=8000)) == {at}
    assert found(result(LEVEL, operator="+", value=50, unit="个百分点")) == {at}
    watched = GoalIndicator("拜访次数", ">=", 1e18, "次", source="CRM")
    assert found(replace(WORKED, process=(watched,))) == {("out_of_range", "process[0].value")}
    assert found(replace(WORKED, process=(replace(watched, value=300),))) == set()
    assert found(replace(result(LEVEL, name="存款余额", value=3e7, baseline=2e7, unit="亿元"), headcount=None)) == {at}
    assert found(replace(result(LEVEL, name="存款余额", value=3e3, baseline=2e3, unit="亿元"), headcount=None)) == set()
    assert found(replace(WORKED, due_days=800)) == {("out_of_range", "due_days")}
    assert found(replace(WORKED, headcount=0)) == {("out_of_range", "headcount")}


def test_behaviour_and_results_belong_together() -> None:
    guard = replace(
        WORKED,
        pain_point="反洗钱客户身份资料过期，监管抽查四成缺职业信息",
        behaviour="来办业务的客户先查证件到期日，当面问清职业并录入",
        process=(),
    )
    assert found(replace(guard, performance=(replace(NEW, name="新增信用卡发卡", unit="张"),))) == {("unrelated", "performance")}
    assert (
        found(replace(guard, performance=(replace(NEW, name="更新过期证件客户"),))) - {("no_baseline", "performance[0].baseline")} == set()
    )


@pytest.mark.parametrize(
    ("pain", "behaviour", "name"),
    [
        ("可疑交易报告被退回补充的占28%", "每份可疑交易报告写明资金去向，与客户经理核实后再提交", "新增信用卡发卡量"),
        ("机房每月误停机2次", "换设备前先在测试环境演练一遍，请客户经理确认时间窗", "代发工资户数"),
    ],
)
def test_the_name_of_a_post_is_no_subject(pain: str, behaviour: str, name: str) -> None:
    """With whom something is done does not say what it is about: whoever asks a 客户经理 does not win customers by that."""
    goal = replace(WORKED, pain_point=pain, behaviour=behaviour, process=(), performance=(replace(NEW, name=name, unit="张"),))
    assert ("unrelated", "performance") in found(goal)


def test_a_target_is_better_than_today_in_the_right_direction() -> None:
    at = ("target_below_baseline", "performance[0].value")
    assert found(result(LEVEL, value=57)) == found(result(LEVEL, value=50)) == {at}
    assert found(result(LEVEL, name="客户流失率", operator=">=", value=20, baseline=15)) == {at}
    assert found(result(LEVEL, name="客户流失率", operator="<=", value=12, baseline=15)) == set()
    assert found(result(LEVEL, name="客户投诉一次解决率", value=90, baseline=80)) == set()
    assert found(result(LEVEL, name="流失信号客户7日内联系率", value=85, baseline=40)) == set()
    assert found(result(LEVEL, name="授信审批时长", operator="<=", value=6, baseline=5, unit="天")) == {at}


def test_a_change_that_is_none_is_no_target() -> None:
    assert found(result(LEVEL, operator="+", value=0, unit="个百分点")) == {("target_below_baseline", "performance[0].value")}


def test_huge_texts_are_judged_in_time() -> None:
    begun = process_time()
    found(replace(WORKED, pain_point="能够" * 50_000, behaviour="提升" * 50_000, performance=(replace(NEW, name="逾期数量" * 20_000),)))
    assert process_time() - begun < 5


def test_every_problem_says_what_to_do_in_both_languages() -> None:
    nothing = Goal(process=(GoalIndicator(),), performance=(GoalIndicator("能力提升", value=3),), headcount=-1)
    problems = check(nothing, seeds("zh")).problems
    assert {one.rule for one in problems} <= set(RULES) and len(problems) >= 8
    for language in LANGUAGES:
        assert all(one.message.render(language).strip() for one in problems)
    assert not any(HAN.search(one.message.render("en").replace("能力提升", "")) for one in problems)


def test_gravest_problems_come_first() -> None:
    bad = replace(result(unit=""), behaviour="提升能力", due_days=None)
    assert [one.rule for one in check(bad, seeds("zh")).problems] == ["vague_behaviour", "no_unit", "no_deadline"]
