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
    """A server with a board that collects pain points, one that votes and one that ranks, and the ways to them."""

    server: Server
    token: str
    voting: str
    ranking: str


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[_Open]:
    """A board on which five have written a pain point, and two boards more."""
    folder = tmp_path_factory.mktemp("phones")
    with before_start(folder, migrated) as (house, leader, plan):
        room = Room(house, leader, plan)
        pain = room.round(RoundKind.PAIN)
        room.open()
        for at in range(5):
            seat = room.join(f"同事{at}")
            with house.database.writing() as db:
                voices.add_pain(db, seat, pain, f"第 {at} 条：拜访前不知道客户用过什么产品，回来又要把同样的内容登记三遍")
        voting = Room(house, leader)
        ranking = Room(house, leader, voting.plan)
        voting.round(RoundKind.VOTE)
        ranking.ranking()
        for one in (voting, ranking):
            one.open()
    with running(folder) as started:
        yield _Open(started, room.token, voting.token, ranking.token)


def joined(chromium: Browser, board: _Open, nickname: str, token: str = "") -> Page:
    """A phone that has joined the board of this link, else the one that collects pain points."""
    page = chromium.new_context(locale="zh-CN", viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    page.goto(f"{board.server.address}/join/{token or board.token}")
    page.locator("#nickname").fill(nickname)
    page.locator("button[type=submit]").click()
    expect(page.locator("button[type=submit]").first).to_be_visible()
    expect(page.locator("#nickname")).to_have_count(0)
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


def test_points_not_sent_yet_stay_when_the_page_is_loaded_anew(chromium: Browser, board: _Open) -> None:
    phone = joined(chromium, board, "周八", board.voting)
    more, points = phone.locator("button.more"), phone.locator("input[type=number]")
    more.nth(0).click()
    more.nth(0).click()
    points.nth(1).fill("1")
    rest = phone.locator(".left strong").text_content() or ""
    phone.reload()
    expect(points.nth(0)).to_have_value("2")
    expect(points.nth(1)).to_have_value("1")
    expect(phone.locator(".left strong")).to_have_text(rest)
    phone.get_by_role("button", name="提交我的分数").click()
    expect(phone.locator("#done")).to_have_text("已提交。")
    expect(points.nth(0)).to_have_value("2")
    expect(points.nth(1)).to_have_value("1")


def test_what_was_ticked_and_unticked_stays_when_the_page_is_loaded_anew(chromium: Browser, board: _Open) -> None:
    phone = joined(chromium, board, "吴九", board.ranking)
    boxes = phone.locator("input[type=checkbox]")
    boxes.nth(0).check()
    phone.get_by_role("button", name="提交我的选择").click()
    expect(phone.locator("#done")).to_have_text("已提交。")
    boxes.nth(0).uncheck()
    boxes.nth(2).check()
    phone.reload()
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()


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
