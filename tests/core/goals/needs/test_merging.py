"""Needs become a project, or part of one, and are needs again when that is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals import service as goals
from core.goals.draft import of_goal
from core.goals.needs import merging
from core.goals.needs import service as needs
from core.goals.needs.terms import NeedState
from core.instance import Instance
from core.projects import service as projects
from core.projects.service import ProjectView
from core.strategy.ideas.draft import Draft
from core.strategy.ideas.terms import ProjectKind, Urgency
from core.strategy.themes import localisation
from core.strategy.themes.localisation import LocalTheme
from tests.conftest import BOTH
from tests.core.goals.needs.world import AFTERCARE, LAUNDERING, SWINGS, Asking, asking, board, file, in_charge, seen, undo
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import draft as written
from tests.core.strategy.ideas_world import standing

both = pytest.mark.parametrize("house", BOTH, indirect=True)


@pytest.fixture
def world(house: Instance, leader: Actor) -> Asking:
    made = asking(house, leader)
    file(house, leader, made.plan, "望海支行", replace(SWINGS, urgency=Urgency.HIGH))
    file(house, leader, made.plan, "云岭支行", AFTERCARE)
    file(house, leader, made.plan, "云岭支行", LAUNDERING)
    return made


def themes(house: Instance, actor: Actor, world: Asking) -> tuple[LocalTheme, ...]:
    with house.database.reading() as db:
        return localisation.local_themes(db, actor, world.plan)


def alike(house: Instance, actor: Actor, world: Asking) -> list[needs.NeedView]:
    found = board(house, actor, world.plan)
    (group,) = merging.suggested(found.needs)
    return [view for view in found.needs if view.id in group.ids]


def drafted(house: Instance, actor: Actor, world: Asking) -> tuple[int, Draft]:
    theme = next(one for one in themes(house, actor, world) if one.view.id == world.ripe.retail)
    return theme.view.id, merging.proposed(theme, alike(house, actor, world), 2027, "zh")


def merged(house: Instance, leader: Actor, world: Asking) -> ProjectView:
    theme, draft = drafted(house, leader, world)
    chosen = seen(alike(house, leader, world))
    with house.database.writing() as db:
        project = merging.into_new(db, leader, world.plan, chosen, theme, draft)
    with house.database.reading() as db:
        return projects.find(db, leader, project)


def test_alike_needs_are_suggested_and_drafted_as_a_project_that_quotes_a_clause(house: Instance, leader: Actor, world: Asking) -> None:
    assert {view.row.problem for view in alike(house, leader, world)} == {SWINGS.problem, AFTERCARE.problem}
    theme, draft = drafted(house, leader, world)
    assert draft.post == "理财经理" and draft.people == 35 and draft.competencies == ("资产配置",)
    assert draft.urgency is Urgency.HIGH and draft.kind is ProjectKind.PROBLEM_DRIVEN
    assert draft.purpose.startswith("落实“") and "理财经理" in draft.purpose and len(draft.finding_ids) >= 1
    assert merging.nearest(themes(house, leader, world), alike(house, leader, world)) in (world.ripe.retail, world.ripe.people)
    bare = replace(themes(house, leader, world)[0], view=replace(themes(house, leader, world)[0].view, members=()))
    assert merging.proposed(bare, alike(house, leader, world), 2027, "zh").purpose == ""
    assert theme == world.ripe.retail


@both
def test_merged_needs_are_a_project_that_names_its_sources_and_undo_takes_it_back(
    house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Asking
) -> None:
    in_charge(house, leader, manager, world.branch)
    project = merged(house, leader, world)
    assert project.theme is not None and project.theme.id == world.ripe.retail and project.cited.clauses
    found = board(house, leader, world.plan)
    assert found.waiting == 1 and found.merged == 2
    assert {view.project.name for view in found.needs if view.project} == {project.row.name}
    with house.database.reading() as db:
        for actor, words in ((leader, {SWINGS.problem, AFTERCARE.problem}), (manager, {SWINGS.problem}), (executive, set())):
            sources = needs.of_projects(db, actor, world.plan)[project.id]
            assert sources.total == 2 and {view.row.problem for view in sources.needs} == words
    assert undo(house, leader, world.plan) == 2
    assert board(house, leader, world.plan).waiting == 3 and not standing(house, leader, world.plan)


@both
def test_needs_join_a_project_that_stands_and_leave_it_without_changing_it(house: Instance, leader: Actor, world: Asking) -> None:
    project = merged(house, leader, world)
    (left,) = [view for view in board(house, leader, world.plan).needs if view.state is NeedState.FILED]
    with house.database.writing() as db:
        assert merging.into(db, leader, world.plan, seen([left]), project.id) == 1
    assert board(house, leader, world.plan).waiting == 0
    with house.database.reading() as db:
        assert projects.find(db, leader, project.id).row.version == project.row.version
    undo(house, leader, world.plan)
    assert board(house, leader, world.plan).waiting == 1 and len(standing(house, leader, world.plan)) == 1
    undo(house, leader, world.plan)
    assert board(house, leader, world.plan).waiting == 3 and not standing(house, leader, world.plan)


def test_needs_of_a_project_that_was_withdrawn_wait_again_and_can_be_merged_anew(house: Instance, leader: Actor, world: Asking) -> None:
    project = merged(house, leader, world)
    with house.database.writing() as db:
        projects.withdraw(db, leader, project.id, project.row.version or 0)
    found = board(house, leader, world.plan)
    assert found.waiting == 3 and not any(view.project for view in found.needs)
    assert merged(house, leader, world).id != project.id


@pytest.mark.parametrize("went_on", ["changed", "goal"])
def test_a_merge_whose_project_went_on_is_not_undone_over_it(house: Instance, leader: Actor, world: Asking, went_on: str) -> None:
    project = merged(house, leader, world)
    with house.database.writing() as db:
        if went_on == "changed":
            projects.change(db, leader, project.id, project.row.version or 0, written(project, name="净值产品售后"))
        else:
            goals.save(db, leader, project.id, 0, of_goal(WORKED))
    with pytest.raises(Conflict, match="不能整体撤销"):
        undo(house, leader, world.plan)
    assert board(house, leader, world.plan).merged == 2 and len(standing(house, leader, world.plan)) == 1


def test_a_project_of_needs_rests_on_an_accepted_clause_and_a_theme_like_any_other(house: Instance, leader: Actor, world: Asking) -> None:
    theme, draft = drafted(house, leader, world)
    chosen = seen(alike(house, leader, world))
    for wrong, kind in (
        (replace(draft, finding_ids=()), BadInput),
        (replace(draft, purpose=""), BadInput),
        (replace(draft, finding_ids=(9999,)), BadInput),
    ):
        with pytest.raises(kind), house.database.writing() as db:
            merging.into_new(db, leader, world.plan, chosen, theme, wrong)
    with pytest.raises(NotFound), house.database.writing() as db:
        merging.into_new(db, leader, world.plan, chosen, 9999, draft)
    assert board(house, leader, world.plan).waiting == 3 and not standing(house, leader, world.plan)


def test_what_does_not_wait_is_not_merged_and_a_merged_need_is_not_edited(
    house: Instance, leader: Actor, manager: Actor, world: Asking
) -> None:
    project = merged(house, leader, world)
    taken = [view for view in board(house, leader, world.plan).needs if view.project]
    with pytest.raises(BadInput, match="不在待归并之列"), house.database.writing() as db:
        merging.into(db, leader, world.plan, seen(taken), project.id)
    with pytest.raises(BadInput, match="已并入项目"), house.database.writing() as db:
        needs.edit(db, leader, world.plan, taken[0].id, taken[0].row.version or 0, "望海支行", SWINGS)
    with pytest.raises(BadInput, match="已并入项目"), house.database.writing() as db:
        needs.put_aside(db, leader, world.plan, seen(taken), "不要了")
    with pytest.raises(BadInput, match="请先选"), house.database.writing() as db:
        merging.into(db, leader, world.plan, {}, project.id)
    in_charge(house, leader, manager, world.branch, world.other)
    (left,) = [view for view in board(house, manager, world.plan).needs if view.state is NeedState.FILED]
    with pytest.raises(NotAllowed), house.database.writing() as db:
        merging.into(db, manager, world.plan, seen([left]), project.id)
