"""The people of one gap, by name, for whoever may read them."""

from __future__ import annotations

import streamlit as st

from core.errors import CexunError
from core.people.gaps import naming
from core.people.gaps import service as gaps
from core.people.gaps.gap import GapKey
from core.people.gaps.viewing import note_people_viewed
from pages.people.parts.gap_list import gap_head, people_list
from pages.people.parts.viewed import opened
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import empty, link, page_header
from pages.shared.text import _, literal

page_header("gap_people")
actor = state.present().actor
link("gaps", _("返回能力短板"), icon=":material/arrow_back:")
competency_id = state.asked_number("competency")
if competency_id is None:
    empty(_("从能力短板的排行里打开一行，名单会显示在这里。"), icon=":material/group_search:", to="gaps", label=_("打开能力短板"))
    st.stop()
key = GapKey(competency_id, state.asked_number("unit"), state.asked_number("post"))

try:
    with reading() as db:
        found = gaps.of_group(db, actor, key)
        persons = gaps.persons(db, actor, [one.employee_id for one in found])
        names = naming.names(db, actor, state.language())
except CexunError as failure:
    st.error(literal(_(failure.message)))
    st.stop()

if not found:
    empty(_("这里没有您可以按姓名查看的人。"), icon=":material/group_off:", to="gaps", label=_("打开能力短板"))
    st.stop()

opened(key, lambda db: note_people_viewed(db, actor, key))
gap_head(key, found, names)
people_list(found, persons, names)
