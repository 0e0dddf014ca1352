"""Findings on quality in three dimensions: what the data say, what people add, and what is done about each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from core.access.actor import Actor
from core.editing.comparing import Field
from core.i18n import Message
from core.review.reviews import service
from core.review.reviews.gathering import Candidate
from core.review.reviews.service import LONGEST_TEXT, FindingView, Found, ReviewBoard, Work
from core.review.reviews.terms import DIMENSION_NAMES, Dimension
from pages.review.parts.work import WORK_FIELDS, fields, line
from pages.settings.parts.wish import Wish
from pages.shared.record_form import record_form, record_of
from pages.shared.text import _, literal

_MONTH = timedelta(days=30)


def quality(plan_id: int, board: ReviewBoard, keeps: bool, today: date) -> Wish | None:
    """The findings by dimension."""
    st.subheader(_("质量改进"), anchor=False)
    if not board.findings:
        st.caption(_("还没有质量改进项。"))
    wish = None
    for dimension in Dimension:
        own = [one for one in board.findings if one.row.dimension is dimension]
        if own:
            st.markdown(f"**{_(DIMENSION_NAMES[dimension])}**")
        for one in own:
            with st.container(border=True):
                row = one.row
                parts = [one.project, _(one.said) if one.said is not None else "", row.text]
                st.markdown(literal(" · ".join(part for part in parts if part)))
                st.markdown(f"{_('改进：{text}', text=literal(row.improvement))}  \n{line(row.owner, row.due, row.state, today)}")
                if keeps:
                    wish = _change(plan_id, one) or wish
    return wish


def candidates(plan_id: int, found: Sequence[Candidate], today: date) -> Wish | None:
    """What the data say and nobody has taken over: choose one and say what is done about it."""
    if not found:
        return None
    by_key = {one.key: one for one in found}
    with st.expander(_("数据里发现 {n} 处不足，待采纳", n=len(found)), icon=":material/insights:"):
        chosen = st.selectbox(_("哪一处"), list(by_key), format_func=lambda key: _named(by_key[key]), key=f"quality_candidate_{plan_id}")
        one = by_key[chosen]
        with st.form(f"quality_take_{one.key}", border=False):
            work = fields(f"take_{one.key}", _("怎么改进"), Work("", "", today + _MONTH), states=False)
            if not st.form_submit_button(_("采纳并安排改进"), icon=":material/add_task:"):
                return None
    return _saving(plan_id, Found(one.dimension, one.project_id, "", work, one), _("改进已安排"))


def own_finding(plan_id: int, today: date) -> Wish | None:
    """What a person found."""
    with st.expander(_("自己写一条"), icon=":material/edit_note:"), st.form(f"quality_new_{plan_id}", border=False, clear_on_submit=True):
        dimension = st.segmented_control(
            _("哪一面"),
            list[Dimension](Dimension),
            default=Dimension.DESIGN,
            format_func=lambda one: _(DIMENSION_NAMES[one]),
            required=True,
            key="quality_dimension",
        )
        text = st.text_input(_("发现了什么"), max_chars=LONGEST_TEXT, key="quality_text")
        work = fields("quality_new", _("怎么改进"), Work("", "", today + _MONTH), states=False)
        if not st.form_submit_button(_("记下并安排改进"), icon=":material/add_task:"):
            return None
    return _saving(plan_id, Found(Dimension(dimension or Dimension.DESIGN), None, text, work), _("改进已安排"))


def _change(plan_id: int, one: FindingView) -> Wish | None:
    row = one.row
    stored = Work(row.improvement, row.owner, row.due, row.state)
    written = record_form("quality", record_of(row), stored, {**WORK_FIELDS, "text": Field(Message("怎么改进"))}, _work)
    if written is None:
        return None
    found = Found(row.dimension, row.project_id, row.text, written.value)
    return _saving(plan_id, found, written.done(_("改进已修改")), row.id, written.version)


def _work(known: Work, key: str) -> Work | None:
    with st.expander(_("修改或办结"), icon=":material/edit:"), st.form(key, border=False):
        work = fields(key, _("怎么改进"), known, states=True)
        return work if st.form_submit_button(_("保存修改"), icon=":material/save:", key=f"{key}_save") else None


def _saving(plan_id: int, found: Found, done: str, finding_id: int | None = None, version: int = 0) -> Wish:
    def act(db: Any, actor: Actor) -> None:
        service.save_finding(db, actor, plan_id, found, finding_id, version)

    return Wish(done, act)


def _named(one: Candidate) -> str:
    return f"{_(DIMENSION_NAMES[one.dimension])} · {one.project}：{_(one.said)}"
