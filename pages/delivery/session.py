"""One session: when, by whom and where; why here, what if there, where else; changed by hand under the plan's policy."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.delivery.faculty import service as faculty
from core.delivery.timetable import people as attending
from core.delivery.timetable import service
from core.delivery.timetable.days import day_marks
from core.delivery.timetable.missing import missing
from core.delivery.timetable.terms import TimetableState
from core.goals.chain.chain import project_id
from pages.delivery.parts.session_edit import edit
from pages.delivery.parts.session_facts import facts
from pages.delivery.parts.session_why import why
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _, bracketed

page_header("session")
actor, plan_id = chosen_plan()
number, asked = state.asked_number("id"), state.asked_number("timetable")
plans_it = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    known = {one.id: one for one in service.timetables(db, actor, plan_id)}
    table = known.get(asked or 0) or next((one for one in known.values() if one.row.state is TimetableState.PUBLISHED), None)
    views = service.sessions(db, actor, plan_id, table.id if table else None)
    one = next((view for view in views if view.id == number), None)
    rules, _version = service.rules(db, actor, plan_id)
    cohort = attending.cohort(db, actor, plan_id, one.cohort_id) if one else None
    trainers = {each.id: each.name for each in faculty.trainers(db, actor)}
    away = missing(db, actor, plan_id, [one] if one else [], day_marks(db, actor, plan_id)).get(number or 0, ())
    venues = {each.id: bracketed(each.name, str(each.capacity)) for each in faculty.venues(db, actor)}

if one is None:
    empty(_("没有找到这节课，它可能已随班次的调整而取消。"), icon=":material/event_busy:", to="schedule", label=_("回到排期"))
    st.stop()

facts(one, cohort, away)
with st.container(horizontal=True):
    if table is not None:
        link("schedule", _("回到排期"), icon=":material/arrow_back:", timetable=table.id)
    if one.project_id is not None:
        link("chain", _("从条款到目标的整条链"), icon=":material/conversion_path:", node=project_id(one.project_id))
        link("goals", _("项目目标"), icon=":material/flag:", project=one.project_id)
    else:
        st.caption(_("它来自自己的清单，不在对齐链上。"))
comments(actor, Item(plan_id, Subject.SESSION, one.id), _("这节课"))
if table is None or not plans_it:
    st.stop()
if table.row.state is TimetableState.DRAFT:
    edit(actor, plan_id, table.id, one, rules, trainers, venues)
else:
    st.info(_("这是已发布的排期。要改它，先在排期页“重排”或“另存为草稿”，改好再发布。"), icon=":material/lock:")
why(actor, plan_id, table.id, one, editable=table.row.state is TimetableState.DRAFT)
