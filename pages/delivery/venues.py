"""Venues: where training can be, for how many, with what, and when it cannot."""

from __future__ import annotations

import streamlit as st

from core import clock
from core.access.actor import Right
from core.delivery.faculty import service as faculty
from core.delivery.importing import service as importing
from core.delivery.importing.kinds import ResourceKind
from core.delivery.undo import service as undo
from core.instance import instance
from pages.delivery.parts.importing import chosen_table, import_wish
from pages.delivery.parts.undoing import undoing
from pages.delivery.parts.venue import new_venue, venue_panel
from pages.delivery.parts.venue_list import venue_list, venue_table
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

page_header("venues")
actor = state.present().actor
may_edit = actor.may(Right.PLAN_DELIVERY)

with reading() as db:
    venues = faculty.venues(db, actor, archived=True)
    done = undo.history(db, actor, undo.VENUES) if may_edit else []
    mine = undo.last(db, actor, undo.VENUES) if may_edit else None

wish, picked = None, None
if venues:
    if may_edit:
        wish = undoing(done, mine, "venues")
    picked = venue_list(venues)
elif may_edit:
    empty(_("还没有场地。在下面逐个添加，或把现有的场地表导入进来。"), icon=":material/meeting_room:")
else:
    empty(_("还没有场地。人力资源部门添加后，这里会列出在哪里上课。"), icon=":material/meeting_room:")

if picked is not None:
    with reading() as db:
        closed = faculty.closures(db, actor, picked.id)
    wish = venue_panel(picked, closed, may_edit) or wish

if may_edit:
    wish = new_venue() or wish
    if venues:
        wish = venue_table([one for one in venues if not one.archived]) or wish
    with st.expander(_("从表格导入"), icon=":material/upload_file:", expanded=not venues):
        chosen = chosen_table((ResourceKind.VENUES,), instance().settings.max_file_megabytes, clock.today().year, "venues")
        if chosen:
            with reading() as db:
                prepared = importing.prepare(db, actor, None, chosen.kind, chosen.table)
            wish = import_wish(prepared, chosen, None, "venues") or wish

if wish:
    with acting(wish.done) as db:
        wish.act(db, actor)
