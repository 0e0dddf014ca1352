"""Goals of projects: written, checked, submitted or overridden, copied, taken back. On both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from core.access.actor import Actor
from core.access.tables import AuditEntry
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.goals import service as goals
from core.goals.draft import Draft, Line, of_goal
from core.goals.goal import Kind
from core.goals.service import GoalView, Standing
from core.goals.tables import GoalIndicatorRow
from core.instance import Instance
from core.plans import service as plans
from core.projects import service as projects
from core.strategy.themes import service as themes
from tests.conftest import BOTH
from tests.core.goals.worked import WORKED
from tests.core.strategy.ideas_world import Ripe, accepted, standing

pytestmark = pytest.mark.parametrize("house", BOTH, indirect=True)
GOOD = of_goal(WORKED)
BAD = of_goal(replace(WORKED, behaviour="提升客户经理高质量拓客能力", due_days=None))


@pytest.fixture
def world(house: Instance, leader: Actor) -> Ripe:
    return accepted(house, leader)


def views(house: Instance, actor: Actor, world: Ripe) -> list[GoalView]:
    with house.database.reading() as db:
        return goals.goals(db, actor, world.plan)


def first(house: Instance, actor: Actor, world: Ripe) -> GoalView:
    return views(house, actor, world)[0]


def save(house: Instance, actor: Actor, view: GoalView, draft: Draft) -> None:
    with house.database.writing() as db:
        goals.save(db, actor, view.project.id, view.version, draft)


def submit(house: Instance, actor: Actor, view: GoalView, reason: str = "") -> None:
    with house.database.writing() as db:
        goals.submit(db, actor, view.project.id, view.version, reason)


def test_a_project_begins_without_a_goal_and_with_its_people(house: Instance, leader: Actor, world: Ripe) -> None:
    found = views(house, leader, world)
    assert [view.standing for view in found] == [Standing.NONE] * len(standing(house, leader, world.plan))
    assert all(view.draft.headcount == view.project.row.people and not view.draft.lines for view in found)


def test_a_goal_is_kept_as_it_was_written_and_judged(house: Instance, leader: Actor, world: Ripe) -> None:
    line = GOOD.lines[-1]
    draft = replace(
        GOOD, lines=(*GOOD.lines[:-2], replace(GOOD.lines[-2], weight=60, owner="零售部"), replace(line, weight=40, code="credit_share"))
    )
    save(house, leader, first(house, leader, world), draft)
    view = first(house, leader, world)
    assert view.draft == draft and view.draft.goal == WORKED and view.standing is Standing.PASSES
    save(house, leader, view, BAD)
    view = first(house, leader, world)
    assert view.standing is Standing.PROBLEMS and {one.rule for one in view.verdict.problems} == {"vague_behaviour", "no_deadline"}
    assert view.verdict.suggestion is not None and view.version > 1


def test_two_editors_never_overwrite_each_other(house: Instance, leader: Actor, world: Ripe) -> None:
    empty = first(house, leader, world)
    save(house, leader, empty, GOOD)
    with pytest.raises(Conflict, match="没有覆盖"):
        save(house, leader, empty, BAD)
    seen = first(house, leader, world)
    save(house, leader, seen, replace(GOOD, lines=GOOD.lines[:-1]))
    with pytest.raises(Conflict, match="没有覆盖"):
        save(house, leader, seen, BAD)
    assert first(house, leader, world).draft.lines == GOOD.lines[:-1]


def test_weights_of_results_sum_to_100_when_any_is_given(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)

    def weighted(*weights: float | None) -> Draft:
        results = (replace(line, weight=weight) for line, weight in zip(GOOD.lines[-2:], weights, strict=True))
        return replace(GOOD, lines=(*GOOD.lines[:-2], *results))

    for wrong in ((60, 30), (100, None), (150, -50)):
        with pytest.raises(BadInput, match="权重"):
            save(house, leader, view, weighted(*wrong))
    save(house, leader, view, weighted(70, 30))


def test_what_cannot_be_kept_is_refused(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    with pytest.raises(BadInput, match="太长"):
        save(house, leader, view, replace(GOOD, behaviour="拜访" * 400))
    with pytest.raises(BadInput, match="太大"):
        save(house, leader, view, replace(GOOD, lines=(Line(Kind.PERFORMANCE, replace(WORKED.performance[0], value=1e30)),)))
    with pytest.raises(BadInput, match="最多 12 个指标"):
        save(house, leader, view, replace(GOOD, lines=GOOD.lines * 3))


def test_only_a_goal_that_passes_is_submitted(house: Instance, leader: Actor, world: Ripe) -> None:
    with pytest.raises(BadInput, match="还没有目标"):
        submit(house, leader, first(house, leader, world))
    save(house, leader, first(house, leader, world), BAD)
    with pytest.raises(BadInput, match="还有 2 个问题"):
        submit(house, leader, first(house, leader, world))
    save(house, leader, first(house, leader, world), GOOD)
    submit(house, leader, first(house, leader, world))
    view = first(house, leader, world)
    assert view.standing is Standing.SUBMITTED and view.row is not None and view.row.submitted_by == leader.name
    save(house, leader, view, GOOD)
    assert first(house, leader, world).standing is Standing.PASSES, "what is changed is to be submitted again"


def test_an_override_keeps_its_reason_and_its_problems(house: Instance, leader: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), BAD)
    submit(house, leader, first(house, leader, world), "行长要求先行试点，季末补齐")
    row = first(house, leader, world).row
    assert row is not None and row.reason == "行长要求先行试点，季末补齐" and row.problems == ["vague_behaviour", "no_deadline"]
    assert first(house, leader, world).standing is Standing.OVERRIDDEN
    with house.database.reading() as db:
        entry = db.exec(select(AuditEntry).where(AuditEntry.action == "goal_overridden")).one()
        assert entry.detail["rules"] == row.problems
    with house.database.writing() as db:
        goals.reopen(db, leader, first(house, leader, world).project.id, first(house, leader, world).version)
    assert first(house, leader, world).standing is Standing.PROBLEMS


def test_the_last_change_is_taken_back_one_after_the_other(house: Instance, leader: Actor, manager: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), GOOD)
    save(house, leader, first(house, leader, world), BAD)
    project = first(house, leader, world).project.id
    with house.database.writing() as db:
        goals.undo(db, leader, project)
    assert first(house, leader, world).draft == GOOD
    with house.database.writing() as db:
        goals.undo(db, leader, project)
    assert first(house, leader, world).standing is Standing.NONE
    with pytest.raises(BadInput, match="没有可以撤销"), house.database.writing() as db:
        goals.undo(db, leader, project)
    with house.database.reading() as db:
        assert not db.exec(select(GoalIndicatorRow)).all()


def test_a_project_without_a_theme_is_a_problem_of_its_goal(house: Instance, leader: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), GOOD)
    theme = first(house, leader, world).project.row.theme_id
    with house.database.writing() as db:
        themes.remove(db, leader, theme or 0)
    assert [one.rule for one in first(house, leader, world).verdict.problems] == ["no_gap_or_theme"]


def test_goals_of_an_earlier_year_are_copied_without_its_baselines(house: Instance, leader: Actor, world: Ripe) -> None:
    level = replace(WORKED.performance[0], name="到期续贷率", value=65, unit="%", baseline=57, per_head=None)
    save(house, leader, first(house, leader, world), of_goal(replace(WORKED, performance=(level,))))
    with house.database.writing() as db:
        unit, year = plans.find(db, leader, world.plan).unit, plans.find(db, leader, world.plan).year
        following = plans.create(db, leader, unit, year + 1).id or 0
        plans.create(db, leader, "别的支行", year + 1)
    with house.database.reading() as db:
        (found,) = goals.earlier(db, leader, following)
        assert goals.earlier(db, leader, world.plan) == []
    assert goals.copied(found, world.plan).lines[-1].indicator.baseline == 57
    assert goals.copied(found, following).lines[-1].indicator.baseline is None


def test_readers_read_and_strangers_do_not(house: Instance, leader: Actor, executive: Actor, administrator: Actor, world: Ripe) -> None:
    save(house, leader, first(house, leader, world), GOOD)
    assert first(house, executive, world).standing is Standing.PASSES
    for act in (
        lambda: save(house, executive, first(house, executive, world), BAD),
        lambda: submit(house, executive, first(house, executive, world)),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        views(house, administrator, world)


def test_a_withdrawn_project_has_no_goal_to_change(house: Instance, leader: Actor, world: Ripe) -> None:
    view = first(house, leader, world)
    with house.database.writing() as db:
        projects.withdraw(db, leader, view.project.id, view.project.row.version or 0)
    with pytest.raises(NotFound):
        save(house, leader, view, GOOD)
    with house.database.writing() as db:
        plans.archive(db, leader, world.plan)
    with pytest.raises(NotFound), house.database.reading() as db:
        goals.goals(db, leader, world.plan)
