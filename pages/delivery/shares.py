"""How much of the plan's learning time is cases, fintech, customer insight, against what the plan aims at."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.charts.shares import ShareBar, share_chart
from core.delivery.content import sharing
from pages.delivery.parts.share_table import by_project, share_table, standing
from pages.shared import state
from pages.shared.charts import show_chart
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _, joined

page_header("shares")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    board = sharing.board(db, actor, plan_id, state.language())
if not any(one.by_project for one in board.shares) and not board.own:
    empty(
        _("这里看案例教学、金融科技、客户洞察各占多少学时，够不够目标。先写项目教什么，再排成融合设计。"),
        icon=":material/donut_small:",
        to="content",
        label=_("去写内容"),
    )
    st.stop()

shown = [one for one in board.shares if one.plan.share is not None]
short = [one.facts.name for one in shown if not one.met]
title = _("{names}还不够目标", names=joined(short)) if short else _("各项占比都达到目标")
if shown:
    bars = [ShareBar(one.facts.name, one.plan.share or 0.0, one.facts.target, _(one.formula)) for one in shown]
    names = (_("达到"), _("不足"), _("目标"))
    show_chart(title, lambda look: share_chart(bars, title, _("占全年学时的百分比（%）"), names, look))
percent, words = st.column_config.NumberColumn, st.column_config.TextColumn
st.dataframe(
    standing(board),
    hide_index=True,
    placeholder="—",
    alt=_("各项占比"),
    column_config={
        "name": words(_("名称"), width=120),
        "share": percent(_("现在（%）"), format="%.1f", width=90),
        "target": percent(_("目标（%）"), format="%g", width=90),
        "met": words(_("是否达到"), width=80),
        "formula": words(_("怎么算的"), width=520),
        "note": words(_("目标的出处"), width=320),
    },
)
each = by_project(board)
if not each.empty:
    with st.expander(_("各项目的占比（{n} 个项目）", n=len(each)), icon=":material/table_rows:"):
        shares = {one.facts.name: percent(f"{one.facts.name}（%）", format="%.1f", width=130) for one in board.shares}
        st.dataframe(each, hide_index=True, placeholder="—", alt=_("各项目的占比"), column_config=shares)

aiming, forgetting = None, False
if may_edit:
    st.subheader(_("占比目标"), anchor=False)
    if not board.own:
        st.caption(_("现在用的是示例默认值：案例教学 15%、金融科技 20%、客户洞察 40%。改一处并保存，就成为这个计划自己的目标。"))
    aiming = share_table(plan_id, board)
    forgetting = board.own and st.button(_("恢复示例默认值"), icon=":material/undo:", type="tertiary", key="shares_forget")
if aiming:
    aiming.table.handed_over()
    with acting(_("已保存")) as db:
        sharing.save(db, actor, plan_id, aiming.seen, aiming.facts)
    aiming.table.refused()
if forgetting:
    with acting(_("已恢复")) as db:
        sharing.forget(db, actor, plan_id, board.versions)
