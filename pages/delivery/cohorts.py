"""What is to be held in the year: projects and lists, the cohorts formed for them, the rules, and whether it can be scheduled."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.timetable import checking, preparing, service
from core.delivery.timetable import people as attending
from pages.delivery.parts.cohort_check import check
from pages.delivery.parts.cohort_import import bring_in
from pages.delivery.parts.cohort_list import overview
from pages.delivery.parts.cohort_rules import rules_form
from pages.delivery.parts.cohort_view import cohorts
from pages.delivery.parts.undoing import undoing
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, link, page_header, way
from pages.shared.text import _, literal

CLASSES, CHECK, RULES, LIST = range(4)

page_header("cohorts")
actor, plan_id = chosen_plan()
plans_it = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    found = attending.programmes(db, actor, plan_id)
    undesigned = checking.undesigned(db, actor, plan_id)
    rules, version = service.rules(db, actor, plan_id)
    history, mine = attending.done(db, actor, plan_id) if plans_it else ([], None)

if not found and not plans_it:
    empty(_("要开的班会列在这里：谁来上、分几个班、各有几节课。人力资源还没有整理。"), icon=":material/groups_2:")
    st.stop()
if plans_it:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("按最新的设计和人员整理班次"), key="prepare", icon=":material/sync:", type="secondary" if found else "primary"):
            with acting(done=_("班次已整理好")) as db:
                preparing.prepare(db, actor, plan_id)
        if found:
            way("schedule", _("去排期"), key="to_schedule", icon=":material/calendar_view_month:")
if not found:
    st.info(
        _("把有融合设计的项目分成班、列出课次。还没有设计的项目先去做设计；自己的清单也可以从 Excel 导入。"),
        icon=":material/groups_2:",
    )
names = {CLASSES: _("班次（{n}）", n=sum(len(one.cohorts) for one in found))}
if plans_it:
    names |= {CHECK: _("能不能排"), RULES: _("规则"), LIST: _("从清单导入")}
first = LIST if plans_it and not found else CLASSES
part, wish = first, None
if len(names) > 1:
    asked = state.asked_number("part")
    part = st.segmented_control(
        _("查看"),
        list(names),
        default=asked if asked is not None and asked in names else first,
        format_func=names.__getitem__,
        key=f"cohorts_part_{bool(found)}",
        label_visibility="collapsed",
        required=True,
    )
if part == CHECK:
    check(actor, plan_id)
elif part == RULES:
    rules_form(actor, plan_id, rules, version)
elif part == LIST:
    bring_in(actor, plan_id)
elif found:
    chosen = overview(actor, plan_id, found)
    if chosen is not None:
        cohorts(actor, plan_id, chosen)
    wish = undoing(history, mine, "cohorts")
if undesigned and plans_it:
    with st.expander(_("还没有可排的设计的项目（{n}）", n=len(undesigned)), icon=":material/draw:"):
        for project_id, name in undesigned:
            link("design", literal(name), icon=":material/arrow_forward:", project=project_id)
if wish is not None:
    with acting(done=wish.done) as db:
        wish.act(db, actor)
