"""The catalogue of courses: what the branch has to learn from, and how far that answers what posts require."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.people.courses import service as catalogue
from pages.people.parts.course import course_panel, own_course
from pages.people.parts.course_list import course_list
from pages.people.parts.course_start import no_courses, starting_set
from pages.people.parts.coverage import coverage_board
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header
from pages.shared.text import _

page_header("catalogue")
actor = state.present().actor
may_edit = actor.may(Right.EDIT_PEOPLE)

with reading() as db:
    courses = catalogue.courses(db, actor)
    abilities = catalogue.abilities(db, actor, state.language())
    found = catalogue.coverage(db, actor)

wish, chosen = None, None
if courses:
    coverage_board(found, courses, abilities, may_edit)
    st.subheader(_("条目"), anchor=False)
    chosen = course_list(courses, abilities, found.unused)
else:
    no_courses(may_edit)
if chosen:
    wish = course_panel(chosen, courses, abilities, may_edit)
elif may_edit:
    wish = own_course(courses, abilities)
    wish = starting_set(courses, abilities, found) or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
