"""The steps of a design as a table that is edited as a whole: moved by their numbers, added, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.content.activity import LONGEST_NAME, LONGEST_REASON, MOST_HOURS, MOST_LAG, MOST_SLOTS, Activity
from core.delivery.content.service import ContentView
from core.delivery.content.terms import METHOD_NAMES, PART_NAMES, STAGE_NAMES, Method, Stage
from pages.delivery.parts.cells import chosen, edited, number, options, text, whole
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

Row = tuple[int, int, Activity]
_LAST = 10_000.0
_ORDER = (
    *("order", "stage", "name", "method", "part", "slots", "hours", "online", "needs_trainer"),
    *("items", "min_lag", "max_lag", "equipment", "reason"),
)
_WORDS = ("stage", "name", "method", "part", "equipment", "reason")


@dataclass(frozen=True)
class Stepping:
    """The steps as they stand in the table; `version` is the one that the reader began with, `saving`: they want them kept."""

    table: Sheet[Row]
    version: int
    steps: tuple[Activity, ...]
    pending: bool
    saving: bool


def step_table(view: ContentView, *, may_edit: bool) -> Stepping:
    """The table, with what stands in it now."""
    version = view.content.version
    rows = [(version, place, one) for place, one in enumerate(view.content.activities, 1)]
    names = _names(view)

    def cells(row: Row) -> dict[str, Any]:
        return _cells(row, names)

    table = sheet(f"design_steps_{view.id}", rows, version, Merging(lambda row: row[2].id, cells, _columns(names)))
    frame = pd.DataFrame([cells(row) for row in table.rows], columns=list(_ORDER))
    numbers = dict.fromkeys(("order", "slots", "hours", "min_lag", "max_lag"), "Float64")
    flags = dict.fromkeys(("online", "needs_trainer"), "boolean")
    frame = frame.astype({**numbers, **flags, **dict.fromkeys(_WORDS, "string")})
    editor(table, frame, _columns(names), editable=may_edit, alt=_("设计的步骤"))
    pending = may_edit and table.pending > 0
    saving = pending and st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="design_save")
    if pending:
        st.caption(_("改动还没有保存。"))
    began = table.rows[0][0] if table.rows else int(table.key.rsplit("_", 1)[1])
    ids = {name: one for one, name in names.items()}
    found = [(number(now.get("order"), _LAST), _step(row, now, ids)) for row, now in edited(table, cells)]
    steps = tuple(step for _order, step in sorted(found, key=lambda one: one[0]))
    return Stepping(table, began, steps, pending, bool(saving))


def _names(view: ContentView) -> dict[int, str]:
    """What each item is called in the table: two of one name are told apart by their numbers."""
    found: dict[int, str] = {}
    for one in view.content.items:
        found[one.id] = f"{one.facts.name} #{one.id}" if one.facts.name in found.values() else one.facts.name
    return found


def _cells(row: Row, names: Mapping[int, str]) -> dict[str, Any]:
    _version, place, one = row
    return {
        "order": float(place),
        "stage": _(STAGE_NAMES[one.stage]),
        "name": one.name,
        "method": _(METHOD_NAMES[one.method]),
        "part": _(PART_NAMES[one.part]),
        "slots": one.slots,
        "hours": one.hours,
        "online": one.online,
        "needs_trainer": one.needs_trainer,
        "items": [names[each] for each in one.item_ids if each in names],
        "min_lag": one.min_lag,
        "max_lag": one.max_lag,
        "equipment": "、".join(one.equipment) or None,
        "reason": one.reason or None,
    }


def _step(row: Row | None, cells: Mapping[str, Any], ids: Mapping[str, int]) -> Activity:
    equipment = text(cells.get("equipment")).replace(",", "、").replace("，", "、")
    taught = cells.get("items")
    return Activity(
        id=row[2].id if row else 0,
        stage=chosen(STAGE_NAMES, cells.get("stage"), Stage.DURING),
        name=text(cells.get("name")),
        method=chosen(METHOD_NAMES, cells.get("method"), Method.WORKSHOP),
        slots=whole(cells.get("slots")) or 0,
        hours=number(cells.get("hours")),
        online=bool(cells.get("online")),
        min_lag=whole(cells.get("min_lag")) or 0,
        max_lag=whole(cells.get("max_lag")),
        equipment=tuple(equipment.split("、")) if equipment else (),
        needs_trainer=bool(cells.get("needs_trainer")),
        item_ids=tuple(ids[name] for name in taught if name in ids) if isinstance(taught, list) else (),
        reason=text(cells.get("reason")),
    )


def _columns(names: Mapping[int, str]) -> dict[str, Any]:
    column = st.column_config
    slots_help = _("要排进日历的半天数；0 表示不排期。一个半天 3.5 学时。")
    lag_help = _("和前一个要排期的步骤之间隔几个半天；一周 10 个。")
    return {
        "order": column.NumberColumn(_("顺序"), width=80, step=0.1, format="%g", help=_("改数字就是移动：写 1.5 排在 1 和 2 之间。")),
        "stage": column.SelectboxColumn(_("阶段"), options=options(STAGE_NAMES), width=80, required=True),
        "name": column.TextColumn(_("步骤"), max_chars=LONGEST_NAME, width=260, required=True),
        "method": column.SelectboxColumn(_("方式"), options=options(METHOD_NAMES), width=130, required=True),
        "part": column.TextColumn(_("学练测考"), disabled=True, width=90),
        "slots": column.NumberColumn(_("半天"), min_value=0, max_value=MOST_SLOTS, step=1, width=95, help=slots_help),
        "hours": column.NumberColumn(
            _("学时"), min_value=0.0, max_value=MOST_HOURS, step=0.5, width=80, help=_("有半天数的按半天数算，其余的在这里填。")
        ),
        "online": column.CheckboxColumn(_("线上"), width=80),
        "needs_trainer": column.CheckboxColumn(_("要讲师"), width=90),
        "items": column.MultiselectColumn(_("内容单元"), options=list(names.values()), width=260),
        "min_lag": column.NumberColumn(_("最短间隔"), min_value=0, max_value=MOST_LAG, step=1, width=90, help=lag_help),
        "max_lag": column.NumberColumn(_("最长间隔"), min_value=0, max_value=MOST_LAG, step=1, width=90, help=lag_help),
        "equipment": column.TextColumn(_("设备"), width=110, help=_("用顿号隔开。")),
        "reason": column.TextColumn(_("面授知识的理由"), max_chars=LONGEST_REASON, width=180),
    }
