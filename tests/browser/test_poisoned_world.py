"""Injected HTML, Markdown and addresses in every free text of every table, in a real browser: nothing is fetched, run or blocked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core import settings as settings_module
from core.access import service as access
from core.access.actor import Role
from core.instance import Instance
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk
from tests.poisoned import LISTENER, poisoned

# Pages with charts, pages in HTML, grids, the chain, tables of Markdown, dialogs.
_PAGES = (
    *("", "plans", "themes", "localise", "gaps", "chain", "goals", "roster"),
    *("projector?id=1", "schedule", "cohorts", "effects", "meetings", "executive"),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Server]:
    """A server with the poisoned branch, and somebody who works on its year."""
    folder = tmp_path_factory.mktemp("poisoned")
    leader, plan = poisoned(shared, folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CEXUN_EMBEDDING", "none")
        house = Instance(settings_module.load(data=folder / "data"))
        with house.database.writing() as db:
            added = access.add(db, leader, "lin", "Lin", [Role.HR_LEADER], "", PASSWORD)
            access.prefer(db, added.id, plan_id=plan)
        house.close()
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def desk(server: Server, chromium: Browser) -> Iterator[Desk]:
    """That person at their desk."""
    with at_desk(chromium, server) as desk:
        yield desk.sign_in("lin")


def nothing_came_of_it(desk: Desk, path: str) -> None:
    """The first wall held, and the second, the policy of the browser, had nothing to do."""
    blocked = [one for one in desk.complaints if "Content Security Policy" in one or LISTENER in one]
    assert desk.outside == [] and blocked == [], (path, desk.outside, blocked)
    assert desk.page.evaluate("window.poisoned") is None, (path, desk.page.evaluate("window.poisoned"))
    for selector in ("img[src*=leak]", f"[src*='{LISTENER}']", f"a[href*='{LISTENER}']", "a[href^='javascript']"):
        expect(desk.page.locator(selector), f"{path}: {selector}").to_have_count(0)


def test_pages_of_all_kinds_show_it_and_do_nothing(desk: Desk) -> None:
    shown = 0
    for path in _PAGES:
        desk.open(path)
        expect(desk.page.get_by_test_id("stException")).to_have_count(0)
        shown += "leak?f=" in desk.main().replace("\u2060", "")
        nothing_came_of_it(desk, path)
    assert shown > len(_PAGES) / 2


def test_what_opens_on_a_page_shows_it_and_does_nothing(desk: Desk) -> None:
    desk.open("calendar")
    desk.page.get_by_role("button", name="最近的操作").first.click()
    expect(desk.page.get_by_test_id("stPopoverBody").first).to_contain_text("leak")
    nothing_came_of_it(desk, "calendar")
    desk.open("ideas?part=projects")
    desk.page.locator("[class*=_clause_] button").first.click()
    expect(desk.page.get_by_role("dialog")).to_contain_text("leak")
    nothing_came_of_it(desk, "ideas")
