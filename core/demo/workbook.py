"""The appraisal scheme as XLSX: merged headings, number formats, a hidden sheet, formulas with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

Value = str | int | float

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "plain": {},
    "integer": {"num_format": "0"},
    "decimal": {"num_format": "#,##0.0"},
    "decimal2": {"num_format": "0.00"},
    "percent": {"num_format": "0.0%"},
    "percent2": {"num_format": "0.00%"},
}
_CELL: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter"}
_HEAD = {**_CELL, "bold": True, "align": "center", "bg_color": "#EEF1F3", "text_wrap": True}


@dataclass(frozen=True)
class Column:
    """`formula` is "" for typed values, else growth, ratio or score over the columns (numbered from 0) in `of`."""

    title: str
    format: str
    width: float
    group: str = ""
    formula: str = ""
    of: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A table under a title; `total` names the columns that are summed below; `rows` hold the typed values only."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[str, ...] = ()
    hidden: bool = False


def sheets(source: Mapping[str, Any]) -> list[Sheet]:
    """The sheets of a parsed TOML source."""
    return [
        Sheet(
            name=sheet["name"],
            title=sheet["title"],
            columns=tuple(Column(**{**column, "of": tuple(column.get("of", ()))}) for column in sheet["columns"]),
            rows=tuple(tuple(row) for row in sheet["rows"]),
            total=tuple(sheet.get("total", ())),
            hidden=sheet.get("hidden", False),
        )
        for sheet in source["sheets"]
    ]


def write(path: Path, title: str, content: Sequence[Sheet], day: date) -> None:
    """Writes `content` to `path`; every formula carries its value, for readers that do not calculate."""
    stamp = datetime(day.year, day.month, day.day, 9)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        about = {"title": title, "author": "示例银行（虚构）", "comments": "示例（虚构）", "created": stamp}
        book.set_properties(about)
        for sheet in content:
            _Writer(book, sheet).write()


class _Writer:
    """One sheet on its way into the book."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.sheet, self.page = sheet, book.add_worksheet(sheet.name)
        self.formats = {name: book.add_format({**_CELL, **more}) for name, more in _FORMATS.items()}
        self.head, self.title = book.add_format(_HEAD), book.add_format({**_HEAD, "font_size": 14})
        self.first_row = 3 if any(column.group for column in sheet.columns) else 2

    def write(self) -> None:
        last = len(self.sheet.columns) - 1
        self.page.merge_range(0, 0, 0, last, self.sheet.title, self.title)
        self.page.set_header("&C示例（虚构）")
        self._headings()
        done = [self._row(self.first_row + number, values) for number, values in enumerate(self.sheet.rows)]
        if self.sheet.total:
            self._totals(done)
        self.page.freeze_panes(self.first_row, 1)
        if self.sheet.hidden:
            self.page.hide()

    def _headings(self) -> None:
        for number, column in enumerate(self.sheet.columns):
            self.page.set_column(number, number, column.width)
            self.page.write_string(self.first_row - 1, number, column.title, self.head)
            if self.first_row == 3 and not column.group:
                self.page.merge_range(1, number, 2, number, column.title, self.head)
        for group, members in groupby(enumerate(self.sheet.columns), key=lambda pair: pair[1].group):
            places = [number for number, _ in members]
            if group:
                self.page.merge_range(1, places[0], 1, places[-1], group, self.head)

    def _row(self, row: int, values: Sequence[Value]) -> list[Value]:
        typed, done = iter(values), list[Value]()
        value: Value
        for number, column in enumerate(self.sheet.columns):
            style = self.formats[column.format]
            if column.formula:
                cells = [xl_rowcol_to_cell(row, place) for place in column.of]
                formula, value = _calculated(column.formula, cells, [float(done[place]) for place in column.of])
                self.page.write_formula(row, number, formula, style, value)
            else:
                value = next(typed)
                self.page.write(row, number, value, style)
            done.append(value)
        return done

    def _totals(self, done: Sequence[Sequence[Value]]) -> None:
        row = self.first_row + len(done)
        self.page.write_string(row, 0, "合计", self.head)
        for number, column in enumerate(self.sheet.columns):
            if column.title in self.sheet.total:
                span = f"{xl_rowcol_to_cell(self.first_row, number)}:{xl_rowcol_to_cell(row - 1, number)}"
                value = round(sum(float(values[number]) for values in done), 2)
                self.page.write_formula(row, number, f"=SUM({span})", self.formats[column.format], value)


def _calculated(kind: str, cells: Sequence[str], values: Sequence[float]) -> tuple[str, float]:
    """The formula as Excel writes it, and its value.

    Score, by article 4 of the scheme: weight × rate, the rate counting for at most 120 %, and nothing below 60 %.
    """
    (first, second), (a, b) = cells, values
    match kind:
        case "growth":
            return f"=({second}-{first})/{first}", (b - a) / a
        case "ratio":
            return f"={second}/{first}", b / a
        case "score":
            rate = 0 if a < 0.6 else min(1.2, a)
            return f"=ROUND(IF({first}<0.6,0,MIN(1.2,{first}))*{second},2)", round(rate * b, 2)
    raise ValueError(kind)
