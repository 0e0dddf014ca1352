"""What is measured and where its results come from: files taken in, people asked, measures edited, imports undone."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.comments.terms import Subject
from core.delivery.budget import taking_in
from core.instance import instance
from core.notices.terms import Kind
from core.review.levels import service as levels
from core.review.results import following, importing
from core.review.results import job as imports
from core.review.results import service as results
from core.review.results.found import Reading
from core.review.results.importing import Incoming
from core.review.results.terms import ResultKind
from core.review.surveys import service as surveys
from pages.review.parts.costs import cost_wish
from pages.review.parts.importing import choose_file, import_wish, next_file
from pages.review.parts.levels import missing_table
from pages.review.parts.measures import measure_list, measure_table
from pages.review.parts.runs import runs
from pages.review.parts.survey import choose_project, choose_silent, keep_link, silent, survey
from pages.review.parts.working import working
from pages.shared.comments import comments_on
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header, passing
from pages.shared.reached import say_reached
from pages.shared.text import _, literal

page_header("results")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)

with reading() as db:
    measures = results.measures(db, actor, plan_id)
    projects = results.projects(db, actor, plan_id)
    taught, nameless = surveys.taught(db, actor, plan_id), surveys.nameless(db, actor, plan_id)
    behind = following.behind(db, actor, plan_id)
    standing = levels.overview(db, actor, plan_id)
    history = importing.runs(db, actor, plan_id) if keeps else []
    mine = results.last_change(db, actor, plan_id) if keeps else None
    busy = imports.busy(db, actor, instance().settings, plan_id) if keeps else []
    failed = imports.failure(db, actor, plan_id) if keeps else None

if not measures and not keeps:
    empty(_("人力资源负责人还没有建立评估指标。"), icon=":material/upload_file:")
    st.stop()


def compared(made: Reading) -> Incoming:
    """What importing would do to what stands."""
    with reading() as db:
        return importing.preview(db, actor, plan_id, made)


follow = undo = entered = wish = order = gone = asked = None
with passing():
    if keeps and behind.anything:
        st.info(_("目标、签到、课后评价或问卷有更新，还没有计入评估指标和结果。"), icon=":material/sync:")
        follow = st.button(_("更新评估指标"), type="primary", icon=":material/sync:", key="results_follow")
if keeps:
    files, ask = st.tabs([_("导入文件"), _("发问卷")], key="results_tab")
    with files:
        chosen = choose_file(projects, instance().settings.max_file_megabytes)
        if chosen is not None and chosen.table is not None and chosen.kind is ResultKind.COST:
            with reading() as db:
                costs = taking_in.prepare(db, actor, plan_id, chosen.table)
            wish = cost_wish(costs, chosen.name, plan_id, next_file)
        elif chosen is not None:
            with reading() as db:
                prepared = chosen.prepared(db, actor, plan_id)
            order = import_wish(prepared, chosen, plan_id, compared)
        with passing():
            if busy:
                working(plan_id)
            elif failed is not None:
                st.error(_("上一次导入没有完成，也没有写入任何行：{reason}", reason=literal(_(failed))), icon=":material/error:")
        gone = runs(history)
    with ask:
        project = choose_project(taught, nameless)
        if project is not None:
            with reading() as db:
                stands = surveys.standing(db, actor, plan_id, project)
            asked = survey(stands)
    st.subheader(_("评估指标"), anchor=False)
    entered = measure_table(plan_id, measures, projects)
    undo = mine is not None and st.button(_("撤销上一步"), icon=":material/undo:", key="results_undo")
else:
    measure_list(measures)
    if taught and actor.may(Right.SEE_ROSTER):
        project = choose_silent(taught)
        with reading() as db:
            silent(surveys.standing(db, actor, plan_id, project))
comments_on(actor, plan_id, Subject.MEASURE, {one.id: f"{one.name} · {one.project}" if one.project else one.name for one in measures})
missing_table(standing, leads=False)

if follow:
    with acting(_("评估指标和签到、评价、问卷结果已更新")) as db:
        following.follow(db, actor, plan_id)
if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, actor)
if order is not None and chosen is not None:
    with acting() as db:
        imports.ask(db, actor, instance().settings, order, chosen.content)
        next_file()
if gone is not None:
    with acting(_("已撤销这次导入")) as db:
        importing.undo(db, actor, gone)
if asked is not None and asked.days:
    with acting() as db:
        keep_link(asked.project_id, surveys.open_link(db, actor, plan_id, asked.project_id, asked.days))
if asked is not None and asked.reminds:
    told = None
    with acting(rerun=False) as db:
        told = surveys.remind(db, actor, plan_id, asked.project_id)
    say_reached(Kind.SURVEY_WAITING, plan_id, told)
elif asked is not None and not asked.days:
    with acting(_("问卷链接已关闭")) as db:
        surveys.close_link(db, actor, plan_id, asked.project_id)
if entered is not None:
    entered.table.handed_over()
    with acting(_("评估指标已保存")) as db:
        results.save_measures(db, actor, plan_id, entered.drafts, entered.removed)
    entered.table.refused()
if undo and mine is not None:
    with acting(_("已撤销")) as db:
        results.undo(db, actor, mine.id)
