"""Which ideas the material speaks for, how urgent, of which kind, and why."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from core.i18n import Message
from core.strategy.findings import FindingKind
from core.strategy.ideas.judging import judge
from core.strategy.ideas.material import Demand, PostGiven, ThemeGiven
from core.strategy.ideas.proposing import belongings, propose
from core.strategy.ideas.terms import Match, ProjectKind, Source, Urgency
from core.strategy.ideas.wording import name_of, purpose_of

TASK, TARGET, THEME, CAPABILITY = FindingKind.TASK, FindingKind.TARGET, FindingKind.THEME, FindingKind.CAPABILITY
RETAIL = ThemeGiven(
    1,
    "零售转型",
    60,
    (
        Demand(10, THEME, "以零售转型为主体"),
        Demand(11, TASK, "零售客户经理对财富客户分层经营"),
        Demand(12, TARGET, "零售AUM年均增长15%以上", metric="零售AUM", deadline="2028-12-31"),
        Demand(13, CAPABILITY, "零售客户经理：需求挖掘、资产配置", ("需求挖掘", "资产配置")),
    ),
)
OPERATIONS = ThemeGiven(2, "运营集约", 30, (Demand(20, TASK, "厅堂经理做好识别与引导，新设智能柜台"),))
MANAGER = PostGiven(1, "零售金融", "零售客户经理", 120, 0.4, 80.0)
LOBBY = PostGiven(2, "运营管理", "厅堂经理", 60, 0.1, 30.0)


def texts(why: tuple[Message, ...]) -> str:
    return "\n".join(str(one) for one in why)


def test_a_post_belongs_where_its_words_do_and_that_is_only_a_suggestion() -> None:
    found = belongings([RETAIL, OPERATIONS], [MANAGER, LOBBY])
    assert [(one.post_id, one.theme_id, one.match) for one in found] == [(1, 1, Match.LIKENESS), (2, 2, Match.LIKENESS)]
    assert all(one.likeness for one in found)


def test_what_posts_of_two_lines_have_in_common_places_neither() -> None:
    corporate = replace(MANAGER, id=3, line="公司金融", post="对公客户经理")
    chain = ThemeGiven(3, "让对公懂产业", 0, (Demand(31, TASK, "培养120名能做产业尽调的客户经理"),))
    found = belongings([chain], [MANAGER, corporate])
    assert [(one.post_id, one.theme_id) for one in found] == [(3, 3)]


def test_a_thousand_posts_are_looked_through_while_one_waits() -> None:
    many = [replace(MANAGER, id=100 + n, line=f"零售{n % 50}部", post=f"零售客户经理{n}") for n in range(1_000)]
    started = time.process_time()
    found = belongings([RETAIL, OPERATIONS], [LOBBY, *many])
    assert [one.theme_id for one in found if one.post_id == LOBBY.id] == [2] and time.process_time() - started < 5


def test_what_people_said_decides_and_likeness_keeps_quiet() -> None:
    found = belongings([RETAIL, OPERATIONS], [replace(MANAGER, theme_ids=(2, 99))])
    assert [(one.theme_id, one.match, one.likeness) for one in found] == [(2, Match.ASSIGNED, None)]


def test_the_most_urgent_idea_comes_first_and_the_same_material_gives_the_same_ideas() -> None:
    ideas = propose([OPERATIONS, RETAIL], [LOBBY, MANAGER], 2027)
    assert [one.post.post for one in ideas] == ["零售客户经理", "厅堂经理"]
    assert ideas == propose([OPERATIONS, RETAIL], [LOBBY, MANAGER], 2027)


def test_competencies_come_from_capabilities_then_from_tasks_else_there_are_none() -> None:
    (one,) = propose([RETAIL], [MANAGER], 2027)
    assert (one.competencies, one.source) == (("需求挖掘", "资产配置"), Source.CAPABILITY)
    of_tasks = replace(RETAIL, demands=(Demand(11, TASK, "零售客户经理分层经营", ("客户分层",)),))
    (one,) = propose([of_tasks], [MANAGER], 2027)
    assert (one.competencies, one.source) == (("客户分层",), Source.TASK)
    (one,) = propose([OPERATIONS], [LOBBY], 2027)
    assert (one.competencies, one.source) == ((), Source.NONE)
    assert "能够承担这项任务" in purpose_of(one, "zh")


def test_what_was_said_of_another_post_is_not_taken_for_this_one() -> None:
    corporate = Demand(14, CAPABILITY, "对公客户经理：跨境综合方案", ("跨境综合方案",))
    elsewhere = Demand(30, CAPABILITY, "零售客户经理不会讲复杂产品", ("复杂产品解释",))
    theme = replace(RETAIL, demands=(*RETAIL.demands, corporate))
    (one,) = propose(
        [theme], [MANAGER], 2027, [elsewhere], neighbours=[replace(MANAGER, post=post) for post in ("对公客户经理", "客户经理")]
    )
    assert one.competencies == ("需求挖掘", "资产配置", "复杂产品解释")


def test_a_purpose_rests_on_what_is_to_be_done_not_on_how_much_and_shows_what_is_due_beside_it() -> None:
    (one,) = propose([RETAIL], [MANAGER], 2027)
    assert [clause.id for clause in one.clauses][:2] == [11, 12]
    assert purpose_of(one, "zh") == "落实“零售客户经理对财富客户分层经营”：让零售客户经理具备需求挖掘、资产配置，支撑“零售转型”。"
    assert name_of(one, "zh") == "零售客户经理 · 零售转型"
    assert "需求挖掘, 资产配置" in purpose_of(one, "en")


def test_a_theme_that_is_its_own_clause_is_named_once() -> None:
    (one,) = propose([ThemeGiven(1, "以零售转型为主体", 0, RETAIL.demands[:1])], [MANAGER], 2027)
    assert purpose_of(one, "zh") == "落实“以零售转型为主体”：让零售客户经理能够承担这项任务。"


def test_a_clause_that_the_branch_has_made_its_own_is_told_in_the_branchs_words() -> None:
    own = replace(RETAIL.demands[2], local="望海、云岭两县的财富客户先做分层")
    (one,) = propose([replace(RETAIL, demands=(*RETAIL.demands[:2], own, RETAIL.demands[3]))], [MANAGER], 2027)
    assert "在本行就是“望海、云岭两县的财富客户先做分层”" in purpose_of(one, "zh")


@pytest.mark.parametrize(
    ("deadline", "value", "when"),
    [("2027-06-30", "1", "上半年"), ("2027-12-31", "0.75", "计划年内"), ("2028-03-31", "0.5", "次年"), ("2030-01-01", "0.25", "次年之后")],
)
def test_the_nearest_deadline_of_the_plan_counts(deadline: str, value: str, when: str) -> None:
    theme = replace(RETAIL, demands=(Demand(12, TARGET, "x", metric="零售AUM", deadline=deadline),))
    judged = judge(theme, replace(MANAGER, score=None), (), 0, 2027)
    assert judged.score == 100 * float(value)
    assert f"40 × {value}" in texts(judged.urgency_why) and when in texts(judged.urgency_why)
    assert judged.rests_on == (12,)


def test_a_deadline_that_has_passed_or_hangs_on_another_event_is_none() -> None:
    demands = (Demand(12, TARGET, "x", deadline="2026-12-31"), Demand(13, TARGET, "y", deadline="训后2个月内"))
    judged = judge(replace(RETAIL, demands=demands), replace(MANAGER, score=None), (), 0, 2027)
    assert judged.score is None and judged.urgency is Urgency.MEDIUM
    assert "三项都未知" in texts(judged.urgency_why)


def test_what_hq_sets_is_due_before_what_the_branch_said_of_itself() -> None:
    said = Demand(12, TARGET, "x", metric="访谈里的", deadline="2027-03-31", hq=False)
    demands = (said, Demand(13, TARGET, "y", metric="总行的", deadline="2028-12-31"))
    assert judge(replace(RETAIL, demands=demands), MANAGER, (), 0, 2027).rests_on == (13,)
    assert judge(replace(RETAIL, demands=(said,)), MANAGER, (), 0, 2027).rests_on == (12,)


def test_urgency_can_be_checked_by_hand_and_the_unknown_is_not_zero() -> None:
    # 40 × 0.5 (next year) + 20 × 60/60 + 40 × 80/100 = 72
    judged = judge(RETAIL, MANAGER, (), 60, 2027)
    assert (judged.score, judged.urgency) == (72.0, Urgency.HIGH)
    # Without weights: (20 + 32) of 80
    assert judge(RETAIL, MANAGER, (), 0, 2027).score == 65.0
    assert judge(OPERATIONS, LOBBY, (), 60, 2027).urgency is Urgency.LOW


def test_what_is_lacking_now_makes_a_project_problem_driven_and_the_reasons_are_told() -> None:
    lacking = Demand(13, CAPABILITY, "零售客户经理不会讲复杂产品", ("复杂产品解释",))
    judged = judge(RETAIL, MANAGER, (lacking,), 0, 2027)
    assert judged.kind is ProjectKind.PROBLEM_DRIVEN
    assert "“不会”" in texts(judged.kind_why) and "岗位短板 40%" in texts(judged.kind_why)
    assert 13 in judged.rests_on
    judged = judge(OPERATIONS, LOBBY, (), 0, 2027)
    assert judged.kind is ProjectKind.PRE_EMPTIVE and "“新设”" in texts(judged.kind_why)


def test_without_material_there_are_no_ideas() -> None:
    assert propose([], [MANAGER], 2027) == [] and propose([RETAIL], [], 2027) == []
    (one,) = propose([ThemeGiven(1, "空", 0, ())], [replace(MANAGER, theme_ids=(1,))], 2027)
    assert one.clauses == () and purpose_of(one, "zh") == ""
