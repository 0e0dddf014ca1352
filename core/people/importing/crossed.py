"""Matrices: a row for each post and a column for each competency, or the other way round, read as one requirement a cell.

In a mapping, `competency:NAME` is the column of a competency beside the column of posts, `post:NAME` that of a post beside competencies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.errors import BadInput
from core.i18n import Message
from core.people.importing.kinds import KINDS, ImportKind
from core.people.importing.unfolded import Unfolded, numbered
from core.people.importing.wide import is_other
from core.sheets import cells
from core.sheets.finding import Table
from core.sheets.grid import Cell, Row
from core.sheets.mapping import Field
from core.sheets.reading import MAX_ROWS, folded

POST, ABILITY = "post", "competency"
OTHER = {POST: ABILITY, ABILITY: POST}
_LONG = (POST, ABILITY, "required_level")
_MOST = 0.5
_LEAST = 2
# Small numbers that are no levels.
_COUNTED = re.compile("人数|编制|数量|headcount|count", re.IGNORECASE)


def is_crossed(kind: ImportKind, mapping: Mapping[str, str]) -> bool:
    """Whether a mapping reads a matrix."""
    return kind is ImportKind.MATRIX and any(name.partition(":")[1] for name in mapping.values())


def fields_for(given: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields that only a matrix has, as far as a mapping names them."""
    named = {name: name.partition(":") for name in given.values()}
    return tuple(Field(name, Message("列“{name}”", name=of), ()) for name, (side, _colon, of) in named.items() if side in OTHER and of)


def needed(mapping: Mapping[str, str]) -> tuple[Field, ...]:
    """The field without which no row of a matrix can be read: what its rows are of."""
    sides = {OTHER[name.partition(":")[0]] for name in mapping.values() if name.partition(":")[1]}
    return tuple(one for one in KINDS[ImportKind.MATRIX].fields if one.name in sides)


def level_columns(table: Table, beside: str) -> list[str]:
    """The columns that hold levels, most of them at least, but for the one that stands at the head of the rows."""
    named = (one for one in table.header if one and one != beside and not is_other(one) and not _COUNTED.search(one))
    return [one for one in named if _holds_levels(table, one)]


def guessed(table: Table, narrow: Mapping[str, str], competencies: Mapping[str, str]) -> dict[str, str] | None:
    """The mapping of a matrix; None for a table that is none. `narrow` is what it would be as a list of one requirement a row."""
    sides = {column: field for column, field in narrow.items() if field in OTHER and not _holds_levels(table, column)}
    if len(sides) == len(OTHER) and "required_level" in narrow.values():
        return None
    filled = [one for one in table.header if one and not is_other(one)]
    head = next(iter(sides), None) or next((one for one in filled if _holds_names(table, one)), None)
    columns = level_columns(table, head) if head is not None else []
    if head is None or len(columns) < _LEAST:
        return None
    side = _side(table, head, columns, competencies) or sides.get(head)
    return None if side is None else {head: side, **{one: f"{OTHER[side]}:{one}" for one in columns}}


def unfold(table: Table, mapping: Mapping[str, str]) -> Unfolded:
    """One row for each level of a matrix; an empty cell requires nothing. Raises `BadInput` for more of them than one file may hold."""
    places = {name: table.header.index(column) for column, name in mapping.items()}
    side = next(one for one in OTHER if one in places)
    columns = [(at, name.partition(":")[2]) for name, at in places.items() if name.partition(":")[1]]
    rows = [
        Row(numbered(row.number, at), _cells(side, row.at(places[side]), name, row.at(at)))
        for row in table.rows
        for at, name in columns
        if not cells.is_blank(row.at(at))
    ]
    if len(rows) > MAX_ROWS:
        most = f"{MAX_ROWS:,}"
        raise BadInput(Message("这张矩阵有 {count} 条要求，一次最多 {limit} 条。请分成几个文件。", count=f"{len(rows):,}", limit=most))
    fields = {field: column for column, field in mapping.items()}

    def at_fault(field: str, position: int) -> str:
        return fields.get(field, table.header[position])

    heads = len({folded(cells.text_of(row.at(places[side]))) for row in table.rows if not cells.is_blank(row.at(places[side]))})
    posts, abilities = (heads, len(columns)) if side == POST else (len(columns), heads)
    said = Message(
        "矩阵：{posts} 个岗位、{abilities} 项能力，共 {count} 条要求；空白格不算。", posts=posts, abilities=abilities, count=len(rows)
    )
    return Unfolded(Table(table.sheet, _LONG, table.header_row, tuple(rows), (*table.notes, said)), mapping, at_fault)


def _cells(side: str, head: Cell, name: str, level: Cell) -> tuple[Cell, Cell, Cell]:
    return (head, name, level) if side == POST else (name, head, level)


def _side(table: Table, head: str, columns: Sequence[str], competencies: Mapping[str, str]) -> str | None:
    """What the rows are of, where names of competencies tell it."""
    down = sum(folded(cells.text_of(cell)) in competencies for cell in _column(table, head))
    across = sum(folded(one) in competencies for one in columns)
    return None if down == across else ABILITY if down > across else POST


def _holds_levels(table: Table, column: str) -> bool:
    said = _column(table, column)
    return bool(said) and sum(map(_is_level, said)) >= len(said) * _MOST


def _holds_names(table: Table, column: str) -> bool:
    said = _column(table, column)
    return bool(said) and sum(isinstance(one, str) and not _is_level(one) for one in said) >= len(said) * _MOST


def _column(table: Table, column: str) -> list[Cell]:
    at = table.header.index(column)
    return [row.at(at) for row in table.rows if not cells.is_blank(row.at(at))]


def _is_level(cell: Cell) -> bool:
    """Whether a cell holds a level, or a word for one, which is refused row by row with the reason."""
    try:
        cells.level(cell)
    except BadInput:
        return cells.is_grade(cell)
    return True
