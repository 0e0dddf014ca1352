"""What a finished board says to the plan: accepted one by one, with its origin, and taken back."""

from __future__ import annotations

import streamlit as st

from core.exports.workshop import workshop_workbook
from core.goals import service as goals
from core.workshops import service, taking
from core.workshops.terms import BoardState, RoundKind
from pages.settings.parts.places import zone
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import MEASURE, chosen_plan, empty, link, page_header
from pages.shared.text import _, literal
from pages.workshops.parts.accepting import goal_round, pain_round, rank_round, taken_list, vote_round
from pages.workshops.parts.boards import badge
from pages.workshops.parts.results import question, took_part

page_header("workshop_results")
actor, plan_id = chosen_plan()
number = state.asked_number("id")
with reading() as db:
    found = service.look(db, actor, plan_id, number)
    kept = taking.taken(db, actor, plan_id, found.id) if found is not None else []
    weighing = taking.weighings(db, actor, plan_id, found.id) if found is not None else {}
    ranking = taking.rankings(db, actor, plan_id, found.id) if found is not None else {}
    views = goals.goals(db, actor, plan_id) if found is not None else []

if found is None:
    empty(_("没有选看板，或它已被移走。"), icon=":material/fact_check:", to="workshops", label=_("打开看板列表"))
    st.stop()

st.subheader(f"{literal(found.board.title)} {badge(found.board.state)}", anchor=False)
with st.container(horizontal=True):
    link("workshops", _("看板列表"), icon=":material/arrow_back:")
    link("workshop", _("主持"), icon=":material/co_present:", id=found.id)
    spoken, here, whole = state.language(), zone(), found
    exported = st.download_button(
        _("导出 Excel"),
        data=lambda: workshop_workbook(whole, kept, spoken, here),
        file_name="workshop.xlsx",
        icon=":material/download:",
        on_click="rerun",
        key="workshop_file",
    )
closed = found.board.state is BoardState.CLOSED
if not closed:
    st.info(_("看板结束后才能写入计划：结果不再变化，写入的才有据可查。"), icon=":material/hourglass_top:")
with st.container(width=MEASURE):
    for place, view in enumerate(found.rounds, 1):
        st.markdown(f"#### {place}. {literal(question(view))}")
        st.caption(took_part(found, view))
        if view.row.kind is RoundKind.VOTE:
            vote_round(actor, plan_id, found, view, weighing.get(view.id, []), closed=closed)
        elif view.row.kind is RoundKind.RANK:
            rank_round(actor, plan_id, found, view, ranking.get(view.id, []), closed=closed)
        elif view.row.kind is RoundKind.PAIN:
            pain_round(actor, plan_id, found, view, views, closed=closed)
        else:
            goal_round(actor, plan_id, found, view, views, closed=closed)
    undone = taken_list(kept)

if exported:
    with acting(rerun=False) as db:
        taking.note_exported(db, actor, plan_id, found.id)
if undone is not None:
    with acting(_("已撤销写入")) as db:
        taking.undo(db, actor, plan_id, undone)
