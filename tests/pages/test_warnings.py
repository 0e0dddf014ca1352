"""The page of early warnings: who is warned of and why, decisions and what came after, the rule's numbers; and the home page's notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core import clock
from core.access.actor import Actor
from core.instance import Instance
from tests.core.delivery.timetable_world import World, published
from tests.core.review.test_warnings import last_day, nobody_came
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "review/warnings.py"


@pytest.fixture
def world(house: Instance, leader: Actor, monkeypatch: pytest.MonkeyPatch) -> World:
    made = published(house, leader)
    works_on(house, leader, made.plan)
    today: date = last_day(house, leader, made) + timedelta(weeks=1)
    monkeypatch.setattr(clock, "today", lambda: today)
    return made


def test_without_a_timetable_the_page_says_what_it_waits_for(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "三个信号" in words(visit(leader, PAGE))


def test_what_cannot_be_judged_is_not_judged(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    assert "还不能判断" in words(at) and "为时过早" in words(at)


def test_an_alarm_names_its_weak_link_and_is_decided_about(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    nobody_came(house, leader, world)
    assert "可能达不到目标" in " ".join(labels(visit(leader, ""), "page_link"))
    at = visit(leader, PAGE)
    assert "弱在**参与度**" in words(at) and "还没有人处理" in words(at) and "只报告" in words(at)
    fill(at, "理由", "两次没人来，先补课")
    fill(at, "责任人", "李主任")
    at = press(at, "记下处理")
    assert "两次没人来，先补课" in words(at)
    fill(at, "后来怎样", "补课到了一半人")
    at = press(at, "记下后续")
    assert "补课到了一半人" in words(at)


def test_in_english_its_words_are_english(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    nobody_came(house, leader, world)
    assert "Weak in **Participation**" in words(visit(leader, PAGE, "en"))


def test_an_executive_reads_and_decides_nothing(house: Instance, leader: Actor, executive: Actor, world: World, visit: Visit) -> None:
    nobody_came(house, leader, world)
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE)
    assert at.metric and "记下处理" not in labels(at, "button")


def fill(at: Any, label: str, text: str) -> None:
    """Write into the field of this label."""
    next(one for one in (*at.text_area, *at.text_input) if one.label == label).input(text)
