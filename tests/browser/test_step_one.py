"""Step 1 as an HR leader goes through it on the sample branch: decode, decide, look at the map, localise, focus, hand the chapter on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from core.access import service as access
from core.access.actor import Role
from core.demo.service import Sample
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start
from tests.sample import built, loader

SOME = ("发展战略规划.pdf", "工作会议报告.docx", "上半年报告.docx", "测评情况简报.md")


def some_files(sample: Sample) -> Sample:
    """The files that the decoded year rests on; a scan and slides take long to read and add nothing here."""
    kept = (one for one in sample.files if one.document.path.name.endswith(SOME))
    return replace(sample, files=tuple(replace(one, document=replace(one.document, supersedes=None)) for one in kept))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Path, shared: Path) -> Iterator[Server]:
    """A server with the sample branch, and somebody who works on its year that is not begun."""
    folder = tmp_path_factory.mktemp("step-one")
    with before_start(folder, migrated) as (house, leader, _):
        taken = loader(some_files(built(shared)), shared)(house, leader)
        with house.database.writing() as db:
            added = access.add(db, leader, "lin", "Lin", [Role.HR_LEADER], "", PASSWORD)
            access.prefer(db, added.id, plan_id=taken.plan.id)
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def desk(server: Server, chromium: Browser) -> Iterator[Desk]:
    """That person at their desk."""
    with at_desk(chromium, server) as desk:
        yield desk.sign_in("lin")


def choose_year(desk: Desk, year: int) -> None:
    """Another plan, in the sidebar: it is kept when the chooser is that of the new plan, for which a busy server takes a while."""
    chooser = desk.page.get_by_test_id("stSidebar").locator("[class*='st-key-plan_of_']").first
    before = chooser.get_attribute("class") or ""
    chooser.get_by_test_id("stSelectbox").click()
    desk.page.get_by_role("option", name=str(year)).filter(has_text="示例").first.click()
    expect(chooser).not_to_have_class(before)
    desk.settled()


def test_a_year_is_begun_by_decoding_and_accepting_one(desk: Desk) -> None:
    desk.open("decode")
    desk.press("开始解码（7 份）")
    expect(desk.page.get_by_text("条待确认", exact=False).first).to_be_visible(timeout=60_000)
    expect(desk.page.get_by_text("正在解码", exact=False)).to_have_count(0, timeout=60_000)
    desk.settled()
    expect(desk.page.get_by_text("已处理 0 /", exact=False)).to_be_visible()
    desk.page.locator(".st-key-accept button").click()
    expect(desk.page.get_by_text("已处理 1 /", exact=False)).to_be_visible()
    sheet = openpyxl.load_workbook(io.BytesIO(desk.downloaded("到 Excel"))).active
    assert sheet is not None and sheet.max_row > 500 and sheet.auto_filter.ref is not None


def test_the_decoded_year_goes_from_its_map_to_the_chapter(desk: Desk) -> None:
    choose_year(desk, 2026)
    desk.open("themes")
    expect(desk.page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    picture = Image.open(io.BytesIO(desk.downloaded("导出 PNG")))
    assert picture.width > 2000 and len(picture.convert("L").getcolors() or ()) > 10
    assert "做深县域与普惠" in desk.downloaded("导出 SVG").decode()
    chapter = docx.Document(io.BytesIO(desk.downloaded("导出 Word 章节")))
    headings = [one.text for one in chapter.paragraphs if one.style is not None and one.style.name == "Heading 2"]
    assert len(headings) == 12 and headings[0] == "做大零售与财富管理" and len(chapter.inline_shapes) == 1


def test_a_clause_is_made_the_branchs_own(desk: Desk) -> None:
    desk.open("localise")
    expect(desk.page.get_by_text("11 / 12 个主题已本地化", exact=False)).to_be_visible()
    desk.page.get_by_role("textbox", name="本行的版本").first.fill("分行财务人员每季度给支行行长讲一次利润从哪里来。")
    desk.press("保存")
    expect(desk.page.get_by_text("已保存分行版本")).to_be_visible()


def test_the_focus_stands_with_its_reasons(desk: Desk) -> None:
    desk.open("focus")
    assert "先抓零售金融 · 财富顾问与理财经理" in (desk.page.locator("[data-testid=stVegaLiteChart]").first.inner_html() + desk.main())
    assert "已锚定为重点" in desk.main() and "分管行长已确认" in desk.main()
    assert desk.outside == []
