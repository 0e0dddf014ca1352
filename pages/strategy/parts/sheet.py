"""A table that is edited as a whole and then saved: what was there when the editing began, and what has been typed since.

While something is typed and not saved, a colleague's change in the meantime neither empties the table nor is overwritten. Where the table
says what its rows are (`Merging`), it goes on with the rows that are stored now: what only one of the two changed stands by itself, a cell
that both changed is asked about. Else the versions of the beginning go to the service, which compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import pandas as pd
import streamlit as st

from core.editing.comparing import Field, Words
from core.editing.rows import Together, compare_rows
from pages.shared import state
from pages.shared.table import ROW_PIXELS, tall
from pages.shared.text import _
from pages.strategy.parts.sheet_disputes import settled

Row = TypeVar("Row")

_SHORT = 14
# One that grows is shown whole for longer: its last row is where one writes. Below `_FEW` Streamlit's own height lets it grow to ten rows.
_LONG, _FEW = 20, 9
# The heading and the row to write in.
_AROUND = 2


@dataclass(frozen=True)
class Merging(Generic[Row]):
    """How the rows of two people are told apart and put together: a row's `key`, its `cells` by column, the `columns` as they are shown.

    `words`: what the values of a column are called, where the cells hold something else.
    """

    key: Callable[[Row], Hashable]
    cells: Callable[[Row], Mapping[str, Any]]
    columns: Mapping[str, Any]
    words: Mapping[str, Words] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, Field]:
        """The columns as fields."""
        labels = {name: (config.get("label") if isinstance(config, dict) else config) or name for name, config in self.columns.items()}
        return {name: Field(str(label), self.words.get(name)) for name, label in labels.items()}


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """`rows` as they were when the editing began; `key` is the editor's. `laid` are changed cells by position, `fresh` new rows and
    `gone` deleted ones that were typed before the rows were put together with a colleague's: they wait to be saved like what is typed."""

    name: str
    key: str
    rows: tuple[Row, ...]
    stamp: object = None
    laid: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    fresh: tuple[Mapping[str, Any], ...] = ()
    gone: frozenset[int] = frozenset()

    @property
    def pending(self) -> int:
        """How many rows were changed, added or deleted and not yet saved."""
        return len(self.changed) + len(self.added) + len(self.deleted)

    @property
    def shown(self) -> list[int]:
        """The positions of the rows that the editor shows, in its order; the fresh ones follow them."""
        return [position for position in range(len(self.rows)) if position not in self.gone]

    @property
    def changed(self) -> dict[int, dict[str, Any]]:
        """The changed cells by the row's position."""
        found = {position: dict(cells) for position, cells in self.laid.items()}
        shown = self.shown
        for place, cells in self._typed("edited_rows", {}).items():
            if place < len(shown):
                found[shown[place]] = {**found.get(shown[place], {}), **cells}
        gone = set(self.deleted)
        return {position: cells for position, cells in sorted(found.items()) if position not in gone}

    @property
    def added(self) -> list[dict[str, Any]]:
        """The cells of new rows that hold anything at all."""
        first, gone = len(self.shown), set(self._typed("deleted_rows", []))
        typed = self._typed("edited_rows", {})
        laid = [{**cells, **typed.get(first + place, {})} for place, cells in enumerate(self.fresh) if first + place not in gone]
        rows = [*laid, *self._typed("added_rows", [])]
        some = ({name: cell for name, cell in row.items() if not _blank(cell)} for row in rows)
        return [row for row in some if row]

    @property
    def deleted(self) -> list[int]:
        """The positions of deleted rows."""
        shown = self.shown
        return sorted({*self.gone, *(shown[place] for place in self._typed("deleted_rows", []) if place < len(shown))})

    def handed_over(self) -> None:
        """What was typed is on its way into the database: the next run of the page begins anew with what is stored."""
        state.put(f"{self.name}_handed", True)

    def refused(self) -> None:
        """It was not written: go on with what was typed."""
        state.drop(f"{self.name}_handed")

    def _typed(self, kind: str, default: Any) -> Any:
        typed = state.get(self.key)
        return default if typed is None else typed[kind]


def sheet(name: str, rows: Sequence[Row], stamp: object, merging: Merging[Row] | None = None) -> Sheet[Row]:
    """The table `name`, one plan's alone. `stamp` changes whenever what is stored does; a table that nobody is typing in follows it."""
    held: Sheet[Row] | None = None if state.take(f"{name}_handed") else state.get(f"{name}_sheet")
    if held is not None and held.pending:
        if merging is None or held.stamp == stamp:
            return held
        fresh = _put_together(held, rows, stamp, merging)
    else:
        fresh = Sheet(name, f"{name}_{stamp}", tuple(rows), stamp)
    state.put(f"{name}_sheet", fresh)
    return fresh


def _put_together(held: Sheet[Row], rows: Sequence[Row], stamp: object, merging: Merging[Row]) -> Sheet[Row]:
    """The table over the rows that are stored now, with what was typed; the one that was there while a cell is in dispute."""
    keys = [merging.key(row) for row in held.rows]
    before = {key: merging.cells(row) for key, row in zip(keys, held.rows, strict=True)}
    now = {merging.key(row): merging.cells(row) for row in rows}
    edits = {keys[position]: cells for position, cells in held.changed.items()}
    found = compare_rows(before, now, edits, [keys[position] for position in held.deleted])
    if not found.theirs and [*now] == keys:
        return replace(held, rows=tuple(rows), stamp=stamp)
    together = settled(found, merging.named, f"{held.name}_{stamp}")
    if together is None:
        return held
    fresh = _over(held, rows, stamp, merging, together)
    said = _("别人保存的已合到表里，您改的都还在。")
    if found.disputes:
        # What was asked is answered: the page begins again without it.
        state.put(f"{held.name}_sheet", fresh)
        state.say_next(said)
        st.rerun()
    st.toast(said, icon=":material/group:")
    return fresh


def _over(held: Sheet[Row], rows: Sequence[Row], stamp: object, merging: Merging[Row], together: Together) -> Sheet[Row]:
    places = {merging.key(row): position for position, row in enumerate(rows)}
    return Sheet(
        held.name,
        f"{held.name}_over{state.acts()}_{stamp}",
        tuple(rows),
        stamp,
        {places[key]: cells for key, cells in together.cells.items()},
        (*held.added, *together.again),
        frozenset(places[key] for key in together.deleted),
    )


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell) or (isinstance(cell, float) and pd.isna(cell))


def _laid(table: Sheet[Any], frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with what waits in it."""
    if not (table.laid or table.fresh or table.gone):
        return frame
    kinds = dict(frame.dtypes)
    days = {name for name in frame if any(isinstance(cell, date) for cell in frame[name])}
    records: list[dict[str, Any]] = [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
    for position, cells in table.laid.items():
        records[position] = {**records[position], **cells}
    kept: list[Mapping[str, Any]] = [records[position] for position in table.shown]
    written: list[dict[str, Any]] = [
        {name: _day(cell) if name in days else cell for name, cell in row.items()} for row in [*kept, *table.fresh]
    ]
    return pd.DataFrame(written, columns=frame.columns).astype(kinds)


def _day(cell: Any) -> Any:
    return pd.Timestamp(cell).date() if isinstance(cell, str) and cell else cell


def _height(rows: int, grows: bool) -> int | Literal["auto", "content"]:
    """How high a table of so many rows is. One that grows scrolls over what is pasted into it, so that what saves it stays within sight:
    another height after the pasting would empty the editor."""
    if grows and rows < _FEW:
        return "auto"
    return (rows + _AROUND) * ROW_PIXELS if grows and rows <= _LONG else tall(rows, _SHORT)


def editor(table: Sheet[Any], frame: pd.DataFrame, columns: dict[str, Any], *, editable: bool, alt: str, grows: bool = True) -> None:
    """Show the table: one row of `frame` for each of its rows. Unless it `grows`, rows are neither added nor deleted; a
    long one scrolls."""
    if not editable:
        st.dataframe(frame, hide_index=True, column_config=columns, placeholder="—", alt=alt)
        return
    frame = _laid(table, frame)
    rows: Literal["dynamic", "fixed"] = "dynamic" if grows else "fixed"
    st.data_editor(
        frame,
        key=table.key,
        hide_index=True,
        num_rows=rows,
        column_config=columns,
        placeholder="—",
        height=_height(len(frame), grows),
        alt=alt,
    )
