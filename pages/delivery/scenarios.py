"""The timetables of a plan side by side: money, lateness, load, themes."""

from __future__ import annotations

import streamlit as st

from core.delivery.timetable import measures, service
from core.delivery.timetable.terms import TimetableState
from core.projects import service as projects
from core.strategy.themes import localisation
from pages.delivery.parts.scenario_table import between, compared, themes_without
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

_MOST = 6

page_header("scenarios")
actor, plan_id = chosen_plan()

with reading() as db:
    tables = [one for one in service.timetables(db, actor, plan_id) if one.row.state not in (TimetableState.WAITING, TimetableState.FAILED)]
    shown = tables[:_MOST]
    views = {one.id: service.sessions(db, actor, plan_id, one.id) for one in shown}
    local = localisation.local_themes(db, actor, plan_id)
    made = projects.projects(db, actor, plan_id, local) if shown else []

if not shown:
    empty(_("排出两份以上的方案，就能在这里并排比较。"), icon=":material/compare:", to="schedule", label=_("去排期"))
    st.stop()

theme_of = {one.id: one.row.theme_id for one in made}
names = {one.view.id: one.view.theme.name for one in local}
found = {one.id: measures.measure(views[one.id], theme_of) for one in shown}
compared(shown, found, names)
if len(tables) > _MOST:
    st.caption(_("只比较最近的 {n} 份。", n=_MOST))
themes_without(shown, found, names)
if len(shown) > 1:
    between(shown, views)
