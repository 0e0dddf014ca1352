"""The profile of a person: what the post requires, what is known, by which scores, and how it came about."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.access.actor import Right
from core.errors import CexunError
from core.people.certificates import held as certificates
from core.people.gaps import naming
from core.people.gaps import service as gaps
from core.people.gaps.history import history
from core.people.gaps.viewing import note_profile_viewed
from pages.people.parts.gap_words import rule
from pages.people.parts.held import held_part
from pages.people.parts.profile import competency_history, competency_table, has_radar, profile_head, radar
from pages.people.parts.viewed import opened
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, link, page_header
from pages.shared.text import _, literal

page_header("profile")
actor = state.present().actor
link("gaps", _("返回能力短板"), icon=":material/arrow_back:")
employee_id = state.asked_number("id")
if employee_id is None:
    empty(_("从短板人员的名单里打开一个人，档案会显示在这里。"), icon=":material/badge:", to="gaps", label=_("打开能力短板"))
    st.stop()

try:
    with reading() as db:
        who = gaps.person(db, actor, employee_id)
        found = gaps.of_person(db, actor, employee_id)
        past = history(db, actor, employee_id)
        names = naming.names(db, actor, state.language())
        held = certificates.of_person(db, actor, employee_id, state.language())
        choices = certificates.choices(db, actor, state.language()) if actor.may(Right.EDIT_PEOPLE) else {}
except CexunError as failure:
    empty(literal(_(failure.message)), icon=":material/person_off:", to="gaps", label=_("打开能力短板"))
    st.stop()

opened(("profile", employee_id), partial(note_profile_viewed, actor=actor, employee_id=employee_id))
profile_head(who, found, names)
link("menu", _("看补能菜单"), icon=":material/restaurant_menu:", person=employee_id)
if not found:
    st.info(_("这个人的岗位还没有能力要求，也没有测评。"), icon=":material/info:")
left, right = st.columns(2, gap="large") if has_radar(found) else (st.container(), st.container())
with left:
    radar(who, found, names)
with right:
    competency_history(found, past, names)
if found:
    competency_table(who, found, names)
wish = held_part(employee_id, held, choices)
rule(gated=False)

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
