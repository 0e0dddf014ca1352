"""Two people in two browsers at one need: one saves while the other types, and neither loses a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.access.actor import Role
from core.goals.needs import service as needs
from tests.browser.access_server import running
from tests.browser.desk import Desk, at_desk, before_start
from tests.core.goals.needs.world import SWINGS


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory, migrated: Path, chromium: Browser) -> Iterator[tuple[Desk, Desk]]:
    """Two HR leaders, the second on a phone, in front of one need."""
    folder = tmp_path_factory.mktemp("together")
    with before_start(folder, migrated) as (house, leader, plan), house.database.writing() as db:
        needs.add(db, leader, plan, "云岭支行", SWINGS)
    with running(folder) as server:
        server.add("wang", Role.HR_LEADER)
        server.add("li", Role.HR_LEADER)
        phone = {"width": 390, "height": 844}
        with at_desk(chromium, server) as first, at_desk(chromium, server, viewport=phone) as second:
            yield first.sign_in("wang", "needs"), second.sign_in("li", "needs")


def opened(desk: Desk) -> Desk:
    """Unfold the form."""
    desk.page.get_by_text("修改这条需求").click()
    expect(desk.page.get_by_role("textbox", name="希望的行为")).to_be_visible()
    return desk


def test_what_is_being_typed_survives_a_colleagues_save_and_both_versions_are_shown(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    opened(second).page.get_by_role("textbox", name="问题（痛点）").fill("手机上写的问题")
    second.page.get_by_role("spinbutton", name="人数").fill("31")
    opened(first).page.get_by_role("textbox", name="问题（痛点）").fill("电脑上写的问题")
    first.page.get_by_role("textbox", name="数据或事实").fill("投诉系统")
    first.press("保存")
    # The table above the text holds it too, as a cell that nobody sees.
    expect(first.page.locator("strong").filter(has_text="电脑上写的问题")).to_be_visible()
    second.press("保存")
    expect(second.page.get_by_text("也改了同样的地方")).to_be_visible()
    read = second.main()
    assert "手机上写的问题" in read and "电脑上写的问题" in read and "照对方的：数据或事实（投诉系统）" in read
    assert second.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    second.page.get_by_text("用我的").click()
    second.settled()
    second.press("保存选好的")
    first.open("needs")
    read = first.main()
    assert "手机上写的问题" in read and "31 人" in read and "投诉系统" in read
    assert "也正打开着这里" in second.main() or "也正打开着这里" in first.main()
