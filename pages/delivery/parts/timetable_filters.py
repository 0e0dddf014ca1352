"""Which sessions are shown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.delivery.timetable.service import SessionView
from pages.shared.text import _


def filtered(views: Sequence[SessionView]) -> list[SessionView]:
    """The sessions that the reader wants to see: by project, trainer, venue, place in the training, and what needs a look."""
    with st.popover(_("筛选"), icon=":material/filter_alt:"):
        programmes = st.multiselect(_("项目"), sorted({one.programme for one in views}), placeholder=_("全部"), key="filter_programme")
        known = sorted({one.trainer for one in views if one.trainer})
        trainers = st.multiselect(_("讲师"), known, placeholder=_("全部"), key="filter_trainer") if known else []
        venues = st.multiselect(_("场地"), sorted({one.venue for one in views if one.venue}), placeholder=_("全部"), key="filter_venue")
        looks = {"late": _("迟于期限"), "broken": _("带例外"), "pinned": _("已固定"), "online": _("线上")}
        wanted = st.pills(_("只看"), list(looks), selection_mode="multi", format_func=looks.__getitem__, key="filter_look")
    found = [
        one
        for one in views
        if (not programmes or one.programme in programmes)
        and (not trainers or one.trainer in trainers)
        and (not venues or one.venue in venues)
        and all(_has(one, look) for look in wanted)
    ]
    if len(found) < len(views):
        st.caption(_("只显示 {n} 节，共 {all} 节。", n=len(found), all=len(views)))
    return found


def _has(one: SessionView, look: str) -> bool:
    return {"late": bool(one.late), "broken": bool(one.breaks), "pinned": bool(one.pinned), "online": one.online}[look]
