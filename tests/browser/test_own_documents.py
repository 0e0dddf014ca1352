"""The first job, done by somebody who has never seen the product: add one's own documents, ask, check the citation, keep it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.access_server import Server, running
from tests.browser.desk import Desk, at_desk
from tests.core.documents.files import report_docx, strategy_pdf
from tests.library import long_text

ANSWER = "客户经理持证上岗率达到95%以上"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A fresh server."""
    with running(tmp_path_factory.mktemp("own")) as started:
        yield started


@pytest.fixture(scope="module")
def desk(server: Server, chromium: Browser) -> Iterator[Desk]:
    """The owner, who came by the printed link and made a plan."""
    with at_desk(chromium, server) as desk:
        desk.page.goto(server.owner_link())
        desk.page.get_by_role("button", name="创建并进入").click()
        desk.page.wait_for_url(f"{server.address}/")
        desk.settled()
        desk.page.get_by_label("机构名称").fill("海州分行")
        desk.press("创建计划")
        yield desk


def add(desk: Desk, *paths: Path) -> None:
    """Add files in the library."""
    desk.open("library")
    expander = desk.page.locator("details").filter(has_text="添加文件")
    if expander.get_attribute("open") is None:
        expander.locator("summary").click()
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(path) for path in paths])
    desk.settled()
    desk.press("加入文件库")


def until(desk: Desk, path: str, text: str) -> None:
    """Open a page again until it says this."""
    for _ in range(30):
        # To open a page takes longer than to wait a little more.
        desk.page.wait_for_timeout(1500)
        if text in desk.open(path).main():
            return
    raise AssertionError(desk.main())


def test_own_documents_are_read_asked_cited_and_kept(desk: Desk, tmp_path: Path) -> None:
    add(desk, strategy_pdf(tmp_path / "总行发展战略.pdf"), report_docx(tmp_path / "工作会议报告.docx"))
    expect(desk.page.get_by_text("2 份文件已收下，正在后台读入。")).to_be_visible()
    # What is being read stands below that, when it is drawn.
    desk.settled()
    expect(desk.page.get_by_text("正在读入", exact=False)).to_have_count(0, timeout=120_000)
    desk.open("assistant").ask("客户经理持证上岗率要达到多少？")
    assert ANSWER in desk.main() and "摘录" in desk.main()
    desk.page.locator("[class*=st-key-cite_] button").first.click()
    desk.settled()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_contain_text(ANSWER)
    expect(dialog.locator("mark").first).to_be_in_viewport()
    desk.press("留作依据", dialog)
    expect(desk.page.get_by_text("已留作本年度依据")).to_be_visible()
    assert "1 / 1 条" in desk.open("evidence").main() and ANSWER in desk.main() and "工作会议报告" in desk.main()
    desk.open("evidence").page.get_by_role("link", name="在原文中查看").click()
    desk.settled()
    expect(desk.page.locator("mark")).to_contain_text(ANSWER)
    expect(desk.page.locator("mark").first).to_be_in_viewport()


def test_searching_leads_to_the_place_in_the_document(desk: Desk) -> None:
    desk.open("library")
    box = desk.page.get_by_label("检索原文")
    box.fill("县域支行名单制拓客")
    box.press("Enter")
    desk.settled()
    assert "每月组织一次复盘" in desk.main()
    desk.page.get_by_role("link", name="在原文中查看").first.click()
    desk.settled()
    expect(desk.page.locator("mark").filter(has_text="名单制拓客")).to_be_in_viewport()


def test_a_removed_document_is_gone_from_search_and_comes_back(desk: Desk) -> None:
    desk.open("library")
    table = desk.page.get_by_test_id("stDataFrame").bounding_box()
    assert table is not None
    desk.page.mouse.click(table["x"] + 18, table["y"] + 52)
    desk.page.wait_for_timeout(300)
    desk.settled()
    desk.press("移除")
    expect(desk.page.get_by_text("已移除的文件（1）")).to_be_visible()
    found = "library?passage_question=客户经理持证上岗率"
    assert ANSWER not in desk.open(found).main()
    desk.page.get_by_text("已移除的文件（1）").click()
    desk.press("恢复")
    until(desk, found, ANSWER)


def test_reading_in_goes_on_while_the_page_is_closed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "养老金融方案.md"
    path.write_text(long_text(600, "养老金融"), encoding="utf-8")
    add(desk, path)
    desk.page.goto("about:blank")
    desk.page.wait_for_timeout(1500)
    until(desk, "library?passage_question=在第599个网点推进养老金融", "第599项任务：在第599个网点推进养老金融")


def test_nothing_was_asked_from_elsewhere_and_the_browser_did_not_complain(desk: Desk) -> None:
    assert desk.outside == []
    # Streamlit itself first asks for its health below the page's path; that 404 is its own.
    assert [text for text in desk.complaints if "404" not in text] == []
