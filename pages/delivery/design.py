"""The blended design of each project: ordered steps before, during and after the training."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.content import designing
from core.delivery.content import service as contents
from core.delivery.content.designing import Design
from pages.delivery.parts.choosing import choose
from pages.delivery.parts.content_export import export
from pages.delivery.parts.design_side import figures, findings, pattern, scheduling, summary
from pages.delivery.parts.step_table import step_table
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _, literal

page_header("design")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    designs = designing.designs(db, actor, plan_id)
if not any(one.view.content.items or one.view.content.activities for one in designs):
    empty(
        _("这里把分流好的内容排成步骤：训前自学自测，训中面授聚焦，训后实战和辅导。先写项目教什么。"),
        icon=":material/route:",
        to="content",
        label=_("去写内容"),
    )
    st.stop()

by_id: dict[int, Design] = {one.view.id: one for one in designs}
ready = [one for one in designs if one.view.content.items]
first = next((one.view.id for one in ready if not one.view.content.activities), ready[0].view.id if ready else designs[0].view.id)
number, words = st.column_config.NumberColumn, st.column_config.TextColumn
columns = {
    "name": words(_("项目"), width=300),
    "pattern": words(_("模式"), width=210),
    "steps": number(_("步骤"), width=70),
    "slots": number(_("要排的半天"), width=100),
    "hours": number(_("每人学时"), width=90, format="%.1f"),
    "problems": number(_("要看的地方"), width=100),
}
project = choose("design", list(by_id), summary(designs).to_dict("records"), columns, first=first)

with reading() as db:
    found = designing.design(db, actor, project)
view = found.view
st.subheader(literal(view.project.name), anchor=False)
with st.container(horizontal=True):
    link("content", _("看它的内容单元"), icon=":material/alt_route:", project=project)
    link("checklist", _("看训前训中训后清单"), icon=":material/checklist:", project=project)
    export([one.view for one in designs])

wish = None
if not view.content.items and not view.content.activities:
    st.info(_("这个项目还没有内容单元，排不出步骤。"), icon=":material/inbox:")
    st.stop()
if may_edit:
    wish = pattern(found)
stepping = step_table(view, may_edit=may_edit) if view.content.activities or may_edit else None
if stepping is not None and stepping.steps:
    judged = designing.judged(found, stepping.steps)
    findings(judged.problems, whole=True)
    figures(judged.hours)
pending = stepping is not None and stepping.pending
if may_edit and not pending:
    wish = scheduling(found) or wish
undoing = view.undoable and not pending and st.button(_("撤销上一步"), icon=":material/undo:", type="tertiary", key="design_undo")

if stepping is not None and stepping.saving:
    stepping.table.handed_over()
    with acting(_("已保存")) as db:
        contents.save_activities(db, actor, project, stepping.version, stepping.steps)
    stepping.table.refused()
if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
if undoing:
    with acting(_("已撤销")) as db:
        contents.undo(db, actor, project)
