"""Ruled tables on PDF pages, and the same table going on over the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.documents.parsing.cleaning import joined
from core.documents.parsing.draft import Covered
from core.documents.parsing.pdf_lines import Glyph, lines_of

# Thousands of strokes are a drawing, and comparing them with one another takes minutes.
_MAX_STROKES = 3_000
_SNAP = 2.0

_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ruled:
    """A table on one page: its rows, its height range, and where its columns begin and end."""

    rows: list[list[str | Covered]]
    top: float
    bottom: float
    edges: tuple[float, ...]


def ruled_tables(page: Any, found: Sequence[Glyph]) -> tuple[list[Ruled], list[Glyph]]:
    """The tables of a pdfplumber page, and the characters that stand in none of them."""
    strokes = len(page.lines) + len(page.rects) + len(page.curves)
    if not 3 <= strokes <= _MAX_STROKES:
        return [], list(found)
    tables: list[Ruled] = []
    rest = list(found)
    for table in page.find_tables():
        left, top, right, bottom = table.bbox
        inside = [glyph for glyph in rest if _holds((left, top, right, bottom), glyph)]
        ruled = _ruled(list(table.cells), inside)
        if ruled is not None:
            tables.append(ruled)
            kept = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in kept]
    return sorted(tables, key=lambda table: table.top), rest


def _ruled(cells: list[_Rectangle], inside: list[Glyph]) -> Ruled | None:
    """The rows of a table; None for a mere frame around text, or for ruled lines with next to nothing between."""
    columns = _edges([x for cell in cells for x in (cell[0], cell[2])])
    rows = _edges([y for cell in cells for y in (cell[1], cell[3])])
    if len(columns) < 3 or len(rows) < 3:
        return None
    grid: list[list[str | Covered]] = [["" for _ in columns[1:]] for _ in rows[1:]]
    for cell in cells:
        first_row, last_row = _index(rows, cell[1]), _index(rows, cell[3])
        first_column, last_column = _index(columns, cell[0]), _index(columns, cell[2])
        if not isinstance(grid[first_row][first_column], str):
            continue
        text = ""
        for line in lines_of([glyph for glyph in inside if _holds(cell, glyph)]):
            text = joined(text, line.text)
        for row in range(first_row, max(last_row, first_row + 1)):
            for column in range(first_column, max(last_column, first_column + 1)):
                grid[row][column] = Covered(first_row, first_column)
        grid[first_row][first_column] = text
    filled = sum(1 for row in grid for value in row if value)
    if filled * 5 < len(grid) * len(grid[0]):
        return None
    return Ruled(grid, rows[0], rows[-1], tuple(columns))


def continues(first: Ruled, second: Ruled) -> bool:
    """Whether `second`, which opens a page, has the columns of `first`, which closes the page before."""
    return len(first.edges) == len(second.edges) and all(abs(one - other) < 4 for one, other in zip(first.edges, second.edges, strict=True))


def appended(first: list[list[str | Covered]], second: list[list[str | Covered]]) -> list[list[str | Covered]]:
    """The rows of a table with those of its continuation, without the header that the continuation repeats."""
    repeated = 0
    while repeated < min(len(first), len(second), 3) and first[repeated] == second[repeated]:
        repeated += 1
    shift = len(first) - repeated
    moved: list[list[str | Covered]] = [
        [Covered(cell.row + shift, cell.column) if isinstance(cell, Covered) else cell for cell in row] for row in second[repeated:]
    ]
    return first + moved


def header_rows(rows: Sequence[Sequence[str | Covered]]) -> int:
    """One row, and one more for each that a merged cell of the first row reaches down to or stands above."""
    depth = 1
    while depth < min(len(rows) - 1, 3) and any(isinstance(cell, Covered) and cell.row == 0 for cell in rows[depth]):
        depth += 1
    return depth


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _holds(rectangle: _Rectangle, glyph: Glyph) -> bool:
    left, top, right, bottom = rectangle
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return left <= x <= right and top <= y <= bottom
