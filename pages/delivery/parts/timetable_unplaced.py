"""The sessions that found no place: why, and what would let them in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.delivery.timetable.service import SessionView
from pages.delivery.parts.timetable_words import cohort
from pages.shared.page import link
from pages.shared.text import _, literal

_SHOWN = 40


def unplaced(timetable_id: int, views: Sequence[SessionView]) -> None:
    """Each with its reasons, the smallest change that would help, and a way to place it by hand."""
    left = [one for one in views if one.day is None]
    if not left:
        st.success(_("所有课都排上了。"), icon=":material/event_available:")
        return
    st.caption(_("先看原因；能放宽的在“最小的放宽”里，带数量。改了规则、讲师或场地之后点“重排”。"))
    for one in left[:_SHOWN]:
        with st.container(border=True):
            st.markdown(f"**{literal(one.programme)} · {literal(one.name)}** {literal(cohort(one))}")
            facts = (_("{n} 人", n=one.headcount), _("{n} 个半天", n=one.slots), _("线上") if one.online else _("面授"))
            st.caption(" · ".join(facts))
            for reason in one.reasons or ():
                st.markdown(f":material/block: {literal(_(reason))}")
            if not one.reasons:
                st.markdown(_("这节课是排期之后新加的，点“重排”把它排进去。"))
            if one.relaxations:
                said = "；".join(literal(_(each)).rstrip("。") for each in one.relaxations)
                st.markdown(f":material/lightbulb: {_('最小的放宽：{said}。', said=said)}")
            link("session", _("手工给它定时间"), icon=":material/edit_calendar:", id=one.id, timetable=timetable_id)
    if len(left) > _SHOWN:
        st.caption(_("其余 {n} 节在课次表里。", n=len(left) - _SHOWN))
