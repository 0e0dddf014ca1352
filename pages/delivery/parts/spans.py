"""Stretches of half days: shown as a list, entered with a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core import clock
from core.delivery.faculty.faculty import Away
from core.delivery.halves import HALF_NAMES, Half, Span
from pages.shared.text import _, day, literal

_LONGEST = 120


def span_text(span: Span) -> str:
    """A stretch as people write it."""
    first = f" {_(HALF_NAMES[span.first])}" if span.first is Half.AFTERNOON else ""
    last = f" {_(HALF_NAMES[span.last])}" if span.last is Half.MORNING else ""
    if span.starts == span.ends:
        return day(span.starts) + (first or last)
    return f"{day(span.starts)}{first} – {day(span.ends)}{last}"


def away_list(stretches: Sequence[Away], may_edit: bool, key: str) -> Away | None:
    """The stretches; the one that the reader wants gone."""
    gone = None
    for one in stretches:
        with st.container(horizontal=True, vertical_alignment="center"):
            reason = f"　:gray[{literal(one.span.reason)}]" if one.span.reason else ""
            st.markdown(span_text(one.span) + reason, width="stretch")
            if may_edit and st.button(_("删除"), key=f"{key}_drop_{one.id}", type="tertiary", icon=":material/delete:"):
                gone = one
    return gone


def span_form(key: str, year: int) -> Span | None:
    """A form for a new stretch; what was entered."""
    with st.form(f"{key}_form", border=False, clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        start = max(clock.today(), date(year, 1, 1)) if clock.today().year <= year else date(year, 1, 1)
        days = st.date_input(_("起止日期"), value=(start, start), format="YYYY-MM-DD", key=f"{key}_days", width=260)
        first = st.selectbox(_("从"), list[Half](Half), format_func=lambda one: _(HALF_NAMES[one]), key=f"{key}_first", width=110)
        last = st.selectbox(_("到"), list[Half](Half), 1, format_func=lambda one: _(HALF_NAMES[one]), key=f"{key}_last", width=110)
        reason = st.text_input(_("原因"), max_chars=_LONGEST, placeholder=_("可以不填"), key=f"{key}_reason", width=220)
        pressed = st.form_submit_button(_("登记"))
    if not pressed or not isinstance(days, tuple) or not days:
        return None
    return Span(days[0], days[-1], first, last, reason)
