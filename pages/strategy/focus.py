"""The focus: which business line and which post first."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.strategy.focus import service as focus
from core.strategy.focus.priority import rank, sensitivity
from core.strategy.focus.starting import starting_list
from core.strategy.focus.tables import FocusRow
from core.strategy.ideas.gathering import suggested_themes
from core.strategy.ideas.proposing import Belonging
from core.strategy.themes import service as themes
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import _
from pages.strategy.parts.focus import export_button, findings, formula, removed_lately, weights_form
from pages.strategy.parts.focus_anchor import anchor_form
from pages.strategy.parts.focus_earlier import offer_rows, taken_lately
from pages.strategy.parts.focus_table import focus_table
from pages.strategy.parts.focus_themes import themes_form

page_header("focus")
actor, plan_id = chosen_plan()

with reading() as db:
    rows = focus.rows(db, actor, plan_id)
    weights, version = focus.weights(db, actor, plan_id)
    known_themes = [view.theme for view in themes.overview(db, actor, plan_id).themes] if rows else []


def suggested(row: FocusRow) -> tuple[Belonging, ...]:
    """The themes that words suggest for the row that the reader looks at."""
    with reading() as db:
        return suggested_themes(db, actor, plan_id, row.id or 0)


may_decide = actor.may(Right.DECIDE_STRATEGY)
ranked = rank([focus.candidate(row) for row in rows], weights)
shifts = sensitivity([focus.candidate(row) for row in rows], weights)
start = back = untaken = chosen_weights = decision = linking = None

if may_decide:
    back, untaken = removed_lately(), taken_lately(plan_id)
if may_decide and not rows:
    offer_rows(actor, plan_id)
if not rows:
    with st.container(border=True):
        st.markdown(
            _("把要比较的业务线和关键岗位列在这里：评出重要性，写上能力短板和涉及人数，就能看到先后次序、它有多稳，以及每一分的来历。")
        )
        if may_decide:
            st.caption(_("起始清单是分行常见的岗位，供您删改；重要性、短板和人数都留空，由您判断。"))
            start = st.button(_("放入起始清单"), type="primary", icon=":material/playlist_add:")
        else:
            st.caption(_("人力资源负责人填写后，就会显示在这里。"))
elif ranked:
    findings(rows, ranked, shifts)
else:
    st.info(_("给至少一行评出重要性（1–5），就会在这里排出先后。"), icon=":material/sort:")

wish = focus_table(rows, plan_id, ranked, may_decide) if rows or may_decide else None
if may_decide and rows:
    offer_rows(actor, plan_id)
if rows:
    export_button(rows, ranked, weights)
    linking = themes_form(rows, known_themes, suggested, may_decide=may_decide)
if ranked:
    with st.container(border=True):
        st.subheader(_("这一分怎么来"), anchor=False)
        chosen = formula(rows, ranked, weights)
        decision = anchor_form(chosen, may_decide)
if rows and may_decide:
    chosen_weights = weights_form(plan_id, weights, version)

if start:
    with acting(done=_("已放入起始清单")) as db:
        focus.save(db, actor, plan_id, starting_list(state.language()))
if back:
    with acting(done=_("已恢复")) as db:
        focus.restore(db, actor, plan_id, back)
if untaken:
    with acting(done=_("已撤销")) as db:
        focus.save(db, actor, plan_id, [], untaken)
if wish:
    wish.handed_over()
    with acting(done=_("已保存")) as db:
        focus.save(db, actor, plan_id, wish.entered, wish.removed)
    wish.refused()
if linking:
    with acting(done=_("已保存")) as db:
        if linking.entered is not None:
            focus.save(db, actor, plan_id, [linking.entered])
        else:
            focus.link_themes(db, actor, plan_id, linking.row.id or 0, linking.row.version or 0, linking.theme_ids or ())
if chosen_weights:
    with acting(done=chosen_weights.done(_("已保存"))) as db:
        focus.set_weights(db, actor, plan_id, version, chosen_weights.value)
if decision:
    with acting(done=_("已锚定") if decision.reason is not None else _("已取消锚定")) as db:
        if decision.reason is None:
            focus.release(db, actor, plan_id, decision.row_id, decision.version)
        else:
            focus.anchor(db, actor, plan_id, decision.row_id, decision.version, decision.reason)
