"""The calendar of the plan's year: which days training can be on, and why not on the others."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.delivery.calendar import editing
from core.delivery.calendar import service as calendar
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import ResourceKind
from core.delivery.undo import service as undo
from core.instance import instance
from pages.delivery.parts.blackouts import blackout_part
from pages.delivery.parts.calendar_days import days_part
from pages.delivery.parts.calendar_leave import leave_part
from pages.delivery.parts.calendar_news import news
from pages.delivery.parts.calendar_picture import counts, picture
from pages.delivery.parts.importing import chosen_table, import_wish
from pages.delivery.parts.undoing import undoing
from pages.shared.database import acting, reading
from pages.shared.page import chosen_plan, page_header
from pages.shared.text import _

_KINDS = (ResourceKind.BLACKOUTS, ResourceKind.LEAVE, ResourceKind.NOTICE)

page_header("calendar")
actor, plan_id = chosen_plan()
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    year = calendar.year(db, actor, plan_id)
    unseen = may_edit and calendar.is_new(db, year)
    published = calendar.published(db, actor, plan_id)
    blackouts = calendar.blackouts(db, actor, plan_id, idle=True)
    leave = calendar.leave_list(db, actor, plan_id)
    scopes = calendar.scopes(db, actor)
    done = undo.history(db, actor, undo.CALENDAR) if may_edit else []
    mine = undo.last(db, actor, undo.CALENDAR) if may_edit else None

if unseen:
    # What the notice will change can be told only of days that were written down before it came.
    with acting(rerun=False) as db:
        editing.note_used(db, actor, plan_id)

wish = news(year, published, may_edit)
found = calendar.sums(year, blackouts)
counts(found)
picture(year, found, blackouts, scopes)
if may_edit:
    wish = undoing(done, mine, "calendar") or wish

names = [_("禁排期（{n}）", n=len(blackouts)), _("单日调整（{n}）", n=len(year.own)), _("休假（{n}）", n=len(leave))]
tabs = st.tabs([*names, *([_("从表格导入")] if may_edit else [])])
with tabs[0]:
    wish = blackout_part(plan_id, year, blackouts, scopes, may_edit) or wish
with tabs[1]:
    wish = days_part(plan_id, year, may_edit) or wish
with tabs[2]:
    wish = leave_part(leave, scopes, year.year, may_edit) or wish
if may_edit:
    with tabs[3]:
        chosen = chosen_table(_KINDS, instance().settings.max_file_megabytes, year.year, "calendar")
        if chosen:
            with reading() as db:
                prepared = importing.prepare(db, actor, plan_id, chosen.kind, chosen.table)
            wish = import_wish(prepared, chosen, plan_id, "calendar") or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
