"""What each project teaches, and which of it needs people in a room."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.comments.service import Item
from core.comments.terms import Subject
from core.delivery.cases import service as library
from core.delivery.content import service as contents
from core.delivery.content import sharing, suggesting
from core.delivery.content.terms import ShareKind, Way
from pages.delivery.parts.choosing import choose
from pages.delivery.parts.content_export import export
from pages.delivery.parts.item_table import item_table
from pages.delivery.parts.taking import taking
from pages.delivery.parts.triage import triage
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _, joined, literal

page_header("content")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    views = contents.contents(db, actor, plan_id)
if not views:
    empty(
        _("这里写每个项目教什么，再分流：纯知识由 AI 带着自学自测，业务应用、问题解决和组织能力才面授。先把项目想法采纳为项目。"),
        icon=":material/alt_route:",
        to="ideas",
        label=_("去看项目想法"),
    )
    st.stop()

rows = [
    {
        "name": view.project.name,
        "post": view.project.post or None,
        "items": len(view.content.items) or None,
        "alone": view.content.hours(Way.SELF_STUDY) or None,
        "room": view.content.hours(Way.FACE_TO_FACE) or None,
        "steps": len(view.content.activities) or None,
    }
    for view in views
]
without = next((view.id for view in views if not view.content.items), views[0].id)
number = st.column_config.NumberColumn
columns = {
    "name": st.column_config.TextColumn(_("项目"), width=300),
    "post": st.column_config.TextColumn(_("岗位"), width=150),
    "items": number(_("内容单元"), width=90),
    "alone": number(_("自学学时"), width=90, format="%.1f"),
    "room": number(_("面授学时"), width=90, format="%.1f"),
    "steps": number(_("设计步骤"), width=90),
}
project = choose("content", [view.id for view in views], rows, columns, first=without if may_edit else views[0].id)

with reading() as db:
    view = contents.find(db, actor, project)
    subjects = [one.facts.name for one in sharing.board(db, actor, plan_id, state.language()).shares if one.facts.kind is ShareKind.SUBJECT]
    known = suggesting.proposals(db, actor, project, state.language()) if may_edit else None
    cases = library.cases(db, actor) if may_edit else []

st.subheader(literal(view.project.name), anchor=False)
st.caption(_("要补的能力：{names}", names=joined(literal(one) for one in view.project.competencies) or "—"))
with st.container(horizontal=True):
    link("goals", _("看它的目标"), icon=":material/flag:", project=project)
    link("design", _("排成融合设计"), icon=":material/route:", project=project)
    export(views)

if not view.content.items:
    st.info(_("这个项目还没有内容单元。") + (_("从下面取用建议，或直接在表里写。") if may_edit else ""), icon=":material/inbox:")
wish = taking(view, known, cases, opened=not view.content.items) if known is not None else None
pending, filling = item_table(view, subjects, may_edit=may_edit) if may_edit or view.content.items else (False, None)
if view.content.items and not pending:
    st.markdown(f"#### {_('分流')}")
    wish = triage(view, may_edit=may_edit) or wish
comments(actor, Item(plan_id, Subject.PROJECT, project), _("项目“{name}”", name=view.project.name))
undoing = view.undoable and not pending and st.button(_("撤销上一步"), icon=":material/undo:", type="tertiary", key="content_undo")

if filling:
    filling.table.handed_over()
    with acting(_("已保存")) as db:
        contents.save_items(db, actor, project, filling.version, filling.entered)
    filling.table.refused()
if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
if undoing:
    with acting(_("已撤销")) as db:
        contents.undo(db, actor, project)
