"""A page on paper: as long as it is, without what leads elsewhere, and dark on white whatever the screen looks like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.access.actor import Role
from core.strategy.findings import Perspective
from core.strategy.themes import service as themes
from tests.browser.access_server import running
from tests.browser.desk import Desk, at_desk, before_start

# The light that comes off the paper behind the page and off its words, as far as the turning round lets it: 0 black, 255 white.
_LIGHT = """() => {
  const block = document.querySelector('[data-testid=stMainBlockContainer]'), turned = getComputedStyle(block).filter.includes('invert(1)');
  const grey = colour => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return a === 0 ? 255 : (r + g + b) / 3; };
  const behind = ['html', 'body', '[data-testid=stApp]', '[data-testid=stMain]'].map(one =>
    grey(getComputedStyle(document.querySelector(one)).backgroundColor));
  const words = grey(getComputedStyle(block.querySelector('h1')).color);
  return [Math.min(...behind), turned ? 255 - words : words];
}"""


@pytest.fixture(params=["light", "dark"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path, chromium: Browser) -> Iterator[Desk]:
    """An HR leader with more themes than a window holds."""
    with before_start(tmp_path, migrated) as (house, leader, plan), house.database.writing() as db:
        for number in range(8):
            themes.create(db, leader, plan, themes.Draft(f"战略主题之{number}", Perspective.LEARNING))
    with running(tmp_path) as server:
        server.add("wang", Role.HR_LEADER)
        with at_desk(chromium, server, viewport={"width": 1440, "height": 500}, color_scheme=request.param) as desk:
            yield desk.sign_in("wang", "themes")


def test_a_page_is_printed_whole_and_dark_on_white(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stDownloadButton").first).to_be_hidden()
    assert page.get_by_test_id("stMain").evaluate("box => box.scrollHeight <= box.clientHeight"), "nothing is left to push aside"
    paper, words = page.evaluate(_LIGHT)
    assert paper > 230 and words < 90
