"""What the units need: who has not said yet, what they said, and which needs are one project."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.goals.needs import calls, merging
from core.goals.needs import service as needs
from core.plans import service as plans
from core.projects import service as projects
from core.strategy.themes import localisation
from core.workshops.terms import RoundKind
from pages.goals.parts.needs_counts import counts, figures
from pages.goals.parts.needs_list import needs_list
from pages.goals.parts.needs_merge import PART, Choice, merge
from pages.goals.parts.needs_round import begin_round, round_state
from pages.goals.parts.needs_start import file_needs
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _
from pages.workshops.parts.ways import ask_the_room

LIST, ROUND, MERGE = "list", "round", "merge"

page_header("needs")
actor, plan_id = chosen_plan()
decides, files = actor.may(Right.DECIDE_STRATEGY), actor.may(Right.FILE_NEEDS)

with reading() as db:
    board = needs.board(db, actor, plan_id)
    call = calls.current(db, actor, plan_id)
    year = plans.find(db, actor, plan_id).year
    local = localisation.local_themes(db, actor, plan_id) if decides else ()
    choice = Choice(local, tuple(projects.projects(db, actor, plan_id, local) if decides else ()), year)

if files and not board.reads_words:
    empty(_("您还没有负责的机构。请人力资源先在“人员与数据”里指定您管哪些机构，再回来填报。"), icon=":material/corporate_fare:")
    st.stop()
if not board.needs and not board.tallies and call is None:
    if decides:
        empty(_("先向各机构征集需求：选机构、定截止日，每个机构一个链接，不用账号就能填。也可以自己填，或从 Excel 粘贴。"))
    else:
        empty(_("这里放各机构明年想补什么、为什么。填一条，或从 Excel 粘贴。") if files else _("人力资源还没有开始征集需求。"))
    if actor.may(Right.EDIT_PLANS):
        begin_round(actor, plan_id, None)
    if files:
        file_needs(actor, plan_id, board)
    st.stop()

figures(board, call)
names = {LIST: _("需求（{n}）", n=len(board.needs))} if board.reads_words else {}
names[ROUND] = _("谁还没有报（{n}）", n=len(call.silent) if call else 0)
if decides:
    names[MERGE] = _("归并（{n} 条待归并）", n=board.waiting)
asked = state.asked("part")
first = ROUND if decides and call is not None and not board.needs else next(iter(names))
part = first
if len(names) > 1:
    part = st.segmented_control(
        _("查看"),
        list(names),
        default=asked if asked in names else first,
        format_func=names.__getitem__,
        key=PART,
        label_visibility="collapsed",
        required=True,
    )
if board.undoable is not None and st.button(_("撤销上一步"), key="undo_needs", icon=":material/undo:", type="tertiary"):
    with acting(done=_("已撤销")) as db:
        merging.undo(db, actor, plan_id)
if part == ROUND:
    round_state(actor, plan_id, call)
    if not board.reads_words:
        counts(board)
elif part == MERGE:
    merge(actor, plan_id, board, choice)
else:
    needs_list(actor, plan_id, board)
    ask_the_room(actor, RoundKind.PAIN)
    if files:
        file_needs(actor, plan_id, board)
