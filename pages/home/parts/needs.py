"""What units still owe of their needs, and what waits to be merged."""

from __future__ import annotations

import streamlit as st

from core.flow import PlanState
from pages.shared.page import link
from pages.shared.text import _, day, joined, literal, moment


def needs_notice(standing: PlanState) -> None:
    """For a manager: which of their units have not said what they need, and that they were reminded. For human resources: what waits."""
    needs = standing.needs
    if needs.own_silent and needs.due_on is not None:
        units = joined(literal(one) for one in needs.own_silent)
        said = _("{units}还没有报培训需求，{day}截止。", units=units, day=day(needs.due_on))
        if needs.reminded_at is not None:
            said += _("人力资源 {when} 提醒过您。", when=moment(needs.reminded_at))
        _line(said, _("去填报"), urgent=True)
    parts = [_("{n} 条需求待归并", n=needs.waiting)] if needs.waiting else []
    if needs.silent and not needs.own_silent:
        parts.append(_("{silent} / {asked} 个机构还没有报需求", silent=needs.silent, asked=needs.asked))
    if parts:
        _line(_("，").join(parts), _("去看培训需求"), urgent=False)


def _line(said: str, label: str, *, urgent: bool) -> None:
    icon = ":orange[:material/notifications:]" if urgent else ":gray[:material/inbox:]"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{icon} {said}", width="content")
        link("needs", label)
