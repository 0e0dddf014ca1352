"""A rewrite is concrete, of the same shape, and invents no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.goals.checking.check import problems
from core.goals.goal import Goal, GoalIndicator
from core.goals.rewriting import check
from core.goals.templates import templates
from core.i18n import LANGUAGES, Language
from core.strategy.environment.indicators import seeds
from tests.core.goals.worked import LEVEL, NEW, WORKED, result


def better(goal: Goal) -> Goal:
    """The suggestion, which there is."""
    made = check(goal, seeds(goal.language)).suggestion
    assert made is not None
    return made


def passes(goal: Goal) -> bool:
    return not problems(goal, seeds(goal.language))


def test_an_acceptable_goal_gets_none() -> None:
    assert check(WORKED, seeds("zh")).suggestion is None


def test_a_vague_behaviour_becomes_an_act_of_its_scenario_and_passes() -> None:
    made = better(replace(WORKED, behaviour="提升客户经理高质量拓客能力"))
    assert "名单" in made.behaviour and passes(made) and made.performance == WORKED.performance


def test_a_goal_of_slogans_alone_is_still_about_its_subject() -> None:
    slogans = Goal("", "提升客户经理高质量拓客能力", performance=(GoalIndicator("培训满意度", ">=", 95, "%", source="问卷"),))
    made = better(slogans)
    assert "名单" in made.behaviour and [one.name for one in made.performance] == [one.name for one in WORKED.performance]
    assert all(one.value is None for one in made.performance), "what is to be reached is for people to say"


@pytest.mark.parametrize(
    ("goal", "changed"),
    [
        (result(unit=""), {"unit": "户"}),
        (result(LEVEL, unit=""), {"unit": "%"}),
        (result(LEVEL, operator="+", value=8), {"unit": "个百分点"}),
        (result(source="待定"), {"source": "客户关系管理系统（CRM）"}),
        (result(value=90), {"per_head": 3}),
        (result(LEVEL, name="客户流失率", operator=">=", value=12, baseline=15), {"operator": "<="}),
    ],
)
def test_what_follows_from_the_goal_itself_is_mended_and_passes(goal: Goal, changed: dict[str, object]) -> None:
    made = better(goal)
    assert made == replace(goal, performance=(replace(goal.performance[0], **changed),)) and passes(made)


def test_a_deadline_is_proposed() -> None:
    made = better(replace(WORKED, due_days=None))
    assert made.due_days == 60 and passes(made)


def test_a_pain_point_is_taken_from_the_goals_own_figures_or_left() -> None:
    made = better(replace(result(LEVEL), pain_point="提升综合能力"))
    assert "57%" in made.pain_point and "65%" in made.pain_point and passes(made)
    assert check(replace(WORKED, pain_point="提升综合能力"), seeds("zh")).suggestion is None


def test_reactions_go_on_being_watched_beside_a_result_without_invented_figures() -> None:
    liked = GoalIndicator("学员满意度", ">=", 95, "%", baseline=90, source="培训评估问卷系统")
    made = better(replace(WORKED, performance=(liked,)))
    assert made.process[-1].name == "学员满意度" and made.performance[0].name == "新增有效客户"
    assert all(one.value is None and one.baseline is None for one in made.performance)


@pytest.mark.parametrize(
    ("pain", "named"),
    [
        ("柜面差错率高，凭证要素漏填", {"业务差错率"}),
        ("高峰时段排队等候超过30分钟", {"客户等候时长", "投诉件数"}),
        ("新员工入职半年还不能独立办业务", {"新员工独立上岗天数"}),
        ("网点主任不会带团队，晨会走过场", set()),
        ("员工离职率高，骨干流失", set()),
        ("新卡发了不激活，没人回访", {"有效客户数"}),
        ("手机银行月活低，老年客户不会用", {"手机银行月活"}),
    ],
)
def test_the_results_proposed_are_of_what_hurts_and_none_is_better_than_anothers(pain: str, named: set[str]) -> None:
    made = check(Goal(pain), seeds("zh")).suggestion
    assert {one.name for one in made.performance} == named if made is not None else not named


@pytest.mark.parametrize("goal", [result(LEVEL, value=102), result(LEVEL, baseline=None), result(NEW, value=None)])
def test_what_only_people_know_is_no_rewrite(goal: Goal) -> None:
    assert check(goal, seeds("zh")).suggestion is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_lack_nothing_but_what_only_a_bank_knows(language: Language) -> None:
    made = templates(language)
    assert len(made) >= 8 and made[0].goal.performance[0].value == 60 and passes(made[0].goal)
    for one in made:
        lacking = {problem.rule for problem in problems(one.goal, seeds(language))}
        assert lacking <= {"no_value", "no_baseline"}, (one.code, lacking)
