"""The sessions of a timetable as an Excel file: a line each, with everything that is known of them."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.halves import HALF_NAMES
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
    pinned = "、".join(PART_NAMES[part].render(language) for part in sorted(one.pinned))
    told = ["；".join(each.render(language) for each in some) for some in (one.breaks, one.reasons)]
    held: list[Cell] = [one.day, half, one.ends_on, one.programme, cohort, one.name, one.trainer, venue]
    return [*held, one.slots, one.headcount, one.due, one.cost or None, pinned, told[0], one.reason, told[1]]
