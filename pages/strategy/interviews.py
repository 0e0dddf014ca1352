"""The interviews: what leaders stress and documents do not, and the other way round."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.strategy import interviews
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _
from pages.strategy.parts.contrast import contrast_lines
from pages.strategy.parts.talks import choose_voices, show_stress, talks_table

page_header("interviews")
actor, plan_id = chosen_plan()
may_add = actor.may(Right.EDIT_LIBRARY)

with reading() as db:
    talks = interviews.talks(db, actor, plan_id)

if not talks:
    empty(
        _("这里把领导在访谈里强调的，和文件里写的放在一起对照。先记录一次访谈。")
        if may_add
        else _("这里把领导在访谈里强调的，和文件里写的放在一起对照。还没有对您开放的访谈记录。"),
        icon=":material/record_voice_over:",
        to="interview" if may_add else None,
        label=_("记录一次访谈"),
    )
    st.stop()

talks_table(talks)
with st.container(horizontal=True):
    if may_add:
        link("interview", _("记录一次访谈"), icon=":material/add:")
    link("decode", _("解码与核对"), icon=":material/checklist:")
if not any(talk.accepted + talk.waiting for talk in talks):
    st.info(_("访谈还没有解码。访谈和文件都解码之后，就能在这里对照。"), icon=":material/hourglass_empty:")
    st.stop()

people, roles = choose_voices(talks)
with reading() as db:
    held = interviews.hold(db, actor, plan_id, people, roles)
if not held.people:
    st.info(_("没有同时符合这些条件的访谈。请放宽筛选条件。"), icon=":material/filter_alt_off:")
    st.stop()
show_stress(interviews.stress(held))
contrast_lines(plan_id, held)
