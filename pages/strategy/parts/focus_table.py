"""The table of business lines × posts: edited in place, pasted into from Excel, saved as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.strategy.focus.priority import Ranked
from core.strategy.focus.service import Entered
from core.strategy.focus.tables import FocusRow
from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

REMOVED = "focus_removed"
Placed = tuple[FocusRow, int | None]
_FIELDS = ("line", "post", "importance", "gap", "people")


@dataclass(frozen=True)
class Saving:
    """What somebody wants saved: rows as entered, and the ids and seen versions of rows to be removed."""

    table: Sheet[Placed]
    entered: list[Entered]
    removed: list[tuple[int, int]]

    def handed_over(self) -> None:
        """On its way into the database; what is removed can be brought back."""
        self.table.handed_over()
        state.put(REMOVED, [row_id for row_id, version in self.removed])

    def refused(self) -> None:
        """It was not written."""
        self.table.refused()
        state.drop(REMOVED)


def focus_table(rows: Sequence[FocusRow], plan_id: int, ranked: Sequence[Ranked], may_decide: bool) -> Saving | None:
    """The table with the rows' places; what to save when the reader says so."""
    st.subheader(_("业务线 × 关键岗位"), anchor=False)
    places = {one.candidate.id: one.place for one in ranked}
    stamp = f"{max((row.id or 0 for row in rows), default=0)}_{len(rows)}_{sum(row.version or 0 for row in rows)}"
    placed: list[Placed] = [(row, places.get(row.id or 0)) for row in rows]
    table = sheet(f"focus_{plan_id}", placed, stamp, Merging(lambda one: one[0].id, lambda one: _of(one[0]), _columns()))
    if may_decide:
        st.caption(_("直接在表里改；可从 Excel 复制整块单元格粘贴进来。不知道的留空，会按“未知”处理，不当作 0。"))
    editor(table, _frame(table.rows), _columns(), editable=may_decide, alt=_("业务线与关键岗位，含重要性、短板和人数"))
    if not may_decide or not table.pending:
        return None
    if not st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="focus_save"):
        st.caption(_("改动还没有保存。"))
        return None
    changed = [(table.rows[position][0], cells) for position, cells in table.changed.items()]
    deleted = [table.rows[position][0] for position in table.deleted]
    return Saving(
        table,
        [_entered(_of(row) | cells, row) for row, cells in changed] + [_entered(cells) for cells in table.added],
        [(row.id or 0, row.version or 0) for row in deleted],
    )


def _frame(rows: Sequence[Placed]) -> pd.DataFrame:
    frame = pd.DataFrame([{"place": place, **_of(row), "anchored": bool(row.anchored_at)} for row, place in rows])
    frame = frame.reindex(columns=["place", *_FIELDS, "anchored"])
    kinds = {"place": "Int64", "line": "string", "post": "string", "importance": "Int64", "gap": "Float64", "people": "Int64"}
    return frame.astype({**kinds, "anchored": "boolean"})


def _of(row: FocusRow) -> dict[str, Any]:
    gap = None if row.gap_estimate is None else 100 * row.gap_estimate
    return {"line": row.line, "post": row.post, "importance": row.importance, "gap": gap, "people": row.people}


def _entered(cells: Mapping[str, Any], row: FocusRow | None = None) -> Entered:
    gap = cells.get("gap")
    return Entered(
        line=str(cells.get("line") or ""),
        post=str(cells.get("post") or ""),
        importance=cells.get("importance"),
        gap=None if gap is None else gap / 100,
        people=cells.get("people"),
        id=row.id if row else None,
        version=row.version if row else None,
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "place": column.NumberColumn(_("名次"), width=60, disabled=True, help=_("由下面的公式算出；未评重要性的行不排名。")),
        "line": column.TextColumn(_("业务线"), max_chars=60, width=150),
        "post": column.TextColumn(_("岗位"), max_chars=60, width=190),
        "importance": column.NumberColumn(_("重要性 1–5"), min_value=1, max_value=5, step=1, help=_("对本年度战略有多重要，5 为最重要。")),
        "gap": column.NumberColumn(
            _("短板估计 %"),
            min_value=0,
            max_value=100,
            format="%.0f",
            help=_("岗位要求的能力还缺多少。有测评数据之前可以填估计，也可以留空。"),
        ),
        "people": column.NumberColumn(_("涉及人数"), min_value=0, step=1),
        "anchored": column.CheckboxColumn(_("已锚定"), disabled=True, width=70),
    }
