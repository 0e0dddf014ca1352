"""Correcting a finding, and parting it in two."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.strategy import review
from core.strategy.findings import FindingKind, Measure, Perspective
from core.strategy.review import LONGEST_TEXT, Draft
from core.strategy.tables import FindingRow
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _
from pages.strategy.parts.theme_findings import KIND_NAMES

_OPERATORS = {">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−"}


def edit_finding(plan_id: int, row: FindingRow) -> None:
    """Open the dialog in which a finding is corrected; its quote stays the document's."""

    @st.dialog(_("修改发现"), width="large", icon=":material/edit:")
    def show() -> None:
        kind = st.selectbox(
            _("类型"),
            list(FindingKind),
            index=list(FindingKind).index(row.kind),
            format_func=lambda one: _(KIND_NAMES[one]),
            key="edit_kind",
        )
        with st.form("edit_finding", border=False):
            text = st.text_area(_("内容"), row.text, max_chars=LONGEST_TEXT)
            views: list[Perspective | None] = [None, *Perspective]
            view = st.selectbox(
                _("维度"),
                views,
                index=views.index(row.perspective),
                format_func=lambda one: _(PERSPECTIVE_NAMES[one]) if one else _("不确定"),
            )
            names = st.text_input(_("能力（用顿号分开）"), "、".join(row.competencies), placeholder=_("例如：需求挖掘、资产配置"))
            measure = _measure(row.measure or {}) if kind is FindingKind.TARGET else None
            if st.form_submit_button(_("保存"), type="primary"):
                draft = Draft(kind, text, view, tuple(names.replace(",", "、").replace("，", "、").split("、")), measure)
                # A dialog runs without the page around it: ask again who is here.
                actor = state.present().actor
                with acting(done=_("已保存")) as db:
                    review.edit(db, actor, plan_id, row.id or 0, row.version or 0, draft)

    show()


def split_finding(plan_id: int, row: FindingRow) -> None:
    """Open the dialog in which a finding is parted."""

    @st.dialog(_("拆分发现"), width="large", icon=":material/call_split:")
    def show() -> None:
        at = st.slider(_("在第几个字后面拆开"), 1, len(row.quote) - 1, _first_pause(row.quote))
        st.markdown(_("**第一条**") + f"　{row.quote[:at]}")
        st.markdown(_("**第二条**") + f"　{row.quote[at:]}")
        if st.button(_("拆成两条"), type="primary", key="do_split"):
            actor = state.present().actor
            with acting(done=_("已拆成两条，都待确认")) as db:
                review.split(db, actor, plan_id, row.id or 0, row.version or 0, at)

    show()


def _measure(known: dict[str, Any]) -> Measure:
    metric = st.text_input(_("指标"), known.get("metric", ""), placeholder=_("例如：零售AUM"))
    with st.container(horizontal=True):
        operator = st.selectbox(
            _("关系"),
            list(_OPERATORS),
            index=list(_OPERATORS).index(known.get("operator", ">=")),
            format_func=_OPERATORS.__getitem__,
            width=100,
        )
        value = st.number_input(_("数值"), value=float(known.get("value", 0.0)), width=180)
        unit = st.text_input(_("单位"), known.get("unit", ""), placeholder="%", width=120)
        deadline = st.text_input(_("期限"), known.get("deadline", ""), placeholder="2027-12-31", width=180)
    return Measure(metric.strip(), operator, value, unit.strip(), known.get("unit_written", unit), deadline.strip(), known.get("baseline"))


def _first_pause(quote: str) -> int:
    """Where a finding is most likely to be parted: after the pause nearest to its middle."""
    pauses = [i + 1 for i, character in enumerate(quote[:-1]) if character in "，；。、,;"]
    middle = len(quote) / 2
    return min(pauses, key=lambda at: abs(at - middle)) if pauses else max(1, len(quote) // 2)
