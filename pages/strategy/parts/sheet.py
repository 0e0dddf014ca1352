"""A table that is edited as a whole and then saved: what was there when the editing began, and what has been typed since.

While something is typed and not saved, the table keeps the rows that it began with, so that a colleague's change in the meantime neither
empties it nor is overwritten: the versions of the beginning go to the service, which compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import pandas as pd
import streamlit as st

from pages.shared import state

Row = TypeVar("Row")

_SHORT, _TALL = 14, 520
# One that grows is shown whole for longer: its last row is where one writes.
_LONG = 20


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """`rows` as they were when the editing began; `key` is the editor's."""

    name: str
    key: str
    rows: tuple[Row, ...]

    @property
    def pending(self) -> int:
        """How many rows were changed, added or deleted and not yet saved."""
        return len(self.changed) + len(self.added) + len(self.deleted)

    @property
    def changed(self) -> dict[int, dict[str, Any]]:
        """The changed cells by the row's position."""
        gone = set(self.deleted)
        return {position: cells for position, cells in self._typed("edited_rows", {}).items() if position not in gone}

    @property
    def added(self) -> list[dict[str, Any]]:
        """The cells of new rows that hold anything at all."""
        rows = ({name: cell for name, cell in row.items() if cell not in (None, "")} for row in self._typed("added_rows", []))
        return [row for row in rows if row]

    @property
    def deleted(self) -> list[int]:
        """The positions of deleted rows."""
        return list(self._typed("deleted_rows", []))

    def handed_over(self) -> None:
        """What was typed is on its way into the database: the next run of the page begins anew with what is stored."""
        state.put(f"{self.name}_handed", True)

    def refused(self) -> None:
        """It was not written: go on with what was typed."""
        state.drop(f"{self.name}_handed")

    def _typed(self, kind: str, default: Any) -> Any:
        typed = state.get(self.key)
        return default if typed is None else typed[kind]


def sheet(name: str, rows: Sequence[Row], stamp: object) -> Sheet[Row]:
    """The table `name`, one plan's alone. `stamp` changes whenever what is stored does; a table that nobody is typing in follows it."""
    held: Sheet[Row] | None = None if state.take(f"{name}_handed") else state.get(f"{name}_sheet")
    if held is not None and held.pending:
        return held
    fresh = Sheet(name, f"{name}_{stamp}", tuple(rows))
    state.put(f"{name}_sheet", fresh)
    return fresh


def editor(table: Sheet[Any], frame: pd.DataFrame, columns: dict[str, Any], *, editable: bool, alt: str, grows: bool = True) -> None:
    """Show the table: one row of `frame` for each of its rows. Unless it `grows`, rows are neither added nor deleted; a
    long one scrolls."""
    if not editable:
        st.dataframe(frame, hide_index=True, column_config=columns, placeholder="—", alt=alt)
        return
    rows: Literal["dynamic", "fixed"] = "dynamic" if grows else "fixed"
    tall = len(frame) > (_LONG if grows else _SHORT)
    st.data_editor(
        frame,
        key=table.key,
        hide_index=True,
        num_rows=rows,
        column_config=columns,
        placeholder="—",
        height=_TALL if tall else "content",
        alt=alt,
    )
