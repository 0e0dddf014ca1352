"""A guest's phone in a workshop: a network that goes away, and a page that comes anew while they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.workshops import voices
from core.workshops.terms import RoundKind
from tests.browser.access_server import Server, running
from tests.browser.desk import before_start
from tests.browser.test_workshop import PHONE
from tests.core.workshops.room import Room


@dataclass(frozen=True)
class _Open:
    """A server with a board that collects pain points, and the way to it."""

    server: Server
    token: str


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[_Open]:
    """A board on which five have written a pain point."""
    folder = tmp_path_factory.mktemp("phones")
    with before_start(folder, migrated) as (house, leader, plan):
        room = Room(house, leader, plan)
        pain = room.round(RoundKind.PAIN)
        room.open()
        for at in range(5):
            seat = room.join(f"同事{at}")
            with house.database.writing() as db:
                voices.add_pain(db, seat, pain, f"第 {at} 条：拜访前不知道客户用过什么产品，回来又要把同样的内容登记三遍")
    with running(folder) as started:
        yield _Open(started, room.token)


def joined(chromium: Browser, board: _Open, nickname: str) -> Page:
    """A phone that has joined."""
    page = chromium.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    page.goto(f"{board.server.address}/join/{board.token}")
    page.locator("#nickname").fill(nickname)
    page.locator("button[type=submit]").click()
    expect(page.locator("#text")).to_be_visible()
    return page


def test_what_was_written_stays_when_the_network_is_away(chromium: Browser, board: _Open) -> None:
    phone = joined(chromium, board, "王芳")
    phone.locator("#text").fill("断网时写的")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交这一条").click()
    expect(phone.get_by_text("网络断了，这次没有提交")).to_be_visible()
    expect(phone.locator("#text")).to_have_value("断网时写的")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="提交这一条").click()
    expect(phone.locator("#done")).to_have_text("已提交。")
    expect(phone.locator(".card", has_text="断网时写的")).to_be_visible()


def test_what_was_written_stays_when_the_page_is_loaded_anew_and_is_gone_once_sent(chromium: Browser, board: _Open) -> None:
    phone = joined(chromium, board, "孙七")
    phone.locator("#text").fill("写到一半的")
    phone.reload()
    expect(phone.locator("#text")).to_have_value("写到一半的")
    phone.get_by_role("button", name="提交这一条").click()
    expect(phone.locator("#done")).to_have_text("已提交。")
    phone.reload()
    expect(phone.locator("#text")).to_have_value("")


def test_who_reads_far_down_stays_there(chromium: Browser, board: _Open) -> None:
    reader, writer = joined(chromium, board, "李明"), joined(chromium, board, "赵六")
    reader.evaluate("scrollTo(0, 500)")
    writer.locator("#text").fill("又写一条")
    writer.get_by_role("button", name="提交这一条").click()
    expect(reader.locator(".card", has_text="又写一条")).to_have_count(1)
    assert reader.evaluate("scrollY") == 500
    reader.get_by_role("button", name="附议").nth(3).click()
    expect(reader.get_by_role("button", name="取消附议")).to_have_count(1)
    # The page that answers goes back to where the reader was as soon as it stands.
    reader.wait_for_function("scrollY > 0")
