"""Timetables that are being worked out: how far, how good until now, and a way to stop."""

from __future__ import annotations

import streamlit as st

from core.delivery.timetable import solving
from core.delivery.timetable.solving import Going
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.text import _, literal


@st.fragment(run_every=1.0)
def working(plan_id: int) -> None:
    """What is being worked out now; the page may be closed meanwhile."""
    # A fragment runs without the page around it: whoever has been shut out since must not go on.
    actor = state.present().actor
    with reading() as db:
        found = solving.going(db, actor, plan_id)
    if not found:
        st.rerun()
    for one in found:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_("正在排“{name}”，可以离开本页。", name=literal(one.name)), width="stretch")
                if not one.job.stopping and st.button(_("停在这里"), key=f"stop_{one.timetable_id}", icon=":material/stop_circle:"):
                    with acting(done=_("已请它停下，到现在为止最好的会留下来")) as db:
                        solving.stop(db, actor, plan_id, one.timetable_id)
            st.progress(min(1.0, one.job.done / one.job.total) if one.job.total else 0.0, text=_how_far(one))


def _how_far(one: Going) -> str:
    if one.job.stopping:
        return _("正在停下")
    if not one.job.running:
        return _("排队等候")
    if one.total is None:
        return _("正在找第一份可行的排期")
    seconds = _("{done} / {total} 秒", done=one.job.done, total=one.job.total)
    unplaced = _("还有 {n} 节没排上", n=one.unplaced) if one.unplaced else _("全部排上")
    gap = _("至多差 {gap}", gap=f"{one.gap:.1%}") if one.gap is not None else ""
    return " · ".join(part for part in (seconds, unplaced, _("总分 {total}", total=f"{one.total:,.0f}"), gap) if part)
