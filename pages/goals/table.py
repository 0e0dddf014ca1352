"""The goals of all projects in one table: filtered, edited, pasted from Excel, saved together and taken back together."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.access.actor import Right
from core.goals import service as goals
from core.goals.table import behind, changed, kept_over, shown_names
from pages.goals.parts.goal_table import still_wrong, tables
from pages.goals.parts.table_bench import table_bench
from pages.goals.parts.table_ways import collision, export, filters, paste
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header
from pages.shared.text import _

page_header("goals_table")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.DECIDE_STRATEGY)

with reading() as db:
    views = goals.goals(db, actor, plan_id)
    known = {spoken: goals.library(db, actor, spoken) for spoken in {state.language(), *(view.draft.language for view in views)}}
    undoable = goals.saved_together(db, actor, plan_id) if may_edit else 0

if not views:
    empty(_("所有项目的目标会列在这里，可以成批修改。先把项目想法采纳为项目。"), to="ideas", label=_("去看项目想法"))
    st.stop()

names = shown_names(views)
shown = filters(views)
bench = table_bench(plan_id, views, [view.project.id for view in shown])
laid = [replace(view, draft=bench.begun[view.project.id]) for view in shown]
laid = [view if view.row is None and view.draft == bench.seen.drafts[view.project.id] else goals.rejudged(view, known) for view in laid]
above = st.container()
if not shown:
    st.info(_("没有符合条件的项目。"), icon=":material/filter_alt:")
now = tables(bench, laid, names, editable=may_edit) if shown else dict(bench.begun)

if not may_edit:
    export(shown, names)
    st.stop()

bench.typed(now)
entered = changed(bench.seen, now)
theirs = behind(bench.seen, views, entered)
if entered:
    by_project = {view.project.id: view for view in views}
    still_wrong([goals.rejudged(replace(by_project[one.project_id], draft=one.draft), known) for one in entered], names)
settled = collision(bench, now, theirs, names)
if settled:
    bench.lay_out({**now, **settled}, kept_over(bench.seen, [view for view in theirs if view.project.id in settled]))
    st.rerun()

saving = undoing = False
with st.container(horizontal=True, vertical_alignment="center"):
    if entered:
        label = _("保存 {n} 个目标", n=len(entered))
        saving = st.button(label, type="primary", icon=":material/save:", key="goals_table_save", disabled=bool(theirs))
        if st.button(_("放弃改动"), type="tertiary", icon=":material/close:", key="goals_table_drop"):
            bench.clear()
            st.rerun()
    elif undoable:
        label = _("撤销上次整批保存（{n} 个目标）", n=undoable)
        undoing = st.button(label, type="tertiary", icon=":material/undo:", key="goals_table_undo")
    export(shown, names)
    link("goals", _("逐个写目标"), icon=":material/flag:")
if entered:
    st.caption(_("改动还没有保存。"))
with above:
    st.caption(_("直接在表里改，或从 Excel 复制整块单元格粘贴进来；筛选不会丢掉没有保存的改动。"))
    pasted = paste(bench, now, names)
if pasted is not None:
    bench.lay_out(pasted)
    st.rerun()

if saving:
    bench.handed_over()
    with acting(_("已保存 {n} 个目标", n=len(entered))) as db:
        goals.save_all(db, actor, plan_id, entered)
    bench.refused()
if undoing:
    with acting(_("已撤销")) as db:
        goals.undo_together(db, actor, plan_id)
