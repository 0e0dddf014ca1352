"""Conclusions, their carry-over and the quarterly meeting as people use them."""

from __future__ import annotations

from datetime import date

import pytest

from core.access.actor import Actor
from core.goals import service as goals
from core.instance import Instance
from core.plans import repository as plan_rows
from core.review.conclusions import service as conclusions
from core.review.conclusions.gathering import About
from core.review.conclusions.service import ConclusionDraft
from core.review.conclusions.terms import Choice
from core.review.reviews import service as reviews
from tests.core.review.world import Review, review
from tests.pages.conftest import Visit, works_on
from tests.pages.words import words

CONCLUSIONS, MEETINGS, GOALS = "review/conclusions.py", "review/meetings.py", "goals/goals.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> Review:
    made = review(house, leader)
    works_on(house, leader, made.plan)
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_confirmed_conclusion_is_previewed_applied_seen_in_the_goal_and_undone(
    language: str, house: Instance, leader: Actor, world: Review, visit: Visit
) -> None:
    draft = ConclusionDraft(About(world.project), 4, Choice.CHANGE, "陪访不够", "增加陪访")
    with house.database.writing() as db:
        conclusions.save(db, leader, world.plan, draft)
    at = visit(leader, CONCLUSIONS, language)
    next(one for one in at.button if one.label in ("确认 1 条草稿", "Confirm 1 draft")).click().run()
    assert not at.exception and "增加陪访" in words(at)
    at.button(key="carry_apply").click().run()
    assert not at.exception
    with house.database.reading() as db:
        plan = plan_rows.plan(db, world.plan)
        assert plan is not None
        made = plan_rows.plan_of(db, plan.unit, plan.year + 1)
        assert made is not None
        (view,) = goals.goals(db, leader, made.id or 0)
    assert ("第一步也不必重做" if language == "zh" else "Step 1 need not be done again") in words(at)
    next(one for one in at.button if (one.key or "").startswith("carried_")).click().run()
    assert not at.exception and view.project.row.name in words(at)
    told = words(visit(leader, GOALS, language, project=view.project.id))
    assert ("来自 2027 年复盘：调整" if language == "zh" else "From the review of 2027: Change") in told and "增加陪访" in told
    works_on(house, leader, world.plan)
    at = visit(leader, CONCLUSIONS, language)
    next(one for one in at.button if (one.key or "").startswith("carry_undo")).click().run()
    assert not at.exception
    assert "第一步也不必重做" not in words(at) and "Step 1 need not" not in words(at)
    with house.database.reading() as db:
        assert plan_rows.plan_of(db, plan.unit, plan.year + 1) is None


def test_a_conclusion_is_written_with_what_the_data_suggest(house: Instance, leader: Actor, world: Review, visit: Visit) -> None:
    at = visit(leader, CONCLUSIONS)
    next(one for one in at.text_area if one.label == "用一两句话写明").set_value("先保持")
    next(one for one in at.button if one.label == "存为草稿").click().run()
    assert not at.exception and "先保持" in words(at)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_meeting_is_made_from_the_data_and_decides(language: str, house: Instance, leader: Actor, world: Review, visit: Visit) -> None:
    at = visit(leader, MEETINGS, language)
    at.button(key="meeting_prepare").click().run()
    assert not at.exception
    next(one for one in at.text_input if (one.key or "").startswith("work_text_new")).set_value("补课一次")
    next(one for one in at.text_input if (one.key or "").startswith("work_owner_new")).set_value("李主任")
    next(one for one in at.button if one.label in ("记下决定", "Note the decision")).click().run()
    assert not at.exception and "补课一次" in words(at) and "李主任" in words(at)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_others_read_and_change_nothing(
    language: str, house: Instance, leader: Actor, manager: Actor, executive: Actor, world: Review, visit: Visit
) -> None:
    with house.database.writing() as db:
        conclusions.save(db, leader, world.plan, ConclusionDraft(About(world.project), 4, Choice.KEEP, "先保持"))
        reviews.prepare(db, leader, world.plan, 4, date(2027, 12, 20))
    for actor in (manager, executive):
        works_on(house, actor, world.plan)
        for page in (CONCLUSIONS, MEETINGS):
            at = visit(actor, page, language)
            assert not at.exception and not at.text_area and "carry_apply" not in {one.key for one in at.button}
        assert "先保持" in words(visit(actor, CONCLUSIONS, language))
