"""The benefits that people write, as a table to be edited or pasted into from Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.review.returns.service import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    LONGEST_UNIT,
    LONGEST_WHO,
    BenefitDraft,
    ReturnsOverview,
)
from core.review.returns.terms import ISOLATION_NAMES, Isolation
from pages.delivery.parts.cells import chosen, edited, number, options, text
from pages.shared import state
from pages.shared.page import link
from pages.shared.text import _, literal
from pages.strategy.parts.sheet import Merging, Sheet, editor, sheet

_NUMBERS = ("delta", "low", "high", "value", "isolation", "confidence")
_WORDS = ("programme", "measure", "name", "unit", "source", "value_by", "method", "reason", "isolation_by")
_ORDER = (
    *("programme", "name", "measure", "delta", "low", "high", "unit", "value", "source", "value_by"),
    *("isolation", "method", "reason", "isolation_by", "confidence"),
)


@dataclass(frozen=True)
class Entered:
    """What somebody wants kept: benefits that are new or changed, and the versions of those that go, by number."""

    table: Sheet[BenefitDraft]
    lines: list[BenefitDraft]
    removed: dict[int, int]


@dataclass(frozen=True)
class _Names:
    programmes: Mapping[str, int]
    measures: Mapping[str, int]

    def cells(self, one: BenefitDraft) -> dict[str, Any]:
        programme = next((name for name, key in self.programmes.items() if key == one.programme_id), None)
        measure = next((name for name, key in self.measures.items() if key == one.measure_id), None)
        return {
            "programme": programme,
            "name": one.name,
            "measure": measure,
            "delta": one.delta,
            "low": one.low,
            "high": one.high,
            "unit": one.unit,
            "value": one.value,
            "source": one.value_source,
            "value_by": one.value_by,
            "isolation": round(one.isolation * 100, 4),
            "method": _(ISOLATION_NAMES[one.method]),
            "reason": one.reason,
            "isolation_by": one.isolation_by,
            "confidence": round(one.confidence * 100, 4),
        }

    def draft(self, row: BenefitDraft | None, cells: Mapping[str, Any]) -> BenefitDraft:
        return BenefitDraft(
            name=text(cells.get("name")),
            delta=number(cells.get("delta")),
            value=number(cells.get("value")),
            isolation=number(cells.get("isolation")) / 100,
            method=chosen(ISOLATION_NAMES, cells.get("method"), Isolation.MANAGERS),
            confidence=number(cells.get("confidence")) / 100,
            programme_id=self.programmes.get(text(cells.get("programme"))),
            measure_id=self.measures.get(text(cells.get("measure"))),
            low=_or_none(cells.get("low")),
            high=_or_none(cells.get("high")),
            unit=text(cells.get("unit")),
            value_source=text(cells.get("source")),
            value_by=text(cells.get("value_by")),
            reason=text(cells.get("reason")),
            isolation_by=text(cells.get("isolation_by")),
            id=row.id if row else None,
            version=row.version if row else 0,
        )


def benefit_table(plan_id: int, found: ReturnsOverview) -> Entered | None:
    """The benefits, edited."""
    stamp = f"{sum(one.version for one in found.lines)}_{len(found.lines)}_{state.language()}"
    measures = {number: f"{one.project or _('全年')} · {one.name}" for number, one in found.measures.items()}
    names = _Names(_unique(found.programmes), _unique(measures))
    table = sheet(f"benefits_{plan_id}", found.lines, stamp, Merging(lambda one: one.id, names.cells, _columns(names)))
    frame = pd.DataFrame([names.cells(one) for one in table.rows], columns=list(_ORDER))
    frame = frame.astype({**dict.fromkeys(_NUMBERS, "Float64"), **dict.fromkeys(_WORDS, "string")})
    st.caption(
        _(
            "一行是一个变化：变了多少（变好写正数）、一个单位值多少钱（出处、谁确认）、其中多少是培训的功劳（方法、理由、谁估计）、"
            "估计的人有多大把握。可以从 Excel 整块粘贴。"
        )
    )
    editor(table, frame, _columns(names), editable=True, alt=_("收益明细"))
    if not table.pending:
        return None
    pressed = st.button(_("保存 {n} 行改动", n=table.pending), type="primary", icon=":material/save:", key="benefits_save")
    st.caption(_("改动还没有保存。"))
    if not pressed:
        return None
    current = [(row, names.draft(row, cells)) for row, cells in edited(table, names.cells)]
    changed = [draft for row, draft in current if row is None or names.cells(draft) != names.cells(row)]
    gone = [table.rows[place] for place in table.deleted]
    return Entered(table, changed, {one.id: one.version for one in gone if one.id is not None})


def origins(found: ReturnsOverview) -> None:
    """The ways back to the effects that benefits rest on."""
    known = [(one, found.measures.get(one.measure_id or 0)) for one in found.lines]
    some = [(one, measure) for one, measure in known if measure is not None and measure.project_id is not None]
    if some:
        with st.expander(_("收益取自的效果（{n} 项）", n=len(some)), icon=":material/balance:"):
            for one, measure in some:
                link("effects", literal(f"{one.name} · {measure.project} · {measure.name}"), project=measure.project_id, measure=measure.id)


def _columns(names: _Names) -> dict[str, Any]:
    column, figure = st.column_config, st.column_config.NumberColumn
    share: dict[str, Any] = {"min_value": 0, "max_value": 100, "format": "%g", "width": 110}
    return {
        "programme": column.SelectboxColumn(_("项目"), options=list(names.programmes), width=180),
        "name": column.TextColumn(_("收益"), max_chars=LONGEST_NAME, width=160, required=True),
        "measure": column.SelectboxColumn(_("对应指标"), options=list(names.measures), width=180),
        "delta": figure(_("变化量 Δ"), format="localized", width=90, required=True),
        "low": figure(_("区间下限"), format="localized", width=90),
        "high": figure(_("区间上限"), format="localized", width=90),
        "unit": column.TextColumn(_("单位"), max_chars=LONGEST_UNIT, width=70),
        "value": figure(_("单位价值（元）"), min_value=0, format="localized", width=110, required=True),
        "source": column.TextColumn(_("价值出处"), max_chars=LONGEST_SOURCE, width=180),
        "value_by": column.TextColumn(_("价值确认人"), max_chars=LONGEST_WHO, width=110),
        "isolation": figure(_("归因隔离系数（%）"), **share),
        "method": column.SelectboxColumn(_("估计方法"), options=options(ISOLATION_NAMES), width=110),
        "reason": column.TextColumn(_("理由"), max_chars=LONGEST_REASON, width=240),
        "isolation_by": column.TextColumn(_("估计人"), max_chars=LONGEST_WHO, width=110),
        "confidence": figure(_("置信系数（%）"), **share),
    }


def _unique(names: Mapping[int, str]) -> dict[str, int]:
    """Names that are the same are told apart by a number."""
    found: dict[str, int] = {}
    for key, name in names.items():
        one, count = name, 2
        while one in found:
            one, count = f"{name}（{count}）", count + 1
        found[one] = key
    return found


def _or_none(cell: Any) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)
