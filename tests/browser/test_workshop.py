"""A workshop end to end: a facilitator, the wall, three phones; then its result in the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.access.actor import Role
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from core.workshops import preparing, service
from core.workshops.terms import RoundKind
from tests.browser.access_server import Server, running
from tests.browser.desk import Desk, at_desk, before_start

PHONE = {"width": 390, "height": 844}
HOSTILE = "流程太长 <img src=x onerror=alert(1)> ![a](http://evil.example/x.png)"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Server]:
    """A server with a plan of three themes and a board of two rounds."""
    folder = tmp_path_factory.mktemp("workshop")
    with before_start(folder, migrated) as (house, leader, plan), house.database.writing() as db:
        for name in ("客户经营", "风险合规", "数字化"):
            themes.create(db, leader, plan, themes.Draft(name, Perspective.CUSTOMER, weight=30))
        board = service.create(db, leader, plan, "年度共创")
        chosen = preparing.choices(db, leader, plan, RoundKind.VOTE)
        preparing.add_round(db, leader, plan, board, 1, RoundKind.VOTE, chosen=chosen)
        preparing.add_round(db, leader, plan, board, 1, RoundKind.PAIN)
    with running(folder) as started:
        started.add("wang", Role.HR_LEADER)
        yield started


def joined(chromium: Browser, address: str, nickname: str) -> Page:
    """A phone that has joined."""
    page = chromium.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    page.goto(address)
    page.locator("#nickname").fill(nickname)
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("哪些主题今年最要紧")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out of the phone"
    return page


def test_a_room_votes_and_the_planner_accepts(chromium: Browser, server: Server) -> None:
    with at_desk(chromium, server) as desk:
        desk.sign_in("wang").open("workshop?id=1")
        desk.press("打开")
        desk.press("生成链接")
        desk.page.get_by_role("button", name="生成", exact=True).click()
        link = desk.page.get_by_text(re.compile("/join/")).first.inner_text().strip()
        phones = [joined(chromium, link, name) for name in ("王芳", "李明", "王芳")]
        expect(phones[2].locator(".top")).to_contain_text("王芳 2")
        for phone, place in zip(phones, (0, 0, 1), strict=True):
            for _time in range(12):
                phone.locator(".more").nth(place).click()
            expect(phone.locator(".left")).to_contain_text("还剩 0 分")
            phone.locator("button[type=submit]").click()
            expect(phone.locator("#done")).to_have_text("已提交。")
        wall = desk.another_page()
        wall.goto(f"{server.address}/projector?id=1")
        expect(wall.get_by_text("“客户经营”领先：20 分，占 67%")).to_be_visible()
        expect(wall.get_by_test_id("stSidebar")).to_have_count(0)
        desk.page.get_by_role("button", name="切换到这里").click()
        # The phones are led on by themselves, and the wall too.
        phones[0].locator("#text").fill(HOSTILE)
        phones[0].get_by_role("button", name="提交这一条").click()
        expect(wall.get_by_text("<img src=x")).to_be_visible()
        assert wall.locator("img[src*=evil], img[src=x]").count() == 0 and not desk.outside
        phones[1].get_by_role("button", name="附议").click()
        expect(wall.get_by_text("3 人加入，2 人已参与")).to_be_visible()
        phones[1].reload()
        expect(phones[1].get_by_role("button", name="取消附议")).to_be_visible()
        desk.page.get_by_role("button", name="结束", exact=True).click()
        expect(phones[2].get_by_text("这场共创已结束，谢谢参与")).to_be_visible()
        accepted(desk)


def accepted(desk: Desk) -> None:
    """The vote's weights are the themes'."""
    desk.open("workshop_results?id=1")
    desk.press("接受这些权重")
    expect(desk.page.get_by_text("30 → 66.7")).to_be_visible()
    desk.press("撤销写入")
    expect(desk.page.get_by_role("button", name="撤销写入")).to_have_count(0)
