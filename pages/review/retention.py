"""What stays of a project: knowledge over time, and when what was learnt was first used."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.review.retention import service as retention
from pages.review.parts.effect_choice import choose_project
from pages.review.parts.retained import show_retained, show_used
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("retention")
actor, plan_id = chosen_plan()
wanted = state.get("retention_project") or state.asked_number("project")

with reading() as db:
    seen = retention.overview(db, actor, plan_id, wanted, clock.today())

if seen.project_id is None:
    empty(
        _("训后隔一段时间再测一次，才知道留住了多少；行为数据导入以后，才知道多久用上。先给项目写学习和行为指标。"),
        icon=":material/psychology_alt:",
        to="goals",
        label=_("去写项目目标"),
    )
    st.stop()

choose_project(seen.projects, seen.project_id, "retention_project")
st.subheader(_("知识留存"), anchor=False)
if not seen.retained:
    empty(_("还没有训后的测评数据。导入训后和训后几个月的成绩，这里就画出留存。"), icon=":material/trending_down:")
for one in seen.retained:
    show_retained(one)
st.subheader(_("首次使用"), anchor=False)
if not seen.used:
    empty(_("还没有行为数据。导入业务系统的行为记录，这里就画出多少天后第一次用上，没用过的人也算在内。"), icon=":material/timer:")
for use in seen.used:
    show_used(use)
