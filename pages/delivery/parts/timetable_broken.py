"""The sessions that break a rule since something changed after the timetable was made."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core import clock
from core.access import audit
from core.access.actor import Actor
from core.delivery.timetable.broken import Broken, broken
from core.delivery.timetable.service import SessionView, TimetableView
from core.delivery.timetable.terms import TimetableState
from pages.delivery.parts.timetable_words import title, when
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import link
from pages.shared.text import _, literal

_KEPT = "timetable_broken"
_SHOWN = 60


def broken_now(actor: Actor, plan_id: int, chosen: TimetableView) -> Sequence[Broken]:
    """What a draft or the published timetable breaks now. It is looked at again when something has changed: a page runs more often."""
    if chosen.row.state not in (TimetableState.DRAFT, TimetableState.PUBLISHED):
        return ()
    kept = state.get(_KEPT)
    with reading() as db:
        seen = (chosen.id, audit.newest(db), clock.today())
        if kept is None or kept[0] != seen:
            kept = (seen, broken(db, actor, plan_id, chosen.id, clock.today()))
            state.put(_KEPT, kept)
    found: Sequence[Broken] = kept[1]
    return found


def broken_sessions(timetable_id: int, views: Sequence[SessionView], found: Sequence[Broken]) -> None:
    """Each with what speaks against it and the way to it."""
    if not found:
        st.success(_("还没上的课都不违反规则。"), icon=":material/check:")
        return
    st.caption(
        _(
            "排好以后，讲师、场地、日历、班次、项目的时间或规则又变了。点“重排”只动这些课；也可以点开一节，换个时间、讲师或场地，或者写明理由照旧。"
        )
    )
    by_id = {one.id: one for one in views}
    for one in found[:_SHOWN]:
        if (view := by_id.get(one.session_id)) is not None:
            with st.container(border=True, gap="small"):
                link("session", literal(title(view)), icon=":material/edit_calendar:", id=view.id, timetable=timetable_id)
                st.caption(literal(when(view)))
                st.markdown("".join(f":red[:material/block:] {literal(_(each))} " for each in one.why))
    if len(found) > _SHOWN:
        st.caption(_("另有 {n} 节，先把上面的排好。", n=len(found) - _SHOWN))
