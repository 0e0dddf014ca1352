"""People: where they are, what is missing of them, and how they come in from files."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.access.actor import Right
from core.demo import service as demo
from core.instance import instance
from core.people import sample
from core.people import service as people
from core.people.importing import service as importing
from pages.people.parts.choosing import chosen_file
from pages.people.parts.columns import columns
from pages.people.parts.overview import nobody_yet, overview
from pages.people.parts.preview import preview
from pages.people.parts.runs import runs_list
from pages.people.parts.sample import sample_people
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
    prepared = importing.prepare(db, actor, chosen.kind, chosen.table) if chosen else None

with above:
    overview(standing, units) if standing.employees else nobody_yet(standing)
with middle:
    mapping = columns(prepared, chosen.key) if prepared and chosen else None
    wanted = preview(prepared, mapping, f"{chosen.key}_{len(runs)}", date.today()) if prepared and mapping is not None and chosen else None
with below:
    undone = runs_list(runs, may_edit)

if wanted and chosen and prepared:
    with middle:
        bar = st.progress(0.0, text=_("正在写入 {rows} 行", rows=wanted.rows))

        def heard(done: int, total: int) -> None:
            bar.progress(done / total if total else 1.0, text=_("已写入 {done} / {total} 行", done=done, total=total))

        with acting(_("导入完成。可以在下面的导入记录里撤销。")) as db:
            kind, name = chosen.kind, chosen.name
            importing.import_table(db, actor, kind, name, prepared.table, wanted.mapping, date.today(), heard)
            chosen.done()
if leave:
    with acting(_("示例人员已移除")) as db:
        demo.clear_people(db, actor)
if undone:
    with st.spinner(_("正在撤销")), acting(_("已撤销")) as db:
        importing.undo(db, actor, undone)
