"""A table of which two people have changed rows: what is put together by itself, which cells and rows are disputed.

Rows are known by a key; a row is its cells by the names of their columns.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from core.editing.comparing import Side, differ

Cells = Mapping[str, Any]


@dataclass(frozen=True)
class Dispute:
    """A cell that both changed; or, where `column` is empty, a row that one of them deleted and the other changed.

    `mine` and `theirs` are the values; None as a row: it was deleted on that side.
    """

    row: Hashable
    column: str
    before: Any
    mine: Any
    theirs: Any

    @property
    def place(self) -> tuple[Hashable, str]:
        """What tells it from the others."""
        return self.row, self.column


@dataclass(frozen=True)
class Together:
    """What of the writer's stands over the rows that are stored now: cells by row, rows to be deleted, rows that come back."""

    cells: Mapping[Hashable, Cells]
    deleted: frozenset[Hashable]
    again: tuple[Cells, ...] = ()


@dataclass(frozen=True)
class TableComparison:
    """`theirs`: the rows that somebody else changed, added or deleted."""

    before: Mapping[Hashable, Cells]
    now: Mapping[Hashable, Cells]
    edits: Mapping[Hashable, Cells]
    deleted: frozenset[Hashable]
    disputes: tuple[Dispute, ...]
    theirs: tuple[Hashable, ...]

    def together(self, choices: Mapping[tuple[Hashable, str], Side] | None = None) -> Together:
        """The writer's changes over what is stored now. A dispute that nobody decided is the writer's."""
        given_up = {one.place for one in self.disputes if (choices or {}).get(one.place) is Side.THEIRS}
        cells: dict[Hashable, Cells] = {}
        again = []
        for row, edited in self.edits.items():
            kept = {name: cell for name, cell in edited.items() if (row, name) not in given_up}
            if row in self.now:
                cells[row] = {name: cell for name, cell in kept.items() if differ(cell, self.now[row].get(name))}
            elif (row, "") not in given_up:
                again.append({**self.before[row], **kept})
        deleted = frozenset(row for row in self.deleted if row in self.now and (row, "") not in given_up)
        return Together({row: kept for row, kept in cells.items() if kept}, deleted, tuple(again))


def compare_rows(
    before: Mapping[Hashable, Cells], now: Mapping[Hashable, Cells], edits: Mapping[Hashable, Cells], deleted: Collection[Hashable]
) -> TableComparison:
    """`before`: the rows that the writer began with; `now`: those that are stored; `edits`: the cells that they changed."""
    moved = {row: _moved(before.get(row), now.get(row)) for row in [*before, *(row for row in now if row not in before)]}
    theirs = tuple(row for row, columns in moved.items() if columns)
    disputes = []
    for row in before:
        if row in deleted:
            if row in now and moved[row]:
                disputes.append(Dispute(row, "", before[row], None, now[row]))
        elif row in edits:
            disputes += _disputed(row, before[row], now.get(row), edits[row])
    return TableComparison(before, now, edits, frozenset(deleted), tuple(disputes), theirs)


def _disputed(row: Hashable, before: Cells, now: Cells | None, edited: Cells) -> list[Dispute]:
    changed = {name: cell for name, cell in edited.items() if differ(cell, before.get(name))}
    if now is None:
        return [Dispute(row, "", before, {**before, **edited}, None)] if changed else []
    return [
        Dispute(row, name, before.get(name), cell, now.get(name))
        for name, cell in changed.items()
        if differ(before.get(name), now.get(name)) and differ(cell, now.get(name))
    ]


def _moved(before: Cells | None, now: Cells | None) -> tuple[str, ...]:
    """The columns in which a row is no longer what it was; a row that came or went moved as a whole."""
    if before is None or now is None:
        return ("",)
    return tuple(name for name in before if differ(before[name], now.get(name)))
