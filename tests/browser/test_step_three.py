"""Step 3 on a branch's own Excel: a year is scheduled and published, three things go wrong, it is repaired, and calendars follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, expect

from core.access import service as access
from core.access.actor import LOCAL_ADMINISTRATOR, Role
from core.delivery.timetable import service as timetable
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import SessionView
from tests.browser.access_server import PASSWORD, Server, running
from tests.browser.desk import Desk, at_desk, before_start

TRAINERS = [
    ("姓名", "单位", "授课方向", "课酬（元/半天）", "每月最多半天数"),
    ("李闻", "海大培训中心", "业务实操", 1500, 8),
    ("周航", "海大培训中心", "业务实操", 1200, 8),
    ("吴岚", "湾区咨询", "业务实操", 1800, 8),
    ("郑野", "湾区咨询", "业务实操", 900, 8),
]
VENUES = [
    ("场地名称", "容纳人数", "设备", "每半天费用（元）"),
    ("培训中心大教室", 60, "投影、白板", 300),
    ("二楼会议室", 40, "投影", 0),
]
_SOME = (
    ("财富面谈实战班", "2天", 60, 30, "2027-03-01", "2027-05-31", "李闻、周航"),
    ("授信分析进阶班", "3天", 30, 30, "2027-03-15", "2027-06-20", "吴岚"),
    ("县域走访训练营", "1天", 90, 30, "2027-04-01", "2027-07-30", "郑野、周航"),
    ("反洗钱轮训", "半天", 120, 40, "2027-05-01", "2027-11-30", "郑野、李闻"),
    ("支行负责人带队伍", "2天", 25, 25, "2027-06-01", "2027-09-20", "李闻、吴岚"),
    ("柜面服务提升", "1天", 80, 40, "2027-08-01", "2027-12-10", "周航、郑野"),
)
PROJECTS: list[tuple[Any, ...]] = [("培训项目", "天数", "参训人数", "每班人数", "开始日期", "截止日期", "授课讲师"), *_SOME]
URGENT: list[tuple[Any, ...]] = [PROJECTS[0], ("监管新规紧急宣讲", "半天", 40, 40, "2027-04-01", "2027-04-30", "吴岚、李闻")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Server]:
    """A server with a plan in which nothing is yet, but that the solver is given little time."""
    folder = tmp_path_factory.mktemp("step-three")
    with before_start(folder, migrated) as (house, leader, plan), house.database.writing() as db:
        timetable.save_rules(db, leader, plan, 0, replace(Rules(), seconds=3.0))
        added = access.add(db, leader, "lin", "Lin", [Role.HR_LEADER], "", PASSWORD)
        access.prefer(db, added.id, plan_id=plan)
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def desk(server: Server, chromium: Browser) -> Iterator[Desk]:
    """The one who plans."""
    with at_desk(chromium, server) as desk:
        yield desk.sign_in("lin")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the branch's own workbooks and what is downloaded lie."""
    return tmp_path_factory.mktemp("own")


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A workbook as people keep them, with a heading above the table's."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def bring(desk: Desk, page: str, path: Path, button: str, said: str) -> None:
    """Import a workbook on a page."""
    desk.open(page)
    desk.page.get_by_test_id("stFileUploaderDropzoneInput").last.set_input_files(str(path))
    expect(desk.page.get_by_role("button", name=button)).to_be_visible()
    desk.settled()
    desk.press(button)
    expect(desk.page.get_by_text(said).first).to_be_visible()


def sessions(desk: Desk) -> list[SessionView]:
    """The published sessions, as they stand in the server's database."""
    with desk.server.database() as database, database.reading() as db:
        return timetable.sessions(db, LOCAL_ADMINISTRATOR, 1)


def option(desk: Desk, box: Locator, name: str) -> None:
    """Choose in a list."""
    box.click()
    desk.page.get_by_role("option", name=name).first.click()
    desk.settled()


def scheduled(desk: Desk) -> None:
    """Wait until what is being worked out is there."""
    expect(desk.page.get_by_text("正在排“", exact=False)).to_have_count(0, timeout=120_000)
    desk.settled()
    desk.open("schedule")


def happened(desk: Desk, what: str, subject: tuple[str, str] | None = None, days: tuple[date, date] | None = None) -> None:
    """Say what happened, and have the timetable made again."""
    desk.press("重排")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_text(what).click()
    desk.settled()
    if subject is not None:
        option(desk, dialog.get_by_label(subject[0]), subject[1])
    for label, day in zip(("从哪天", "到哪天"), days or (), strict=False):
        # The year, the month and the day are boxes of their own; a full one goes on to the next. A click would open a calendar.
        dialog.get_by_role("spinbutton", name=f"year, {label}").focus()
        desk.page.keyboard.type(f"{day:%Y%m%d}", delay=30)
        desk.page.keyboard.press("Tab")
        desk.settled()
        if desk.page.locator("#stFloatingOverlayPortal [role=grid]").count():
            desk.page.keyboard.press("Escape")
            desk.settled()
    dialog.get_by_role("button", name="重排").click()
    expect(dialog).to_have_count(0)
    scheduled(desk)


def publish(desk: Desk) -> str:
    """Publish what is looked at. Returns what the product says of the difference."""
    desk.press("发布")
    said = desk.page.get_by_test_id("stPopoverBody").inner_text()
    desk.press("确认发布")
    expect(desk.page.get_by_text("已发布", exact=False).first).to_be_visible()
    return said


def calendar(desk: Desk) -> dict[str, Any]:
    """The plan's calendar as a program reads it: its events by UID."""
    desk.open("feeds")
    with desk.page.expect_download(timeout=60_000) as waiting:
        desk.page.get_by_role("button", name="下载日历文件").first.click()
    found = Calendar.from_ical(Path(waiting.value.path()).read_bytes())
    return {str(one["UID"]): one for one in found.walk("VEVENT")}


def test_ones_own_excel_becomes_a_published_year(desk: Desk, files: Path) -> None:
    bring(desk, "trainers", workbook(files / "师资.xlsx", TRAINERS), "导入 4 行", "已导入")
    bring(desk, "venues", workbook(files / "场地.xlsx", VENUES), "导入 2 行", "已导入")
    bring(desk, "cohorts", workbook(files / "年度培训计划.xlsx", PROJECTS), "导入 6 个项目", "班次（12）")
    desk.open("schedule")
    desk.press("开始排期")
    scheduled(desk)
    expect(desk.page.get_by_text("12 节全部排上")).to_be_visible()
    publish(desk)
    assert len(sessions(desk)) == 12 and all(one.day and one.trainer and one.venue for one in sessions(desk))


def test_three_things_go_wrong_and_calendars_follow(desk: Desk, files: Path) -> None:
    before, first = sessions(desk), calendar(desk)
    assert len({key.rsplit("-", 1)[0] for key in first}) == 12 and {int(one["SEQUENCE"]) for one in first.values()} == {1}
    ill, shut = before[0], before[-1]
    assert ill.day is not None and ill.ends_on is not None and shut.day is not None
    desk.open("schedule")
    happened(desk, "讲师那几天来不了", ("哪位讲师", ill.trainer), (ill.day, ill.ends_on))
    expect(desk.page.get_by_text(f"讲师“{ill.trainer}”", exact=False).first).to_be_visible()
    happened(desk, "场地那几天用不了", ("哪个场地", shut.venue), (shut.day, shut.day + timedelta(days=1)))
    bring(desk, "cohorts?part=3", workbook(files / "加急.xlsx", URGENT), "导入 1 个项目", "班次（13）")
    desk.open("schedule")
    happened(desk, "项目、班次或人有增减")
    expect(desk.page.get_by_text("13 节全部排上")).to_be_visible()
    said = publish(desk)
    assert "与第 1 版相比" in said and "新增 1" in said

    after, kept = sessions(desk), {one.id: one for one in before}
    moved = [one for one in after if one.id in kept and (one.day, one.slot, one.trainer, one.venue) != place(kept[one.id])]
    assert {ill.id, shut.id} <= {one.id for one in moved} and len(moved) <= 4, "only what must is changed"
    second = calendar(desk)
    assert {int(one["SEQUENCE"]) for one in second.values()} == {2}
    assert first.keys() <= second.keys() and len({key.rsplit("-", 1)[0] for key in second}) == 13
    assert desk.outside == []


def place(one: SessionView) -> tuple[Any, ...]:
    """Where a session stands."""
    return one.day, one.slot, one.trainer, one.venue
