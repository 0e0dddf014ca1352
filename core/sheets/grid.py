"""What a file holds before anybody knows what it means: sheets of rows of cells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Row:
    """A row that is not blank; `number` is the one that Excel shows."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column, None where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


def rows_of(rows: Iterable[Sequence[Cell]]) -> tuple[Row, ...]:
    """Rows that stand in no file, numbered from 1."""
    return tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 1))


@dataclass(frozen=True)
class Grid:
    """A sheet. `uncalculated` counts formulas whose value the file does not hold; they read as blank."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    uncalculated: int = 0


def to_json(grids: list[Grid]) -> str:
    """The sheets as text, for another process."""
    packed = ([[row.number, [_packed(cell) for cell in row.cells]] for row in one.rows] for one in grids)
    sheets = [[one.name, one.hidden, one.uncalculated, rows] for one, rows in zip(grids, packed, strict=True)]
    return json.dumps(sheets, ensure_ascii=False)


def from_json(text: str) -> list[Grid]:
    """The sheets that `to_json` wrote."""
    return [
        Grid(name, tuple(Row(number, tuple(map(_unpacked, cells))) for number, cells in rows), hidden, uncalculated)
        for name, hidden, uncalculated, rows in json.loads(text)
    ]


def _packed(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, date) else cell


def _unpacked(cell: Any) -> Cell:
    return date.fromisoformat(cell[0]) if isinstance(cell, list) else cell
