"""Comments that name the reader and that they have not read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.comments import service
from core.comments.service import Mention
from core.comments.terms import SUBJECT_NAMES
from pages.shared.comments import PAGES_OF
from pages.shared.database import acting
from pages.shared.page import go
from pages.shared.text import _, literal, person

_SHOWN, _QUOTE = 5, 60


def mentions(actor: Actor, found: Sequence[Mention]) -> None:
    """The newest of them, each with the way to what it is about; going there marks it as read."""
    if not found:
        return
    st.markdown(f":orange[:material/alternate_email:] {_('{n} 条评论提到您，还没有看', n=len(found))}")
    for place, one in enumerate(found[:_SHOWN]):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = " ".join(one.text.split())
            quote = words if len(words) <= _QUOTE else words[:_QUOTE] + "…"
            about = f"{literal(one.plan)} · {_(SUBJECT_NAMES[one.item.subject])}"
            st.markdown(f"**{literal(person(one.by))}** {literal(quote)} :gray[{about}]", width="content")
            if st.button(_("去看评论"), key=f"mention_{place}", type="tertiary"):
                _open(actor, one)


def _open(actor: Actor, one: Mention) -> None:
    with acting(rerun=False) as db:
        service.note_read(db, actor, one.item)
        access.prefer(db, actor.account_id or 0, plan_id=one.item.plan_id)
    page, parameter = PAGES_OF[one.item.subject]
    go(page, **({parameter: one.item.id} if parameter else {}))
