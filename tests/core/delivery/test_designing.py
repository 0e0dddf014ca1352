"""Designs: what a pattern lays out, and what the rules find wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.delivery.content.activity import Activity, hours_of
from core.delivery.content.checking import problems
from core.delivery.content.item import Choice, ContentItem, ItemFacts, Triage
from core.delivery.content.patterns import lay_out, suggested
from core.delivery.content.storing import Content
from core.delivery.content.terms import HOURS_PER_SLOT, Method, Part, Pattern, Rhythm, Stage, Tier, Way
from core.goals.draft import Draft, of_goal
from core.i18n import Message
from tests.core.goals.worked import WORKED


def item(number: int, way: Way, hours: float = 3.5) -> ContentItem:
    return ContentItem(number, ItemFacts(f"内容{number}", hours=hours), Triage(way, "words", Message("内容"), "triage 1"))


KNOWING, DOING, LONG = item(1, Way.SELF_STUDY, 2.0), item(2, Way.FACE_TO_FACE), item(3, Way.FACE_TO_FACE, 14.0)
GOAL = of_goal(WORKED)


def laid(*items: ContentItem, pattern: Pattern = Pattern.PREWORK_WORKSHOP, tier: Tier = Tier.ADVANCED, rhythm: Rhythm = Rhythm.IMMERSIVE):
    return lay_out(items, pattern, tier, rhythm, "zh")


def rules(*steps: Activity, items: tuple[ContentItem, ...] = (KNOWING, DOING), goal: Draft | None = None) -> list[str]:
    return [one.rule for one in problems(Content(1, 1, items=items, activities=steps), goal)]


@pytest.mark.parametrize("pattern", list(Pattern))
@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("rhythm", list(Rhythm))
def test_every_pattern_puts_knowledge_before_and_the_rest_into_the_room(pattern: Pattern, tier: Tier, rhythm: Rhythm) -> None:
    steps = laid(KNOWING, DOING, LONG, pattern=pattern, tier=tier, rhythm=rhythm)
    order = [list(Stage).index(one.stage) for one in steps]
    assert order == sorted(order) and set(order) == {0, 1, 2}
    room = [one for one in steps if one.face_to_face and one.stage is Stage.DURING]
    assert room and not any(KNOWING.id in one.item_ids for one in room) and all(one.needs_trainer for one in room)
    assert sum(one.slots for one in room) * HOURS_PER_SLOT >= DOING.facts.hours + LONG.facts.hours
    assert max(one.slots for one in room) <= (4 if rhythm is Rhythm.IMMERSIVE else 1)
    assert not problems(Content(1, 1, items=(KNOWING, DOING, LONG), activities=steps), None)


def test_what_comes_in_pieces_has_weeks_between_and_what_is_immersive_has_none() -> None:
    pieces = [one for one in laid(LONG, rhythm=Rhythm.FRAGMENTED) if one.stage is Stage.DURING]
    assert len(pieces) == 4 and [one.min_lag > 0 for one in pieces] == [False, True, True, True]
    assert all(one.max_lag is not None and one.max_lag >= one.min_lag for one in pieces[1:])
    together = [one for one in laid(DOING, LONG) if one.stage is Stage.DURING]
    assert all(one.min_lag == 0 for one in together)


def test_learn_practise_test_certify_holds_all_four_in_that_order() -> None:
    steps = laid(KNOWING, DOING, pattern=Pattern.LEARN_PRACTISE_TEST_CERTIFY)
    parts = [one.part for one in steps]
    assert set(parts) == set(Part) and steps[-1].method is Method.CERTIFICATION and steps[-1].min_lag > 0


def test_the_pattern_that_is_proposed_follows_the_triage() -> None:
    assert suggested([KNOWING], certified=False) is Pattern.LIVE_COMMUNITY
    assert suggested([KNOWING, DOING], certified=False) is Pattern.PREWORK_WORKSHOP
    assert suggested([LONG], certified=False) is Pattern.THEORY_PRACTICE_COACHING
    assert suggested([KNOWING, DOING], certified=True) is Pattern.ONLINE_EXAM_CERTIFICATION


def test_without_items_nothing_is_laid_out() -> None:
    assert laid() == () and rules(items=()) == []


def test_knowledge_in_the_room_needs_a_reason() -> None:
    room = Activity(9, Stage.DURING, "讲授", Method.LECTURE, 1, item_ids=(1, 2))
    assert rules(room) == ["knowledge_in_the_room"]
    assert rules(replace(room, reason="新规，当面问答")) == []
    assert rules(replace(room, slots=0, online=True, method=Method.CASE)) == []
    decided = replace(KNOWING, choice=Choice(Way.FACE_TO_FACE, "当面", "张敏"))
    assert rules(room, items=(decided, DOING)) == []


def test_a_behaviour_needs_practice_a_learning_indicator_a_test_and_a_result_something_afterwards() -> None:
    lecture = Activity(9, Stage.DURING, "讲授", Method.LECTURE, 1, item_ids=(2,))
    assert rules(lecture, items=(DOING,), goal=GOAL) == [
        "behaviour_without_practice",
        "learning_without_a_test",
        "results_without_transfer",
    ]
    practice = replace(lecture, method=Method.PRACTICE)
    check = Activity(10, Stage.AFTER, "通关", Method.SKILL_CHECK, 1, item_ids=(2,))
    assert rules(practice, check, items=(DOING,), goal=GOAL) == []
    assert rules(lecture, items=(DOING,)) == []


def test_what_no_step_teaches_and_what_is_only_read_is_found_at_its_item() -> None:
    read = Activity(9, Stage.BEFORE, "自学", Method.READING, hours=1.0, online=True, item_ids=(1, 2))
    found = problems(Content(1, 1, items=(KNOWING, DOING, LONG), activities=(read,)), None)
    assert [(one.rule, one.number) for one in found] == [("item_in_no_step", LONG.id), ("doing_not_done", DOING.id)]


def test_a_step_before_that_comes_after_one_of_the_training_is_found_at_its_place() -> None:
    steps = (
        Activity(1, Stage.DURING, "工作坊", Method.WORKSHOP, 1, item_ids=(2,)),
        Activity(2, Stage.BEFORE, "预习", Method.READING, item_ids=(1,)),
    )
    [found] = problems(Content(1, 1, items=(KNOWING, DOING), activities=steps), None)
    assert (found.rule, found.number) == ("stages_out_of_order", 1) and "第 2 步" in str(found.message)


def test_a_participants_hours_are_those_of_the_room_online_and_on_the_job() -> None:
    steps = laid(KNOWING, DOING, pattern=Pattern.THEORY_PRACTICE_COACHING)
    hours = hours_of(steps)
    assert hours.face_to_face == 3.5 and hours.online == 2.5 and hours.on_the_job == 7.0
    assert hours.total == sum(hours.by_stage.values()) == 13.0
