"""Peer benchmarks: a table that is typed or pasted into, with what is too old marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.workbook import Cell, workbook
from core.strategy.environment.benchmarks import EnteredBenchmark, is_stale
from core.strategy.environment.tables import Benchmark
from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_FIELDS = ("indicator", "peer", "value", "unit", "period", "source", "dated", "note")


@dataclass(frozen=True)
class Saving:
    """What somebody wants saved: benchmarks as entered, and the ids and seen versions of those to be removed."""

    table: Sheet[Benchmark]
    entered: list[EnteredBenchmark]
    removed: list[tuple[int, int]]

    def handed_over(self) -> None:
        """On its way into the database; what is removed can be brought back."""
        self.table.handed_over()
        state.put(f"{self.table.name}_removed", [row_id for row_id, version in self.removed])

    def refused(self) -> None:
        """It was not written."""
        self.table.refused()
        state.drop(f"{self.table.name}_removed")


def removed_lately(plan_id: int) -> list[int]:
    """The offer to bring back what was just deleted; the ids when it is taken."""
    name = f"benchmarks_{plan_id}_removed"
    gone: list[int] = state.get(name) or []
    if gone and st.button(_("撤销删除（{n} 行）", n=len(gone)), icon=":material/undo:", key="benchmarks_undo"):
        state.drop(name)
        return gone
    return []


def benchmarks_table(rows: Sequence[Benchmark], plan_id: int, may_decide: bool, today: date) -> Saving | None:
    """The table; what to save when the reader says so."""
    st.caption(_("同业或行业的公开数据，连同来源和日期。没有来源的数字不收；超过 24 个月的标为过时，引用前请更新。"))
    old = [row for row in rows if is_stale(row.dated, today)]
    if old:
        st.warning(_("{n} 条对标数据已超过 24 个月。", n=len(old)), icon=":material/history:")
    if not rows and not may_decide:
        st.info(_("还没有对标数据。人力资源负责人填写后，就会显示在这里。"), icon=":material/travel_explore:")
        return None
    if may_decide:
        st.caption(_("直接在表里填，或从 Excel 复制整块单元格粘贴进来，列的次序与表头一致。"))
    stamp = f"{max((row.id or 0 for row in rows), default=0)}_{len(rows)}_{sum(row.version or 0 for row in rows)}"
    table = sheet(f"benchmarks_{plan_id}", rows, stamp, Merging(lambda one: one.id, _of, _columns()))
    editor(table, _frame(table.rows, today), _columns(), editable=may_decide, alt=_("同业对标数据"))
    if rows:
        st.download_button(
            _("导出 Excel"),
            data=lambda: benchmarks_workbook(rows, today),
            file_name="benchmarks.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="benchmarks_export",
        )
    if not may_decide or not table.pending:
        return None
    if not st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="benchmarks_save"):
        st.caption(_("改动还没有保存。"))
        return None
    first_new = len(table.rows) - len(table.deleted) + 1
    changed = [_entered(at + 1, _of(table.rows[at]) | cells, table.rows[at]) for at, cells in table.changed.items()]
    added = [_entered(number, cells) for number, cells in enumerate(table.added, first_new)]
    gone = [table.rows[at] for at in table.deleted]
    return Saving(table, changed + added, [(row.id or 0, row.version or 0) for row in gone])


def benchmarks_workbook(rows: Sequence[Benchmark], today: date) -> bytes:
    """The benchmarks as an Excel file."""
    headings = [_("指标"), _("同业"), _("数值"), _("单位"), _("期间"), _("来源"), _("日期"), _("备注"), _("时效")]
    lines: list[list[Cell]] = [[*_of(row).values(), _age(row, today)] for row in rows]
    return workbook(_("同业对标"), headings, lines)


def _age(row: Benchmark, today: date) -> str:
    return _("过时") if is_stale(row.dated, today) else _("有效")


def _frame(rows: Sequence[Benchmark], today: date) -> pd.DataFrame:
    frame = pd.DataFrame([{**_of(row), "age": _age(row, today)} for row in rows]).reindex(columns=[*_FIELDS, "age"])
    frame["dated"] = pd.to_datetime(frame["dated"])
    return frame.astype({**{name: "string" for name in (*_FIELDS, "age") if name not in ("value", "dated")}, "value": "Float64"})


def _of(row: Benchmark) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _entered(number: int, cells: Mapping[str, Any], row: Benchmark | None = None) -> EnteredBenchmark:
    dated = cells.get("dated")
    texts = {name: str(cells.get(name) or "") for name in _FIELDS if name not in ("value", "dated")}
    return EnteredBenchmark(
        number=number,
        value=cells.get("value"),
        dated=date.fromisoformat(dated[:10]) if isinstance(dated, str) else dated,
        id=row.id if row else None,
        version=row.version if row else None,
        **texts,
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "indicator": column.TextColumn(_("指标"), max_chars=60, help=_("可用指标库里的名称，也可自拟。")),
        "peer": column.TextColumn(_("同业"), max_chars=60),
        "value": column.NumberColumn(_("数值")),
        "unit": column.TextColumn(_("单位"), max_chars=20, width=70),
        "period": column.TextColumn(_("期间"), max_chars=30),
        "source": column.TextColumn(_("来源"), max_chars=300),
        "dated": column.DateColumn(_("日期"), format="YYYY-MM-DD"),
        "note": column.TextColumn(_("备注"), max_chars=300),
        "age": column.TextColumn(_("时效"), disabled=True, width=70),
    }
