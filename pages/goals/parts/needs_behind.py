"""The needs that a project was made of, as its page shows them: each leads to what the unit wrote."""

from __future__ import annotations

import streamlit as st

from core.goals.needs.service import Sources
from pages.shared.page import link
from pages.shared.text import _, literal


def needs_behind(sources: Sources | None, project_id: int) -> None:
    """Which units' needs are behind a project; those that the reader may not read are counted. Nothing where there is none."""
    if sources is None:
        return
    with st.expander(_("来自 {n} 条需求", n=sources.total), icon=":material/inbox:"):
        for view in sources.needs:
            row = view.row
            st.markdown(f"**{literal(row.unit)}**　{literal(row.problem)} :gray[{literal(row.filer)}]")
            link("needs", _("看这条需求"), icon=":material/arrow_forward:", project=project_id, need=view.id)
        if hidden := sources.total - len(sources.needs):
            st.caption(_("另有 {n} 条是别的机构的，原话不对您开放。", n=hidden))
