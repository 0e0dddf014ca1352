"""Step 2 as an HR leader goes through it with files of their own: from a messy roster to three goals on a chain, a manager beside them."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, expect

from core.access import service as access
from core.access.actor import Role
from core.people.importing.repository import employee_ids
from tests.browser import messy
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start
from tests.core.strategy.ideas_world import ripe

CLAUSE, THEME = "建立财富客户分层经营机制", "以零售转型为主体，做深财富客户经营"
PROJECTS = ("理财经理 · 资产配置补强", "客户经理 · 客户分层补强", "客户经理 · 需求挖掘与产品匹配补强")
BEHAVIOUR = "客户经理每月对名单内财富客户逐户面谈，按分层结果为每户写出一页经营方案。"
OWN, ELSEWHERE = messy.UNITS[1], (messy.UNITS[0], messy.UNITS[2])
# Two whole indicators as they are copied from a sheet, and the columns of value, unit and baseline of five that stand there already.
INDICATORS = (
    "过程指标\t名单客户分层面谈完成率\t≥\t90\t%\t35\t\tCRM 面谈记录\tL3 行为层\t李主管\t",
    "绩效指标\t人均新增财富客户数\t≥\t6\t户\t0\t\tCRM 客户台账\tL4 结果层\t李主管\t100",
)
FIGURES = ("60\t%\t0", "90\t%\t72", "60\t%\t41", "25\t%\t18", "3.2\t个\t2.6")
VALUE, BASELINE = 3, 5
_ROW = 33
PASSES = "到期那天可以核对：没有发现问题。"
# Tables are drawn when they are in sight.
WIDE = {"viewport": {"width": 1440, "height": 2000}, "permissions": ["clipboard-read", "clipboard-write"]}
# Between the first file and the gaps; a person has ten minutes, most of which are theirs.
SECONDS = 180


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Server]:
    """A server whose plan has themes with accepted clauses and nobody on its roster; an HR leader and a manager with accounts."""
    folder = tmp_path_factory.mktemp("step-two")
    with before_start(folder, migrated) as (house, leader, _):
        plan = ripe(house, leader).plan
        with house.database.writing() as db:
            for login, role in (("lin", Role.HR_LEADER), ("chen", Role.UNIT_MANAGER)):
                added = access.add(db, leader, login, login.title(), [role], "", PASSWORD)
                access.prefer(db, added.id, plan_id=plan)
    with running(folder) as started:
        yield started


def test_a_messy_roster_becomes_three_goals_on_a_chain_and_a_manager_sees_only_their_own(
    server: Server, chromium: Browser, tmp_path: Path
) -> None:
    with at_desk(chromium, server, **WIDE) as desk:
        desk.sign_in("lin")
        began = time.monotonic()
        all_comes_in(desk, tmp_path)
        gaps_are_seen(desk)
        assert time.monotonic() - began < SECONDS
        the_roster_is_tidy(desk)
        projects_are_made(desk)
        typed(desk)
        pasted(desk)
        filled(desk)
        chain_leads_both_ways(desk)
        unit_is_given(desk)
        assert desk.outside == []
    with at_desk(chromium, server) as beside:
        only_their_own(beside.sign_in("chen"), server)


def all_comes_in(desk: Desk, folder: Path) -> None:
    """Import the three files; what is wrong with them is said row by row."""
    desk.open("people")
    imported(
        desk,
        "员工名单",
        messy.roster(folder / "花名册.xlsx"),
        66,
        "没有这一天。请核对年、月、日。",
        "与第 9 行重复，但内容不同。请只保留正确的一行。",
    )
    imported(desk, "岗位能力矩阵", messy.matrix(folder / "岗位能力矩阵.csv"), 7)
    imported(desk, "测评结果", messy.appraisal(folder / "能力考核导出.xlsx"), 125)


# What the page says of a kind once it has been chosen: until then the uploader is that of the kind before.
CHOSEN = {"员工名单": "先导入它", "岗位能力矩阵": "每个岗位要求哪些能力", "测评结果": "每个人每项能力的得分"}


def imported(desk: Desk, kind: str, path: Path, rows: int, *wrong: str) -> None:
    """Import one file on the page that is open."""
    desk.page.get_by_test_id("stMainBlockContainer").get_by_text(kind, exact=True).first.click()
    expect(desk.page.get_by_text(CHOSEN[kind], exact=False)).to_be_visible()
    desk.settled()
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(str(path))
    button = desk.page.get_by_role("button", name=f"导入 {rows} 行")
    expect(button).to_be_visible()
    said = cells(desk.page.get_by_test_id("stDataFrame").first) if wrong else []
    assert set(wrong) <= set(said)
    button.click()
    expect(button).to_have_count(0)
    expect(desk.page.get_by_text("正在导入", exact=False)).to_have_count(0)
    desk.settled()


def gaps_are_seen(desk: Desk) -> None:
    """By unit as the page opens, and by post."""
    desk.open("gaps")
    expect(desk.page.get_by_text("缺得最多的是“资产配置”", exact=False).first).to_be_visible()
    desk.page.get_by_text("按岗位", exact=True).first.click()
    first = desk.page.get_by_test_id("stDataFrame").last.locator("[role=gridcell]")
    expect(first.filter(has_text="理财经理").first).to_be_attached()
    desk.settled()


def the_roster_is_tidy(desk: Desk) -> None:
    """Zeros are back, names have no spaces around them, every form of a day was understood."""
    desk.open("roster")
    sheet = openpyxl.load_workbook(io.BytesIO(desk.downloaded("导出 Excel"))).active
    assert sheet is not None
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    people = [dict(zip(head, row, strict=True)) for row in rows]
    assert {(one["工号"], one["姓名"]) for one in people} == {(one.number, one.name) for one in messy.colleagues()}
    assert all(str(one["入职日期"]).startswith("20") for one in people)


def projects_are_made(desk: Desk) -> None:
    """Of the three largest gaps; the theme is proposed where it names the ability, and chosen where not."""
    gaps_are_seen(desk)
    grid = desk.page.get_by_test_id("stDataFrame").last
    for row in range(3):
        choose(desk, grid, row)
    desk.press("立项")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.get_by_label("项目名称")).to_have_count(2)
    dialog.get_by_test_id("stSelectbox").last.click()
    desk.page.get_by_role("option", name=THEME).click()
    desk.settled()
    for place in range(3):
        dialog.get_by_label("训后多少天达成").nth(place).fill("90")
        dialog.get_by_label("训后多少天达成").nth(place).press("Enter")
        desk.settled()
    desk.press("立项", dialog)
    expect(desk.page).to_have_url(re.compile(r"goals\?project="))
    expect(desk.page.get_by_role("heading", name=PROJECTS[0])).to_be_visible()
    assert set(PROJECTS) <= set(cells(desk.page.get_by_test_id("stDataFrame").first))


def typed(desk: Desk) -> None:
    """The figures that are missing, cell by cell."""
    expect(desk.page.get_by_text("还有 4 个问题")).to_be_visible()
    for row, column, figure in ((0, VALUE, "60"), (1, VALUE, "12"), (1, BASELINE, "9"), (2, VALUE, "3")):
        cell = at_cell(desk, row, column)
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator("input.gdg-input")).to_be_focused()
        # Nobody types faster than the cell takes it in.
        desk.page.keyboard.type(figure, delay=80)
        desk.page.wait_for_timeout(200)
        desk.page.keyboard.press("Enter")
        expect(cell).to_have_text(figure)
        desk.settled()
    passes_and_is_submitted(desk)


def pasted(desk: Desk) -> None:
    """A behaviour of one's own words, and indicators from a sheet."""
    choose(desk, desk.page.get_by_test_id("stDataFrame").first, 1)
    expect(desk.page.get_by_role("heading", name=PROJECTS[1])).to_be_visible()
    desk.page.get_by_role("textbox", name="行为目标").fill(BEHAVIOUR)
    paste(desk, INDICATORS, 0, 0)
    passes_and_is_submitted(desk)


def filled(desk: Desk) -> None:
    """Three columns of figures from a sheet, over what stands there."""
    choose(desk, desk.page.get_by_test_id("stDataFrame").first, 2)
    expect(desk.page.get_by_role("heading", name=PROJECTS[2])).to_be_visible()
    paste(desk, FIGURES, 0, VALUE)
    passes_and_is_submitted(desk)


def passes_and_is_submitted(desk: Desk) -> None:
    """Nothing is wrong with the goal any more, and it is handed on."""
    expect(desk.page.get_by_text(PASSES)).to_be_visible()
    desk.press("保存目标")
    desk.press("提交目标")
    expect(desk.page.get_by_role("button", name="撤回提交")).to_be_visible()


def chain_leads_both_ways(desk: Desk) -> None:
    """From the goal to its clause in the document, and from the clause in the drawing back to the goal."""
    desk.page.get_by_role("link", name="在对齐链里看").click()
    expect(desk.page.get_by_text("3 个项目中，3 个从条款经短板一路通到已提交的目标")).to_be_visible()
    desk.page.get_by_test_id("stMainBlockContainer").get_by_role("link", name=CLAUSE).click()
    expect(desk.page.locator("mark").first).to_contain_text(CLAUSE)
    desk.open("chain")
    node = desk.page.locator("[data-testid=stVegaLiteChart] svg text").filter(has_text=CLAUSE[:8]).first
    expect(node).to_be_visible()
    desk.settled()
    place = node.bounding_box()
    assert place is not None
    desk.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(desk.page).to_have_url(re.compile("node=clause-"))
    desk.page.get_by_role("link", name=BEHAVIOUR).click()
    expect(desk.page.get_by_role("heading", name=PROJECTS[1])).to_be_visible()


def unit_is_given(desk: Desk) -> None:
    """The manager reads this unit's people."""
    desk.open("people")
    desk.page.get_by_text("机构负责人看得到谁", exact=False).first.click()
    desk.settled()
    desk.page.get_by_test_id("stMultiSelect").first.click()
    desk.page.get_by_role("option", name=OWN).click()
    desk.page.keyboard.press("Escape")
    desk.press("保存负责的机构")
    expect(desk.page.get_by_role("button", name="保存负责的机构")).to_be_disabled()


def only_their_own(desk: Desk, server: Server) -> None:
    """What a manager finds on the pages, and behind addresses that they type."""
    own = [one for one in messy.colleagues() if one.unit == OWN]
    others = [one for one in messy.colleagues() if one.unit != OWN]
    desk.open("roster")
    expect(desk.page.get_by_text(f"共 {len(own)} 人").first).to_be_visible()
    for path in ("roster", "gaps", "menu", "targets", "catalogue"):
        desk.open(path)
        seen = "".join([desk.main(), *(text for grid in desk.page.get_by_test_id("stDataFrame").all() for text in cells(grid))])
        assert not [one for one in (*ELSEWHERE, *(one.name for one in others)) if one in seen], path
    with server.database() as database, database.reading() as db:
        ids = employee_ids(db)
    assert own[3].name in desk.open(f"profile?id={ids[own[3].number]}").main()
    assert "没有这个人，或者不在您可以查看的范围里。" in desk.open(f"profile?id={ids[others[3].number]}").main()
    assert "这里没有您可以按姓名查看的人。" in desk.open("gap_people?competency=1&unit=1").main()
    assert "这个页面不对您开放" in desk.open("people").main()


def cells(grid: Locator) -> list[str]:
    """What stands in a table's cells."""
    grid.scroll_into_view_if_needed()
    expect(grid.locator("[role=gridcell]").first).to_be_attached()
    return [cell.text_content() or "" for cell in grid.locator("[role=gridcell]").all()]


def choose(desk: Desk, grid: Locator, row: int) -> None:
    """Choose a row of a table by the box before it."""
    click(desk, grid, row, 16)
    desk.settled()


def at_cell(desk: Desk, row: int, column: int) -> Locator:
    """Go to a cell of the table of indicators."""
    grid = desk.page.get_by_test_id("stDataFrame").last
    click(desk, grid, row, 70)
    for at in range(column):
        expect(chosen(grid, row, at)).to_be_attached()
        desk.page.keyboard.press("ArrowRight")
    expect(chosen(grid, row, column)).to_be_attached()
    return grid.locator(f"#glide-cell-{column + 1}-{row}")


def chosen(grid: Locator, row: int, column: int) -> Locator:
    """That cell, when it is the one that is chosen; the first column of such a table is its boxes."""
    return grid.locator(f"#glide-cell-{column + 1}-{row}[aria-selected=true]")


def click(desk: Desk, grid: Locator, row: int, across: int) -> None:
    """Click into a row of a table, so many points from its left edge."""
    # The page may draw the table anew meanwhile: this asks for whichever stands there now, and holds on to none.
    grid.evaluate("table => table.scrollIntoView({block: 'center'})")
    place = grid.bounding_box()
    assert place is not None
    desk.page.mouse.click(place["x"] + across, place["y"] + (row + 1.5) * _ROW)


def paste(desk: Desk, rows: Sequence[str], row: int, column: int) -> None:
    """Copy rows of a sheet, and paste them into the table of indicators."""
    desk.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(rows))
    at_cell(desk, row, column)
    desk.page.keyboard.press("Control+v")
    desk.settled()
