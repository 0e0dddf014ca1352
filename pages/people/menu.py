"""The remedial menu: what a person or a unit should learn first and how, what is arranged, who is to be assessed again."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core import clock
from core.access.actor import Right
from core.people.courses import service as catalogue
from core.people.remedies import arranging, reminders
from core.people.remedies import service as remedies
from core.people.remedies.viewing import note_menu_viewed, note_served_viewed
from core.projects.urgent import urgent as urgent_of
from pages.people.parts.arrangements import arrangements, just_accepted, reminders_list
from pages.people.parts.menu_choice import choose_person, choose_unit
from pages.people.parts.menu_empty import nothing_yet
from pages.people.parts.menu_person import person_menu, unmet_of
from pages.people.parts.menu_sums import sums_menu
from pages.people.parts.menu_unit import served_people, unit_menu, unmet_table
from pages.people.parts.menu_viewed import opened
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header
from pages.shared.text import _

page_header("menu")
visitor = state.present()
actor, today = visitor.actor, clock.today()

with reading() as db:
    units = remedies.units(db, actor)
    courses = {one.id: one for one in catalogue.courses(db, actor)}
    abilities = catalogue.abilities(db, actor, state.language())
    urgent = urgent_of(db, actor, visitor.plan_id)
    due = reminders.reminders(db, actor, today)
    home = remedies.unit_of(db, actor, state.asked_number("person") or 0)
names = {row_id: course.facts.name for row_id, course in courses.items()}

wish = just_accepted()
wish = reminders_list(due, names, abilities, today) or wish
if not units or not courses:
    nothing_yet(bool(units), may_edit=actor.may(Right.EDIT_PEOPLE))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    unit = choose_unit(units, home, everybody=any(not one.named for one in units))
    with reading() as db:
        people = remedies.people(db, actor, unit.id) if unit and unit.named else []
    chosen = choose_person(people) if people else None

if chosen is not None:
    with reading() as db:
        menu = remedies.person_menu(db, actor, chosen, urgent)
    opened(("menu", chosen), partial(note_menu_viewed, actor=actor, employee_id=chosen))
    wish = person_menu(menu, courses, abilities, urgent) or wish
    unmet_of(menu, abilities)
    wish = arrangements(menu.arranged, names, abilities, today) or wish
elif unit is not None and unit.named:
    with reading() as db:
        unit_found = remedies.unit_menu(db, actor, unit.id, urgent)
        arranged = arranging.arranged(db, actor, unit.id)
    course_id = unit_menu(unit_found, unit.name, courses, abilities)
    if course_id is not None:
        with reading() as db:
            found = remedies.served(db, actor, unit.id, course_id, urgent)
        opened(("served", unit.id, course_id), partial(note_served_viewed, actor=actor, unit_id=unit.id, course_id=course_id))
        entry = next(one for one in unit_found.remedies if one.course_id == course_id)
        wish = served_people(found, entry, courses, abilities, urgent) or wish
    wish = unmet_table(unit_found.unmet, abilities, unit.id, visitor.plan_id) or wish
    wish = arrangements(arranged, names, abilities, today) or wish
else:
    with reading() as db:
        sums_found = remedies.sums_menu(db, actor, unit.id if unit else None, urgent)
    sums_menu(sums_found, unit.name if unit else _("全部机构"), courses, abilities)

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
