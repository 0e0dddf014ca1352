"""What is known of a session."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.delivery.content.terms import STAGE_NAMES, Stage
from core.delivery.timetable.missing import Missing
from core.delivery.timetable.people import CohortView
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.terms import PART_NAMES
from pages.delivery.parts.timetable_words import cohort, when
from pages.shared.text import _, day, joined, literal, person


def facts(one: SessionView, attending: CohortView | None, away: Sequence[Missing]) -> None:
    """The session in a card: time, trainer, room, people, and what was decided about it."""
    with st.container(border=True):
        st.subheader(f"{literal(one.programme)} · {literal(one.name)} · {literal(cohort(one))}", anchor=False)
        left, right = st.columns(2)
        with left:
            st.markdown(f":material/schedule: **{when(one)}**")
            if one.ends_on and one.ends_on != one.day:
                st.caption(_("到 {day} 结束", day=day(one.ends_on)))
            st.markdown(f":material/co_present: {literal(one.trainer) or _('还没有讲师')}")
            st.markdown(f":material/meeting_room: {literal(one.venue) or (_('线上') if one.online else _('还没有场地'))}")
        with right:
            units = _units(attending)
            st.markdown(f":material/groups: {_('{n} 人', n=one.headcount)}{f' · {units}' if units else ''}")
            stage = _(STAGE_NAMES[Stage(one.stage)])
            due = _("最晚 {day} 完成", day=day(one.due)) if one.due else ""
            st.markdown(f":material/event_note: {' · '.join(part for part in (stage, due) if part)}")
            cost = _("讲师和场地 {cost} 元", cost=f"{one.cost:,.0f}")
            st.markdown(f":material/payments: {cost}")
        if away:
            who = joined(_("{name}（{span}）", name=literal(each.name), span=_span(each)) for each in away)
            st.markdown(f":orange[:material/event_busy:] {_('有 {n} 人那时在休假，会缺课：{who}。', n=len(away), who=who)}")
        if one.pinned:
            st.badge(_("已固定：{parts}", parts=joined(_(PART_NAMES[part]) for part in sorted(one.pinned))), icon=":material/push_pin:")
        if one.late:
            st.badge(_("迟 {n} 天", n=one.late), color="orange")
        for each in one.breaks:
            st.markdown(f":orange[:material/warning:] {literal(_(each))}")
        if one.reason:
            st.caption(_("{who} 的理由：{reason}", who=literal(person(one.changed_by)), reason=literal(one.reason)))
        for each in one.reasons:
            st.markdown(f":red[:material/block:] {literal(_(each))}")
        for each in one.relaxations:
            st.markdown(f":material/lightbulb: {literal(_(each))}")


def _span(one: Missing) -> str:
    days = dict.fromkeys((one.span.starts, one.span.ends))
    return " – ".join(day(each) for each in days)


def _units(attending: CohortView | None) -> str:
    if attending is None or not attending.units:
        return ""
    return joined(f"{name or '—'} {number}" for name, number in list(attending.units.items())[:4])
