"""A blended design made of triaged items: which steps a pattern puts before, during and after, how long, how far apart.

What is told here is a beginning that a person edits. Knowledge goes into self-study before the training, everything else into half days of
one face-to-face method; each pattern adds what makes it that pattern. How many half days: hours ÷ 3.5, rounded up to a half day.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.delivery.content.activity import LONGEST_NAME, Activity
from core.delivery.content.item import ContentItem
from core.delivery.content.terms import HOURS_PER_SLOT, METHOD_NAMES, Method, Pattern, Rhythm, Stage, Tier, Way
from core.i18n import Language, Message

# Half days of work: a week has ten, a month about forty-two.
_WEEK, _MONTH = 10, 42
# The most half days in one go: two days where it is immersive, a half day where it comes in pieces.
_TOGETHER = {Rhythm.IMMERSIVE: 4, Rhythm.FRAGMENTED: 1}
_TEST_HOURS, _TASK_HOURS, _COACHING_HOURS, _COMMUNITY_HOURS = 0.5, 4.0, 3.0, 2.0
_PREWORK_LAG, _TRANSFER_LAG = _WEEK, 4 * _WEEK


@dataclass(frozen=True)
class Recipe:
    """What a pattern is made of: how knowledge is learnt, by which method people learn in the room, and what comes before and after."""

    knowledge: Method
    room: Method
    before: tuple[Method, ...] = ()
    after: tuple[Method, ...] = ()


RECIPES = {
    Pattern.PREWORK_WORKSHOP: Recipe(Method.READING, Method.WORKSHOP, (Method.ONLINE_TEST,), (Method.TASK,)),
    Pattern.LIVE_COMMUNITY: Recipe(Method.LIVE, Method.CASE, (), (Method.COMMUNITY, Method.TASK)),
    Pattern.VIDEO_PRACTICE: Recipe(Method.VIDEO, Method.PRACTICE, (Method.ONLINE_TEST,), (Method.TASK,)),
    Pattern.ONLINE_EXAM_CERTIFICATION: Recipe(Method.READING, Method.PRACTICE, (Method.ONLINE_TEST,), (Method.CERTIFICATION,)),
    Pattern.LEARN_PRACTISE_TEST_CERTIFY: Recipe(
        Method.VIDEO, Method.ROLE_PLAY, (Method.ONLINE_TEST,), (Method.SKILL_CHECK, Method.CERTIFICATION)
    ),
    Pattern.THEORY_PRACTICE_COACHING: Recipe(Method.READING, Method.CASE, (Method.ONLINE_TEST,), (Method.TASK, Method.COACHING)),
}
_IN_A_ROOM = {Method.CERTIFICATION, Method.SKILL_CHECK}
_HOURS = {
    Method.ONLINE_TEST: _TEST_HOURS,
    Method.TASK: _TASK_HOURS,
    Method.COACHING: _COACHING_HOURS,
    Method.COMMUNITY: _COMMUNITY_HOURS,
}
_EQUIPMENT = {Method.WORKSHOP: ("白板",), Method.PRACTICE: ("电脑",), Method.CASE: ("投影",), Method.LECTURE: ("投影",)}


def lay_out(items: Sequence[ContentItem], pattern: Pattern, tier: Tier, rhythm: Rhythm, language: Language) -> tuple[Activity, ...]:
    """The steps of a pattern for these items, none where there are no items."""
    if not items:
        return ()
    recipe = RECIPES[pattern]
    knowledge = [one for one in items if one.way is Way.SELF_STUDY]
    doing = [one for one in items if one.way is Way.FACE_TO_FACE]
    steps = _before(recipe, knowledge, doing, tier, language)
    room = _room(recipe, doing, tier, rhythm, language)
    if room and _scheduled(steps):
        room[0] = replace(room[0], min_lag=_PREWORK_LAG)
    steps += room
    return tuple(steps + _after(recipe, doing or knowledge, _scheduled(steps), tier, language))


def _before(recipe: Recipe, knowledge: list[ContentItem], doing: list[ContentItem], tier: Tier, language: Language) -> list[Activity]:
    steps = []
    if knowledge:
        steps.append(_study(recipe.knowledge, knowledge, language))
        if tier is not Tier.EXPERT:
            steps += [_online(Stage.BEFORE, method, knowledge, language) for method in recipe.before]
    if tier is Tier.EXPERT and doing:
        # Experts bring a case of their own instead of being asked what they know.
        name = Message("带一个自己的真实案例来").render(language)
        steps.append(Activity(0, Stage.BEFORE, name, Method.TASK, hours=2.0, item_ids=_ids(doing)))
    return steps


def _study(method: Method, knowledge: list[ContentItem], language: Language) -> Activity:
    hours = round(sum(one.facts.hours for one in knowledge), 1)
    name = _named(method, knowledge, language)
    if method is Method.LIVE:
        # A live lesson has its hour: it is scheduled, though nobody needs a room.
        slots = _slots(hours)
        return Activity(
            0, Stage.BEFORE, name, method, slots, slots * HOURS_PER_SLOT, online=True, needs_trainer=True, item_ids=_ids(knowledge)
        )
    return Activity(0, Stage.BEFORE, name, method, hours=hours, online=True, item_ids=_ids(knowledge))


def _online(stage: Stage, method: Method, items: Sequence[ContentItem], language: Language) -> Activity:
    name = METHOD_NAMES[method].render(language)
    return Activity(0, stage, name, method, hours=_HOURS[method], online=method is not Method.TASK, item_ids=_ids(items))


def _room(recipe: Recipe, doing: list[ContentItem], tier: Tier, rhythm: Rhythm, language: Language) -> list[Activity]:
    steps: list[Activity] = []
    most = _TOGETHER[rhythm]
    for group, slots, mark in _pieces(_together(doing, most), most):
        # Beginners are shown how before they try; experts work on cases.
        method = Method.CASE if tier is Tier.EXPERT and recipe.room is not Method.WORKSHOP else recipe.room
        step = Activity(
            0,
            Stage.DURING,
            _named(method, group, language, mark),
            method,
            slots,
            slots * HOURS_PER_SLOT,
            equipment=_EQUIPMENT.get(method, ()),
            needs_trainer=True,
            item_ids=_ids(group),
        )
        if steps:
            lags = (0, 2 * _WEEK) if rhythm is Rhythm.IMMERSIVE else (_WEEK - 4, 3 * _WEEK)
            step = replace(step, min_lag=lags[0], max_lag=lags[1])
        steps.append(step)
    return steps


def _after(recipe: Recipe, items: Sequence[ContentItem], follows: bool, tier: Tier, language: Language) -> list[Activity]:
    steps = []
    for method in recipe.after:
        if method in _IN_A_ROOM:
            lag = (_TRANSFER_LAG, 3 * _MONTH) if follows else (0, None)
            name = METHOD_NAMES[method].render(language)
            step = Activity(0, Stage.AFTER, name, method, 1, HOURS_PER_SLOT, needs_trainer=True, item_ids=_ids(items))
            steps.append(replace(step, min_lag=lag[0], max_lag=lag[1]))
            follows = True
        else:
            steps.append(_online(Stage.AFTER, method, items, language))
    if tier is Tier.BASIC and Method.COACHING not in recipe.after and any(one.way is Way.FACE_TO_FACE for one in items):
        steps.append(replace(_online(Stage.AFTER, Method.COACHING, items, language), online=False))
    return [replace(one, online=False) if one.method is Method.COACHING else one for one in steps]


def _together(items: Sequence[ContentItem], most: int) -> list[list[ContentItem]]:
    """The items in their order, as many in one step as its half days hold; a longer item is a step of its own."""
    groups: list[list[ContentItem]] = []
    for one in items:
        hours = sum(each.facts.hours for each in groups[-1]) + one.facts.hours if groups else math.inf
        if groups and _slots(hours) <= most:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _pieces(groups: Sequence[list[ContentItem]], most: int) -> list[tuple[list[ContentItem], int, str]]:
    """Each group with its half days; what is longer than `most` comes in several pieces, marked 1/2, 2/2."""
    found = []
    for group in groups:
        slots = _slots(sum(one.facts.hours for one in group))
        pieces = math.ceil(slots / most)
        for number in range(pieces):
            mark = f" {number + 1}/{pieces}" if pieces > 1 else ""
            found.append((group, min(most, slots - number * most), mark))
    return found


def _slots(hours: float) -> int:
    return max(1, math.ceil(round(hours / HOURS_PER_SLOT, 3)))


def _named(method: Method, items: Sequence[ContentItem], language: Language, mark: str = "") -> str:
    name = METHOD_NAMES[method].render(language)
    first = Message("{method}：{item}", method=name, item=items[0].facts.name)
    more = Message("{method}：{item}等 {n} 项", method=name, item=items[0].facts.name, n=len(items))
    return (first if len(items) == 1 else more).render(language)[: LONGEST_NAME - len(mark)] + mark


def _scheduled(steps: Sequence[Activity]) -> bool:
    return any(one.slots for one in steps)


def _ids(items: Sequence[ContentItem]) -> tuple[int, ...]:
    return tuple(one.id for one in items)


def suggested(items: Sequence[ContentItem], *, certified: bool) -> Pattern:
    """The pattern that fits the items: certification where a goal asks for one, live lessons where all is knowledge, else by hours."""
    room = sum(one.facts.hours for one in items if one.way is Way.FACE_TO_FACE)
    whole = sum(one.facts.hours for one in items) or 1.0
    if certified:
        return Pattern.ONLINE_EXAM_CERTIFICATION
    if room == 0:
        return Pattern.LIVE_COMMUNITY
    return Pattern.PREWORK_WORKSHOP if room / whole < 0.8 else Pattern.THEORY_PRACTICE_COACHING
