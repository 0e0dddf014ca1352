"""The sessions that found no place: why, and what would let them in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.delivery.timetable.service import SessionView
from pages.delivery.parts.timetable_words import cohort
from pages.shared.page import link
from pages.shared.text import _, bracketed, joined, literal

_SHOWN = 40


def unplaced(timetable_id: int, views: Sequence[SessionView]) -> None:
    """Each with its reasons, the smallest change that would help, and a way to place it by hand."""
    left = [one for one in views if one.day is None]
    if not left:
        st.success(_("所有课都排上了。"), icon=":material/event_available:")
        return
    st.caption(_("先看原因；能放宽的在“最小的放宽”里，带数量。改了规则、讲师或场地之后点“重排”；也可以点开一节课，手工给它定时间。"))
    by_cohort: dict[int, list[SessionView]] = {}
    for one in left:
        by_cohort.setdefault(one.cohort_id, []).append(one)
    for some in list(by_cohort.values())[:_SHOWN]:
        _chain(timetable_id, some)
    if len(by_cohort) > _SHOWN:
        st.caption(_("其余 {n} 个班在课次表里。", n=len(by_cohort) - _SHOWN))


def _chain(timetable_id: int, some: Sequence[SessionView]) -> None:
    """The sessions of a class that have no place."""
    first = some[0]
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(first.programme)}** · {literal(cohort(first))} · {_('{n} 人', n=first.headcount)}")
        for one in some:
            where = _("线上") if one.online else _("面授")
            link(
                "session",
                bracketed(literal(one.name), joined([_("{n} 个半天", n=one.slots), where])),
                icon=":material/edit_calendar:",
                id=one.id,
                timetable=timetable_id,
            )
            said = [_(reason) for reason in one.reasons] or [_("这节课是排期之后新加的，点“重排”把它排进去。")]
            st.markdown("".join(f":red[:material/block:] {literal(reason)} " for reason in said))
            if one.relaxations:
                told = _("；").join(literal(_(each)).rstrip("。") for each in one.relaxations)
                st.markdown(f":material/lightbulb: {_('最小的放宽：{said}。', said=told)}")
