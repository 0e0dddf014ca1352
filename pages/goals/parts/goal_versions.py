"""A goal that somebody else saved while it was being written: put together, or both versions where they differ."""

from __future__ import annotations

import streamlit as st

from core.goals.draft import Draft, Line
from core.goals.service import GoalView
from core.goals.versions import compare_drafts, together
from pages.goals.parts.words import one_line
from pages.shared.both_versions import both_versions
from pages.shared.record import last_hand, record_of
from pages.shared.text import _, literal


def put_together(view: GoalView, seen: Draft, now: Draft, key: str, name: str = "") -> Draft | None:
    """The goal of both over what is stored now; None while its writer has not chosen. `seen`: what they began with, `now`: what they wrote.

    `name` says which project's goal it is, where that is not plain.
    """
    found, named = compare_drafts(seen, now, view.draft, said)
    if not found.disputed:
        st.toast(_("别人保存的已合进来，您写的都还在。"), icon=":material/group:")
        return together(found.merged(), now)
    if name:
        st.markdown(f"**{literal(name)}**")
    who, when = last_hand(record_of(view.row)) if view.row else (_("有人"), _("刚刚"))
    chosen = both_versions(found, named, key, view.version, who, when, form=False)
    return None if chosen is None else together(chosen.value, now)


def said(line: Line) -> str:
    """An indicator in one line."""
    told = [one_line(line.indicator), line.owner, f"{line.weight:g}%" if line.weight is not None else ""]
    return " · ".join(part for part in told if part)
