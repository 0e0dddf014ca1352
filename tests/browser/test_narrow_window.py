"""A narrow window on a desk, which is no phone: what is drawn or listed can be read whole."""

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

_CUT = "element => [...element.querySelectorAll('p')].filter(line => line.scrollWidth > line.clientWidth + 1).map(line => line.innerText)"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, migrated: Path, chromium: Browser) -> Iterator[Desk]:
    """An HR leader with two themes and a window as wide as a phone."""
    folder = tmp_path_factory.mktemp("narrow")
    with before_start(folder, migrated) as (house, leader, plan), house.database.writing() as db:
        for name, view in (("打造专业化队伍", Perspective.LEARNING), ("深化零售转型", Perspective.FINANCIAL)):
            themes.create(db, leader, plan, themes.Draft(name, view))
    with running(folder) as server:
        server.add("wang", Role.HR_LEADER)
        with at_desk(chromium, server, viewport={"width": 390, "height": 900}) as desk:
            yield desk.sign_in("wang")


def test_no_first_step_is_cut_off(desk: Desk) -> None:
    steps = desk.page.locator(".st-key-tour_steps")
    expect(steps.get_by_text("导入员工名单和测评").filter(visible=True).first).to_be_visible()
    assert steps.evaluate(_CUT) == []


def test_the_strategy_map_keeps_a_size_that_can_be_read_and_is_pushed_aside(desk: Desk) -> None:
    desk.open("themes")
    box = desk.page.locator(".st-key-wide_strategy_map")
    expect(box.get_by_test_id("stVegaLiteChart").locator("svg, canvas").first).to_be_visible()
    desk.page.wait_for_function("document.querySelector('.st-key-wide_strategy_map').scrollWidth >= 800")
    assert box.evaluate("box => box.clientWidth") < 390
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390, "the page itself stays where it is"
