"""Where in a sheet the table is: its header below titles, up to three levels deep, its rows without repetitions and closing notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.i18n import Message
from core.sheets import guide
from core.sheets.grid import Cell, Grid, Row
from core.sheets.reading import folded

Known = Callable[[str], bool]

# How many filled rows are looked at for the header: more titles than that stand above no table.
_TITLES = 30
# How many rows a header has at most: dimension, group of competencies, competency.
_DEPTH = 3
_SOME = 8
_CLOSING = re.compile(
    "注|说明|备注|制表|填表|审核|复核|合计|总计|小计|统计|截至|数据来源|note|total|prepared|source|as of",
    re.IGNORECASE,
)
_TOTAL = re.compile("(?:合计|总计|共计|小计|total|sum):?", re.IGNORECASE)
# A row that sums up those above it, at any place of the table: 小计, 对公条线小计, 第一季度合计.
_SUBTOTAL = re.compile(r"(?:[^、，,。；;]{0,12}(?:小计|合计|共计)|总计|(?:sub[- ]?|grand ?)?total):?", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；;：:]|.{25,}")


@dataclass(frozen=True)
class Table:
    """A table: `header` names its columns, each differently; `notes` say what was left out or read in a way that may surprise.

    `groups` is what stands next above each column in a header of two or three rows, "" where nothing else does.
    """

    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    notes: tuple[Message, ...] = ()
    groups: tuple[str, ...] = ()


def find(grids: Sequence[Grid], known: Known, *, with_sums: bool = False) -> Table:
    """The table of the sheet that holds most names that are `known`; of several alike, a visible one, then the longest.

    `with_sums`: rows that sum up others stay where they stand between others, for a reader that knows and tells of them itself.
    Raises `BadInput` when no sheet holds a row below a header.
    """
    filled = [grid for grid in grids if len(grid.rows) > 1 and not guide.is_guide(grid)]
    if not filled:
        if any(grid.rows for grid in grids):
            raise BadInput(Message("文件里只有一行，没有可以导入的数据。请保留表头，并在下面填入数据。"))
        raise BadInput(Message("文件里没有内容。请检查是否选错了文件。"))
    chosen = max(filled, key=lambda grid: (_best(grid, known), not grid.hidden, len(grid.rows)))
    table = _table(chosen, known, with_sums=with_sums)
    if not table.rows:
        raise BadInput(Message("工作表“{sheet}”的表头下面没有数据。请在表头下面填入数据。", sheet=chosen.name))
    return table


def _best(grid: Grid, known: Known) -> int:
    return max(_score(row, known) for row in grid.rows[:_TITLES])


def _score(row: Row, known: Known) -> int:
    return sum(isinstance(cell, str) and known(cell) for cell in row.cells)


def _table(grid: Grid, known: Known, *, with_sums: bool) -> Table:
    at = _header_at(grid.rows, known)
    first, after = _levels(grid.rows, at, known)
    *uppers, lower = grid.rows[first:after]
    body = grid.rows[after:]
    width = max((len(row.cells) for row in (lower, *body)), default=0)
    groups = _groups(uppers, width)
    header = _names(uppers, lower, groups, [any(row.at(column) is not None for row in body) for column in range(width)])
    heads = [row.cells for row in (*uppers, lower)]
    below = [row for row in body if row.cells not in heads]
    rows, left = _without_end(below, header) if with_sums else without_notes(below, header)
    above = tuple(group if group != _name(lower.at(column)) and _name(lower.at(column)) else "" for column, group in enumerate(groups))
    return Table(grid.name, header, lower.number, tuple(rows), (*_said(grid), *left), above)


def _header_at(rows: Sequence[Row], known: Known) -> int:
    scores = [_score(row, known) for row in rows[:_TITLES]]
    if max(scores) > 0:
        return scores.index(max(scores))
    return next((at for at, row in enumerate(rows[:_TITLES]) if _reads_as_header(row)), 0)


def _reads_as_header(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell is not None]
    return len(filled) > 1 and all(isinstance(cell, str) and not _numberlike(cell) for cell in filled)


def _numberlike(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or any(character.isdecimal() for character in cell))


def _levels(rows: Sequence[Row], at: int, known: Known) -> tuple[int, int]:
    """The positions of the first row of the header and of the first row of data."""
    after = at + 1
    while after < min(len(rows), at + _DEPTH) and _divides(rows[after], rows[after - 1], known):
        if after > at + 1 and _fills(rows[after], rows[at:after], known):
            break
        after += 1
    first = at
    if first > 0 and after == at + 1:
        above = rows[at - 1]
        joins = above.number == rows[at].number - 1 and sum(isinstance(cell, str) for cell in above.cells) > 1
        first -= joins
    deep = first < at or after > at + 1
    while deep and first > 0 and after - first < _DEPTH and _divides(rows[first], rows[first - 1], known):
        first -= 1
    return first, after


def _fills(row: Row, heads: Sequence[Row], known: Known) -> bool:
    """Whether a row says something of its own where a column is named and known already: then it is data, and no third level."""
    named = {column for head in heads for column, cell in enumerate(head.cells) if isinstance(cell, str) and known(cell)}
    return any(row.at(column) is not None and all(row.at(column) != head.at(column) for head in heads) for column in named)


def _divides(below: Row, row: Row, known: Known) -> bool:
    """Whether `below` names parts of what `row` names: text alone, where `row` is blank or wider, known or below nothing known."""
    cells = [(column, cell) for column, cell in enumerate(below.cells) if cell is not None]
    own = [(column, cell) for column, cell in cells if folded(str(cell)) != folded(str(row.at(column) or ""))]
    if below.number != row.number + 1 or not own or any(_numberlike(cell) for _, cell in own):
        return False
    blank = [column for column, _ in own if row.at(column) is None]
    if not blank or not all(isinstance(cell, str) for _, cell in own):
        return False
    aside = len(own) > 1 and not any(known(_name(row.at(column))) for column, _ in own)
    return aside or all(known(str(cell)) for _, cell in own)


def _groups(uppers: Sequence[Row], width: int) -> list[str]:
    """What stands next above each column; a cell without text belongs to the one on its left, as it does where cells are merged.

    Where a row further up begins something new, nothing from the left goes on below it.
    """
    groups: list[str] = []
    for column in range(width):
        own = next((name for row in reversed(uppers) if (name := _name(row.at(column)))), "")
        groups.append(own or (groups[-1] if groups else ""))
    return groups


def _names(uppers: Sequence[Row], lower: Row, groups: Sequence[str], filled: Sequence[bool]) -> tuple[str, ...]:
    """A name for each column: that of the lowest row that has one; one that comes twice is told apart by its group or number."""
    from openpyxl.utils import get_column_letter  # importing it takes longer than reading a small table

    def named(column: int) -> str:
        own = next((name for row in (lower, *reversed(uppers)) if (name := _name(row.at(column)))), "")
        return own or (get_column_letter(column + 1) if filled[column] else "")

    plain = [named(column) for column in range(len(filled))]
    names: list[str] = []
    for column, name in enumerate(plain):
        twice = bool(name) and plain.count(name) > 1
        candidate = f"{groups[column]}·{name}" if twice and groups[column] and groups[column] != name else name
        number = 2
        while candidate and candidate in names:
            candidate, number = f"{name} ({number})", number + 1
        names.append(candidate)
    return tuple(names)


def _name(cell: Cell) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def without_notes(rows: list[Row], header: Sequence[str]) -> tuple[list[Row], list[Message]]:
    """The rows without those at the end that are about the table instead of in it, and without those between that sum up others, and
    sentences that say so. `header` names the columns."""
    rows, said = _without_end(rows, header)
    left = [row for row in rows if not _sums_up(row)]
    if len(left) == len(rows):
        return rows, said
    numbers = [row.number for row in rows if _sums_up(row)]
    places = Message.listed(map(str, numbers), most=_SOME)
    return left, [Message("第 {rows} 行是合计或小计，没有当作数据。", rows=places), *said]


def _sums_up(row: Row) -> bool:
    """Whether a row sums up others: it says so where others have their name, or behind the first cell, and gives nothing but figures."""
    words = [(at, folded(cell)) for at, cell in enumerate(cell for cell in row.cells if cell is not None) if isinstance(cell, str)]
    named = [(at, word) for at, word in words if not _numberlike(word) or _SUBTOTAL.fullmatch(word)]
    if not named or len(named) > 2:
        return False
    at, first = named[0]
    if _SUBTOTAL.fullmatch(first):
        return at <= 1
    return len(named) > 1 and named[1][0] <= 1 and _TOTAL.fullmatch(named[1][1]) is not None


def _without_end(rows: list[Row], header: Sequence[str]) -> tuple[list[Row], list[Message]]:
    end = len(rows)
    while end and _is_note(rows[end - 1], len([name for name in header if name])):
        end -= 1
    if end == len(rows):
        return rows, []
    return rows[:end], [Message("表尾的说明或合计（第 {row} 行起）没有当作数据。", row=rows[end].number)]


def _is_note(row: Row, columns: int) -> bool:
    filled = [cell for cell in row.cells if cell is not None]
    first = str(filled[0])
    if _TOTAL.fullmatch(folded(first)):
        return True
    closing = _CLOSING.match(folded(first)) is not None
    if len(filled) == 1:
        return columns > 2 and (closing or (isinstance(filled[0], str) and _SENTENCE.search(first) is not None))
    return closing and len(filled) * 2 <= columns + 1


def _said(grid: Grid) -> list[Message]:
    said = []
    if grid.hidden:
        said.append(Message("读的是隐藏的工作表“{sheet}”：数据在那里。", sheet=grid.name))
    if grid.uncalculated:
        said.append(Message("{n} 个公式没有计算结果，按空白读取。请用 Excel 打开文件、保存一次，再导入。", n=grid.uncalculated))
    return said
