"""Who came to the sessions, who has how much still to do, what those who came thought."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.attendance import check_in, standing
from core.delivery.attendance import service as attendance
from core.notices.terms import Kind
from pages.delivery.parts.attendance import choose, entered, export, judged, listed, made_link, owed, tools
from pages.delivery.parts.attendance_others import counted, strangers
from pages.delivery.parts.completion import people, progress_table
from pages.people.parts.viewed import opened
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.reached import say_reached
from pages.shared.text import _

page_header("attendance")
actor, plan_id = chosen_plan()

with reading() as db:
    sessions = attendance.held(db, actor, plan_id)
plans = actor.may(Right.PLAN_DELIVERY)
if not sessions:
    text = _("排期发布以后，在这里登记到课、看谁还差几次。")
    empty(text, icon=":material/how_to_reg:", to="schedule" if plans else None, label=_("去排期"))
    st.stop()

with reading() as db:
    seen = standing.overview(db, actor, plan_id)
opened(("attendance", plan_id), lambda db: attendance.note_viewed(db, actor, plan_id))
lists, completion = st.tabs([_("名单"), _("完成情况")], key="attendance_tab")

with lists:
    if plans:
        owed(seen)
    session = choose(sessions)
    with reading() as db:
        sheet = attendance.sheet(db, actor, plan_id, session.id)
        thought = check_in.judged(db, actor, plan_id, session.id)
    listed(sheet)
    number = counted(sheet, plans)
    wanted = entered(actor, plan_id, sheet, plans)
    came = strangers(actor, plan_id, sheet) if plans else None
    asked = tools(sheet) if plans else None
    made_link(session.id)
    judged(thought)

with completion:
    shown = people(seen)
    chosen = progress_table(shown)
    export(actor, plan_id, shown)

if wanted is not None:
    wanted.table.handed_over()
    with acting(_("已登记 {n} 人", n=wanted.number)) as db:
        attendance.note(db, actor, plan_id, session.id, wanted.found, wanted.seen, wanted.rest)
    wanted.table.refused()
if came:
    with acting(_("已登记 {n} 人", n=len(came))) as db:
        attendance.note(db, actor, plan_id, session.id, came, {})
if number is not None:
    with acting(_("已登记到课人数")) as db:
        attendance.note_number(db, actor, plan_id, session.id, number.came, number.version)
if asked == "undo":
    with acting(_("已撤销最近一次登记")) as db:
        attendance.take_back(db, actor, plan_id, session.id)
if asked == "close":
    with acting(_("签到链接已关闭")) as db:
        check_in.close_link(db, actor, plan_id, session.id)
if asked == "link":
    with acting() as db:
        state.put("check_in_made", (session.id, check_in.open_link(db, actor, plan_id, session.id)))
if chosen:
    told = None
    with acting(rerun=False) as db:
        told = standing.remind(db, actor, plan_id, chosen)
    say_reached(Kind.SESSIONS_MISSED, plan_id, told, also=_("已记下提醒 {n} 人", n=len(chosen)))
