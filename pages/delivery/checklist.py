"""What is to be done before, during and after the training of each project, by whom and by when."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.delivery.calendar import service as calendar
from core.delivery.content import checking_off
from pages.delivery.parts.checklist_side import begin, days, late, overview, summary
from pages.delivery.parts.choosing import choose
from pages.delivery.parts.lines import line_table, template_table, ticking
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _, literal

page_header("checklist")
actor, plan_id = chosen_plan()
may_edit, today = actor.may(Right.PLAN_DELIVERY), clock.today()

with reading() as db:
    lists = checking_off.checklists(db, actor, plan_id, calendar.workdays(db, actor, plan_id))
    pattern = checking_off.template(db, actor, plan_id, state.language())
if not lists:
    empty(
        _("这里按训前、训中、训后列出每个项目要办的事。先把项目想法采纳为项目。"),
        icon=":material/checklist:",
        to="ideas",
        label=_("去看项目想法"),
    )
    st.stop()

overview(lists, today)
late(lists, today)
wish = begin(plan_id, lists) if may_edit else None
begun = [one for one in lists if one.lines]
listing = patterned = None
if begun:
    rows, columns = summary(lists, today)
    project = choose("checklist", [one.id for one in lists], rows, columns, first=begun[0].id)
    chosen = next(one for one in lists if one.id == project)
    st.subheader(literal(chosen.project.name), anchor=False)
    wish = days(chosen, may_edit=may_edit) or wish
    ticked = ticking(chosen, today, may_edit=may_edit) if chosen.lines else None
    if not chosen.lines:
        st.info(_("这个项目还没有清单。") + (_("用上面的按钮按模板生成。") if may_edit else ""), icon=":material/inbox:")
    if ticked:
        seen = [(one.id, one.version) for one in ticked[0]]
        with acting(_("已标为完成") if ticked[1] else _("已取消完成")) as db:
            checking_off.tick(db, actor, seen, done=ticked[1])
    if may_edit and chosen.lines:
        with st.expander(_("修改这份清单"), icon=":material/edit:"):
            listing = line_table(chosen)
if may_edit:
    with st.expander(_("清单模板（{n} 行）", n=len(pattern.lines)), icon=":material/content_paste:"):
        st.caption(
            _("新生成的清单照这个模板；已有的清单不变。") if pattern.own else _("现在是产品自带的模板，改一处并保存就成为本计划的模板。")
        )
        patterned = template_table(plan_id, pattern)

if listing:
    listing.table.handed_over()
    with acting(_("已保存")) as db:
        checking_off.save(db, actor, project, listing.seen, listing.entered)
    listing.table.refused()
if patterned:
    patterned.table.handed_over()
    with acting(_("已保存")) as db:
        checking_off.save_template(db, actor, plan_id, patterned.version, patterned.lines)
    patterned.table.refused()
if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
