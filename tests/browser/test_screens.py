"""Every page on a desk and on a phone, light and dark: nothing is cut off, and closed pages say so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from core.access import service as access
from core.access.actor import Role
from core.documents.tables import DocumentKind
from pages.shared.sitemap import PAGES
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start
from tests.library import SECRET, STRATEGY, long_text, shelve

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
}
DARK_PHONE, DESK = {**PHONE, "color_scheme": "dark"}, {"color_scheme": "light"}
# Tables scroll within themselves.
_WIDER = """() => {
    const inside = e => e.closest("[style*=overflow]") || e.closest("[data-testid=stDataFrame]");
    const ends = [...document.querySelectorAll("[data-testid=stMainBlockContainer] *")].filter(e => !inside(e));
    return Math.max(...ends.map(e => e.getBoundingClientRect().right)) - window.innerWidth;
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Server]:
    """A server with a small library and one person of each role."""
    folder = tmp_path_factory.mktemp("screens")
    with before_start(folder, migrated) as (house, leader, plan):
        shelve(house, leader, "战略.md", STRATEGY, sample=True)
        shelve(house, leader, "方案.md", long_text(30))
        shelve(house, leader, "访谈.md", SECRET, DocumentKind.INTERVIEW)
        with house.database.writing() as db:
            for login, roles in (("lin", list(Role)), ("zhao", [Role.EXECUTIVE]), ("sun", [Role.IT_ADMINISTRATOR])):
                added = access.add(db, leader, login, login.title(), roles, "", PASSWORD)
                if login != "sun":
                    access.prefer(db, added.id, plan_id=plan)
    with running(folder) as started:
        yield started


def _fits(desk: Desk) -> bool:
    """Whether nothing is cut off, once the page has taken the size of the window. The page's policy lets it do no waiting of its own."""
    end = time.monotonic() + 15
    while desk.page.evaluate(_WIDER) > 1:
        if time.monotonic() > end:
            return False
        desk.page.wait_for_timeout(50)
    return True


@pytest.mark.parametrize("how", [pytest.param(DARK_PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.thorough)])
def test_no_page_is_wider_than_its_screen(how: dict[str, Any], server: Server, chromium: Browser) -> None:
    with at_desk(chromium, server, **how) as desk:
        desk.sign_in("lin")
        for name, spec in PAGES.items():
            if name == "document":
                desk.open(f"{spec.url_path}?id=2&start=5800&end=5830")
            elif name != "home":
                desk.go(spec.url_path, spec.title.text)
            assert _fits(desk), name
            expect(desk.page.get_by_test_id("stException")).to_have_count(0)
            expect(desk.page.get_by_role("heading").first).to_be_visible()
        assert desk.outside == []


def test_on_a_phone_the_cited_passage_comes_before_the_outline(server: Server, chromium: Browser) -> None:
    with at_desk(chromium, server, **PHONE) as desk:
        desk.sign_in("lin", "document?id=2&start=5800&end=5830")
        expect(desk.page.locator("mark").first).to_be_in_viewport()
        outline = desk.page.get_by_text("目录", exact=True)
        mark_at, outline_at = desk.page.locator("mark").first.bounding_box(), outline.bounding_box()
        assert mark_at and outline_at and mark_at["y"] < outline_at["y"]


def test_the_address_of_something_closed_leads_to_a_refusal_in_words(server: Server, chromium: Browser) -> None:
    with at_desk(chromium, server) as desk:
        for login, first, *others in (("zhao", "settings", "audit", "interview"), ("sun", "library", "document")):
            desk.sign_in(login, first)
            refuses(desk)
            for path in others:
                refuses(desk.open(path))
        desk.sign_in("zhao", "document?id=3")
        assert "没有找到这份文件" in desk.main() and "班子搭配" not in desk.main()


def refuses(desk: Desk) -> None:
    """The page says that it is not for this person, and no more."""
    expect(desk.page.get_by_role("heading", name="这个页面不对您开放")).to_be_visible()
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_in_the_library_the_uploader_speaks_chinese_and_no_table_is_taken_away_past_the_audit_log(
    server: Server, chromium: Browser
) -> None:
    with at_desk(chromium, server) as desk:
        desk.sign_in("lin", "library")
        desk.page.get_by_text("添加文件", exact=True).click()
        desk.page.wait_for_timeout(500)
        expect(desk.page.get_by_test_id("stFileUploaderDropzoneInstructions")).to_be_hidden()
        word = desk.page.locator("[data-testid=stFileUploaderDropzone] button p")
        assert word.evaluate("e => getComputedStyle(e, '::after').content") == '"选择文件"'
        assert word.evaluate("e => getComputedStyle(e).fontSize") == "0px"
        desk.page.get_by_test_id("stDataFrame").first.hover()
        expect(desk.page.get_by_test_id("stElementToolbar").first).to_be_visible()
        expect(desk.page.get_by_role("button", name="Search").first).to_be_visible()
        expect(desk.page.get_by_role("button", name="Download")).to_have_count(0)
