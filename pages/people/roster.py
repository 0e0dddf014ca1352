"""The roster: who holds which post and reports to whom; corrected in place by human resources, read by managers of their own units."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.people.roster import service as roster
from core.people.roster.listing import Presence, Wanted
from pages.people.parts.roster_filters import filters, is_opening, pager
from pages.people.parts.roster_table import roster_export, roster_table, undo_offer
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, page_header
from pages.shared.text import _

page_header("roster")
actor = state.present().actor
may_edit = actor.may(Right.EDIT_PEOPLE)
if is_opening():
    with acting(rerun=False) as db:
        roster.note_opened(db, actor)

with reading() as db:
    choices = roster.choices(db, actor)
    anybody = roster.listing(db, actor, Wanted(presence=Presence.ALL), 0, 0).total

if choices.nobody:
    said = _("还没有机构由您负责，所以这里没有人。请联系人力资源负责人，在“人员与数据”页面指定您管的机构。")
    empty(said, icon=":material/domain_disabled:")
    st.stop()

if not anybody:
    empty(
        _("花名册还是空的。先导入员工名单：用您现有的 Excel 就可以。"),
        icon=":material/groups:",
        to="people" if may_edit else None,
        label=_("去导入员工名单"),
    )
    st.stop()

wanted = filters(choices)
with reading() as db:
    total = roster.listing(db, actor, wanted, 0, 0).total
offset, limit = pager(total)
with reading() as db:
    found = roster.listing(db, actor, wanted, offset, limit)

roster_table(actor, found, choices, may_edit)
if may_edit:
    undo_offer(actor)
roster_export(actor, wanted, total)
