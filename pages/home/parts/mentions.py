"""Comments that wait for the reader: those that name them, and open threads in which somebody else spoke last."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.access import service as access
from core.access.actor import Actor
from core.comments import service
from core.comments.service import Mention
from core.comments.terms import PLACES, SUBJECT_NAMES
from pages.shared.database import acting
from pages.shared.page import go
from pages.shared.text import _, literal, person

_SHOWN, _QUOTE = 5, 60


def mentions(actor: Actor, named: Sequence[Mention], unanswered: Sequence[Mention]) -> None:
    """What names the reader, and the threads that wait for their answer, each with the way there; going there marks it as read."""
    if named:
        st.markdown(f":orange[:material/alternate_email:] {_('{n} 条评论提到您，还没有看', n=len(named))}")
        _listed(actor, named, "mention", _("去看评论"))
    if unanswered:
        with st.expander(_("{n} 条评论等您回复", n=len(unanswered)), icon=":material/forum:", key="unanswered"):
            _listed(actor, unanswered, "unanswered", _("去回复"))


def _listed(actor: Actor, found: Sequence[Mention], key: str, label: str) -> None:
    for place, one in enumerate(found[:_SHOWN]):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = " ".join(one.text.split())
            quote = words if len(words) <= _QUOTE else words[:_QUOTE] + "…"
            about = f"{literal(one.plan)} · {_(SUBJECT_NAMES[one.item.subject])}"
            st.markdown(f"**{literal(person(one.by))}** {literal(quote)} :gray[{about}]", width="content")
            if st.button(label, key=f"{key}_{place}", type="tertiary"):
                _open(actor, one)


def _open(actor: Actor, one: Mention) -> None:
    with acting(rerun=False) as db:
        service.note_read(db, actor, one.item)
        access.prefer(db, actor.account_id or 0, plan_id=one.item.plan_id)
    page, parameter = PLACES[one.item.subject]
    go(page, **({parameter: one.item.id} if parameter else {}))
