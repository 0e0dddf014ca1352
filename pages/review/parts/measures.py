"""The measures of a plan as a table to be edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.goals.goal import LEVEL_NAMES, OPERATORS, KirkpatrickLevel
from core.review.results.measuring import LONGEST_NAME, LONGEST_OWNER, LONGEST_SOURCE, LONGEST_UNIT, MeasureDraft
from core.review.results.service import MeasureView
from core.review.results.terms import (
    AGGREGATION_NAMES,
    DIRECTION_NAMES,
    FREQUENCY_NAMES,
    SOURCE_NAMES,
    Aggregation,
    Direction,
    Frequency,
    SourceKind,
)
from pages.delivery.parts.cells import chosen, day_of, edited, options, text
from pages.shared import state
from pages.shared.text import _
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_COLUMNS = (
    *("level", "name", "project", "operator", "target", "unit", "baseline", "weight", "kind", "aggregation", "frequency"),
    *("direction", "source", "owner", "due"),
)
_NUMBERS = ("target", "baseline", "weight")


@dataclass(frozen=True)
class Entered:
    """What somebody wants kept: measures that are new or changed, and the versions of those that go, by number."""

    table: Sheet[MeasureView]
    drafts: list[MeasureDraft]
    removed: dict[int, int]


def measure_list(measures: Sequence[MeasureView]) -> None:
    """The measures, to be read."""
    names = {one.project_id: one.project for one in measures if one.project_id}
    frame = pd.DataFrame([_cells(one, names) for one in measures], columns=list(_COLUMNS))
    st.dataframe(frame, hide_index=True, placeholder="—", column_config=_columns(names), alt=_("评估指标"))


def measure_table(plan_id: int, measures: Sequence[MeasureView], names: Mapping[int, str]) -> Entered | None:
    """The measures, edited; what is to be saved once the reader says so. `names` are those of the plan's projects."""
    st.caption(
        _("跟随目标的指标，名称、目标值、来源和责任人请在项目目标里改，这里改来源类型、汇总方式和频率；也可以直接在表尾添加其他指标。")
    )
    stamp = f"{sum(one.version for one in measures)}_{len(measures)}_{state.language()}"
    merging = Merging[MeasureView](lambda one: one.id, lambda one: _cells(one, names), _columns(names))
    table = sheet(f"measures_{plan_id}", measures, stamp, merging)
    frame = pd.DataFrame([_cells(one, names) for one in table.rows], columns=list(_COLUMNS))
    kinds = {**dict.fromkeys(_COLUMNS, "string"), **dict.fromkeys(_NUMBERS, "Float64"), "due": "datetime64[ns]"}
    editor(table, frame.astype(kinds), _columns(names), editable=True, alt=_("评估指标"))
    if not table.pending:
        return None
    pressed = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="measures_save")
    st.caption(_("改动还没有保存。"))
    if not pressed:
        return None
    numbers = {name: number for number, name in names.items()}
    drafts = [
        _draft(row, cells, numbers)
        for row, cells in edited(table, lambda one: _cells(one, names))
        if row is None or _cells(row, names) != cells
    ]
    removed = {table.rows[at].id: table.rows[at].version for at in table.deleted}
    return Entered(table, drafts, removed)


def _columns(names: Mapping[int, str]) -> dict[str, Any]:
    column, number = st.column_config, st.column_config.NumberColumn
    pick = column.SelectboxColumn
    return {
        "level": pick(_("层级"), options=options(LEVEL_NAMES), required=True, width=90),
        "name": column.TextColumn(_("指标"), max_chars=LONGEST_NAME, required=True, width=190),
        "project": pick(_("项目"), options=list(names.values()), width=180),
        "operator": pick(_("要求"), options=[one for one in OPERATORS if one], width=70),
        "target": number(_("目标"), width=80),
        "unit": column.TextColumn(_("单位"), max_chars=LONGEST_UNIT, width=70),
        "baseline": number(_("基线"), width=80),
        "weight": number(_("权重"), min_value=0, max_value=100, width=70),
        "kind": pick(_("来源类型"), options=options(SOURCE_NAMES), required=True, width=100),
        "aggregation": pick(_("汇总方式"), options=options(AGGREGATION_NAMES), width=90),
        "frequency": pick(_("频率"), options=options(FREQUENCY_NAMES), width=80),
        "direction": pick(_("方向"), options=options(DIRECTION_NAMES), width=90),
        "source": column.TextColumn(_("数据来源"), max_chars=LONGEST_SOURCE, width=130),
        "owner": column.TextColumn(_("责任人"), max_chars=LONGEST_OWNER, width=100),
        "due": column.DateColumn(_("应到日期"), format="YYYY-MM-DD", width=110),
    }


def _cells(one: MeasureView, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "level": _(LEVEL_NAMES[one.level]),
        "name": one.name,
        "project": names.get(one.project_id or 0),
        "operator": one.operator or None,
        "target": one.target,
        "unit": one.unit,
        "baseline": one.baseline,
        "weight": one.weight,
        "kind": _(SOURCE_NAMES[one.kind]),
        "aggregation": _(AGGREGATION_NAMES[one.aggregation]),
        "frequency": _(FREQUENCY_NAMES[one.frequency]),
        "direction": _(DIRECTION_NAMES[one.direction]),
        "source": one.source,
        "owner": one.owner,
        "due": pd.Timestamp(one.due) if one.due else None,
    }


def _draft(row: MeasureView | None, cells: Mapping[str, Any], projects: Mapping[str, int]) -> MeasureDraft:
    operator = text(cells.get("operator"))
    return MeasureDraft(
        name=text(cells.get("name")),
        level=chosen(LEVEL_NAMES, cells.get("level"), KirkpatrickLevel.REACTION),
        kind=chosen(SOURCE_NAMES, cells.get("kind"), SourceKind.SURVEY),
        project_id=projects.get(text(cells.get("project"))),
        source=text(cells.get("source")),
        unit=text(cells.get("unit")),
        direction=chosen(DIRECTION_NAMES, cells.get("direction"), Direction.UP),
        frequency=chosen(FREQUENCY_NAMES, cells.get("frequency"), Frequency.ONCE),
        aggregation=chosen(AGGREGATION_NAMES, cells.get("aggregation"), Aggregation.MEAN),
        baseline=_maybe(cells.get("baseline")),
        operator=operator or ("" if row else ">="),
        target=_maybe(cells.get("target")),
        weight=_maybe(cells.get("weight")),
        due=day_of(cells.get("due")),
        owner=text(cells.get("owner")),
        id=row.id if row else None,
        version=row.version if row else 0,
    )


def _maybe(cell: Any) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)
