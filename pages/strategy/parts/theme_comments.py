"""What people say to each other about a theme."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.comments.service import Item
from core.comments.terms import Subject
from core.strategy.themes.service import Overview
from pages.shared import state
from pages.shared.comments import comments
from pages.shared.text import _


def theme_comments(actor: Actor, plan_id: int, seen: Overview, chosen: int | None) -> None:
    """The comments on one theme: the one chosen on the map or by the address, else the one that is chosen here."""
    if state.is_guest():
        return
    names = {view.id: view.theme.name for view in seen.themes}
    asked = chosen or state.asked_number("theme")
    first = list(names).index(asked) if asked in names else 0
    theme_id = st.selectbox(_("评论哪个主题"), list(names), first, format_func=names.__getitem__, key="theme_comments", width=420)
    comments(actor, Item(plan_id, Subject.THEME, theme_id), names[theme_id])
