"""Trainers: who teaches what, how much of it the branch's own people, who could teach something."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.delivery.faculty import service as faculty
from core.delivery.faculty.share import share
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import ResourceKind
from core.delivery.timetable import service as timetable
from core.delivery.undo import service as undo
from core.instance import instance
from core.people.courses import service as catalogue
from pages.delivery.parts.importing import chosen_table, import_wish
from pages.delivery.parts.trainer import trainer_panel
from pages.delivery.parts.trainer_form import new_trainer
from pages.delivery.parts.trainer_list import trainer_list
from pages.delivery.parts.trainer_share import share_board
from pages.delivery.parts.trainer_table import trainer_table
from pages.delivery.parts.trainer_who import who_could
from pages.delivery.parts.undoing import undoing
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

_KINDS = (ResourceKind.TRAINERS, ResourceKind.ABSENCES)

page_header("trainers")
actor, plan_id = state.present().actor, state.present().plan_id
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    everybody = faculty.trainers(db, actor, archived=True)
    abilities = catalogue.abilities(db, actor, state.language())
    asked = faculty.eligibility(db, actor, state.language(), [one for one in everybody if not one.archived])
    choices = faculty.choices(db, actor) if may_edit else None
    done = undo.history(db, actor, undo.FACULTY) if may_edit else []
    mine = undo.last(db, actor, undo.FACULTY) if may_edit else None
    year = faculty.calendar_of(db, actor, plan_id)
    planned = timetable.trainer_slots(db, actor, plan_id) if plan_id is not None else {}

wish, picked = None, None
if everybody:
    wish = share_board(everybody, share(everybody, asked.rule, planned), asked.rule, may_edit)
    st.subheader(_("讲师名单"), anchor=False)
    if may_edit:
        wish = undoing(done, mine, "trainers") or wish
    picked = trainer_list(everybody, abilities, may_edit)
elif may_edit:
    empty(_("还没有讲师。在下面逐位添加，或把现有的师资表导入进来。"), icon=":material/co_present:")
else:
    empty(_("还没有讲师。人力资源部门添加后，这里会列出谁能讲什么。"), icon=":material/co_present:")

if picked is not None:
    with reading() as db:
        detail = faculty.find(db, actor, picked.id)
    wish = trainer_panel(detail, abilities, choices, year, may_edit) or wish
elif everybody:
    who_could(asked, abilities)

if may_edit and choices is not None:
    wish = new_trainer(abilities, choices) or wish
    if everybody:
        wish = trainer_table([one for one in everybody if not one.archived]) or wish
    with st.expander(_("从表格导入"), icon=":material/upload_file:", expanded=not everybody):
        chosen = chosen_table(_KINDS, instance().settings.max_file_megabytes, clock.today().year, "trainers")
        if chosen:
            with reading() as db:
                prepared = importing.prepare(db, actor, None, chosen.kind, chosen.table)
            wish = import_wish(prepared, chosen, None, "trainers") or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
