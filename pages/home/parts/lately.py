"""What the plan has gathered lately."""

from __future__ import annotations

import streamlit as st

from core.flow import PlanState
from pages.shared import state
from pages.shared.page import go, link
from pages.shared.text import _, literal, moment, sample_mark

_QUOTE = 90


def lately(standing: PlanState) -> None:
    """The evidence kept last, each a way to its passage, and the person's last conversations."""
    with st.container(border=True, height="stretch"):
        st.subheader(_("最近留存的依据"), anchor=False)
        for one in standing.latest:
            row = one.evidence
            with st.container(gap="xxsmall"):
                words = " ".join(row.quote.split())
                st.markdown(literal(words if len(words) <= _QUOTE else words[:_QUOTE] + "…"))
                link("document", _source(one.document.title, one.document.sample), id=row.document_id, start=row.start, end=row.end)
        if not standing.latest:
            st.caption(_("还没有。回答里的原文点“留作依据”，就会出现在这里。"))
        st.subheader(_("我最近的对话"), anchor=False)
        for talk in standing.talks:
            with st.container(gap=None):
                if st.button(literal(talk.title), key=f"talk_{talk.id}", icon=":material/chat_bubble:", type="tertiary"):
                    state.put("conversation", talk.id)
                    go("assistant")
                st.caption(moment(talk.updated_at))
        if not standing.talks:
            st.caption(_("还没有向战略助手提问。"))


def _source(title: str, sample: bool) -> str:
    return f":small[{_('《{title}》', title=literal(title))}]{sample_mark(sample)}"
