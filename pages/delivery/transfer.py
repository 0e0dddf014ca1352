"""What participants will do differently back at work, and whether they have done it."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.delivery.content import service as contents
from core.delivery.content import transfer
from core.delivery.content.terms import ActionState
from core.notices.terms import Kind
from pages.delivery.parts.choosing import choose
from pages.delivery.parts.transfer_parts import overview, reminding, settle, table, write
from pages.people.parts.viewed import opened
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.reached import say_reached
from pages.shared.text import _, literal

page_header("transfer")
actor, plan_id = chosen_plan()
today = clock.today()

with reading() as db:
    views = contents.contents(db, actor, plan_id)
    every = transfer.actions(db, actor, plan_id)
if not views:
    empty(
        _("培训结束后每个学员写下回岗做什么、到哪天、和谁、拿什么证明。先把项目想法采纳为项目。"),
        icon=":material/moving:",
        to="ideas",
        label=_("去看项目想法"),
    )
    st.stop()

reminds = reminding(every, today, tells=actor.may(Right.PLAN_DELIVERY))
rows = [
    {
        "name": view.project.name,
        "post": view.project.post or None,
        "actions": sum(one.project.id == view.id for one in every) or None,
        "done": sum(one.project.id == view.id and one.row.state is ActionState.DONE for one in every) or None,
        "late": sum(one.project.id == view.id and one.overdue(today) for one in every) or None,
    }
    for view in views
]
number, words = st.column_config.NumberColumn, st.column_config.TextColumn
columns = {
    "name": words(_("项目"), width=300),
    "post": words(_("岗位"), width=150),
    "actions": number(_("转化行动"), width=90),
    "done": number(_("已做到"), width=80),
    "late": number(_("逾期"), width=70),
}
first = next((view.id for view, row in zip(views, rows, strict=True) if row["actions"]), views[0].id)
project = choose("transfer", [view.id for view in views], rows, columns, first=first)
own = [one for one in every if one.project.id == project]

with reading() as db:
    people = transfer.participants(db, actor, project, today)
opened(("transfer", project), lambda db: transfer.note_viewed(db, actor, project))
name = next(view.project.name for view in views if view.id == project)
st.subheader(literal(name), anchor=False)
link("checklist", _("看训前训中训后清单"), icon=":material/checklist:", project=project)
overview(own, people, today)
chosen = table(own, today, project) if own else None
wish = settle(chosen, today) if chosen is not None else None
wish = write(project, people.people, own, today) or wish

if reminds:
    told = None
    with acting(rerun=False) as db:
        told = transfer.remind(db, actor, plan_id, today)
    say_reached(Kind.ACTIONS_OVERDUE, plan_id, told)
if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
