"""The page of the alignment chain: one chain followed both ways, what is broken, what a reader does not see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.access.actor import Actor
from core.documents.tables import DocumentKind
from core.goals import service as goals
from core.goals.chain import service as chains
from core.goals.chain.chain import Column, clause_id, gap_id, goal_id, project_id, theme_id
from core.goals.chain.orphans import Orphan
from core.goals.chain.service import Alignment
from core.instance import Instance
from core.strategy.findings import FindingKind
from core.strategy.themes import service as themes
from tests.core.goals.gap_world import FAR, NEAR, Branch, build, in_charge, make, offered, wanted
from tests.core.strategy.ideas_world import close
from tests.core.strategy.world import GROWTH
from tests.core.strategy.world import accept as accept_finding
from tests.library import SECRET, shelve
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, words

PAGE = "goals/chain.py"


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Branch:
    made = build(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.fixture
def project(house: Instance, leader: Actor, branch: Branch) -> int:
    """A project that answers the gap of one unit, with a goal that was submitted."""
    key = branch.of_unit("资产配置")
    one = wanted(offered(house, leader, branch, key), key)
    filled = [replace(line, indicator=replace(line.indicator, value=90, baseline=line.indicator.baseline or 40)) for line in one.goal.lines]
    (made,) = make(house, leader, branch, replace(one, goal=replace(one.goal, lines=tuple(filled), due_days=90)))
    with house.database.writing() as db:
        goals.submit(db, leader, made, goals.find(db, leader, made).version)
    return made


def found(house: Instance, actor: Actor, branch: Branch) -> Alignment:
    with house.database.reading() as db:
        return chains.alignment(db, actor, branch.plan, "zh")


def targets(at: AppTest) -> list[str]:
    """Where the page's links lead."""
    return [one.proto.page + "?" + one.proto.query_string for one in at.get("page_link")]


def test_a_plan_without_themes_is_led_to_them(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    at = visit(leader, PAGE)
    assert "连成一条链" in words(at) and "去归主题" in labels(at, "button")


def test_one_chain_is_followed_from_the_goal_to_the_clause_and_back(
    house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    seen = found(house, leader, branch)
    key = chains.key_of(branch.of_unit("资产配置"))
    path = seen.chain.through(goal_id(project)).nodes
    assert {theme_id(branch.ripe.retail), gap_id(key), project_id(project)} <= path
    assert clause_id(branch.ripe.world.findings[GROWTH]) in path
    assert path == seen.chain.through(project_id(project)).nodes
    at = visit(leader, PAGE, node=goal_id(project))
    text = words(at)
    assert "望海支行 · 资产配置补强" in text and "已测 12 人中 8 人低于要求" in text and "总行战略 · 第 1 页" in text
    leading = "\n".join(targets(at))
    for place in ("document", "themes", "ideas", "goals"):
        assert place in leading, place
    assert f"project={project}" in leading and "start=" in leading


def test_what_is_broken_is_listed_with_what_to_do(house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit) -> None:
    kinds = {(one.orphan, one.name) for one in found(house, leader, branch).broken}
    assert (Orphan.THEME_WITHOUT_PROJECT, "队伍建设") in kinds or any(kind is Orphan.THEME_WITHOUT_PROJECT for kind, _ in kinds)
    assert any(kind is Orphan.GAP_UNANSWERED for kind, _ in kinds)
    at = visit(leader, PAGE)
    assert "主题没有项目承接" in at.dataframe[0].value.to_string()
    assert "覆盖率 = " in words(at)
    assert 50 in next(frame for frame in (one.value for one in at.dataframe) if "share" in frame)["share"].tolist(), "as in the export"


def test_a_theme_is_covered_by_a_submitted_goal(house: Instance, leader: Actor, branch: Branch, project: int) -> None:
    (retail, _) = found(house, leader, branch).coverage
    assert (retail.covered, retail.share) == (("资产配置",), 0.5)


def test_a_choice_from_the_list_shows_its_chain(house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "没有测得的短板" not in words(at)
    chooser = next(one for one in at.selectbox if one.label == "从哪一项看起")
    chooser.set_value(theme_id(branch.ripe.people)).run()
    assert "没有测得的短板" in words(at) and at.query_params["node"] == theme_id(branch.ripe.people)


def test_a_click_on_the_drawing_chooses_and_a_second_one_lets_go(
    house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    at = visit(leader, PAGE)
    at.session_state["chain_chart_0"] = {"selection": {"link": [{"id": project_id(project)}]}}
    at.run()
    assert at.query_params["node"] == project_id(project) and "已测 12 人中 8 人低于要求" in words(at)
    at.session_state["chain_chart_1"] = {"selection": {"link": [{"id": project_id(project)}]}}
    at.run()
    assert "node" not in at.query_params


def test_words_of_a_secret_interview_stand_in_no_readers_chain(
    house: Instance, leader: Actor, executive: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    secret = shelve(house, leader, "行长访谈.md", SECRET, DocumentKind.INTERVIEW)
    quote = "三家支行的班子搭配存在明显短板"
    finding = accept_finding(house, leader, branch.plan, secret, SECRET, quote, "访谈", FindingKind.CAPABILITY, None, "")
    with house.database.writing() as db:
        themes.move(db, leader, branch.plan, {finding: None}, branch.ripe.people)
    works_on(house, executive, branch.plan)
    assert "班子搭配" in str(found(house, leader, branch).chain.nodes) + str(found(house, leader, branch).clauses)
    hidden = found(house, executive, branch)
    assert "班子" not in str(hidden.chain) + str(hidden.clauses)
    close(house, leader, branch.ripe.world.hq)
    closed = found(house, executive, branch)
    assert not closed.chain.of(Column.CLAUSE) and not closed.chain.of(Column.CAPABILITY) and closed.withheld_projects == 1
    at = visit(executive, PAGE, "en", node=project_id(project))
    assert "零售AUM年均增长" not in words(at) and "No clause to be seen" in words(at)


def test_a_manager_sees_own_gaps_and_an_executive_only_sums(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, branch: Branch, project: int, visit: Visit
) -> None:
    works_on(house, manager, branch.plan)
    works_on(house, executive, branch.plan)
    in_charge(house, leader, manager, branch, FAR)
    own = found(house, manager, branch)
    assert gap_id(chains.key_of(branch.of_unit("资产配置"))) not in {one.id for one in own.chain.nodes} and own.withheld_gaps == 1
    text = words(visit(manager, PAGE))
    assert f"资产配置 · {NEAR}" not in text and "1 条短板在您可以查看的范围之外" in text
    above = found(house, executive, branch)
    assert above.gaps[chains.key_of(branch.of_unit("资产配置"))].today is not None
    assert "柜员" not in str(above.chain.of(Column.GAP)), "three tellers are no sum"


def test_the_page_speaks_english(house: Instance, leader: Actor, branch: Branch, project: int, visit: Visit) -> None:
    at = visit(leader, PAGE, "en", node=theme_id(branch.ripe.retail))
    text = words(at)
    for said in ("Where to begin", "Where the chain is broken", "Coverage of themes"):
        assert said in text, said
