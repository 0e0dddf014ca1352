"""Empty files to fill in: a sheet with the headings that the import knows, and one that explains each of them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from core.delivery.budget import taking_in
from core.delivery.importing.kinds import RESOURCE_NAMES, RESOURCES, ResourceKind
from core.i18n import Language, Message
from core.people.importing.kinds import KIND_NAMES, KINDS, ImportKind
from core.review.results.kinds import FIELDS
from core.review.results.terms import RESULT_NAMES, ResultKind
from core.sheets import guide
from core.sheets.mapping import Field

_COSTS = Message("费用")
_WIDTHS = (18, 10, 70)


def template(kind: ImportKind, language: Language) -> bytes:
    """The workbook for a kind of file. Its cells are text, so that Excel keeps leading zeros and dates as they are typed."""
    return _workbook(KIND_NAMES[kind], KINDS[kind].fields, language)


def resource_template(kind: ResourceKind, language: Language) -> bytes:
    """The same for trainers, venues and the calendar."""
    return _workbook(RESOURCE_NAMES[kind], RESOURCES[kind].fields, language)


def result_template(kind: ResultKind, language: Language) -> bytes:
    """The same for results of training; costs are the budget's."""
    fields = taking_in.FIELDS if kind is ResultKind.COST else FIELDS[kind]
    return _workbook(_COSTS if kind is ResultKind.COST else RESULT_NAMES[kind], fields, language)


def _workbook(title: Message, fields: Sequence[Field], language: Language) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        plain = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
        text = book.add_format({**plain, "num_format": "@"})
        wrapped = book.add_format({**plain, "text_wrap": True})
        head = book.add_format({**plain, "bold": True, "bg_color": "#EEF1F3", "bottom": 1})
        sheet = book.add_worksheet(title.render(language)[:31])
        for column, field in enumerate(fields):
            sheet.set_column(column, column, 18, text)
            sheet.write_string(0, column, field.title.render(language), head)
        sheet.freeze_panes(1, 0)
        notes = book.add_worksheet(guide.TITLE.render(language))
        for column, (heading, width) in enumerate(zip(guide.HEADINGS, _WIDTHS, strict=True)):
            notes.set_column(column, column, width)
            notes.write_string(0, column, heading.render(language), head)
        for number, field in enumerate(fields, start=1):
            notes.write_string(number, 0, field.title.render(language), wrapped)
            notes.write_string(number, 1, Message("是").render(language) if field.required else "", wrapped)
            notes.write_string(number, 2, field.help.render(language) if field.help else "", wrapped)
    return content.getvalue()
