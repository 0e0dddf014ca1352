"""The page of calendars: which there are, the address that is shown once, who may make one."""

from __future__ import annotations

from datetime import time

import pytest

from core.access.actor import Actor
from core.delivery.feeds import service as feeds
from core.instance import Instance
from tests.core.delivery.timetable_world import World, published
from tests.pages.conftest import Visit, works_on
from tests.pages.words import labels, press, words

PAGE = "delivery/feeds.py"


@pytest.fixture
def world(house: Instance, leader: Actor) -> World:
    made = published(house, leader)
    works_on(house, leader, made.plan)
    return made


def test_before_anything_is_published_the_page_says_what_it_is_for(house: Instance, leader: Actor, plan: int, visit: Visit) -> None:
    works_on(house, leader, plan)
    assert "排期发布以后" in words(visit(leader, PAGE))


@pytest.mark.parametrize(("language", "made", "close"), [("zh", "只显示这一次", "作废"), ("en", "shown only once", "Withdraw")])
def test_an_address_is_made_shown_once_and_withdrawn(
    language: str, made: str, close: str, house: Instance, leader: Actor, world: World, visit: Visit
) -> None:
    at = visit(leader, PAGE, language)
    at = press(at, "生成订阅地址" if language == "zh" else "Make an address")
    assert made in words(at) and "/feed/" in at.code[0].value
    at = press(at, "已保存，收起" if language == "zh" else "Saved, put away")
    assert made not in words(at) and not at.code
    press(at, close)
    with house.database.reading() as db:
        assert feeds.feeds(db, leader, world.plan) == []


def test_those_who_do_not_plan_take_the_file_and_make_no_address(house: Instance, executive: Actor, world: World, visit: Visit) -> None:
    works_on(house, executive, world.plan)
    at = visit(executive, PAGE)
    assert "下载日历文件（.ics）" in labels(at, "download_button")
    assert "生成订阅地址" not in labels(at, "button") and "上课时间" not in labels(at, "expander")


def test_the_hours_are_changed_on_the_page(house: Instance, leader: Actor, world: World, visit: Visit) -> None:
    at = visit(leader, PAGE)
    at.time_input[0].set_value(time(8, 30))
    press(at, "保存上课时间")
    with house.database.reading() as db:
        hours, version = feeds.hours(db, leader, world.plan)
    assert f"{hours.morning[0]:%H:%M}" == "08:30" and version == 1
