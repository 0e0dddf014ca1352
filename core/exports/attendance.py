"""How far people are with their programmes, as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.attendance.completion import STANDING_NAMES
from core.delivery.attendance.standing import PersonProgress
from core.exports.workbook import Cell, workbook
from core.i18n import Language, Message

_HEADINGS = (
    *(Message("工号"), Message("姓名"), Message("机构"), Message("项目"), Message("情况")),
    *(Message("已完成（次）"), Message("应完成（次）"), Message("缺了哪几次"), Message("未登记到课的课次")),
)


def completion_workbook(shown: Sequence[PersonProgress], language: Language) -> bytes:
    """A line for each person in each programme, in the order given."""
    rows: list[list[Cell]] = [
        [
            *(one.employee_no, one.name, one.unit, one.programme, STANDING_NAMES[one.progress.standing].render(language)),
            *(one.progress.came, one.progress.of),
            *(Message.listed(some).render(language) for some in (one.progress.missed, one.progress.silent)),
        ]
        for one in shown
    ]
    note = Message("共 {n} 人次", n=len(rows)).render(language)
    return workbook(Message("完成情况").render(language), [one.render(language) for one in _HEADINGS], rows, [note])
