"""What somebody was told: unread first in sight, each with the way to what it is about."""

from __future__ import annotations

import streamlit as st

from core.access import service as access
from core.notices import inbox
from pages.home.parts.notices import BATCH, Opened, listed, pager, which
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import empty, go, page_header
from pages.shared.text import _

page_header("notices")
actor = state.present().actor

asked = state.asked_number("id")
with reading() as db:
    wanted = inbox.find(db, actor, asked, state.language()) if asked is not None else None
    waiting = inbox.unread(db, actor)
if asked is not None and wanted is None:
    st.warning(_("没有找到这条通知，它可能已过保留期限，或不是给您的。"), icon=":material/notifications_off:")

unread = which(waiting)
with reading() as db:
    total = inbox.inbox(db, actor, state.language(), unread=unread, limit=0).total
offset = pager(total)
with reading() as db:
    found = inbox.inbox(db, actor, state.language(), unread=unread, offset=offset, limit=BATCH)

if not found.notices:
    text = _("没有未读的通知。") if unread and waiting == 0 else _("还没有通知。轮到您审批、有人在评论里提到您、有事到期时，会登在这里。")
    empty(text, icon=":material/notifications:")
wish = Opened(wanted) if wanted is not None else listed(found)

if wish is not None and wish.notice is None:
    with acting(_("已全部标为已读")) as db:
        inbox.note_read(db, actor)
elif wish is not None and wish.notice is not None:
    one = wish.notice
    with acting(rerun=not wish.goes) as db:
        inbox.note_read(db, actor, one.id)
        if wish.goes and one.plan_id is not None:
            access.prefer(db, actor.account_id or 0, plan_id=one.plan_id)
    if wish.goes:
        go(one.page, **one.parameters)
