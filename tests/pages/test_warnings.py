"""The page of early warnings: who is warned of and why, decisions and what came after, the rule's numbers; and the home page's notice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from core import clock
from core.access.actor import Actor
from core.delivery.budget import service as budget
from core.delivery.budget.service import LineDraft
from core.delivery.budget.terms import CostType
from core.instance import Instance
from core.review.returns import service as returns
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
    # The figure says of which link it is, and the way to the clause is open.
    assert any("参与度 0%（" in str(cell) for table in at.dataframe for row in table.value.to_numpy() for cell in row)
    assert {"在对齐链里看", "看它的目标"} <= set(labels(at, "page_link"))
    fill(at, "理由", "两次没人来，先补课")
    fill(at, "责任人", "李主任")
    at = press(at, "记下处理")
    assert "两次没人来，先补课" in words(at)
    fill(at, "后来怎样", "补课到了一半人")
    at = press(at, "记下后续")
    assert "补课到了一半人" in words(at)


def test_what_is_better_stopped_says_how_far_it_comes_at_best_and_where_the_line_is(
    house: Instance, leader: Actor, world: World, visit: Visit
) -> None:
    nobody_came(house, leader, world)
    with house.database.reading() as db:
        programmes = returns.overview(db, leader, world.plan).programmes
    with house.database.writing() as db:
        lines = [LineDraft(CostType.PURCHASE, 4, one, planned=50_000) for one in programmes]
        budget.save_lines(db, leader, world.plan, lines, {})
    said = words(visit(leader, PAGE))
    found = re.search(r"建议止损：参与度往好里算也只到 (\d+)%，止损线是 (\d+)%", said)
    assert found and int(found[1]) < int(found[2])


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
