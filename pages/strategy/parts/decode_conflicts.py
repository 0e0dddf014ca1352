"""Targets on which documents disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.documents.tables import Document
from core.strategy.conflicts import Disagreement, in_words
from pages.shared.page import link
from pages.shared.text import _, literal, sample_mark

_SHOWN = 20


def show_conflicts(plan_id: int, conflicts: Sequence[Disagreement], documents: Mapping[int, Document]) -> None:
    """Each disagreement with its documents, the newer one first."""
    if not conflicts:
        return
    with st.expander(_("文件之间有 {n} 处目标不一致", n=len(conflicts)), icon=":material/compare_arrows:"):
        st.caption(_("同一指标、同一期限，不同文件给出了不同的数。较新的文件排在前面；采纳哪一个由您决定。"))
        for number, one in enumerate(conflicts[:_SHOWN]):
            with st.container(border=True, key=f"conflict_{plan_id}_{number}"):
                st.markdown(f"**{literal(one.metric)}**　:gray[{literal(one.deadline)}]")
                for row in one.rows:
                    document = documents[row.document_id]
                    with st.container(horizontal=True, vertical_alignment="center"):
                        st.markdown(
                            f"{literal(in_words(row.measure or {}))}　:gray[{literal(document.title)}{sample_mark(document.sample)}]",
                            width="stretch",
                        )
                        link("document", _("原文"), icon=":material/article:", id=row.document_id, start=row.start, end=row.end)
        if len(conflicts) > _SHOWN:
            st.caption(_("另有 {n} 处，先处理上面这些。", n=len(conflicts) - _SHOWN))
