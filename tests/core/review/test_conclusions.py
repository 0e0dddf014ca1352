"""Conclusions: suggested by the rule, drafted, confirmed, carried over to the next year's draft and taken back; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.access.actor import Actor
from core.delivery.content import designing
from core.delivery.content import repository as content_rows
from core.delivery.content import service as contents
from core.delivery.content.item import ItemFacts
from core.delivery.content.service import Entered
from core.delivery.content.terms import Pattern, Rhythm, Tier
from core.errors import BadInput, Conflict, NotAllowed
from core.goals import service as goals
from core.goals.goal import Kind, KirkpatrickLevel
from core.instance import Instance
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.projects import carrying as carrying_projects
from core.projects import repository as project_rows
from core.review.conclusions import carrying, gathering, proposing, service
from core.review.conclusions.gathering import About
from core.review.conclusions.service import ConclusionDraft
from core.review.conclusions.suggesting import Bearing, Shown, Signs, suggested
from core.review.conclusions.terms import CarryKind, Choice
from core.review.warnings.terms import Status
from core.storage import Session
from core.strategy.themes import repository as theme_rows
from core.strategy.themes import service as themes
from core.strategy.themes.service import Draft as ThemeDraft
from tests.conftest import BOTH
from tests.core.review.world import Review, reviewed

both = pytest.mark.parametrize("house", BOTH, indirect=True)
TODAY = date(2027, 12, 1)
L3, L4 = KirkpatrickLevel.BEHAVIOUR, KirkpatrickLevel.RESULTS
MET = {KirkpatrickLevel.REACTION: 95.0, L3: 90.0, L4: 88.0}
BETTER = (Shown("新增有效客户", Bearing.BETTER, True),)


@pytest.mark.parametrize(
    ("signs", "wanted"),
    [
        (Signs({}), None),
        (Signs({KirkpatrickLevel.REACTION: 95.0}), None),
        (Signs(MET), Choice.KEEP),
        (Signs(MET, Status.ON_TRACK, BETTER, 100, 90), Choice.KEEP),
        (Signs(MET, Status.ON_TRACK, BETTER, 200, 90), Choice.SCALE),
        (Signs(MET, Status.ON_TRACK, (Shown("客户", Bearing.BETTER, False),), 200, 90), Choice.KEEP),
        (Signs(MET, Status.WARN), Choice.CHANGE),
        (Signs({**MET, L4: 60.0}), Choice.CHANGE),
        (Signs(MET, None, (Shown("客户", Bearing.WORSE, False),)), Choice.CHANGE),
        (Signs(MET, Status.STOP), Choice.STOP),
        (Signs({L3: 30.0, L4: 20.0}), Choice.STOP),
        (Signs({L3: 30.0, L4: 20.0}, None, BETTER), Choice.CHANGE),
    ],
)
def test_the_rule_suggests_with_its_reasons(signs: Signs, wanted: Choice | None) -> None:
    found = suggested(signs)
    assert found.choice is wanted and found.reasons


@pytest.fixture
def world(house: Instance, leader: Actor) -> Review:
    return reviewed(house, leader)


def conclude(house: Instance, actor: Actor, world: Review, project: int, choice: Choice, **more: object) -> int:
    """A confirmed conclusion."""
    draft = ConclusionDraft(About(project), 4, choice, f"结论是{choice}", **more)  # type: ignore[arg-type]
    with house.database.writing() as db:
        number = service.save(db, actor, world.plan, draft, today=TODAY)
        service.confirm(db, actor, world.plan, {number: service.find(db, actor, number).row.version or 0})
    return number


def following(db: Session, world: Review) -> AnnualPlan | None:
    """The same unit's plan of the next year."""
    plan = plan_rows.plan(db, world.plan)
    return plan_rows.plan_of(db, plan.unit, plan.year + 1) if plan is not None else None


def carry(house: Instance, actor: Actor, world: Review) -> int:
    with house.database.writing() as db:
        stamp = proposing.proposal(db, actor, world.plan, "zh").stamp
        return carrying.apply(db, actor, world.plan, stamp, "zh")


@both
def test_a_draft_keeps_the_figures_of_the_day_and_who_may_read_them(
    house: Instance, leader: Actor, executive: Actor, manager: Actor, world: Review
) -> None:
    with house.database.writing() as db:
        made = service.draft_all(db, leader, world.plan, service.proposed(db, leader, world.plan, "zh", TODAY))
    with house.database.reading() as db:
        board = service.board(db, leader, world.plan, TODAY)
        seen, narrow = (service.board(db, who, world.plan, TODAY).conclusions[0] for who in (executive, manager))
    assert made == len(board.conclusions) == 1 and board.quarter == 4
    one = board.conclusions[0]
    assert one.row.project_id == world.project and one.row.suggested is one.row.choice and one.row.rule == "conclusion 1"
    assert any("人" in str(each.said) and "新增有效客户" in str(each.said) and each.on == TODAY for each in one.evidence)
    assert seen.evidence == one.evidence and not narrow.evidence and narrow.withheld
    with house.database.writing() as db, pytest.raises(NotAllowed):
        service.draft_all(db, executive, world.plan, ())
    with house.database.writing() as db:
        _done, mine = service.done(db, leader, world.plan)
        assert mine is not None
        service.undo(db, leader, mine.id)
        assert not service.board(db, leader, world.plan, TODAY).conclusions


@both
def test_only_what_is_complete_is_confirmed_and_nobody_overwrites_another(house: Instance, leader: Actor, world: Review) -> None:
    for draft in (
        ConclusionDraft(About(world.project), 4, Choice.KEEP, " "),
        ConclusionDraft(About(world.project), 4, Choice.CHANGE, "要改"),
        ConclusionDraft(About(world.project), 4, Choice.SCALE, "扩大", factor=0.5),
    ):
        with house.database.writing() as db, pytest.raises(BadInput):
            service.save(db, leader, world.plan, draft, today=TODAY)
    number = conclude(house, leader, world, world.project, Choice.KEEP)
    again = ConclusionDraft(About(world.project), 4, Choice.KEEP, "改一改")
    with house.database.writing() as db, pytest.raises(Conflict):
        service.save(db, leader, world.plan, again, number, 1, TODAY)


@both
def test_confirmed_conclusions_open_the_next_years_draft_and_are_traced_both_ways(house: Instance, leader: Actor, world: Review) -> None:
    kept = conclude(house, leader, world, world.project, Choice.SCALE, factor=1.5)
    conclude(house, leader, world, world.world.projects[1], Choice.STOP)
    with house.database.reading() as db:
        seen = proposing.proposal(db, leader, world.plan, "zh")
        source = goals.find(db, leader, world.project)
    assert {one.kind for one in seen.lines} >= {CarryKind.PLAN, CarryKind.PROJECT, CarryKind.GOAL, CarryKind.BASELINE, CarryKind.STOPPED}
    assert carry(house, leader, world) == 1
    with house.database.reading() as db:
        plan = following(db, world)
        assert plan is not None
        (made,) = goals.goals(db, leader, plan.id or 0)
        (done,) = carrying.carried(db, leader, world.plan)
        trace = carrying.behind(db, leader, [made.project.id])[made.project.id]
    assert made.project.row.name == source.project.row.name
    assert made.draft.headcount == -(-(source.draft.headcount or 0) * 3 // 2)
    line = next(one for one in made.draft.lines if one.kind is Kind.PERFORMANCE and one.indicator.name == "新增有效客户")
    assert line.indicator.baseline == pytest.approx(5.0 * len(world.near))
    assert all(one.indicator.baseline is None for one in made.draft.lines if one.kind is Kind.PROCESS)
    assert trace.conclusion_id == kept and trace.year == 2027 and trace.choice is Choice.SCALE
    assert {one.project_id for one in done.of(kept)} == {made.project.id}
    assert [one.name for one in done.items if one.kind is CarryKind.STOPPED]
    with house.database.writing() as db, pytest.raises(BadInput):
        carrying.apply(db, leader, world.plan, proposing.proposal(db, leader, world.plan, "zh").stamp, "zh")


@both
def test_a_carry_over_is_taken_back_as_a_whole_or_not_at_all(house: Instance, leader: Actor, world: Review) -> None:
    conclude(house, leader, world, world.project, Choice.CHANGE, change="减少讲授，增加陪访")
    carry(house, leader, world)
    with house.database.reading() as db:
        plan = following(db, world)
        assert plan is not None
        (made,) = goals.goals(db, leader, plan.id or 0)
        (done,) = carrying.carried(db, leader, world.plan)
        assert carrying.behind(db, leader, [made.project.id])[made.project.id].change == "减少讲授，增加陪访"
    with house.database.writing() as db:
        goals.save(db, leader, made.project.id, made.version, made.draft)
    with house.database.writing() as db, pytest.raises(Conflict):
        carrying.undo(db, leader, done.row.id or 0)
    with house.database.writing() as db:
        goals.undo(db, leader, made.project.id)
    with house.database.reading() as db:
        assert goals.find(db, leader, made.project.id).row is not None


@both
def test_what_nobody_touched_goes_and_can_be_carried_over_again(house: Instance, leader: Actor, executive: Actor, world: Review) -> None:
    conclude(house, leader, world, world.project, Choice.KEEP)
    with house.database.reading() as db:
        stamp = proposing.proposal(db, leader, world.plan, "zh").stamp
    with house.database.writing() as db, pytest.raises(Conflict):
        carrying.apply(db, leader, world.plan, "another", "zh")
    with house.database.writing() as db, pytest.raises(NotAllowed):
        carrying.apply(db, executive, world.plan, stamp, "zh")
    assert carry(house, leader, world) == 1
    with house.database.reading() as db:
        (done,) = carrying.carried(db, leader, world.plan)
    with house.database.writing() as db:
        assert carrying.undo(db, leader, done.row.id or 0) >= 2
    with house.database.reading() as db:
        assert following(db, world) is None
        assert not carrying.carried(db, leader, world.plan)[0].standing
    assert carry(house, leader, world) == 1


@both
def test_what_next_year_rests_on_is_not_unconfirmed(house: Instance, leader: Actor, world: Review) -> None:
    number = conclude(house, leader, world, world.project, Choice.KEEP)
    carry(house, leader, world)
    with house.database.reading() as db:
        (done,) = carrying.carried(db, leader, world.plan)
        _history, mine = service.done(db, leader, world.plan)
    assert mine is not None
    with house.database.writing() as db, pytest.raises(Conflict, match="结转"):
        service.undo(db, leader, mine.id)
    with house.database.writing() as db:
        carrying.undo(db, leader, done.row.id or 0)
        service.undo(db, leader, mine.id)
        assert not service.find(db, leader, number).confirmed


def taught(house: Instance, leader: Actor, world: Review, project: int) -> list[str]:
    """What a project teaches in its steps, as words: the step, how it is taught, the items in it."""
    with house.database.reading() as db:
        content = contents.find(db, leader, project).content
    names = {one.id: f"{one.facts.name} {one.facts.hours:g} {one.way}" for one in content.items}
    return [f"{one.name} {one.method} {one.slots} {one.min_lag} {[names[item] for item in one.item_ids]}" for one in content.activities]


@both
def test_what_a_project_teaches_comes_along_and_goes_only_as_it_came(house: Instance, leader: Actor, world: Review) -> None:
    with house.database.writing() as db:
        items = [Entered(0, ItemFacts("异议处理演练", "会答异议", hours=7.0)), Entered(0, ItemFacts("制度要点", "知道红线", hours=1.0))]
        contents.save_items(db, leader, world.project, contents.find(db, leader, world.project).content.version, items)
    with house.database.writing() as db:
        version = contents.find(db, leader, world.project).content.version
        designing.begin(db, leader, world.project, version, Pattern.VIDEO_PRACTICE, Tier.BASIC, Rhythm.IMMERSIVE, "zh")
    with house.database.writing() as db:
        was = contents.find(db, leader, world.project).content
        asked = replace(was.settings, earliest=date(2028, 2, 29), due=date(2028, 6, 30))
        contents.save_settings(db, leader, world.project, was.version, asked)
    before = taught(house, leader, world, world.project)
    assert any("异议处理演练" in one for one in before)
    conclude(house, leader, world, world.project, Choice.KEEP)
    carry(house, leader, world)
    with house.database.reading() as db:
        plan = following(db, world)
        assert plan is not None
        (made,) = goals.goals(db, leader, plan.id or 0)
        (done,) = carrying.carried(db, leader, world.plan)
        assert [one.name for one in done.items if one.kind is CarryKind.CONTENT] == [made.project.row.name]
    assert taught(house, leader, world, made.project.id) == before
    with house.database.writing() as db:
        content = contents.find(db, leader, made.project.id).content
        moved = content.settings
        assert (moved.earliest, moved.due) == (date(2029, 2, 28), date(2029, 6, 30))
        contents.save_items(db, leader, made.project.id, content.version, [Entered(one.id, one.facts) for one in content.items[:1]])
    with house.database.writing() as db, pytest.raises(Conflict):
        carrying.undo(db, leader, done.row.id or 0)
    assert taught(house, leader, world, world.project) == before


@both
def test_what_was_written_on_a_project_that_came_over_is_not_taken_away_with_it(house: Instance, leader: Actor, world: Review) -> None:
    with house.database.writing() as db:
        db.delete(content_rows.content(db, world.project))
    conclude(house, leader, world, world.project, Choice.KEEP)
    carry(house, leader, world)
    with house.database.writing() as db:
        plan = following(db, world)
        assert plan is not None
        (made,) = goals.goals(db, leader, plan.id or 0)
        contents.save_items(db, leader, made.project.id, 0, [Entered(0, ItemFacts("新的一课", hours=2.0))])
        (done,) = carrying.carried(db, leader, world.plan)
    with house.database.writing() as db, pytest.raises(Conflict):
        carrying.undo(db, leader, done.row.id or 0)


@both
def test_a_project_that_the_next_year_has_already_gets_the_conclusion_and_no_double(house: Instance, leader: Actor, world: Review) -> None:
    number = conclude(house, leader, world, world.project, Choice.CHANGE, change="增加陪访")
    with house.database.writing() as db:
        plan = plan_rows.plan(db, world.plan)
        assert plan is not None
        following_id = plans.create(db, leader, plan.unit, plan.year + 1).id or 0
        own = carrying_projects.copy(db, leader, world.project, following_id, people=3, theme_id=None).id or 0
    assert carry(house, leader, world) == 0
    with house.database.reading() as db:
        (only,) = goals.goals(db, leader, following_id)
        assert only.project.id == own and only.project.row.people == 3 and only.row is None
        assert carrying.behind(db, leader, [own])[own].conclusion_id == number
        (done,) = carrying.carried(db, leader, world.plan)
        assert not proposing.proposal(db, leader, world.plan, "zh").anything
    with house.database.writing() as db:
        carrying.undo(db, leader, done.row.id or 0)
        assert [one.project.id for one in goals.goals(db, leader, following_id)] == [own]
        assert not carrying.behind(db, leader, [own])


@both
def test_what_went_on_to_the_year_after_next_is_not_taken_back_beneath_it(house: Instance, leader: Actor, world: Review) -> None:
    """By a conclusion on its theme, which does not hang on the project."""
    conclude(house, leader, world, world.project, Choice.KEEP)
    with house.database.writing() as db:
        plan = plan_rows.plan(db, world.plan)
        assert plan is not None
        second = plans.create(db, leader, plan.unit, plan.year + 1).id or 0
        source = project_rows.project(db, world.project)
        assert source is not None
        theme = theme_rows.theme(db, source.theme_id or 0)
        assert theme is not None
        themes.create(db, leader, second, ThemeDraft(theme.name, theme.perspective))
    carry(house, leader, world)
    with house.database.writing() as db:
        (own,) = theme_rows.themes(db, second)
        number = service.save(db, leader, second, ConclusionDraft(About(None, own.id), 4, Choice.KEEP, "照办"), today=TODAY)
        service.confirm(db, leader, second, {number: service.find(db, leader, number).row.version or 0})
    with house.database.writing() as db:
        assert carrying.apply(db, leader, second, proposing.proposal(db, leader, second, "zh").stamp, "zh") == 1
        (first,) = carrying.carried(db, leader, world.plan)
        (further,) = carrying.carried(db, leader, second)
    with house.database.writing() as db, pytest.raises(Conflict):
        carrying.undo(db, leader, first.row.id or 0)
    with house.database.writing() as db:
        carrying.undo(db, leader, further.row.id or 0)
        carrying.undo(db, leader, first.row.id or 0)
        assert not goals.goals(db, leader, second)


@both
def test_the_conclusion_behind_a_project_is_read_when_its_year_was_put_away(house: Instance, leader: Actor, world: Review) -> None:
    number = conclude(house, leader, world, world.project, Choice.KEEP)
    carry(house, leader, world)
    with house.database.writing() as db:
        plans.archive(db, leader, world.plan)
    with house.database.reading() as db:
        plan = following(db, world)
        assert plan is not None
        (made,) = goals.goals(db, leader, plan.id or 0)
        trace = carrying.behind(db, leader, [made.project.id])[made.project.id]
        assert trace.conclusion_id == number and service.find(db, leader, number).year == 2027


def test_what_is_of_the_whole_plan_is_worked_out_once_of_however_many_projects(
    house: Instance, leader: Actor, world: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for module in (gathering.warnings, gathering.returns):
        name = "board" if module is gathering.warnings else "overview"
        once = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, _once=once, _name=name: (asked.append(_name), _once(*given))[1])
    with house.database.reading() as db:
        figures = gathering.Figures(db, leader, world.plan, TODAY)
        first, second = (figures.of(gathering.About(world.project)) for _ in range(2))
        alone = gathering.gather(db, leader, world.plan, gathering.About(world.project), TODAY)
    assert first == second == alone and sorted(asked) == ["board", "board", "overview", "overview"]


def test_a_project_that_was_concluded_on_while_others_were_looked_at_gets_no_second_draft(
    house: Instance, leader: Actor, world: Review
) -> None:
    heard: list[tuple[int, int]] = []
    with house.database.reading() as db:
        found = service.proposed(db, leader, world.plan, "zh", TODAY, lambda done, total: heard.append((done, total)))
    assert found and heard[0][0] == 0 and heard[0][1] >= 1
    with house.database.writing() as db:
        service.draft_all(db, leader, world.plan, found)
    with house.database.writing() as db, pytest.raises(BadInput):
        service.draft_all(db, leader, world.plan, found)
    with house.database.reading() as db:
        assert len(service.board(db, leader, world.plan, TODAY).conclusions) == 1


def test_the_preview_says_that_next_years_plan_was_put_away(house: Instance, leader: Actor, world: Review) -> None:
    conclude(house, leader, world, world.project, Choice.KEEP)
    with house.database.writing() as db:
        plan = plans.find(db, leader, world.plan)
        after = plans.create(db, leader, plan.unit, plan.year + 1).id or 0
        assert not proposing.proposal(db, leader, world.plan, "zh").put_away
    with house.database.writing() as db:
        plans.archive(db, leader, after)
    with house.database.reading() as db:
        assert proposing.proposal(db, leader, world.plan, "zh").put_away
