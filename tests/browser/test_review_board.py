"""The review board by keyboard alone: look, accept, reject, correct, part, put together, undo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.access.actor import Role
from core.strategy import decoding_job
from tests.browser.access_server import running
from tests.browser.desk import Desk, at_desk, before_start
from tests.core.strategy.test_review import TEXT
from tests.library import settle, shelve


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, migrated: Path, chromium: Browser) -> Iterator[Desk]:
    """An HR leader in front of the findings of one document."""
    folder = tmp_path_factory.mktemp("board")
    with before_start(folder, migrated) as (house, leader, plan):
        document = shelve(house, leader, "工作计划.md", TEXT)
        with house.database.writing() as db:
            decoding_job.start(db, leader, plan, [document])
        settle(house)
    with running(folder) as server:
        server.add("wang", Role.HR_LEADER)
        with at_desk(chromium, server) as desk:
            yield desk.sign_in("wang", "decode")


def keys(desk: Desk, *pressed: str) -> None:
    """Press keys, each after the board is there."""
    for key in pressed:
        desk.page.keyboard.press(key)
        desk.page.wait_for_timeout(150)
        desk.settled()


def waiting(desk: Desk) -> int:
    """How many findings wait, as the board says."""
    expect(desk.page.get_by_test_id("stProgress")).to_contain_text("条待确认")
    found = re.search(r"还有 (\d+) 条待确认", desk.main())
    assert found, desk.main()
    return int(found[1])


def waits(desk: Desk, number: int) -> None:
    """So many findings wait, once the board has taken in what was typed."""
    expect(desk.page.get_by_test_id("stProgress")).to_contain_text(f"还有 {number} 条待确认")


def test_a_review_needs_no_mouse(desk: Desk) -> None:
    all_of_them = waiting(desk)
    keys(desk, "j", "a", "d", "k")
    waits(desk, all_of_them - 2)
    keys(desk, "u", "u")
    waits(desk, all_of_them)
    keys(desk, "x", "j", "x")
    # What can be merged has just been chosen: its key works once the button stands.
    expect(desk.page.get_by_role("button", name="合并", exact=False).first).to_be_visible()
    keys(desk, "m")
    expect(desk.page.get_by_role("dialog")).to_contain_text("保留哪一条的文字")
    keys(desk, "Control+Enter")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)
    waits(desk, all_of_them - 2)
    keys(desk, "u")
    waits(desk, all_of_them)
    assert desk.complaints == [one for one in desk.complaints if "404" in one] and not desk.outside


def test_below_an_open_dialog_no_key_decides(desk: Desk) -> None:
    before = waiting(desk)
    keys(desk, "e")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("修改发现")
    keys(desk, "Tab", "a", "d", "Escape")
    expect(dialog).to_have_count(0)
    waits(desk, before)
    keys(desk, "e")
    dialog.locator("textarea").fill("改过的一条")
    keys(desk, "Control+Enter")
    expect(dialog).to_have_count(0)
    waits(desk, before - 1)


def test_what_is_typed_into_the_search_is_no_command(desk: Desk) -> None:
    before = waiting(desk)
    desk.page.get_by_label("搜索").fill("")
    desk.page.get_by_label("搜索").click()
    keys(desk, "a", "d", "j", "Enter")
    waits(desk, before)
    assert "没有符合筛选条件的发现" in desk.main()


def test_words_of_the_document_become_a_finding_of_ones_own(desk: Desk) -> None:
    def decided() -> tuple[int, int]:
        found = re.search(r"已处理 (\d+) / (\d+)", desk.open("decode").page.get_by_test_id("stProgress").inner_text())
        assert found
        return int(found[1]), int(found[2])

    done, whole = decided()
    desk.open("document?id=1")
    desk.press("补充一条发现")
    dialog = desk.page.get_by_role("dialog")
    dialog.locator("textarea").fill("自己补充的一条")
    desk.press("加入发现", within=dialog)
    expect(desk.page.get_by_text("已加入本年度计划的发现")).to_be_visible()
    assert decided() == (done + 1, whole + 1)
