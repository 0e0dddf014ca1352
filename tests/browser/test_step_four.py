"""Step 4 on last year's own exports: the year is judged, a conclusion opens the next year's draft, and a leader reads it on a phone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Role
from core.delivery.attendance import service as attendance
from core.delivery.attendance.terms import Presence
from core.instance import Instance
from core.review.warnings import deciding
from core.review.warnings.terms import Threshold
from core.shares import service as shares
from core.shares.terms import SharedPage
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start
from tests.core.delivery.timetable_world import sessions
from tests.core.review.world import Review, review

# The world is made for a year that the machine's clock has not reached; the year that is looked back on is over.
_MADE_FOR, _OVER = "2027", "2025"
_OF_DAYS = (
    *(("annual_plan", "year"), ("calendar_year", "year"), ("calendar_year", "usable"), ("published_version", "lines")),
    *(("project_span", "first_on"), ("project_span", "last_on"), ("placement", "day"), ("placement", "ends_on"), ("measure", "due")),
)
_LOOSE = {Threshold.PEOPLE: (5.0, "行内约定"), Threshold.CHANCES: (5.0, "行内约定"), Threshold.WEEKS: (1.0, "行内约定")}
_TAKE = re.compile(r"(导入|写入) \d+ ")
_COSTS = [
    ("培训项目", "费用类型", "日期", "金额（元）"),
    ("望海支行 · 资产配置补强", "外部讲师课酬", "2025-01-08", 12_000),
    ("云岭支行 · 资产配置补强", "场地租用", "2025-01-20", 8_000),
]


@dataclass(frozen=True)
class Year:
    """The server, the plan of the year that is over, its people, and a link to its executive page."""

    server: Server
    made: Review
    link: str


def over(house: Instance) -> None:
    """Everything that was planned for a year to come lies two years back."""
    with house.database.writing() as db:
        for table, column in _OF_DAYS:
            db.execute(
                sa.text(f"UPDATE {table} SET {column} = replace({column}, '{_MADE_FOR}', '{_OVER}') WHERE {column} LIKE '%{_MADE_FOR}%'")
            )


def taught(house: Instance, leader: Actor, made: Review) -> None:
    """Everybody came to the first project's classes, and nobody to the second's."""
    with house.database.writing() as db:
        for one in sessions(house, leader, made.plan):
            came = Presence.PRESENT if one.project_id == made.project else Presence.ABSENT
            attendance.note(db, leader, made.plan, one.id, dict.fromkeys(one.members, came), {})
        deciding.save_numbers(db, leader, made.plan, _LOOSE, {})


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Year]:
    """Two projects of a year that is over, taught, with no result yet."""
    folder = tmp_path_factory.mktemp("step-four")
    with before_start(folder, migrated) as (house, leader, _plan):
        made = review(house, leader)
        over(house)
        taught(house, leader, made)
        with house.database.writing() as db:
            added = access.add(db, LOCAL_ADMINISTRATOR, "lin", "Lin", [Role.HR_LEADER], "", PASSWORD)
            access.prefer(db, added.id, plan_id=made.plan)
            token = shares.create(db, leader, made.plan, SharedPage.EXECUTIVE, days=7)
    with running(folder) as server:
        yield Year(server, made, f"{server.address}/share/{token}")


@pytest.fixture(scope="module")
def desk(year: Year, chromium: Browser) -> Iterator[Desk]:
    """The one who looks back."""
    with at_desk(chromium, year.server) as desk:
        yield desk.sign_in("lin")


def a_workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """An export as Excel."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def a_csv(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """An export of a system that writes CSV as Excel in China reads it."""
    with path.open("w", encoding="gb18030", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def exports(folder: Path, made: Review) -> dict[str, Path]:
    """What the systems of a branch give, by what the page calls it: those of the first project's unit and of the other, which compares."""
    near, far = made.near[:12], made.far
    day = "2025-02-10"
    tests = [(no, day, "话术得分", 40 + at, 68 + at) for at, no in enumerate(near)] + [
        (no, day, "话术得分", 41 + at, 45 + at) for at, no in enumerate(far)
    ]
    passed = [(no, day, "话术通关率", "未通过", "通过" if at % 4 else "未通过") for at, no in enumerate(near)]
    visits = [
        (no, f"2025-{month}-20", "上门拜访覆盖率", f"{30 + at + 45 * (month > '02')}%")
        for month in ("01", "03")
        for at, no in enumerate(near)
    ]
    won = [(no, "新增有效客户", 2, 3 + at % 2) for at, no in enumerate(near)] + [(no, "新增有效客户", 2, 2) for no in far]
    return {
        "问卷答卷": a_csv(folder / "课后问卷.csv", [("工号", "提交时间", "课程满意度"), *((no, "2025-01-25", "非常满意") for no in near)]),
        "测验与演练成绩": a_workbook(
            folder / "考核系统.xlsx", [("2025 年考核",), ("工号", "考试日期", "科目", "训前得分", "训后得分"), *tests, *passed]
        ),
        "行为数据（CRM 导出）": a_csv(folder / "CRM.csv", [("客户经理工号", "拜访日期", "指标", "数值"), *visits]),
        "业绩数据": a_workbook(folder / "业绩.xlsx", [("工号", "指标", "2025年1月", "2025年3月"), *won]),
        "费用（写入预算的已发生）": a_workbook(folder / "费用台账.xlsx", _COSTS),
    }


def chosen(desk: Desk, label: str, option: str) -> None:
    """Choose in a list."""
    box = desk.page.get_by_label(label).first
    # A list closes when the page under it scrolls: a hand does not scroll and open it within the same frame.
    box.scroll_into_view_if_needed()
    desk.settled()
    box.click()
    desk.page.get_by_role("option", name=option).first.click()
    desk.settled()


def bring(desk: Desk, kind: str, path: Path) -> None:
    """Import a file on the page of results."""
    chosen(desk, "文件里是", kind)
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(str(path))
    button = desk.page.get_by_role("button", name=_TAKE).first
    expect(button).to_be_visible()
    desk.settled()
    button.click()
    expect(button).to_have_count(0)
    expect(desk.page.get_by_text("正在导入", exact=False)).to_have_count(0)
    desk.settled()


def said(desk: Desk, page: str, *words: str) -> str:
    """What stands on a page, on which these words are."""
    desk.open(page)
    for word in words:
        expect(desk.page.get_by_test_id("stMainBlockContainer")).to_contain_text(word)
    return desk.main()


def worth(desk: Desk) -> None:
    """Say how people were chosen, and what the effect is worth."""
    desk.open("effects")
    desk.page.get_by_text("整个机构参训").first.click()
    desk.page.get_by_label("依据").first.fill("望海支行全员参训，云岭支行不参加")
    desk.press("保存")
    desk.page.get_by_test_id("stExpander").filter(has_text="带入投入回报").locator("summary").click()
    for label, text in (
        ("单位价值（元）", "900"),
        ("价值出处", "财务部"),
        ("价值确认人", "计财部"),
        ("理由", "对照支行同期相比"),
        ("估计人", "个金部"),
    ):
        desk.page.get_by_label(label).first.fill(text)
    desk.page.get_by_test_id("stForm").last.get_by_role("button", name="带入投入回报").click()
    desk.settled()


def carried(desk: Desk) -> list[str]:
    """Confirm what the data suggest, carry it over; the projects of the next year's draft."""
    desk.open("conclusions")
    desk.press("按数据起草")
    desk.page.get_by_label("明年要改什么（调整时必填）").fill("加两次上门陪访")
    desk.press("存为草稿")
    desk.press("条草稿")
    do_it = desk.page.get_by_role("button", name=re.compile(r"结转 \d+ 项"))
    do_it.click()
    desk.settled()
    expect(desk.page.get_by_text("已结转 2026 年").first).to_be_visible()
    with desk.server.database() as database, database.reading() as db:
        plan = db.execute(sa.text("SELECT id FROM annual_plan WHERE year = 2026")).scalar_one()
        return list(db.execute(sa.text("SELECT name FROM project WHERE plan_id = :plan"), {"plan": plan}).scalars())


def test_a_year_is_judged_and_changes_the_next(year: Year, desk: Desk, tmp_path: Path) -> None:
    desk.open("results")
    chosen(desk, "属于哪个项目", "望海支行")
    for kind, path in exports(tmp_path, year.made).items():
        bring(desk, kind, path)
    worth(desk)
    found = said(desk, "effects", "可以说", "不能说", "95% 区间")
    assert re.search(r"参训 \d+ 人，对照 \d+ 人，共 \d+ 人次", found)
    found = said(desk, "levels", "L1", "L2", "L3", "L4")
    assert re.search(r"最多 \d+ 人，共 \d+ 人次", found)
    assert "区间" in said(desk, "returns", "投资回报率 ROI")
    assert "云岭支行" in said(desk, "warnings", "参与")
    assert carried(desk)
    said(desk, "conclusions", "已结转 2026 年")
    desk.open("meetings")
    desk.press("按数据生成议程")
    said(desk, "meetings", "议程与讨论")
    assert desk.outside == []


def test_a_leader_reads_the_year_on_a_phone_by_link(year: Year, chromium: Browser) -> None:
    with at_desk(chromium, year.server, viewport={"width": 390, "height": 844}) as phone:
        phone.page.goto(year.link)
        expect(phone.page.get_by_text("共享页面", exact=False).first).to_be_visible()
        expect(phone.page.get_by_text("课次进度").first).to_be_visible()
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
        said = phone.page.inner_text("main")
        assert "云岭支行" in said and "员工" not in said and phone.outside == []
