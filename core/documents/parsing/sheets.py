"""Excel workbooks: each sheet a page with its name as heading, tables found in it, values as Excel shows them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from core.documents.parsed import ParsedDocument
from core.documents.parsing.cell_values import shown
from core.documents.parsing.cleaning import one_line
from core.documents.parsing.draft import Covered, Draft
from core.documents.parsing.given_title import given_title
from core.documents.parsing.progress import Progress

# A formula whose cell holds no value: the program that wrote the file never calculated it.
_UNCALCULATED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_Rows = dict[int, dict[int, str]]
_Merges = dict[tuple[int, int], tuple[int, int]]


def read_sheets(path: Path, name: str, progress: Progress) -> ParsedDocument:
    """An XLSX file as a document with a page per sheet, hidden ones too."""
    book = _open(path, values=True)
    formulas = _open(path, values=False) if _has_uncalculated(path) else None
    sheets = book.worksheets
    progress.check_pages(len(sheets))
    draft = Draft()
    for number, sheet in enumerate(sheets, start=1):
        draft.page(one_line(sheet.title), hidden=sheet.sheet_state != "visible")
        draft.block("heading", sheet.title, 1)
        _write_sheet(draft, _rows(sheet, formulas[sheet.title] if formulas else None), _merges(sheet))
        progress.done(number, len(sheets))
    return draft.finish("xlsx", given_title(book.properties.title) or Path(name).stem)


def _open(path: Path, *, values: bool) -> Workbook:
    # By its stream: openpyxl refuses a path whose name does not end like a workbook's, and stored files have no ending.
    with path.open("rb") as file:
        return openpyxl.load_workbook(file, data_only=values, keep_links=False)


def _has_uncalculated(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_UNCALCULATED.search(archive.read(name)) for name in sheets)


def _rows(sheet: Any, formulas: Any | None) -> _Rows:
    """The filled cells only: a sheet may declare a million rows, and asking for a cell would create it."""
    rows: _Rows = {}
    for (row, column), cell in sheet._cells.items():
        text = one_line(shown(cell.value, cell.number_format))
        if not text and formulas is not None and (row, column) in formulas._cells:
            text = one_line(_formula(formulas._cells[row, column].value))
        if text:
            rows.setdefault(row, {})[column] = text
    return {row: dict(sorted(rows[row].items())) for row in sorted(rows)}


def _formula(value: object) -> str:
    if isinstance(value, ArrayFormula):
        return str(value.text)
    return "" if value is None or isinstance(value, DataTableFormula) else str(value)


def _merges(sheet: Any) -> _Merges:
    """The places that merged cells cover, by (row, column), with the merged cell's own place; huge merges only frame a page."""
    covered: _Merges = {}
    for merged in sheet.merged_cells.ranges:
        if merged.size["rows"] * merged.size["columns"] > 10_000:
            continue
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                if (row, column) != (merged.min_row, merged.min_col):
                    covered[row, column] = (merged.min_row, merged.min_col)
    return covered


def _write_sheet(draft: Draft, rows: _Rows, merges: _Merges) -> None:
    for region in _regions(rows, merges):
        body = dict(region)
        for row, cells in region:
            if len(cells) > 1:
                break
            draft.block("paragraph", next(iter(cells.values())))
            del body[row]
        closing: list[str] = []
        for row, cells in reversed(list(body.items())):
            if len(cells) > 1 or len(body) < 2 or 1 not in cells or (row, 1) in merges or _labels(row, merges):
                break
            closing.insert(0, next(iter(cells.values())))
            del body[row]
        _write_table(draft, body, merges)
        for text in closing:
            draft.block("paragraph", text)


def _labels(row: int, merges: _Merges) -> bool:
    """Whether a merged cell reaches down into `row`, which then belongs to the table although it holds one value."""
    return any(home_row < row for (covered_row, _), (home_row, _) in merges.items() if covered_row == row)


def _regions(rows: _Rows, merges: _Merges) -> Iterator[list[tuple[int, dict[int, str]]]]:
    """Runs of rows without an empty row between them."""
    merged_rows = {row for row, _ in merges}
    region: list[tuple[int, dict[int, str]]] = []
    last = 0
    for row, cells in rows.items():
        if region and any(between not in merged_rows for between in range(last + 1, min(row, last + 1000))):
            yield region
            region = []
        region.append((row, cells))
        last = row
    if region:
        yield region


def _write_table(draft: Draft, body: _Rows, merges: _Merges) -> None:
    if not body:
        return
    numbers = list(body)
    columns = sorted({column for cells in body.values() for column in cells})
    row_index = {row: index for index, row in enumerate(numbers)}
    column_index = {column: index for index, column in enumerate(columns)}
    grid: list[list[str | Covered]] = []
    for row in numbers:
        line: list[str | Covered] = []
        for column in columns:
            home = merges.get((row, column))
            if home and home[0] in row_index and home[1] in column_index:
                line.append(Covered(row_index[home[0]], column_index[home[1]]))
            else:
                line.append(body[row].get(column, ""))
        grid.append(line)
    draft.table(grid, _header_rows(grid))


def _header_rows(grid: list[list[str | Covered]]) -> int:
    """One row, and one more for each that a merged cell of the first row shares or subdivides."""
    first = grid[0]
    depth = 1
    while depth < min(len(grid), 4) and any(isinstance(cell, Covered) and cell.row == 0 for cell in grid[depth]):
        depth += 1
    widened = any(isinstance(cell, Covered) for cell in first)
    return min(len(grid), max(depth, 2 if widened and len(grid) > 2 else 1))
