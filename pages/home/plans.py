"""Annual plans, years side by side."""

from __future__ import annotations

from core import clock, flow
from core.access.actor import Right
from core.plans import service as plans
from pages.home.parts.plans import archived_plans, change_form, create_form, years_table
from pages.shared import state
from pages.shared.database import reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

page_header("plans")
person = state.present()
actor = person.actor
may_edit = actor.may(Right.EDIT_PLANS)

with reading() as db:
    everything = plans.plans(db, actor)
    columns = flow.side_by_side(db, actor, everything)
    put_away = plans.plans(db, actor, archived=True) if may_edit else []

if not columns:
    empty(_("还没有年度计划。一个机构一年一份，其余工作都挂在它下面。"), icon=":material/calendar_month:")
else:
    years_table(columns, person.plan_id)
if may_edit:
    create_form(actor, plans.upcoming_year(clock.today()))
    if everything:
        change_form(actor, everything, person.plan_id)
    archived_plans(actor, put_away)
