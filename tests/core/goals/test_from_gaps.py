"""Projects made of measured gaps, the links between both, and who reads them. On both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import clock
from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals import service as goals
from core.goals.goal import Kind
from core.goals.service import GoalView, Standing
from core.instance import Instance
from core.people.gaps.gap import GapKey
from core.people.importing import service as importing
from core.people.importing.kinds import ImportKind
from core.projects import service as projects
from core.projects.fitting import Ground
from core.projects.gaps import service as answering
from core.projects.gaps.service import PlanGaps
from core.strategy.ideas.terms import IdeaState
from core.strategy.themes import service as themes
from tests.conftest import BOTH
from tests.core.goals.gap_world import FAR, NEAR, Branch, build, in_charge, make, offered, wanted
from tests.core.people.branch import RECENT, SCORES
from tests.core.people.tables import take
from tests.core.strategy.ideas_world import look, standing, undo

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def branch(house: Instance, leader: Actor) -> Branch:
    return build(house, leader)


def goal(house: Instance, actor: Actor, project: int) -> GoalView:
    with house.database.reading() as db:
        return goals.find(db, actor, project)


def linked(house: Instance, actor: Actor, *project_ids: int) -> PlanGaps:
    with house.database.reading() as db:
        return answering.of_projects(db, actor, project_ids, "zh")


def one_project(house: Instance, leader: Actor, branch: Branch, *keys: GapKey) -> int:
    (made,) = make(house, leader, branch, wanted(offered(house, leader, branch, *keys), *keys))
    return made


def test_the_theme_whose_capability_names_the_competency_is_proposed_first_with_the_reason(
    house: Instance, leader: Actor, branch: Branch
) -> None:
    key = branch.of_unit("资产配置")
    best = offered(house, leader, branch, key).fits([key])[0]
    assert best.theme_id == branch.ripe.retail and best.ground is Ground.TASK
    assert "点名“资产配置”" in best.why.render("zh") and "分层" in best.why.render("zh")


def test_a_gap_becomes_a_project_whose_goal_begins_with_what_was_measured(house: Instance, leader: Actor, branch: Branch) -> None:
    key = branch.of_unit("资产配置")
    project = one_project(house, leader, branch, key)
    view = goal(house, leader, project)
    assert view.project.row.name == "望海支行 · 资产配置补强" and view.project.row.people == 8
    assert "望海支行客户经理" in view.project.row.purpose and view.project.cited.clauses
    assert view.project.row.post == "客户经理" and view.project.row.competencies == ["资产配置"] and view.project.gaps == 1
    draft = view.draft
    assert "望海支行的岗位要求“资产配置”达到 L3，已测 12 人中 8 人低于要求，平均差 0.7 级。" in draft.pain_point
    assert draft.behaviour.startswith("客户经理回岗后，诊断集中持仓")
    reached = draft.lines[0].indicator
    assert (reached.name, reached.value, reached.baseline, reached.unit) == ("资产配置达到 L3 及以上的人数占比", None, 33.3, "%")
    assert reached.source == "考核系统" and draft.lines[0].kind is Kind.PROCESS
    results = [line for line in draft.lines if line.kind is Kind.PERFORMANCE]
    assert results and all(line.indicator.value is None and line.indicator.baseline is None for line in results), "no figure is made up"
    assert {one.rule for one in view.verdict.problems} == {"no_value", "no_deadline", "no_baseline"} and view.standing is Standing.PROBLEMS


def test_the_goal_passes_once_the_figures_that_only_people_know_are_filled_in(house: Instance, leader: Actor, branch: Branch) -> None:
    key = branch.of_unit("资产配置")
    one = wanted(offered(house, leader, branch, key), key)
    filled = [replace(line, indicator=replace(line.indicator, value=90, baseline=line.indicator.baseline or 40)) for line in one.goal.lines]
    (project,) = make(house, leader, branch, replace(one, goal=replace(one.goal, lines=tuple(filled), due_days=90)))
    view = goal(house, leader, project)
    assert view.standing is Standing.PASSES, view.verdict.problems
    with house.database.writing() as db:
        goals.submit(db, leader, project, view.version)


def test_several_gaps_become_one_project_or_one_each(house: Instance, leader: Actor, branch: Branch) -> None:
    keys = (branch.of_unit("资产配置"), branch.of_unit("需求挖掘"))
    offer = offered(house, leader, branch, *keys)
    theme = branch.ripe.retail
    each = [replace(wanted(offer, keys[0])), replace(wanted(offer, keys[0]), keys=(keys[1],), project=offer.project(keys[1:], theme))]
    assert len(make(house, leader, branch, *each)) == 2
    both = offer.project(keys, theme)
    assert both.competencies == ("资产配置", "需求挖掘与产品匹配") and both.people == 8
    assert offer.goal(keys).pain_point.count("已测") == 2


def test_one_undo_takes_all_of_them_back_and_their_gaps_and_goals_come_back_with_them(
    house: Instance, leader: Actor, branch: Branch
) -> None:
    keys = (branch.of_unit("资产配置"), branch.of_unit("资产配置", FAR))
    offer = offered(house, leader, branch, *keys)
    make(house, leader, branch, wanted(offer, keys[0]), wanted(offer, keys[1]))
    undo(house, leader, branch.plan)
    assert standing(house, leader, branch.plan) == []
    ideas = look(house, leader, branch.plan).ideas
    assert {view.row.state for view in ideas} == {IdeaState.PENDING}
    with house.database.writing() as db:
        projects.accept(db, leader, branch.plan, {view.id: view.row.version or 0 for view in ideas})
    again = standing(house, leader, branch.plan)
    assert [view.gaps for view in again] == [1, 1]
    assert all(goal(house, leader, view.id).draft.pain_point for view in again)


def test_too_few_people_are_in_no_text_that_others_read(house: Instance, leader: Actor, branch: Branch) -> None:
    key = branch.of_post("反洗钱", "柜员")
    project = offered(house, leader, branch, key).goal([key])
    assert "人数较少，这里不写明" in project.pain_point and project.headcount is None
    assert project.lines[0].indicator.baseline is None


def test_nothing_is_made_without_a_clause_a_theme_or_a_gap(house: Instance, leader: Actor, manager: Actor, branch: Branch) -> None:
    key = branch.of_unit("资产配置")
    good = wanted(offered(house, leader, branch, key), key)
    with pytest.raises(BadInput, match="至少选一条已采纳的条款"):
        make(house, leader, branch, replace(good, project=replace(good.project, finding_ids=())))
    with pytest.raises(BadInput, match="请先选要补的能力短板"):
        make(house, leader, branch, replace(good, keys=()))
    with pytest.raises(NotFound, match="没有可以显示的能力短板"):
        make(house, leader, branch, replace(good, keys=(GapKey(key.competency_id, unit_id=9999),)))
    with pytest.raises(NotFound):
        make(house, leader, branch, replace(good, theme_id=9999))
    with pytest.raises(NotAllowed):
        make(house, manager, branch, good)
    assert standing(house, leader, branch.plan) == [], "all or nothing"


def test_one_sees_what_became_of_a_gap_since_it_was_linked(house: Instance, leader: Actor, branch: Branch) -> None:
    project = one_project(house, leader, branch, branch.of_unit("资产配置"))
    later = [(str(100 + n), "资产配置", 80, 100, "考核系统", RECENT) for n in range(5)]
    take(house, leader, ImportKind.ASSESSMENTS, [SCORES, *later], today=clock.today())
    (one,) = linked(house, leader, project).of(project)
    assert one.then is not None and one.today is not None
    assert (one.then.below, one.today.below) == (8, 3) and one.then.met == pytest.approx(1 / 3)


def test_gaps_are_taken_off_and_taken_back(house: Instance, leader: Actor, branch: Branch) -> None:
    project = one_project(house, leader, branch, branch.of_unit("资产配置"))
    (one,) = linked(house, leader, project).of(project)
    with house.database.writing() as db:
        answering.take_off(db, leader, one.link_id, one.version)
    (gone,) = linked(house, leader, project).of(project, taken_off=True)
    assert not linked(house, leader, project).of(project) and goal(house, leader, project).project.gaps == 0
    with pytest.raises(Conflict), house.database.writing() as db:
        answering.take_back(db, leader, one.link_id, one.version)
    with house.database.writing() as db:
        answering.take_back(db, leader, gone.link_id, gone.version)
    with house.database.writing() as db:
        assert answering.link(db, leader, project, [one.key]) == 0, "it is answered already"
        assert answering.link(db, leader, project, [branch.of_post("需求挖掘")]) == 1
    with pytest.raises(BadInput, match="没有机构的人"), house.database.writing() as db:
        answering.link(db, leader, project, [GapKey(one.key.competency_id, unit_id=0)])
    assert len(linked(house, leader, project).of(project)) == 2


def test_a_project_whose_theme_is_gone_stands_on_its_gap(house: Instance, leader: Actor, branch: Branch) -> None:
    project = one_project(house, leader, branch, branch.of_unit("资产配置"))
    with house.database.writing() as db:
        themes.remove(db, leader, goal(house, leader, project).project.row.theme_id or 0)
    assert "no_gap_or_theme" not in {one.rule for one in goal(house, leader, project).verdict.problems}
    (one,) = linked(house, leader, project).of(project)
    with house.database.writing() as db:
        answering.take_off(db, leader, one.link_id, one.version)
    problem = goal(house, leader, project).verdict.problems[0]
    said = problem.message.render("zh")
    assert problem.rule == "no_gap_or_theme" and "短板" in said and "主题" in said


def test_an_import_that_a_project_rests_on_is_not_undone(house: Instance, leader: Actor, branch: Branch) -> None:
    project = one_project(house, leader, branch, branch.of_unit("资产配置"))
    with house.database.reading() as db:
        runs = [run.row.id or 0 for run in importing.runs(db, leader)]
    for run in runs[:-1]:
        with house.database.writing() as db:
            if run != runs[1]:
                importing.undo(db, leader, run)
    with pytest.raises(Conflict, match="项目“望海支行 · 资产配置补强”要补“资产配置”的短板"), house.database.writing() as db:
        importing.undo(db, leader, runs[1])
    with house.database.reading() as db:
        version = projects.find(db, leader, project).row.version or 0
    with house.database.writing() as db:
        projects.withdraw(db, leader, project, version)
    with house.database.writing() as db:
        assert importing.undo(db, leader, runs[1])


def test_managers_see_their_own_units_gaps_and_executives_sums_through_the_gates(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, administrator: Actor, branch: Branch
) -> None:
    mine, other = branch.of_unit("资产配置"), branch.of_unit("资产配置", FAR)
    small = branch.of_post("反洗钱", "柜员")
    project = one_project(house, leader, branch, mine, other, small)
    in_charge(house, leader, manager, branch, NEAR)
    own = linked(house, manager, project)
    assert {one.key for one in own.of(project)} == {mine, small} and own.withheld[project] == 1
    assert all(one.then is None for one in own.of(project))
    above = {one.key: one for one in linked(house, executive, project).of(project)}
    assert above[mine].today is not None and above[mine].today.below == 8 and above[mine].then is None
    assert above[small].today is None, "three people are no sum"
    with pytest.raises(NotAllowed):
        linked(house, administrator, project)
