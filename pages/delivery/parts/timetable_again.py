"""Making a timetable again because something happened."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.access.actor import Actor
from core.delivery.faculty import service as faculty
from core.delivery.halves import HALF_NAMES, Half
from core.delivery.timetable import people as attending
from core.delivery.timetable import replanning
from core.delivery.timetable.replanning import HAPPENING_NAMES, Event, Happening
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import TimetableView
from core.plans import service as plans
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _

_LONGEST = 60


def again(actor: Actor, plan_id: int, chosen: TimetableView, rules: Rules, *, primary: bool) -> None:
    """The button that asks what happened."""
    if st.button(_("重排"), key=f"again_{chosen.id}", icon=":material/autorenew:", type="primary" if primary else "secondary"):
        _dialog(actor, plan_id, chosen, rules)


@st.dialog(" ")
def _dialog(actor: Actor, plan_id: int, chosen: TimetableView, rules: Rules) -> None:
    st.subheader(_("出了什么事？"), anchor=False)
    st.caption(_("只动非动不可的课，其余尽量不变；已固定的不动，已经上过的也不动。排好后是一份草稿，变更一条条列出。"))
    kind = st.radio(
        _("出了什么事？"),
        list(HAPPENING_NAMES),
        format_func=lambda one: _(HAPPENING_NAMES[one]),
        key="again_kind",
        label_visibility="collapsed",
    )
    event = _event(actor, plan_id, kind)
    if st.button(_("重排"), key="again_go", icon=":material/autorenew:", type="primary"):
        name = f"{chosen.row.name[:60]} · {_(HAPPENING_NAMES[kind])}"
        with acting(done=_("已开始重排")) as db:
            replanning.replan(db, actor, plan_id, chosen.id, event, name, rules.seconds)
            state.ask()


def _event(actor: Actor, plan_id: int, kind: Happening) -> Event:
    if kind not in (Happening.TRAINER, Happening.VENUE, Happening.BLACKOUT):
        return Event(kind)
    with reading() as db:
        year = plans.find(db, actor, plan_id).year
        subjects = {
            Happening.TRAINER: {one.id: one.name for one in faculty.trainers(db, actor)},
            Happening.VENUE: {one.id: one.name for one in faculty.venues(db, actor)},
        }.get(kind, {})
        units = attending.unit_names(db, actor)
    subject, chosen_units = None, []
    if kind is Happening.BLACKOUT:
        chosen_units = st.multiselect(_("哪些机构（不选就是全行）"), list(units), format_func=units.__getitem__, placeholder=_("全行"))
    else:
        label = _("哪位讲师") if kind is Happening.TRAINER else _("哪个场地")
        subject = st.selectbox(label, list(subjects), index=None, format_func=subjects.__getitem__, placeholder=_("请选择"))
    first, last = date(year, 1, 1), date(year, 12, 31)
    starts = st.date_input(_("从哪天"), None, min_value=first, max_value=last, format="YYYY-MM-DD", key="again_from")
    ends = st.date_input(_("到哪天"), starts, min_value=first, max_value=last, format="YYYY-MM-DD", key="again_to")
    if kind is Happening.BLACKOUT:
        # Whole days; what nobody names is called what it is.
        name = st.text_input(_("叫什么，例如：季末冲刺"), max_chars=_LONGEST, key="again_why")
        return Event(kind, starts, ends, unit_ids=tuple(chosen_units), reason=name.strip() or _("禁排期"))
    begins, stops = _halves()
    reason = st.text_input(_("原因"), max_chars=_LONGEST, key="again_why")
    return Event(kind, starts, ends, begins, stops, subject_id=subject, reason=reason)


def _halves() -> tuple[Half, Half]:
    """In which half of the first day it begins, and with which half of the last it ends."""
    left, right = st.columns(2)
    begins = left.selectbox(_("从"), list[Half](Half), format_func=lambda one: _(HALF_NAMES[one]), key="again_first")
    stops = right.selectbox(_("到"), list[Half](Half), 1, format_func=lambda one: _(HALF_NAMES[one]), key="again_last")
    return begins, stops
