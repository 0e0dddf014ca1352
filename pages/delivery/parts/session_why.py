"""Why a session is where it is, what another place would change, and where else it could go."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.access.actor import Actor
from core.delivery.halves import HALF_NAMES
from core.delivery.timetable import editing, exploring
from core.delivery.timetable.editing import Wanted
from core.delivery.timetable.exploring import Delta
from core.delivery.timetable.service import HALVES, SessionView
from core.delivery.timetable.terms import RULE_NAMES, TERM_NAMES
from pages.shared.database import acting, reading
from pages.shared.text import _, day, joined, literal


def why(actor: Actor, plan_id: int, timetable_id: int, one: SessionView, *, editable: bool) -> None:
    """The three questions, answered when they are asked."""
    now = Wanted(one.id, one.version, one.day, one.slot, one.trainer_id, one.venue_id, one.pinned)
    here, there, where = st.tabs([_("为什么在这里"), _("换个时间会怎样"), _("还能排在哪里")])
    with reading() as db:
        asked = exploring.inquire(db, actor, plan_id, timetable_id, now)
    if asked is None:
        return
    with here:
        if one.day is None:
            st.markdown(_("它还没有排上，原因见上面。"))
        _why_here(asked)
    with there:
        _what_if(asked, now, one)
    with where:
        _elsewhere(actor, plan_id, timetable_id, asked, one, editable=editable)


def _why_here(asked: exploring.Inquiry) -> None:
    for each in asked.against():
        st.markdown(f":red[:material/block:] {literal(_(each.message))}")
    for said in asked.bound_to():
        st.markdown(f":material/arrow_right: {literal(_(said))}")
    found = asked.why_here()
    if found is None:
        return
    if found.terms:
        listed = joined(f"{_(TERM_NAMES[name])} {value:,.0f}" for name, value in found.terms.items())
        st.markdown(f":material/arrow_right: {_('它在这里的分值：{listed}。', listed=listed)}")
    if not found.cheaper_starts:
        st.markdown(f":material/arrow_right: {_('没有一个时间比这里更好。')}")
        return
    blocked = sorted(found.blocked_by.items(), key=lambda pair: -pair[1])
    listed = joined(f"{_(RULE_NAMES[rule])} {number}" for rule, number in blocked)
    if listed:
        best = _("单看它自己，有 {n} 个时间更好，但被这些规则挡住：{listed}。", n=found.cheaper_starts, listed=listed)
    else:
        best = _("单看它自己，有 {n} 个时间更好，现在也空着：见“还能排在哪里”。", n=found.cheaper_starts)
    st.markdown(f":material/arrow_right: {best}")


def _what_if(asked: exploring.Inquiry, now: Wanted, one: SessionView) -> None:
    left, right = st.columns(2)
    chosen = left.date_input(_("换到哪天"), one.day, format="YYYY-MM-DD", key=f"if_day_{one.id}")
    half = right.selectbox(_("上下午"), list(HALVES), one.slot, format_func=lambda each: _(HALF_NAMES[each]), key=f"if_half_{one.id}")
    if chosen is None or (chosen, HALVES.index(half)) == (one.day, one.slot):
        st.caption(_("选另一个时间，看会违反什么、各项得分怎么变。"))
        return
    wanted = Wanted(now.session_id, now.version, chosen, HALVES.index(half), now.trainer_id, now.venue_id, now.pinned)
    delta = asked.what_if(wanted)
    for each in delta.breaks:
        st.markdown(f":red[:material/block:] {literal(_(each.message))}")
    if not delta.breaks:
        st.markdown(f":green[:material/check_circle:] {_('不违反规则。')}")
    _missed(delta)
    st.markdown(_said(delta))


def _missed(delta: Delta) -> None:
    if delta.missing:
        who = joined(literal(one) for one in delta.missing)
        st.markdown(f":orange[:material/event_busy:] {_('有 {n} 人那时在休假，会缺课：{who}。', n=len(delta.missing), who=who)}")


def _elsewhere(actor: Actor, plan_id: int, timetable_id: int, asked: exploring.Inquiry, one: SessionView, *, editable: bool) -> None:
    # A second or two of looking, which nobody who only reads should wait for.
    if not st.toggle(_("找三个别的时间"), key=f"elsewhere_{one.id}"):
        return
    found = asked.alternatives()
    if not found:
        st.info(_("别的时间都会违反规则。可以放宽规则，或者先挪开别的课。"), icon=":material/event_busy:")
    for place, each in enumerate(found, 1):
        with st.container(border=True):
            told = [f"**{place}. {day(each.day)} {_(HALF_NAMES[HALVES[each.slot]])}**", literal(each.trainer), literal(each.venue)]
            st.markdown(" · ".join(part for part in told if part))
            along = _("后面 {n} 节跟着移动。", n=len(each.moves) - 1) if len(each.moves) > 1 else ""
            st.caption(f"{_said(each.delta)} {along}")
            _missed(each.delta)
            if editable and st.button(_("改到这里"), key=f"take_{one.id}_{place}", icon=":material/event_repeat:"):
                with acting(done=_("已改到这里")) as db:
                    editing.change(db, actor, plan_id, timetable_id, each.moves)


def _said(delta: Delta) -> str:
    terms: Mapping[str, float] = delta.terms
    if not terms:
        return _("总分不变。")
    listed = joined(f"{_(TERM_NAMES[name])} {value:+,.0f}" for name, value in terms.items())
    better = _("更好") if delta.total < 0 else _("更差")
    return _("总分 {total}（{better}）：{listed}", total=f"{delta.total:+,.0f}", better=better, listed=listed)
