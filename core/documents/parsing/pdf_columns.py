"""Pages set in two columns: where the columns part, and such a page laid out as if they stood one below the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from core.documents.parsing.pdf_layout import Sheet
from core.documents.parsing.pdf_lines import Line
from core.documents.parsing.pdf_tables import Ruled

# In sizes of the letters: the least width of running text, and how far from its column's edge a line of it may end.
_NARROWEST, _RAGGED = 8.0, 3.0
_FEWEST = 5


def gutter(lines: Sequence[Line]) -> float | None:
    """Where the right one of two columns of running text begins; None where a page has no two, or its rows only line up as in a table."""
    if not lines:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    starts = [round(line.left) for line in lines if left + (right - left) * 0.35 < line.left < left + (right - left) * 0.65]
    # Halfway between the columns: the places of recognised lines are not exact.
    slack = 0.6 * median(line.size for line in lines)
    return next((start - slack for start, _ in Counter(starts).most_common(3) if _parts_columns(lines, start - slack)), None)


def _parts_columns(lines: Sequence[Line], edge: float) -> bool:
    first = [line for line in lines if line.right <= edge]
    second = [line for line in lines if line.left >= edge]
    across = len(lines) - len(first) - len(second)
    beside = [line for line in first if second and second[0].top < line.bottom and line.top < second[-1].bottom]
    enough = min(len(beside), len(second)) >= _FEWEST and across * 2 <= len(first) + len(second)
    return enough and _runs_on(beside) and _runs_on(second)


def _runs_on(column: Sequence[Line]) -> bool:
    """Whether most lines end at the column's edge, as running text does and cells and headings do not."""
    end = sorted(line.right for line in column)[int(len(column) * 0.9)]
    full = [line for line in column if line.right >= end - _RAGGED * line.size]
    return len(full) * 2 >= len(column) and median((line.right - line.left) / line.size for line in column) >= _NARROWEST


def unfolded(sheet: Sheet) -> Sheet:
    """`sheet` with its right column below its left one, between whatever runs across both; unchanged where there are no columns."""
    edge = gutter(sheet.lines)
    if edge is None:
        return sheet
    end = max(line.right for line in sheet.lines)
    lines: list[Line] = []
    tables: list[Ruled] = []
    above = reached = 0.0
    for band in _bands(sorted([*sheet.lines, *sheet.tables], key=lambda element: element.top), edge):
        for number, column in enumerate(band):
            down = reached - above if number == 0 else reached + _leading(band[0]) - column[0].bottom
            # All lines end at one edge, by which the end of a paragraph is told.
            aside = end - max(map(_right, column)) if _side(column[0], edge) else 0.0
            moved = [_moved(element, aside, down) for element in column]
            lines.extend(element for element in moved if isinstance(element, Line))
            tables.extend(element for element in moved if isinstance(element, Ruled))
            reached = max(element.bottom for element in moved)
        above = max(element.bottom for column in band for element in column)
    return Sheet(sheet.width, sheet.height + reached - above, lines, tables, sheet.ocr)


def _bands(elements: Sequence[Line | Ruled], edge: float) -> Iterator[list[list[Line | Ruled]]]:
    """From the top down: what runs across both columns by itself, and the columns between, the left one first."""
    for _, band in groupby(_sides(elements, edge), lambda pair: pair[0] == 0):
        pairs = list(band)
        found = ([element for at, element in pairs if at == side] for side in (-1, 0, 1))
        yield [column for column in found if column]


def _sides(elements: Sequence[Line | Ruled], edge: float) -> Iterator[tuple[int, Line | Ruled]]:
    """Each element with its side; the short last line of a paragraph across both columns belongs to that paragraph."""
    before: tuple[int, Line | Ruled] | None = None
    for element in elements:
        side = _side(element, edge)
        if side < 0 and before is not None and before[0] == 0 and isinstance(element, Line):
            alone = not any(_side(other, edge) > 0 and other.top < element.bottom and element.top < other.bottom for other in elements)
            side = 0 if alone and element.top - before[1].bottom < element.size else side
        before = side, element
        yield before


def _side(element: Line | Ruled, edge: float) -> int:
    """-1 in the left column, 1 in the right one, 0 across both."""
    left = element.left if isinstance(element, Line) else element.edges[0]
    return 1 if left >= edge else -1 if _right(element) <= edge else 0


def _right(element: Line | Ruled) -> float:
    return element.right if isinstance(element, Line) else element.edges[-1]


def _leading(column: Sequence[Line | Ruled]) -> float:
    steps = [after.bottom - before.bottom for before, after in pairwise(column) if isinstance(before, Line) and isinstance(after, Line)]
    return median(steps) if steps else 0.0


def _moved(element: Line | Ruled, aside: float, down: float) -> Line | Ruled:
    if isinstance(element, Ruled):
        return replace(element, top=element.top + down, bottom=element.bottom + down)
    return replace(element, left=element.left + aside, right=element.right + aside, top=element.top + down, bottom=element.bottom + down)
