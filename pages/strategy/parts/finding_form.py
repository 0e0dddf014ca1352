"""What a person writes about a finding: correcting one, and the same fields for one of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

import streamlit as st

from core.editing.comparing import Field, parts
from core.errors import CexunError
from core.i18n import Message
from core.strategy import review
from core.strategy.conflicts import in_words
from core.strategy.findings import OPERATOR_SIGNS, FindingKind, Measure, Operator, Perspective
from core.strategy.review import LONGEST_TEXT, Draft
from core.strategy.tables import FindingRow
from core.strategy.themes.tags import PERSPECTIVE_NAMES
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.record_form import record_form, record_of
from pages.shared.shortcuts import key_of
from pages.shared.text import _, literal
from pages.strategy.parts.blocks import show_text
from pages.strategy.parts.theme_findings import KIND_NAMES

_FIELDS = {
    "kind": Field(Message("类型"), KIND_NAMES),
    "text": Field(Message("内容")),
    "perspective": Field(Message("维度"), {None: Message("不确定"), **PERSPECTIVE_NAMES}),
    "competencies": Field(Message("能力（用顿号分开）")),
    "measure": Field(Message("指标"), lambda measure: in_words(asdict(measure)) if measure else ""),
}


def edit_finding(plan_id: int, row: FindingRow) -> None:
    """Open the dialog in which a finding is corrected; its quote stays the document's."""

    @st.dialog(_("修改发现"), width="large", icon=":material/edit:", on_dismiss="rerun")
    def show() -> None:
        show_text(row.quote)
        # A dialog runs without the page around it: ask again who is here, and what is stored.
        actor = state.present().actor
        try:
            with reading() as db:
                now = review.find(db, actor, plan_id, row.id or 0)
        except CexunError as failure:
            st.error(literal(_(failure.message)))
            return
        stored = {**parts(_draft_of(now)), "accept": False}
        written = record_form("edit", record_of(now, "finding_edited"), stored, _FIELDS, _edited, within="fragment")
        if written is not None:
            value = written.value
            draft = Draft(**{name: value[name] for name in value if name != "accept"})
            with acting(done=written.done(_("已保存"))) as db:
                review.edit(db, actor, plan_id, row.id or 0, written.version, draft, accept=value["accept"])

    show()


def _draft_of(row: FindingRow) -> Draft:
    measure = Measure(**row.measure) if row.measure else None
    return Draft(row.kind, row.text, row.perspective, tuple(row.competencies), measure)


def _edited(known: dict[str, Any], key: str) -> dict[str, Any] | None:
    begun = Draft(**{name: known[name] for name in known if name != "accept"})
    saved = finding_fields(begun, key, [_("保存并采纳"), _("保存")])
    return None if saved is None else {**parts(saved[0]), "accept": saved[1] == 0}


def finding_fields(known: Draft, key: str, buttons: Sequence[str]) -> tuple[Draft, int] | None:
    """The fields with what is known in them; what was written and the number of the button that was pressed, once one was."""
    kinds = list(FindingKind)
    kind = st.selectbox(_("类型"), kinds, index=kinds.index(known.kind), format_func=lambda one: _(KIND_NAMES[one]), key=f"{key}_kind")
    with st.form(f"{key}_fields", border=False):
        text = st.text_area(_("内容"), known.text[:LONGEST_TEXT], max_chars=LONGEST_TEXT)
        views: list[Perspective | None] = [None, *Perspective]
        view = st.selectbox(
            _("维度"),
            views,
            index=views.index(known.perspective),
            format_func=lambda one: _(PERSPECTIVE_NAMES[one]) if one else _("不确定"),
        )
        names = st.text_input(_("能力（用顿号分开）"), "、".join(known.competencies), placeholder=_("例如：需求挖掘、资产配置"))
        measure = _measure(known.measure) if kind is FindingKind.TARGET else None
        with st.container(horizontal=True):
            first = st.form_submit_button(
                buttons[0], type="primary", icon=":material/check:", shortcut=key_of("finish_dialog"), key=f"{key}_save"
            )
            others = [st.form_submit_button(label) for label in buttons[1:]]
    if not (first or any(others)):
        return None
    draft = Draft(kind, text, view, tuple(names.replace(",", "、").replace("，", "、").split("、")), measure)
    return draft, 0 if first else 1 + others.index(True)


def _measure(known: Measure | None) -> Measure:
    metric = st.text_input(_("指标"), known.metric if known else "", placeholder=_("例如：零售AUM"))
    with st.container(horizontal=True):
        offered: tuple[Operator, ...] = get_args(Operator)
        operator = st.selectbox(
            _("关系"),
            offered,
            index=offered.index(known.operator if known else ">="),
            format_func=OPERATOR_SIGNS.__getitem__,
            width=100,
        )
        value = st.number_input(_("数值"), value=known.value if known else 0.0, width=180)
        unit = st.text_input(_("单位"), known.unit if known else "", placeholder="%", width=120)
        deadline = st.text_input(_("期限"), known.deadline if known else "", placeholder="2027-12-31", width=180)
    written = known.unit_written if known else unit
    return Measure(metric.strip(), operator, value, unit.strip(), written, deadline.strip(), known.baseline if known else None)
