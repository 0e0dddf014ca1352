"""The items of a check as a table that is filled in: the verdict first, then what was reached, then what is done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.exports.workbook import Cell, workbook
from core.strategy import periods
from core.strategy.checking import service as checking
from core.strategy.checking.entering import Entered
from core.strategy.checking.progress import STATUS_NAMES
from core.strategy.checking.service import Check, Item
from pages.shared.text import _
from pages.strategy.parts.check_words import difference, how, lack, target, unit_of_difference, with_unit
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_NUMBERS = ("actual", "baseline", "milestone")
_TEXTS = ("source", "action", "owner")
_DATES = ("due", "baseline_on", "deadline")
_ORDER = (
    *("status", "theme", "metric", "goal", "actual", "source", "expected", "difference", "percent"),
    *("action", "owner", "due", "baseline", "baseline_on", "deadline", "milestone"),
)


@dataclass(frozen=True)
class Filling:
    """What somebody wants saved."""

    table: Sheet[Item]
    check_id: int
    entered: list[Entered]


def check_table(plan_id: int, check: Check, items: Sequence[Item], may_fill: bool) -> Filling | None:
    """The table; what to save when the reader says so."""
    stamp = f"{check.row.as_of}_{len(items)}_{items[0].id if items else 0}_{sum(item.row.version or 0 for item in items)}"
    # What a filter hides is not gone: only the whole list is put together with a colleague's.
    merging = Merging[Item](lambda one: one.id, _written, _columns()) if len(items) == len(check.items) else None
    table = sheet(f"check_{plan_id}_{check.id}", items, stamp, merging)
    if may_fill:
        st.caption(_("在表里填实际值和来源；不知道的留空。基线、到期日可改，里程碑填了就代替按日折算的应达。增减类目标填累计变化。"))
    if not table.rows:
        st.info(_("没有符合筛选条件的目标。"), icon=":material/filter_alt_off:")
        return None
    editor(table, _frame(table.rows), _columns(), editable=may_fill, alt=_("检视清单"), grows=False)
    _export(check)
    if not may_fill or not table.pending:
        return None
    if not st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="check_save"):
        st.caption(_("改动还没有保存。"))
        return None
    return Filling(table, check.id, [_entered(table.rows[at], cells) for at, cells in table.changed.items()])


def _frame(items: Sequence[Item]) -> pd.DataFrame:
    frame = pd.DataFrame([_cells(item) for item in items], columns=list(_ORDER))
    for name in _DATES:
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype({name: "Float64" for name in (*_NUMBERS, "percent")})


def _cells(item: Item) -> dict[str, Any]:
    row, standing = item.row, item.standing
    due = standing.expected
    missing = lack(standing)
    return {
        "status": _(STATUS_NAMES[item.status]) + (f" · {missing}" if missing else ""),
        "theme": row.theme,
        "metric": row.metric,
        "goal": target(checking.goal(row)),
        "expected": with_unit(due.value, row.unit) if due else "—",
        "difference": difference(standing, row.unit),
        "percent": standing.percent,
        **{name: getattr(row, name) for name in (*_NUMBERS, *_TEXTS, *_DATES)},
    }


def _written(item: Item) -> dict[str, Any]:
    """What people write in a row, after what it is about."""
    return {"metric": item.row.metric} | {name: getattr(item.row, name) for name in (*_NUMBERS, *_TEXTS, *_DATES)}


def _entered(item: Item, cells: Mapping[str, Any]) -> Entered:
    row = item.row
    values = {name: cells.get(name, getattr(row, name)) for name in (*_NUMBERS, *_TEXTS, *_DATES)}
    for name in _TEXTS:
        values[name] = values[name] or ""
    for name in _DATES:
        if isinstance(values[name], str):
            values[name] = date.fromisoformat(values[name][:10])
    return Entered(id=item.id, version=row.version or 0, **values)


def _columns() -> dict[str, Any]:
    column = st.column_config
    fixed: dict[str, Any] = {"disabled": True}
    day: dict[str, Any] = {"format": "YYYY-MM-DD"}
    return {
        "status": column.TextColumn(_("状态"), width=130, **fixed),
        "theme": column.TextColumn(_("主题"), width=140, **fixed),
        "metric": column.TextColumn(_("指标"), width=180, **fixed),
        "goal": column.TextColumn(_("目标"), width=110, **fixed),
        "actual": column.NumberColumn(_("实际"), width=90, help=_("用目标的单位填。")),
        "source": column.TextColumn(_("来源"), max_chars=200, width=140, help=_("哪个系统或报表、截至哪一天。")),
        "expected": column.TextColumn(_("应达"), width=110, **fixed),
        "difference": column.TextColumn(_("偏差"), width=120, help=_("实际 − 应达；百分数之差为百分点。"), **fixed),
        "percent": column.NumberColumn(_("偏差（占应达 %）"), format="%+.1f", width=110, help=_("偏差 ÷ 应达。"), **fixed),
        "action": column.TextColumn(_("纠偏措施"), max_chars=300, width=200),
        "owner": column.TextColumn(_("负责人"), max_chars=80, width=90),
        "due": column.DateColumn(_("期限"), width=110, **day),
        "baseline": column.NumberColumn(_("基线"), width=90),
        "baseline_on": column.DateColumn(_("基线日"), width=110, **day),
        "deadline": column.DateColumn(_("到期日"), width=110, **day),
        "milestone": column.NumberColumn(_("里程碑"), width=90, help=_("到数据截止日应达到多少；填了就代替按日折算。")),
    }


def _export(check: Check) -> None:
    st.download_button(
        _("导出 Excel"),
        data=lambda: check_workbook(check),
        file_name=f"check-{check.row.quarter}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="check_export",
    )


def check_workbook(check: Check) -> bytes:
    """The whole check with how each expected value was computed; unknown stays an empty cell."""
    headings = [
        _("状态"),
        _("主题"),
        _("指标"),
        _("目标"),
        _("单位"),
        _("实际"),
        _("来源"),
        _("应达"),
        _("应达的算法"),
        _("偏差"),
        _("偏差的单位"),
        _("偏差（占应达 %）"),
        _("纠偏措施"),
        _("负责人"),
        _("期限"),
        _("基线"),
        _("基线日"),
        _("到期日"),
        _("里程碑"),
        _("目标取自"),
    ]
    notes = [
        _("{period}，数据截至 {day}", period=periods.name(check.row.quarter), day=check.row.as_of.isoformat()),
        _("结论：{text}", text=check.row.conclusion or "—"),
    ]
    return workbook(_("战略检视"), headings, [_exported(item) for item in check.items], notes)


def _exported(item: Item) -> list[Cell]:
    row, standing = item.row, item.standing
    due, goal = standing.expected, checking.goal(item.row)
    missing = lack(standing)
    computed: list[Cell] = [round(due.value, 4), how(goal, due)] if due else [None, missing]
    off: list[Cell] = [None, None]
    if standing.difference is not None:
        off = [round(standing.difference, 4), unit_of_difference(row.unit)]
    percent = None if standing.percent is None else round(standing.percent, 2)
    return [
        _(STATUS_NAMES[item.status]),
        *(row.theme, row.metric, target(goal), row.unit, row.actual, row.source),
        *computed,
        *off,
        *(percent, row.action, row.owner, row.due, row.baseline, row.baseline_on, row.deadline, row.milestone, row.document),
    ]
