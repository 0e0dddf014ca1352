"""The goals of all projects together: saved all or none, collisions named, taken back as one. On both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.access.actor import Actor
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals import service as goals
from core.goals.draft import Draft, of_goal
from core.goals.service import Entered, GoalView, Standing
from core.goals.table import behind, changed, kept_over, matching, seen, shown_names
from core.instance import Instance
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import Ripe, accepted

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
GOOD = of_goal(WORKED)
BAD = of_goal(replace(WORKED, behaviour="提升客户经理高质量拓客能力"))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return accepted(house, leader)


def views(house: Instance, actor: Actor, world: Ripe) -> list[GoalView]:
    with house.database.reading() as db:
        return goals.goals(db, actor, world.plan)


def save(house: Instance, actor: Actor, world: Ripe, entered: Sequence[Entered]) -> int:
    with house.database.writing() as db:
        return goals.save_all(db, actor, world.plan, entered)


def entering(views: Sequence[GoalView], draft: Draft) -> list[Entered]:
    return [Entered(view.project.id, view.version, draft) for view in views]


def undoable(house: Instance, actor: Actor, world: Ripe) -> int:
    with house.database.reading() as db:
        return goals.saved_together(db, actor, world.plan)


def undo(house: Instance, actor: Actor, world: Ripe) -> int:
    with house.database.writing() as db:
        return goals.undo_together(db, actor, world.plan)


def test_all_goals_are_saved_together_and_taken_back_together(house: Instance, leader: Actor, world: Ripe) -> None:
    begun = views(house, leader, world)
    assert len(begun) > 1 and undoable(house, leader, world) == 0
    assert save(house, leader, world, entering(begun, BAD)) == len(begun)
    save(house, leader, world, entering(views(house, leader, world), GOOD))
    assert {view.standing for view in views(house, leader, world)} == {Standing.PASSES}
    assert undo(house, leader, world) == len(begun)
    assert all(view.draft == BAD for view in views(house, leader, world))
    # What came before it can be taken back next.
    assert undo(house, leader, world) == len(begun)
    assert {view.standing for view in views(house, leader, world)} == {Standing.NONE}
    with pytest.raises(BadInput, match="没有可以撤销"):
        undo(house, leader, world)


def test_a_row_that_somebody_changed_since_is_named_and_nothing_is_saved(house: Instance, leader: Actor, world: Ripe) -> None:
    begun = views(house, leader, world)
    save(house, leader, world, entering(begun[:1], BAD))
    with pytest.raises(Conflict, match=begun[0].project.row.name):
        save(house, leader, world, entering(begun, GOOD))
    assert [view.standing for view in views(house, leader, world)][:2] == [Standing.PROBLEMS, Standing.NONE]


def test_the_reader_writes_over_a_goal_that_they_have_seen(house: Instance, leader: Actor, world: Ripe) -> None:
    begun = seen(views(house, leader, world))
    mine = {project: GOOD for project in begun.drafts}
    save(house, leader, world, entering(views(house, leader, world)[:1], BAD))
    stands = views(house, leader, world)
    theirs = behind(begun, stands, changed(begun, mine))
    assert [view.project.id for view in theirs] == [stands[0].project.id]
    over = kept_over(begun, theirs)
    assert save(house, leader, world, changed(over, mine)) == len(stands)
    assert all(view.draft == GOOD for view in views(house, leader, world))


def test_what_cannot_be_kept_names_the_project_and_nothing_is_saved(house: Instance, leader: Actor, world: Ripe) -> None:
    begun = views(house, leader, world)
    wrong = [*entering(begun[:1], GOOD), *entering(begun[1:2], replace(GOOD, lines=GOOD.lines * 3))]
    with pytest.raises(BadInput, match=f"“{begun[1].project.row.name}”：.*最多 12 个指标"):
        save(house, leader, world, wrong)
    assert {view.standing for view in views(house, leader, world)} == {Standing.NONE}


def test_a_save_is_not_taken_back_over_a_later_change(house: Instance, leader: Actor, world: Ripe) -> None:
    begun = views(house, leader, world)
    save(house, leader, world, entering(begun, GOOD))
    view = views(house, leader, world)[0]
    with house.database.writing() as db:
        goals.submit(db, leader, view.project.id, view.version)
    assert undoable(house, leader, world) == 0
    with pytest.raises(Conflict, match=view.project.row.name):
        undo(house, leader, world)
    assert all(one.draft == GOOD for one in views(house, leader, world))


def test_only_who_decides_saves_and_only_goals_of_the_plan(house: Instance, leader: Actor, manager: Actor, world: Ripe) -> None:
    begun = views(house, leader, world)
    with pytest.raises(NotAllowed):
        save(house, manager, world, entering(begun, GOOD))
    with pytest.raises(NotAllowed):
        undo(house, manager, world)
    with pytest.raises(NotFound, match="1 个项目"):
        save(house, leader, world, [Entered(99_999, 0, GOOD)])


def test_rows_are_found_by_name_state_and_problem(house: Instance, leader: Actor, world: Ripe) -> None:
    save(house, leader, world, entering(views(house, leader, world)[:1], BAD))
    stands = views(house, leader, world)
    assert matching(stands, "", [], []) == stands
    assert matching(stands, "", [Standing.PROBLEMS], []) == matching(stands, "", [], ["vague_behaviour"]) == stands[:1]
    assert stands[0] in matching(stands, stands[0].project.row.name.upper(), [], [])
    assert matching(stands, "没有这个项目", [], []) == []


def test_projects_of_the_same_name_are_told_apart_in_the_table(house: Instance, leader: Actor, world: Ripe) -> None:
    stands = views(house, leader, world)[:2]
    for view in stands:
        view.project.row.name = "县域拓客"
    assert list(shown_names(stands).values()) == [f"县域拓客 #{view.project.id}" for view in stands]
