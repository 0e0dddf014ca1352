"""The lines that people write of money, as a table to be edited or pasted into from Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.delivery.budget.figures import WHOLE
from core.delivery.budget.service import LONGEST_NOTE, LineDraft, Overview
from core.delivery.budget.terms import COST_NAMES, WRITTEN, CostType
from pages.delivery.parts.cells import chosen, edited, number, options, text, whole
from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_COLUMNS = ("type", "programme", "unit", "quarter", "planned", "committed", "actual", "note")
_NAMES = {one: COST_NAMES[one] for one in WRITTEN}


@dataclass(frozen=True)
class Entered:
    """What somebody wants kept: lines that are new or changed, and the versions of those that go, by number."""

    table: Sheet[LineDraft]
    lines: list[LineDraft]
    removed: dict[int, int]


def line_table(plan_id: int, found: Overview) -> Entered | None:
    """The lines, edited."""
    stamp = f"{sum(one.version for one in found.lines)}_{len(found.lines)}_{state.language()}"
    programmes = _unique({number: name for number, name in found.programmes.items() if number != WHOLE})
    units = _unique({number: name for number, name in found.units.items() if number != WHOLE})
    column, money = st.column_config, st.column_config.NumberColumn
    columns = {
        "type": column.SelectboxColumn(_("费用类型"), options=options(_NAMES), width=110, required=True),
        "programme": column.SelectboxColumn(_("项目"), options=list(programmes.values()), width=240),
        "unit": column.SelectboxColumn(_("机构"), options=list(units.values()), width=150),
        "quarter": money(_("季度"), min_value=1, max_value=4, step=1, width=70, required=True),
        "planned": money(_("计划（元）"), min_value=0, format="localized", width=110),
        "committed": money(_("已承诺（元）"), min_value=0, format="localized", width=110),
        "actual": money(_("已发生（元）"), min_value=0, format="localized", width=110),
        "note": column.TextColumn(_("说明"), max_chars=LONGEST_NOTE, width=260),
    }
    merging = Merging[LineDraft](lambda one: one.id, lambda one: _cells(one, programmes, units), columns)
    table = sheet(f"budget_{plan_id}", found.lines, stamp, merging)
    rows = [_cells(one, programmes, units) for one in table.rows]
    kinds = {**dict.fromkeys(("planned", "committed", "actual"), "Float64"), "quarter": "Int64"}
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype({**dict.fromkeys(_COLUMNS, "string"), **kinds})
    st.caption(_("教材、食宿、采购等写在这里，可以从 Excel 整块粘贴；讲师费、场地费的承诺和支出也登记在这里，计划数由排期算出。"))
    editor(table, frame, columns, editable=True, alt=_("预算明细"))
    if not table.pending:
        return None
    pressed = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="budget_save")
    st.caption(_("改动还没有保存。"))
    if not pressed:
        return None
    numbers = ({name: key for key, name in programmes.items()}, {name: key for key, name in units.items()})
    current = [_line(row, cells, *numbers) for row, cells in edited(table, lambda one: _cells(one, programmes, units))]
    before = {one.id: one for one in table.rows}
    gone = [table.rows[place] for place in table.deleted]
    return Entered(table, [one for one in current if before.get(one.id) != one], {one.id or 0: one.version for one in gone})


def _unique(names: Mapping[int, str]) -> dict[int, str]:
    """Names that tell each from the others."""
    counts = pd.Series(list(names.values()), dtype="string").value_counts()
    return {key: f"{name} #{key}" if counts[name] > 1 else name for key, name in names.items()}


def _cells(one: LineDraft, programmes: Mapping[int, str], units: Mapping[int, str]) -> dict[str, Any]:
    return {
        "type": _(COST_NAMES[one.type]),
        "programme": programmes.get(one.programme_id or 0),
        "unit": units.get(one.unit_id or 0),
        "quarter": one.quarter,
        "planned": one.planned,
        "committed": one.committed,
        "actual": one.actual,
        "note": one.note,
    }


def _line(row: LineDraft | None, cells: Mapping[str, Any], programmes: Mapping[str, int], units: Mapping[str, int]) -> LineDraft:
    return LineDraft(
        type=chosen(_NAMES, cells.get("type"), CostType.OTHER),
        quarter=whole(cells.get("quarter")) or 0,
        programme_id=programmes.get(text(cells.get("programme"))),
        unit_id=units.get(text(cells.get("unit"))),
        planned=number(cells.get("planned")),
        committed=number(cells.get("committed")),
        actual=number(cells.get("actual")),
        note=text(cells.get("note")),
        id=row.id if row else None,
        version=row.version if row else 0,
    )
