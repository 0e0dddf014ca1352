"""The workbook: every table of a plan on a sheet of its own, with filters, a heading that stays, and formats."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time

import xlsxwriter

from core.charts.lettering import ems
from core.exports.leadership.blocks import Cell, Column, Form, Lack, Matter, Said, Section, Table
from core.exports.leadership.templates import FACTS, facts
from core.exports.leadership.words import Words
from core.i18n import Language, Message

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "font_color": "#22282E"}
_FORMATS = {Form.COUNT: "#,##0", Form.MONEY: "#,##0", Form.SHARE: "0%", Form.DAY: "yyyy-mm-dd", Form.FIGURE: "#,##0.0"}
_NARROW, _WIDE, _MOST = 9, 60, 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write(matter: Matter, language: Language) -> bytes:
    """The file. What is text stays text, also where it begins like a formula."""
    return _Book(matter, Words(language)).write()


class _Book:
    def __init__(self, matter: Matter, say: Words) -> None:
        self._matter, self._say, self._content = matter, say, io.BytesIO()
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._text = self._book.add_format({**_FONT, "text_wrap": True})
        self._forms = {form: self._book.add_format({**_FONT, "num_format": code}) for form, code in _FORMATS.items()}
        head = {**_FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True, "valign": "vcenter"}
        self._head = self._book.add_format(head)
        self._note = self._book.add_format({**_FONT, "font_color": "#66707A"})
        self._title = self._book.add_format({**_FONT, "bold": True, "font_size": 18, "font_color": "#1F4E79"})
        self._bold = self._book.add_format({**_FONT, "bold": True})
        self._link = self._book.add_format({**_FONT, "font_color": "#1F4E79", "underline": 1})
        self._names: set[str] = set()

    def write(self) -> bytes:
        """The cover with what is on which sheet, then the sheets."""
        matter = self._matter
        self._book.set_properties({"title": matter.cover.title, "author": matter.cover.made_by, "company": matter.cover.unit})
        cover = self._book.add_worksheet(self._name(self._say(Message("封面"))))
        listed = []
        for section in matter.sections:
            for table in (one for one in section.blocks if isinstance(one, Table) and one.name and one.rows):
                listed.append((section, self._sheet(table), len(table.rows)))
        self._cover(cover, listed)
        self._book.close()
        return self._content.getvalue()

    def _cover(self, sheet: xlsxwriter.worksheet.Worksheet, listed: Sequence[tuple[Section, str, int]]) -> None:
        say = self._say
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 12)
        sheet.write_string(0, 0, self._matter.cover.title, self._title)
        sheet.set_row(0, 30)
        row = 2
        for name, value in facts(self._matter, say).items():
            if name not in ("title", "year"):
                sheet.write_string(row, 0, say(FACTS[name]), self._bold)
                sheet.write_string(row, 1, value, self._note)
                row += 1
        row += 1
        for column, heading in enumerate((Message("章节"), Message("工作表"), Message("行数"))):
            sheet.write_string(row, column, say(heading), self._head)
        for section, name, rows in listed:
            row += 1
            sheet.write_string(row, 0, section.title, self._text)
            sheet.write_url(row, 1, f"internal:'{name}'!A1", self._link, name)
            sheet.write_number(row, 2, rows, self._forms[Form.COUNT])
        row += 2
        for line in self._lacks():
            sheet.write_string(row, 0, line, self._note)
            row += 1
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _lacks(self) -> list[str]:
        """What cannot be said yet, and what waits for a decision: sentences, of which no sheet can be made."""
        found = []
        for section in self._matter.sections:
            said = [one.text for one in section.blocks if isinstance(one, Lack) or (isinstance(one, Said) and one.short)]
            bare = not any(isinstance(one, Table) for one in section.blocks)
            found += [self._say(Message("{name}：{value}", name=section.title, value=text)) for text in said if bare]
        return found

    def _sheet(self, one: Table) -> str:
        name = self._name(one.name)
        sheet = self._book.add_worksheet(name)
        for column, each in enumerate(one.columns):
            sheet.write_string(0, column, each.title, self._head)
            sheet.set_column(column, column, _width(each, [row[column] for row in one.rows], self._say))
        for number, row in enumerate(one.rows, 1):
            for column, (cell, each) in enumerate(zip(row, one.columns, strict=True)):
                self._write(sheet, number, column, cell, each)
        last = len(one.rows)
        if one.note:
            sheet.write_string(last + 2, 0, one.note, self._note)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(one.columns) - 1)
        sheet.hide_gridlines(1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        return name

    def _write(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, each: Column) -> None:
        form = self._forms.get(each.form, self._text)
        if isinstance(cell, date):
            sheet.write_datetime(row, column, datetime.combine(cell, time()), self._forms[Form.DAY])
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, form)
        elif cell:
            sheet.write_string(row, column, cell, self._text)
        else:
            sheet.write_blank(row, column, None, form)

    def _name(self, wanted: str) -> str:
        """A name that Excel takes and that no other sheet has."""
        plain = wanted.translate(_NOT_IN_NAMES).strip("' ")[:_MOST] or "Sheet"
        found, number = plain, 2
        while found.lower() in self._names:
            found = f"{plain[: _MOST - 4]} {number}"
            number += 1
        self._names.add(found.lower())
        return found


def _width(column: Column, cells: Sequence[Cell], say: Words) -> float:
    widest = max((ems(say.cell(cell, column.form)) for cell in cells), default=0)
    return min(_WIDE, max(_NARROW, 1.9 * max(widest, ems(column.title)) + 3))
