"""The plan on one page: counted from what is there, for the person who looks."""

from __future__ import annotations

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.flow import Milestone, NextStep, next_step, plan_state, side_by_side
from core.instance import Instance
from core.plans import service as plans
from core.review.conclusions import service as conclusions
from core.review.conclusions.gathering import About
from core.review.conclusions.service import ConclusionDraft
from core.review.conclusions.terms import Choice
from core.review.results.service import measures
from core.review.standing import ReviewStanding, standing
from tests.core.review.world import reviewed
from tests.core.strategy.ideas_world import accept, localise, look, ripe, suggest
from tests.library import NOTICE, STRATEGY, add, settle, shelve


def test_a_step_is_as_far_as_its_parts_are_there(house: Instance, leader: Actor) -> None:
    with house.database.writing() as db:
        plan_id = plans.create(db, leader, "滨海分行", 2027).id or 0

    def now() -> tuple[int, NextStep]:
        with house.database.reading() as db:
            state = plan_state(db, leader, plan_id)
            return state.done, next_step(leader, state)

    assert now() == (0, NextStep.ADD_DOCUMENTS)
    first = add(house, leader, "战略.md", STRATEGY).document_id
    assert now() == (0, NextStep.WAIT), "what waits to be read does not count yet"
    settle(house)
    assert now() == (1, NextStep.ADD_DOCUMENTS)
    shelve(house, leader, "报告.md", NOTICE, DocumentKind.BRANCH)
    shelve(house, leader, "考核.md", NOTICE + "考核。", DocumentKind.APPRAISAL)
    assert now() == (3, NextStep.DECODE)
    with house.database.writing() as db:
        library.remove(db, leader, first)
    assert now() == (2, NextStep.ADD_DOCUMENTS)


def test_a_plan_says_nothing_of_a_library_that_one_may_not_see(
    house: Instance, leader: Actor, manager: Actor, administrator: Actor
) -> None:
    with house.database.writing() as db:
        plan_id = plans.create(db, leader, "滨海分行", 2027).id or 0
    shelve(house, leader, "访谈.md", NOTICE, DocumentKind.INTERVIEW)
    with house.database.reading() as db:
        seen = [plan_state(db, actor, plan_id).library.documents for actor in (leader, manager, administrator)]
    assert seen == [1, 0, 0]


def test_the_way_along_the_strategy_is_counted_and_leads_on(house: Instance, leader: Actor) -> None:
    ripened = ripe(house, leader)
    for kind in (DocumentKind.BRANCH, DocumentKind.APPRAISAL):
        shelve(house, leader, f"{kind}.md", NOTICE + kind, kind)

    def now() -> tuple[dict[str, int], NextStep]:
        with house.database.reading() as db:
            state = plan_state(db, leader, ripened.plan)
            return {part.what.value: part.count for part in state.parts}, next_step(leader, state)

    counts, step = now()
    assert (counts["findings"], counts["themes"], counts["localised"], counts["focus"], counts["projects"]) == (6, 2, 0, 1, 0)
    assert step is NextStep.LOCALISE
    localise(house, leader, ripened)
    assert now()[1] is NextStep.SUGGEST_IDEAS
    suggest(house, leader, ripened.plan)
    assert now()[1] is NextStep.DECIDE_IDEAS
    accept(house, leader, ripened.plan, *look(house, leader, ripened.plan).ideas)
    counts, step = now()
    assert counts["projects"] == 2 and step is NextStep.LOCALISE_PROJECTS, "one of the two themes is still HQ's standard"


def test_the_fourth_step_is_as_far_as_there_are_results_and_conclusions(house: Instance, leader: Actor, administrator: Actor) -> None:
    made = reviewed(house, leader)

    def looked_back(actor: Actor) -> ReviewStanding:
        with house.database.reading() as db:
            return standing(db, actor, made.plan)

    with house.database.reading() as db:
        wanted, kept = len(measures(db, leader, made.plan)), plan_state(db, leader, made.plan).looked_back
    assert kept == looked_back(leader) and looked_back(administrator) == ReviewStanding()
    assert 0 < kept.measured < kept.measures == wanted and kept.conclusions == 0
    with house.database.writing() as db:
        for words in ("照办", "再想想"):
            number = conclusions.save(db, leader, made.plan, ConclusionDraft(About(made.project, None), 4, Choice.KEEP, words))
        conclusions.confirm(db, leader, made.plan, {number: 1})
    assert (looked_back(leader).conclusions, looked_back(leader).confirmed) == (2, 1)


def test_years_side_by_side_say_what_came_of_every_step(house: Instance, leader: Actor) -> None:
    made = reviewed(house, leader)
    with house.database.writing() as db:
        fresh = plans.create(db, leader, "滨海分行", 2031).id
    with house.database.reading() as db:
        years = {one.plan.id: one for one in side_by_side(db, leader, plans.plans(db, leader))}
        state = plan_state(db, leader, made.plan)
    full, empty = years[made.plan], years[fresh]
    assert (full.themes, full.projects) == (state.count(Milestone.THEMES), state.count(Milestone.PROJECTS))
    assert (full.goals, full.sessions, full.looked_back) == (state.goals_set, state.timetable.placed, state.looked_back)
    assert full.projects and full.goals and full.sessions and full.looked_back.measured
    assert (empty.themes, empty.projects, empty.goals, empty.sessions, empty.looked_back) == (0, 0, 0, 0, ReviewStanding())
