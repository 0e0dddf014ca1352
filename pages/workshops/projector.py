"""The page for the wall: the question, the way in, and what everybody says, without a reload."""

from __future__ import annotations

import streamlit as st

from core.instance import instance
from core.settings import own_secret
from core.workshops import service
from core.workshops.service import token_of
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _
from pages.workshops.parts.wall import wall

number = state.asked_number("id")
actor, plan_id = chosen_plan()
with reading() as db:
    board = service.look(db, actor, plan_id, number)

if board is None:
    page_header("projector")
    empty(_("没有选看板。请从看板列表打开大屏。"), icon=":material/cast:", to="workshops", label=_("打开看板列表"))
    st.stop()


@st.fragment(run_every=2.0)
def live() -> None:
    """What the wall shows now: one snapshot for all who look, made anew only when something has changed."""
    person = state.present()
    with reading() as db:
        found = service.look(db, person.actor, plan_id, number)
    if found is None:
        st.rerun()
        return
    settings = instance().settings
    wall(found, token_of(found.board, own_secret(settings.keys, "workshop")) if settings.workshops else None)


live()
link("workshop", _("回到主持页"), icon=":material/arrow_back:", id=board.id)
