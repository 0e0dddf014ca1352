"""The case library as an Excel file, in the columns in which it is read back."""

from __future__ import annotations

from collections.abc import Sequence

from core.delivery.cases.pasting import FIELDS
from core.delivery.cases.service import CaseView
from core.delivery.cases.terms import KIND_NAMES
from core.exports.workbook import Cell, workbook
from core.i18n import Language, Message


def cases_workbook(cases: Sequence[CaseView], language: Language) -> bytes:
    """A line for each; what is text stays text, also where it begins like a formula."""
    headings = [
        *(one.title.render(language) for one in FIELDS),
        *(one.render(language) for one in (Message("用在哪些项目"), Message("附件"))),
    ]
    return workbook(Message("案例库").render(language), headings, [_cells(one, language) for one in cases])


def _cells(one: CaseView, language: Language) -> list[Cell]:
    row = one.row
    told: list[Cell] = [
        row.title,
        KIND_NAMES[row.kind].render(language),
        row.text,
        Message.listed(row.tags).render(language),
        row.competency,
        row.scene,
        row.source,
    ]
    return [*told, Message.listed(one.used_in).render(language), one.file]
