"""The timetable of the year: as a calendar, as rows, as a table; worked out, changed, published, made again."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.timetable import editing, publishing, service, solving
from core.delivery.timetable import people as attending
from core.delivery.timetable.days import day_marks
from core.plans import service as plans
from pages.delivery.parts.timetable_acts import acts, solve_first
from pages.delivery.parts.timetable_broken import broken_now, broken_sessions
from pages.delivery.parts.timetable_calendar import month, week
from pages.delivery.parts.timetable_changes import changes
from pages.delivery.parts.timetable_choice import choose, headline
from pages.delivery.parts.timetable_filters import filtered
from pages.delivery.parts.timetable_load import people_load
from pages.delivery.parts.timetable_rows import by_programme, by_trainer, by_venue
from pages.delivery.parts.timetable_table import table
from pages.delivery.parts.timetable_unplaced import unplaced
from pages.delivery.parts.timetable_working import working
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, on_phone, page_header, passing
from pages.shared.text import _

MONTH, WEEK, PROJECTS, TRAINERS, VENUES, LOAD, TABLE, LEFT, CHANGES, BROKEN = range(10)
# What tells of persons stays inside.
NAMING = (TRAINERS, LOAD, LEFT, CHANGES, BROKEN)

page_header("schedule")
actor, plan_id = chosen_plan()
plans_it = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    year = plans.find(db, actor, plan_id).year
    tables = service.timetables(db, actor, plan_id)
    going = solving.going(db, actor, plan_id) if plans_it else []
    failed = solving.failures(db, actor, plan_id) if plans_it else {}
    chosen = choose(tables, going, failed)
    views = service.sessions(db, actor, plan_id, chosen.id if chosen else None)
    rules, _rules_version = service.rules(db, actor, plan_id)
    found = publishing.since_published(db, actor, plan_id, chosen.id) if chosen else None
    versions = publishing.versions(db, actor, plan_id)
    unit_of = attending.units_of(db, actor, {member for one in views for member in one.members})
    units = attending.unit_names(db, actor)
    undo = chosen is not None and editing.undoable(db, actor, chosen.id)
    marks = day_marks(db, actor, plan_id)

with passing():
    if going:
        working(plan_id)
if chosen is None:
    if not plans_it:
        empty(_("排期发布后会在这里：按月、按周、按项目、按讲师看。人力资源还没有发布。"), icon=":material/calendar_view_month:")
    elif not views and not going:
        empty(
            _("这里把一年的班排到日子、讲师和场地。先在“开班准备”里整理出要开的班。"),
            icon=":material/calendar_view_month:",
            to="cohorts",
            label=_("去开班准备"),
        )
    elif not going:
        solve_first(plan_id, rules)
    st.stop()

broken = broken_now(actor, plan_id, chosen) if plans_it else ()
headline(chosen, versions, len(broken))
buttons = st.container()
shown = filtered(views)
with buttons:
    acts(actor, plan_id, chosen, shown, rules, found, versions, len(broken), undo=undo)
left = sum(one.day is None for one in views)
names = {
    MONTH: _("月历"),
    WEEK: _("周"),
    PROJECTS: _("按项目"),
    TRAINERS: _("按讲师"),
    VENUES: _("按场地"),
    LOAD: _("人员负荷"),
    TABLE: _("课次表（{n}）", n=len(shown)),
    LEFT: _("没排上（{n}）", n=left),
    BROKEN: _("违反规则（{n}）", n=len(broken)),
    CHANGES: _("变更（{n}）", n=len(found or ())),
}
if not plans_it:
    del names[BROKEN]
if state.is_guest():
    names = {one: name for one, name in names.items() if one not in NAMING}
asked = state.asked_number("view")
first = asked if asked in names else LEFT if LEFT in names and left and left == len(views) else WEEK if on_phone() else MONTH
view = st.segmented_control(
    _("查看"),
    list(names),
    default=first,
    format_func=names.__getitem__,
    key=f"timetable_view_{plan_id}",
    label_visibility="collapsed",
    required=True,
)
if view == MONTH:
    month(chosen.id, year, shown, marks)
elif view == WEEK:
    week(chosen.id, year, shown, marks)
elif view == PROJECTS:
    by_programme(chosen.id, year, shown)
elif view == TRAINERS:
    by_trainer(chosen.id, year, shown)
elif view == VENUES:
    by_venue(chosen.id, year, shown)
elif view == LOAD:
    people_load(shown, unit_of, units, rules)
elif view == TABLE:
    table(actor, plan_id, chosen, shown, rules)
elif view == LEFT:
    unplaced(chosen.id, views)
elif view == BROKEN:
    broken_sessions(chosen.id, views, broken)
else:
    changes(found, versions)
