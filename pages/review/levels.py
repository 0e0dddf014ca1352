"""Kirkpatrick's four levels: how far each has come, on how many results that rests, what is missing, against last year."""

from __future__ import annotations

import streamlit as st

from core.snapshots import service as snapshots
from pages.review.parts.levels import choose_measure, choose_scope, level_table, missing_table, picture, scored_table, trend
from pages.review.parts.score import formula
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("levels")
actor, plan_id = chosen_plan()
link = state.guest_link()

with reading() as db:
    whole = snapshots.levels(db, actor, plan_id, link)

if not whole.anything:
    empty(
        _("这里看四个层级的达成：先把目标里的指标变成评估指标，再导入结果。"),
        icon=":material/stairs:",
        to="results",
        label=_("打开结果录入"),
    )
    st.stop()

scope = choose_scope(whole)
found = whole
if scope.project_id is not None or scope.theme_id is not None:
    with reading() as db:
        found = snapshots.levels(db, actor, plan_id, link, project=scope.project_id, theme=scope.theme_id)

if not found.measured:
    empty(_("这个范围还没有结果。导入问卷、成绩、行为或业绩数据后，这里显示四级达成。"), to="results", label=_("打开结果录入"))
else:
    picture(found)
    formula(found)
    level_table(found)
    chosen = choose_measure(found)
    if chosen is not None:
        with reading() as db:
            points = snapshots.months(db, actor, chosen.id, link)
        trend(chosen, points)
    scored_table(found, scope)
missing_table(found)
