"""Costs and limits of all trainers in one table, changed in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.access.actor import Actor
from core.delivery.faculty import editing
from core.delivery.faculty.facts import LONGEST_NOTE, MOST_COST, MOST_SLOTS_MONTH, MOST_SLOTS_YEAR, Seen
from core.delivery.faculty.faculty import TrainerView
from pages.delivery.parts.trainer_words import kind, place
from pages.settings.parts.wish import Wish
from pages.shared.table import tall
from pages.shared.text import _
from pages.strategy.parts.cells_at_once import changed_cells, editor_key
from pages.strategy.parts.sheet import Merging

_WHOLE = ("max_slots_per_month", "max_slots_per_year")
_NAME = "trainer_table"


def trainer_table(trainers: Sequence[TrainerView]) -> Wish | None:
    """The table; what was changed in it, saved at once."""
    with st.expander(_("在表中修改费用和上限"), icon=":material/table_edit:"):
        changed = changed_cells(_NAME, trainers, Merging(lambda one: one.id, _cells, _columns()))
        st.data_editor(
            _frame(trainers),
            hide_index=True,
            num_rows="fixed",
            disabled=["name", "kind", "place"],
            height=tall(len(trainers), 15),
            column_config=_columns(),
            placeholder="—",
            alt=_("讲师的费用和上限"),
            key=editor_key(_NAME),
        )
        st.caption(_("改完一格就保存，可以撤销；也可以从 Excel 复制一列粘贴进来。"))
    if not changed:
        return None

    def act(db: Any, actor: Actor) -> None:
        editing.change_trainers(db, actor, [(Seen(one.id, one.version), _values(cells)) for one, cells in changed])

    return Wish(_("已保存"), act)


def _cells(one: TrainerView) -> dict[str, Any]:
    return {"name": one.name, **{name: getattr(one, name) for name in ("cost_per_slot", *_WHOLE, "note")}}


def _values(cells: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in cells.items():
        if name == "note":
            found[name] = str(value or "").strip()
        else:
            found[name] = None if value is None else int(value) if name in _WHOLE else float(value)
    return found


def _frame(trainers: Sequence[TrainerView]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [one.name for one in trainers],
            "kind": [kind(one) for one in trainers],
            "place": [place(one) for one in trainers],
            "cost_per_slot": pd.array([one.cost_per_slot for one in trainers], dtype="Float64"),
            "max_slots_per_month": pd.array([one.max_slots_per_month for one in trainers], dtype="Int64"),
            "max_slots_per_year": pd.array([one.max_slots_per_year for one in trainers], dtype="Int64"),
            "note": [one.note or None for one in trainers],
        }
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.TextColumn(_("姓名"), width="small", pinned=True),
        "kind": column.TextColumn(_("内部或外部"), width="small"),
        "place": column.TextColumn(_("单位")),
        "cost_per_slot": column.NumberColumn(_("每半天费用（元）"), min_value=0, max_value=MOST_COST, width="small"),
        "max_slots_per_month": column.NumberColumn(_("每月最多半天数"), min_value=0, max_value=MOST_SLOTS_MONTH, step=1, width="small"),
        "max_slots_per_year": column.NumberColumn(_("全年最多半天数"), min_value=0, max_value=MOST_SLOTS_YEAR, step=1, width="small"),
        "note": column.TextColumn(_("备注"), max_chars=LONGEST_NOTE),
    }
