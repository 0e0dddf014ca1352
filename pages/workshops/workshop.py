"""One board, for whoever leads the workshop: its rounds, its guests' way in, what they say as they say it."""

from __future__ import annotations

import streamlit as st

from core.instance import instance
from core.settings import own_secret
from core.workshops import preparing, service
from core.workshops.service import token_of
from core.workshops.terms import BoardState
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _, literal
from pages.workshops.parts.boards import badge
from pages.workshops.parts.joining import joining
from pages.workshops.parts.leading import leading
from pages.workshops.parts.moderating import moderating
from pages.workshops.parts.results import results, took_part
from pages.workshops.parts.rounds import asked_kind, new_round, round_list
from pages.workshops.parts.wall import timer

page_header("workshop")
actor, plan_id = chosen_plan()
number, kind = state.asked_number("id"), asked_kind()
with reading() as db:
    found = service.look(db, actor, plan_id, number)
    codes = service.codes(db, actor, plan_id, found.id) if found is not None else (0, 0)
    prepares = found is not None and found.board.state is not BoardState.CLOSED
    choices = preparing.choices(db, actor, plan_id, kind) if prepares else []

if found is None:
    empty(_("没有选看板，或它已被移走。"), icon=":material/groups_3:", to="workshops", label=_("打开看板列表"))
    st.stop()

st.subheader(f"{literal(found.board.title)} {badge(found.board.state)}", anchor=False)
with st.container(horizontal=True):
    link("workshops", _("看板列表"), icon=":material/arrow_back:")
    link("projector", _("打开大屏"), icon=":material/cast:", id=found.id)
    link("workshop_results", _("结果写入计划"), icon=":material/fact_check:", id=found.id)
leading(actor, plan_id, found)


@st.fragment(run_every=3.0)
def live(board_id: int, revision: tuple[str, int | None]) -> None:
    """What guests say as they say it; the whole page runs again when another facilitator has led on."""
    person = state.present()
    with reading() as db:
        now = service.look(db, person.actor, plan_id, board_id)
    if now is None or (now.board.state.value, now.board.version) != revision:
        st.rerun()
        return
    view = now.current or (now.rounds[0] if now.rounds else None)
    if view is None:
        st.caption(_("还没有环节。请在下面加一个。"))
        return
    rest = timer(now)
    st.markdown(took_part(now, view) + (_(" · 剩余 {time}", time=rest) if rest is not None else ""))
    results(now, view)
    moderating(person.actor, plan_id, now, view)


left, right = st.columns([2, 1], gap="large")
with left, st.container(border=True):
    live(found.id, (found.board.state.value, found.board.version))
with right:
    settings = instance().settings
    token = token_of(found.board, own_secret(settings.keys, "workshop"))
    joining(actor, plan_id, found, token, codes, allowed=settings.workshops)
round_list(actor, plan_id, found)
if prepares:
    new_round(actor, plan_id, found, kind, choices)
