"""What is measured and where its results come from: files taken in, measures edited, imports undone."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.instance import instance
from core.review.levels import service as levels
from core.review.results import following, importing
from core.review.results import service as results
from pages.review.parts.importing import choose_file, import_wish
from pages.review.parts.levels import missing_table
from pages.review.parts.measures import measure_list, measure_table
from pages.review.parts.runs import runs
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("results")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)

with reading() as db:
    measures = results.measures(db, actor, plan_id)
    behind = following.behind(db, actor, plan_id)
    standing = levels.overview(db, actor, plan_id)
    history = importing.runs(db, actor, plan_id) if keeps else []
    mine = results.last_change(db, actor, plan_id) if keeps else None

if not measures and not keeps:
    empty(_("人力资源负责人还没有建立评估指标。"), icon=":material/upload_file:")
    st.stop()

follow = undo = entered = wish = gone = None
if keeps and behind.anything:
    st.info(_("目标、签到或课后评价有更新，还没有计入评估指标和结果。"), icon=":material/sync:")
    follow = st.button(_("更新评估指标"), type="primary", icon=":material/sync:", key="results_follow")
if keeps:
    st.subheader(_("导入结果"), anchor=False)
    chosen = choose_file(measures, instance().settings.max_file_megabytes)
    if chosen is not None:
        with reading() as db:
            prepared = chosen.prepared(db, actor, plan_id)
        wish = import_wish(prepared, chosen, plan_id)
    gone = runs(history)
    st.subheader(_("评估指标"), anchor=False)
    entered = measure_table(plan_id, measures)
    undo = mine is not None and st.button(_("撤销上一步"), icon=":material/undo:", key="results_undo")
else:
    measure_list(measures)
missing_table(standing)

if follow:
    with acting(_("评估指标和签到、评价结果已更新")) as db:
        following.follow(db, actor, plan_id)
if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, actor)
if gone is not None:
    with acting(_("已撤销这次导入")) as db:
        importing.undo(db, actor, gone)
if entered is not None:
    entered.table.handed_over()
    with acting(_("评估指标已保存")) as db:
        results.save_measures(db, actor, plan_id, entered.drafts, entered.removed)
    entered.table.refused()
if undo and mine is not None:
    with acting(_("已撤销")) as db:
        results.undo(db, actor, mine.id)
