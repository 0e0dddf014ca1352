"""The strategy check: each quarter, the themes and their targets against what has been reached."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.plans import service as plans
from core.strategy.checking import service as checking
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _
from pages.strategy.parts.check_item import show_item
from pages.strategy.parts.check_overview import overview
from pages.strategy.parts.check_paste import paste
from pages.strategy.parts.check_round import begin, choose_check, closing, heading, next_quarter
from pages.strategy.parts.check_table import check_table

page_header("check")
actor, plan_id = chosen_plan()
may_decide = actor.may(Right.DECIDE_STRATEGY)

with reading() as db:
    found = checking.checks(db, actor, plan_id)
    there = checking.there(db, actor, plan_id) if not found else (0, 0)
    year = plans.find(db, actor, plan_id).year

filling = None
if not found and not there[0]:
    empty(
        _("这里每季度把战略主题和实际对照一次：走到哪里、差多少、怎么补。先把采纳的发现归成战略主题。"),
        icon=":material/fact_check:",
        to="themes",
        label=_("去归主题"),
    )
    st.stop()
if not found:
    wish = begin(plan_id, year, there, may_decide)
else:
    check = choose_check(found)
    may_fill = may_decide and not check.closed
    wish = heading(plan_id, check, may_fill)
    shown = overview(found, check)
    filling = check_table(plan_id, check, shown, may_fill)
    wish = (paste(plan_id, check) if may_fill else None) or wish
    show_item(found, check, shown)
    wish = closing(plan_id, check, may_decide) or wish
    wish = (next_quarter(plan_id, year, found) if may_decide else None) or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
if filling:
    filling.table.handed_over()
    with acting(_("已保存")) as db:
        checking.save(db, actor, plan_id, filling.check_id, filling.entered)
    filling.table.refused()
