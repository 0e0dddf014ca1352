"""HQ's clauses beside the branch's version of them."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.strategy.themes import localisation
from pages.shared.database import reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _
from pages.strategy.parts.clause import clause_card
from pages.strategy.parts.local_themes import choose_theme, standing, without_clause

PER_PAGE = 8

page_header("localise")
actor, plan_id = chosen_plan()

with reading() as db:
    found = localisation.local_themes(db, actor, plan_id)

if not found:
    empty(
        _("这里把总行的条款逐条改写成本行的做法，并写明依据。先把采纳的发现归成战略主题，再回到这里。"),
        icon=":material/location_on:",
        to="themes",
        label=_("去归主题"),
    )
    st.stop()

standing(found)
chosen = choose_theme(found)
if not chosen.clauses:
    without_clause(chosen)
    st.stop()
page = 1
if len(chosen.clauses) > PER_PAGE:
    page = st.pagination(-(-len(chosen.clauses) // PER_PAGE), key=f"clauses_page_{chosen.view.id}")
for clause in chosen.clauses[(page - 1) * PER_PAGE : page * PER_PAGE]:
    clause_card(actor, plan_id, clause, may_edit=actor.may(Right.DECIDE_STRATEGY))
