"""A table as an Excel file: what is text stays text, so that no cell becomes a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

Cell = str | int | float | date | datetime | None

_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A sheet `name`: headings, rows (None is an empty cell, a moment is one without a zone), and `notes` below, a line each."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def workbook(name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Sequence[str] = ()) -> bytes:
    """A file of one sheet."""
    return of_sheets([Sheet(name, headings, rows, notes)])


def of_sheets(sheets: Sequence[Sheet]) -> bytes:
    """A file of several sheets."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for one in sheets:
            _write(book, one)
    return content.getvalue()


def _write(book: xlsxwriter.Workbook, one: Sheet) -> None:
    plain = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    text, day = book.add_format({**plain, "text_wrap": True}), book.add_format({**plain, "num_format": "yyyy-mm-dd"})
    minute = book.add_format({**plain, "num_format": "yyyy-mm-dd hh:mm"})
    head = book.add_format({**plain, "bold": True, "bg_color": "#EEF1F3", "bottom": 1})
    note = book.add_format({**plain, "font_color": "#66707A"})
    sheet = book.add_worksheet(one.name[:31])
    sheet.write_row(0, 0, one.headings, head)
    for number, row in enumerate(one.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, minute if isinstance(cell, datetime) else day)
            else:
                sheet.write(number, column, cell, text)
    for number, line in enumerate(one.notes, len(one.rows) + 2):
        sheet.write_string(number, 0, line, note)
    for column, heading in enumerate(one.headings):
        widest = max((_width(str(row[column] or "")) for row in one.rows), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(_width(heading), widest) + 3))
    sheet.freeze_panes(1, 0)
    if one.rows:
        sheet.autofilter(0, 0, len(one.rows), len(one.headings) - 1)


def _width(text: str) -> int:
    return sum(1 if one.isascii() else 2 for one in text)
