"""What the year costs, what is committed, what was spent, and what a cut would drop."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.budget import service as budget
from core.delivery.budget.figures import whole
from core.delivery.timetable import service as timetable
from pages.delivery.parts.budget import choose_by, draw, export, figures, metrics, settings
from pages.delivery.parts.budget_cut import show_cut
from pages.delivery.parts.budget_lines import line_table
from pages.delivery.parts.undoing import undoing
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, empty, page_header
from pages.shared.text import _

page_header("budget")
actor, plan_id = chosen_plan()
plans = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    found = budget.overview(db, actor, plan_id)
    rules, rules_version = timetable.rules(db, actor, plan_id)
    history, mine = budget.done(db, actor, plan_id) if plans else ([], None)

if not found.entries:
    text = _("排期排好以后，讲师费和场地费自动计入这里；教材、食宿等费用在下面填写。")
    empty(text, icon=":material/payments:", to="schedule" if plans else None, label=_("去排期"))
else:
    metrics(found, whole(found.entries))
    by = choose_by()
    draw(found, by)
    figures(found, by)
    export(actor, plan_id, found)
    show_cut(found)

wanted = settled = wish = None
if plans:
    st.subheader(_("预算明细"), anchor=False)
    wanted = line_table(plan_id, found)
    wish = undoing(history, mine, "budget")
    settled = settings(plan_id, rules, rules_version)

if wanted is not None:
    wanted.table.handed_over()
    with acting(_("预算明细已保存")) as db:
        budget.save_lines(db, actor, plan_id, wanted.lines, wanted.removed)
    wanted.table.refused()
if wish is not None:
    with acting(wish.done) as db:
        wish.act(db, actor)
if settled is not None:
    with acting(settled.done(_("预算口径已保存"))) as db:
        timetable.save_rules(db, actor, plan_id, settled.version, settled.value)
