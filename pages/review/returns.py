"""What training costs in people, hours and money, and what it returns when others' part in it is taken off."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.review.returns import service as returns
from pages.delivery.parts.undoing import undoing
from pages.review.parts.benefit_lines import benefit_table, origins
from pages.review.parts.efficiency import choose, efficiency_table, inputs
from pages.review.parts.return_figures import drawn, export, formula, headline, sensitivity
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("returns")
actor, plan_id = chosen_plan()
keeps = actor.may(Right.KEEP_REVIEW)

with reading() as db:
    found = returns.overview(db, actor, plan_id)
    history, mine = returns.done(db, actor, plan_id) if keeps else ([], None)

if not found.held and not found.entries and not found.lines:
    empty(
        _("排期发布、课上完、到课登记以后，这里算出人均、每学时的投入；写明收益和归因隔离系数，就算出回报。"),
        icon=":material/savings:",
        to="schedule",
        label=_("去看排期"),
    )
    st.stop()

basis, per = choose()
inputs(found, basis)
efficiency_table(found, basis, per)

st.subheader(_("回报"), anchor=False)
programme = headline(found, basis)
drawn(found, basis)
sensitivity(found, basis, programme)
formula(found)
export(actor, plan_id, found, basis)

wanted = wish = None
if keeps:
    st.subheader(_("收益明细"), anchor=False)
    wanted = benefit_table(plan_id, found)
    wish = undoing(history, mine, "benefits")
origins(found)

if wanted is not None:
    wanted.table.handed_over()
    with acting(_("收益明细已保存")) as db:
        returns.save(db, actor, plan_id, wanted.lines, wanted.removed)
    wanted.table.refused()
if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, actor)
