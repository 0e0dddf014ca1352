"""Whether what is to be held can be scheduled at all: what stands in the way, and where it is mended."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.delivery.timetable import checking
from core.delivery.timetable.checking import Obstacle, Where
from core.i18n import Message
from pages.shared.database import reading
from pages.shared.page import link
from pages.shared.sitemap import PAGES
from pages.shared.text import _, literal

_SHOWN = 30
_WAYS: dict[Where, tuple[str, Message]] = {
    Where.TRAINERS: ("trainers", Message("去师资")),
    Where.VENUES: ("venues", Message("去场地")),
    Where.CALENDAR: ("calendar", Message("去日历和禁排期")),
    Where.DESIGN: ("content", Message("去内容和设计")),
}


def check(actor: Actor, plan_id: int) -> None:
    """What a look at the data finds."""
    with reading() as db:
        found = checking.look(db, actor, plan_id)
    st.caption(f"{_('共 {n} 节课，{slots} 个人次半天。', n=found.sessions, slots=found.person_slots)} {_(found.calendar)}")
    certain = [one for one in found.obstacles if one.certain]
    if not found.sessions:
        st.info(_("还没有课次。先整理班次。"), icon=":material/groups_2:")
        return
    if not certain:
        st.success(_("没有一定排不上的课。能不能全部排下，求解时会说。"), icon=":material/check_circle:")
    else:
        st.error(_("有 {n} 处一定排不上，先改好再排，或者照样排、这些课会列为没排上。", n=len(certain)), icon=":material/block:")
    for place, one in enumerate((*certain, *(one for one in found.obstacles if not one.certain))):
        if place == _SHOWN:
            st.caption(_("其余 {n} 处改好这些之后再看。", n=len(found.obstacles) - _SHOWN))
            break
        _obstacle(one)


def _obstacle(one: Obstacle) -> None:
    with st.container(border=True, gap=None):
        icon = ":red[:material/block:]" if one.certain else ":orange[:material/info:]"
        about = f"**{literal(one.about)}**：" if one.about else ""
        st.markdown(f"{icon} {about}{literal(_(one.message))}")
        page, label = _WAYS.get(one.where, ("", Message("")))
        if page in PAGES:
            link(page, _(label), icon=":material/arrow_forward:")
