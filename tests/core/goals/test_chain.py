"""The alignment chain as rules: what leads to what, what is chosen with what, what is broken, what is followed up."""

from __future__ import annotations

import itertools
from dataclasses import replace

from core.goals.chain.chain import (
    ClausePart,
    Column,
    GapPart,
    GoalPart,
    ProjectPart,
    ThemePart,
    build,
    capability_id,
    clause_id,
    gap_id,
    goal_id,
    project_id,
    rest_id,
    theme_id,
)
from core.goals.chain.orphans import Orphan, broken, coverage

GROW, TRAIN, OTHER = ClausePart(1, "零售AUM年均增长15%以上"), ClausePart(2, "建设客户经理队伍"), ClausePart(3, "跨境金融扩面")
RETAIL = ThemePart(1, "零售转型", (GROW, TRAIN), ("需求挖掘", "资产配置"))
CROSS = ThemePart(2, "跨境金融", (OTHER,), ("跨境结算",))
LACKING = GapPart("1-u1", "需求挖掘 · 望海支行", ("需求挖掘与产品匹配", "需求挖掘"), "12 人低于 L3")
LARGE = GapPart("9-p2", "跨境结算 · 产品经理", ("跨境结算",), "8 人低于 L3")
SETTLED = GoalPart("每周做三次需求面谈", settled=True)
FULL = ProjectPart(7, "需求挖掘训练营", 1, (GROW,), ("需求挖掘",), ("1-u1",), SETTLED)
PLAIN = ProjectPart(8, "资产配置轮训", 1, (TRAIN,), ("资产配置",), (), None)


def test_a_project_hangs_on_its_clause_over_theme_ability_and_gap_and_leads_to_its_goal() -> None:
    chain = build([RETAIL], [LACKING], [FULL])
    path = [clause_id(1), theme_id(1), capability_id("需求挖掘"), gap_id("1-u1"), project_id(7), goal_id(7)]
    assert set(itertools.pairwise(path)) <= set(chain.links)
    assert chain.through(goal_id(7)).nodes == set(path), "from the goal back to the clause, and nothing else"
    assert chain.through(clause_id(1)).nodes == set(path), "and from the clause to the goal"


def test_a_project_without_a_gap_hangs_on_the_ability_that_it_trains_or_on_its_theme() -> None:
    chain = build([RETAIL], [], [PLAIN, replace(PLAIN, id=9, competencies=())])
    assert (capability_id("资产配置"), project_id(8)) in chain.links and (theme_id(1), project_id(9)) in chain.links


def test_a_gap_in_what_the_theme_does_not_ask_for_hangs_on_the_theme_itself() -> None:
    chain = build([replace(RETAIL, capabilities=())], [LACKING], [FULL])
    assert (theme_id(1), gap_id("1-u1")) in chain.links


def test_what_is_chosen_never_runs_over_a_shared_theme_into_other_projects() -> None:
    chain = build([RETAIL], [LACKING], [FULL, PLAIN])
    assert project_id(8) not in chain.through(project_id(7)).nodes
    assert {project_id(7), project_id(8)} <= chain.through(theme_id(1)).nodes
    assert chain.through(clause_id(2)).nodes >= {project_id(8)} and project_id(7) not in chain.through(clause_id(2)).nodes


def test_a_gap_that_two_projects_answer_lights_both() -> None:
    twin = replace(FULL, id=9, theme_id=2, clauses=(OTHER,), goal=None)
    chain = build([RETAIL, CROSS], [LACKING], [FULL, twin])
    assert {project_id(7), project_id(9), theme_id(1), theme_id(2)} <= chain.through(gap_id("1-u1")).nodes
    assert theme_id(2) not in chain.through(project_id(7)).nodes


def test_what_nobody_takes_up_stands_in_the_chain_too() -> None:
    chain = build([RETAIL, CROSS], [LACKING, LARGE], [FULL])
    assert (clause_id(3), theme_id(2)) in chain.links, "a theme without a project shows its foremost clause"
    assert (theme_id(1), rest_id(1)) in chain.links, "abilities that nobody trains for stand together"
    assert chain.node(rest_id(1)).name == "资产配置"  # type: ignore[union-attr]
    assert (capability_id("跨境结算"), gap_id("9-p2")) in chain.links
    open_ = {node.id for node in chain.nodes if node.open}
    assert open_ == {theme_id(2), gap_id("9-p2"), rest_id(1)}


def test_a_gap_that_nobody_answers_does_not_join_the_themes_that_ask_for_the_ability() -> None:
    chain = build([CROSS, replace(CROSS, id=3)], [LARGE], [])
    assert theme_id(3) not in chain.through(theme_id(2)).nodes
    assert {theme_id(2), theme_id(3)} <= chain.through(gap_id("9-p2")).nodes


def test_columns_follow_the_order_of_the_themes() -> None:
    late = replace(PLAIN, id=1, theme_id=2, clauses=(OTHER,), competencies=())
    chain = build([RETAIL, CROSS], [], [late, FULL])
    assert [node.subject for node in chain.of(Column.PROJECT)] == [7, 1]
    assert [node.subject for node in chain.of(Column.CLAUSE)] == [1, 3]


def test_no_link_leads_back_or_to_what_is_not_drawn() -> None:
    chain = build([RETAIL, CROSS], [LACKING, LARGE], [FULL, PLAIN, ProjectPart(5, "无主项目")])
    columns = {node.id: list(Column).index(node.column) for node in chain.nodes}
    assert all(columns[start] < columns[end] for start, end in chain.links)
    assert len(columns) == len(chain.nodes)


def test_every_break_of_the_chain_is_named_both_ways() -> None:
    stray, gap_only = ProjectPart(5, "无主项目"), ProjectPart(6, "只有短板", None, gaps=("1-u1",))
    liked = replace(FULL, id=4, goal=GoalPart("满意", settled=False, satisfaction_only=True))
    found = {(one.orphan, one.subject) for one in broken([RETAIL, CROSS], [LACKING, LARGE], [FULL, PLAIN, stray, gap_only, liked])}
    assert found == {
        (Orphan.THEME_WITHOUT_PROJECT, 2),
        (Orphan.GAP_UNANSWERED, None),
        (Orphan.PROJECT_WITHOUT_GAP, 8),
        (Orphan.PROJECT_WITHOUT_GOAL, 8),
        (Orphan.PROJECT_WITHOUT_ORIGIN, 5),
        (Orphan.PROJECT_WITHOUT_GOAL, 5),
        (Orphan.PROJECT_WITHOUT_THEME, 6),
        (Orphan.PROJECT_WITHOUT_GOAL, 6),
        (Orphan.SATISFACTION_ONLY, 4),
        (Orphan.GOAL_NOT_SUBMITTED, 4),
    }


def test_a_theme_is_covered_where_an_ability_has_a_gap_a_project_and_a_submitted_goal() -> None:
    (half, _) = coverage([RETAIL, CROSS], [LACKING], [FULL])
    assert (half.covered, half.share) == (("需求挖掘",), 0.5)
    draft = replace(FULL, goal=replace(SETTLED, settled=False))
    assert coverage([RETAIL], [LACKING], [draft])[0].share == 0
    elsewhere = replace(FULL, theme_id=2)
    assert coverage([RETAIL], [LACKING], [elsewhere])[0].share == 0, "a project of another theme does not count"
    assert coverage([replace(RETAIL, capabilities=())], [], [])[0].share is None
