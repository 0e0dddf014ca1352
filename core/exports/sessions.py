"""The sessions of a timetable as an Excel file: a line each, with everything that is known of them."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.halves import HALF_NAMES
from core.delivery.timetable.lists import FIELDS
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.terms import PART_NAMES
from core.exports.workbook import Cell, workbook
from core.i18n import Language, Message

HEADINGS = (
    Message("日期"),
    Message("上下午"),
    Message("结束日期"),
    Message("项目"),
    Message("班次"),
    Message("课次"),
    Message("讲师"),
    Message("场地"),
    Message("半天数"),
    Message("人数"),
    Message("最晚完成"),
    Message("费用（元）"),
    Message("固定"),
    Message("例外"),
    Message("理由"),
    Message("没排上的原因"),
)


def sessions_workbook(views: Sequence[SessionView], language: Language) -> bytes:
    """The sessions in the order given. What is text stays text, also where it begins like a formula."""
    headings = [one.render(language) for one in HEADINGS]
    count = Message("共 {n} 节课", n=len(views)).render(language)
    return workbook(Message("排期").render(language), headings, [_cells(one, language) for one in views], [count])


def _cells(one: SessionView, language: Language) -> list[Cell]:
    cohort = one.cohort.render(language) if isinstance(one.cohort, Message) else one.cohort
    half = HALF_NAMES[one.half].render(language) if one.day is not None else ""
    venue = one.venue or (Message("线上").render(language) if one.online else "")
    pinned = Message.listed(PART_NAMES[part] for part in sorted(one.pinned)).render(language)
    told = [Message.listed(some, between="；").render(language) for some in (one.breaks, one.reasons)]
    held: list[Cell] = [one.day, half, one.ends_on, one.programme, cohort, one.name, one.trainer, venue]
    return [*held, one.slots, one.headcount, one.due, one.cost or None, pinned, told[0], one.reason, told[1]]


def list_template(language: Language) -> bytes:
    """The columns of a list of projects to be filled in, with how each is written."""
    headings = [one.title.render(language) for one in FIELDS]
    notes = [
        Message("项目、时长必填；机构、岗位、人数至少写一样。时长可以写 2 天、半天、7 学时。"),
        Message("一个项目有几节课就写几行，项目名称相同；间隔天数是与上一节课之间至少隔几个工作日。"),
        Message("计划时间可以写 3月、3-5月、二季度、上半年；写了期数就按人数均分成那么多个班。"),
        Message("项目名称与计划里的项目相同时，课次归到那个项目；机构、岗位、讲师有几个就用顿号隔开。"),
    ]
    return workbook(Message("培训清单").render(language), headings, [], [one.render(language) for one in notes])
