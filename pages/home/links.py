"""Shared links: who can read which page without an account."""

from __future__ import annotations

import streamlit as st

from core.instance import instance
from core.shares import service as shares
from core.snapshots import service as snapshots
from pages.home.parts.links import link_list, made_link, new_link
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import MEASURE, chosen_plan, page_header
from pages.shared.text import _

page_header("links")
actor, plan_id = chosen_plan()
allowed = instance().settings.shares
with reading() as db:
    made, taken = shares.links(db, actor), snapshots.taken(db, actor)

with st.container(width=MEASURE):
    if not allowed:
        st.warning(_("系统管理员已关闭共享链接：已有的链接打不开，也不能生成新的。"))
    made_link()
    wanted = new_link(state.asked("page")) if allowed else None
    closed = link_list(made, taken)

if wanted is not None:
    with acting() as db:
        token = snapshots.create(db, actor, plan_id, wanted)
        state.put("share_made", token)
if closed is not None:
    with acting(_("链接已作废")) as db:
        shares.revoke(db, actor, closed)
