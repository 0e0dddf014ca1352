"""Rows copied out of a sheet: their cells, and which column is which where there is a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.patterns import lazily
from core.sheets.mapping import Field, guess

# A cell in quotation marks, in which a doubled one is one of its own, or any other; and what comes after it.
_CELL = lazily(r'(?:"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*))(\t|\n|\Z)')
_LONGEST_HEADING = 20


@dataclass(frozen=True)
class Refused:
    """A row that cannot be used, by its number in what was pasted, and why."""

    line: int
    text: str
    why: Message


def pasted_rows(pasted: str) -> list[list[str]]:
    """Cells are parted by tabs, as sheets copy them; a cell of several lines is quoted, as they quote it.

    A quotation mark that only begins a cell's words, or part of them, is one of these words: sheets copy it as it is.
    """
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = []
    row: list[str] = []
    for found in _CELL.finditer(text):
        quoted, plain, end = found.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        if end != "\t":
            rows.append(row if row != [""] else [])
            row = []
        if not end:
            break
    return rows if rows[-1] else rows[:-1]


def numbered_rows(pasted: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, with their numbers."""
    return [(number, row) for number, row in enumerate(pasted_rows(pasted), 1) if any(cell.strip() for cell in row)]


def columns(rows: Sequence[Sequence[str]], fields: Sequence[Field], telling: str) -> tuple[Mapping[str, int], int]:
    """Where each field stands, and at which row the data begin: a heading has short names, that of the `telling` field among them, in any
    order; without one the columns are the fields in order. Titles over the heading, one cell across the sheet, are passed over."""
    first = next((at for at, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), None)
    if first is not None:
        header = [cell.strip() for cell in rows[first]]
        found = guess(header, fields)
        if telling in found.values() and len(found) > 1 and all(len(cell) <= _LONGEST_HEADING for cell in header):
            return {field: header.index(column) for column, field in found.items()}, first + 1
    return {field.name: place for place, field in enumerate(fields)}, 0


def cells_by_field(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """What a row says of each field, without blanks around it."""
    return {name: row[place].strip() for name, place in places.items() if place < len(row)}


def refused(number: int, row: Sequence[str], why: Message) -> Refused:
    """A row that cannot be used, as it is shown."""
    return Refused(number, " ".join(" ".join(row).split())[:80], why)
