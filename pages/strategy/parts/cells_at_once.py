"""A table of which every changed cell is saved at once: a colleague who saves in the meantime takes no cell away, and none from them.

A cell of a row that somebody else has changed elsewhere is saved over the row as it is now; where they changed the same cell, both values
are shown and the writer chooses.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from core.editing.comparing import Side, differ
from core.editing.rows import Cells, Dispute
from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging
from pages.strategy.parts.sheet_disputes import choose

Row = TypeVar("Row")
Changed = tuple[Row, dict[str, Any]]


def editor_key(name: str) -> str:
    """The key under which the table is shown; another one whenever what it shows is another thing."""
    return f"{name}_{state.get(f'{name}_number', 0)}"


def typed(name: str) -> dict[str, Any]:
    """What the editor holds that nobody has looked at yet."""
    return dict(state.get(editor_key(name)) or {})


def shown_rows(name: str) -> Sequence[Any]:
    """The rows that the editor showed when it was last drawn."""
    rows: Sequence[Any] = state.get(f"{name}_shown") or ()
    return rows


def show_anew(name: str) -> None:
    """Empty the editor's memory: what it held is dealt with."""
    state.put(f"{name}_number", state.get(f"{name}_number", 0) + 1)


def changed_cells(name: str, rows: Sequence[Row], merging: Merging[Row]) -> list[Changed[Row]]:
    """The rows as they are stored now with the cells to be saved over them. Shows the cells in dispute; call it before the editor."""
    before, held = shown_rows(name), typed(name)
    now = {merging.key(row): row for row in rows}
    wanted: dict[Hashable, dict[str, Any]] = {}
    if before and any(held.values()):
        show_anew(name)
        gone = held.get("deleted_rows") or []
        edits = {int(at): cells for at, cells in (held.get("edited_rows") or {}).items() if int(at) not in gone}
        disputes = {one.place: one for one in _parted(before, edits, now, merging, wanted)}
        state.put(f"{name}_disputed", {**(state.get(f"{name}_disputed") or {}), **disputes})
    elif list(before) != list(rows):
        show_anew(name)
    state.put(f"{name}_shown", list(rows))
    for (key, column), cell in _settled(name, now, merging).items():
        wanted.setdefault(key, {})[column] = cell
    return [(now[key], cells) for key, cells in wanted.items()]


def _parted(
    before: Sequence[Row],
    edits: Mapping[int, Cells],
    now: Mapping[Hashable, Row],
    merging: Merging[Row],
    wanted: dict[Hashable, dict[str, Any]],
) -> list[Dispute]:
    """The cells that are in dispute; the others are put into `wanted`. A row that is gone takes its cells with it."""
    disputes = []
    for at, cells in sorted(edits.items()):
        key = merging.key(before[at]) if at < len(before) else None
        if key not in now:
            continue
        seen, stored = merging.cells(before[at]), merging.cells(now[key])
        for name, cell in cells.items():
            if differ(seen.get(name), stored.get(name)) and differ(cell, stored.get(name)):
                disputes.append(Dispute(key, name, seen.get(name), cell, stored.get(name)))
            else:
                wanted.setdefault(key, {})[name] = cell
    return disputes


def _settled(name: str, now: Mapping[Hashable, Row], merging: Merging[Row]) -> dict[tuple[Hashable, str], Any]:
    """The writer's cells that they chose over a colleague's."""
    held: dict[tuple[Hashable, str], Dispute] = state.get(f"{name}_disputed") or {}
    held = {place: one for place, one in held.items() if one.row in now}
    if not held:
        return {}
    with st.container(border=True):
        st.markdown(f":material/group: **{_('有 {n} 处您和别人都改了，请选每一处用谁的', n=len(held))}**")
        found = {}
        for place, one in held.items():
            cells = merging.cells(now[one.row])
            latest = Dispute(one.row, one.column, one.before, one.mine, cells.get(one.column))
            side = choose(latest, cells, merging.named, f"{name}_{one.row}_{one.column}_{latest.theirs}")
            found[place] = side
        ready = None not in found.values()
        if not (st.button(_("保存选好的"), type="primary", icon=":material/save:", key=f"{name}_settle", disabled=not ready) and ready):
            return {}
    state.drop(f"{name}_disputed")
    mine = {place: held[place].mine for place, side in found.items() if side is Side.MINE}
    if not mine:
        st.rerun()
    return mine
