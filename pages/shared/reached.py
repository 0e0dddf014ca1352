"""Whom a reminder reached and in which ways, said to whoever has just pressed the button."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from core.instance import instance
from core.notices import reach
from core.notices.reach import Reach
from core.notices.terms import CHANNEL_NAMES, Kind
from pages.shared import state
from pages.shared.database import reading
from pages.shared.text import _, joined, literal

_SHOWN = 5


def say_reached(kind: Kind, plan_id: int, told: Collection[int] | None, *, to_groups: bool = False, also: str = "") -> None:
    """Say whom a reminder reached and how, with what there is to add, on the page as it is now. Nothing for None: nobody was told."""
    if told is None:
        return
    with reading() as db:
        found = reach.reach(db, instance().settings, kind, plan_id, told, to_groups=to_groups)
    said = _said(found) or ("" if also else _("没有提醒到人：这些机构都没有负责人账号。"))
    state.say_next(" ".join(part for part in (said, also) if part))
    st.rerun()


def _said(found: Reach) -> str:
    where = joined(_(CHANNEL_NAMES[one]) for one in found.groups)
    posted = _("也会发到{where}。", where=where) if where else ""
    if not found.names:
        return posted
    names = joined(literal(one) for one in found.names[:_SHOWN])
    who = _("{names}等 {n} 人", names=names, n=len(found.names)) if len(found.names) > _SHOWN else names
    said = _("已提醒 {who}，登在对方的“通知”里。", who=who)
    mailed = _("其中 {n} 人还会收到邮件。", n=found.mailed) if found.mailed else ""
    return " ".join(part for part in (said, mailed, posted) if part)
