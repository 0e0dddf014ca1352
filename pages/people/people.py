"""People: where they are, what is missing of them, and how they come in from files."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.demo import service as demo
from core.instance import instance
from core.people import charges, sample
from core.people import service as people
from core.people.importing import job as imports
from core.people.importing import service as importing
from pages.people.parts.charges import charges_part
from pages.people.parts.choosing import chosen_file
from pages.people.parts.columns import columns
from pages.people.parts.overview import nobody_yet, overview
from pages.people.parts.preview import preview
from pages.people.parts.renaming import renaming_part
from pages.people.parts.runs import runs_list
from pages.people.parts.sample import sample_people
from pages.people.parts.working import working
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import page_header
from pages.shared.text import _

page_header("people")
actor = state.present().actor
may_edit = actor.may(Right.EDIT_PEOPLE)
above, middle, below = st.container(), st.container(), st.container()

with reading() as db:
    of_sample = sample.there(db)
with middle:
    leave = sample_people(may_edit) if of_sample else False
    chosen = chosen_file(instance().settings.max_file_megabytes) if may_edit and not of_sample else None

with reading() as db:
    standing = people.standing(db, actor)
    units = people.by_unit(db, actor)
    runs = importing.runs(db, actor)
    charged = charges.overview(db, actor)
    busy = imports.busy(db, actor, instance().settings)
    prepared = importing.prepare(db, actor, chosen.kind, chosen.table) if chosen else None

with above:
    overview(standing, units) if standing.employees else nobody_yet(standing)
    given = charges_part(charged, may_edit) if standing.employees else None
    given = (renaming_part(charged.units) if may_edit and charged.units else None) or given
with middle:
    picked = columns(prepared, chosen.key) if prepared and chosen else None
    wanted = None
    if prepared and chosen and picked is not None:
        wanted = preview(prepared, picked, f"{chosen.key}_{importing.stamp(runs)}", clock.today())
    if busy:
        working()
with below:
    undone = runs_list(runs, may_edit)

if given:
    with acting(given.done) as db:
        given.act(db, actor)
if wanted and chosen and prepared and picked:
    with acting() as db:
        imports.ask(db, actor, instance().settings, chosen.kind, chosen.name, prepared.table, wanted.mapping, picked.given)
        chosen.done()
if leave:
    with acting(_("示例人员已移除")) as db:
        demo.clear_people(db, actor)
if undone:
    with st.spinner(_("正在撤销")), acting(_("已撤销")) as db:
        importing.undo(db, actor, undone)
