"""Evidence: a piece of it on the page, and all of it as a file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.access.actor import Actor, Right
from core.assistant.service import Kept
from pages.shared.page import MEASURE, link
from pages.shared.text import _, literal, moment, sample_mark
from pages.strategy.parts.blocks import show_text

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def show_kept(actor: Actor, one: Kept) -> bool:
    """A piece of evidence with where it comes from; True when it should be dropped."""
    row = one.evidence
    with st.container(border=True, width=MEASURE + 120):
        place = " › ".join(row.heading)
        page = f"　:gray[{_('第 {page} 页', page=row.page)}]" if one.document.pages > 1 else ""
        st.markdown(f"**{literal(one.document.title)}**{sample_mark(one.document.sample)}{page}")
        if place:
            st.caption(literal(place))
        show_text(row.quote)
        asked = _("来自提问：{question}", question=literal(row.question)) + " · " if row.question else ""
        st.caption(asked + _("{when} 留存", when=moment(row.kept_at)))
        with st.container(horizontal=True, vertical_alignment="center"):
            link("document", _("在原文中查看"), icon=":material/article:", id=row.document_id, start=row.start, end=row.end)
            if not actor.may(Right.KEEP_EVIDENCE):
                return False
            return st.button(_("取消留存"), key=f"drop_evidence_{row.id}", icon=":material/bookmark_remove:", type="tertiary")


def evidence_csv(kept: list[Kept]) -> bytes:
    """The evidence for a spreadsheet; what a spreadsheet would take for a formula is made text."""
    rows = [
        {
            _("原文"): _inert(one.evidence.quote),
            _("文件"): _inert(one.document.title + (_("（示例）") if one.document.sample else "")),
            _("页"): one.evidence.page,
            _("章节"): _inert(" › ".join(one.evidence.heading)),
            _("提问"): _inert(one.evidence.question),
            _("留存时间"): one.evidence.kept_at.isoformat(timespec="minutes"),
        }
        for one in kept
    ]
    return pd.DataFrame(rows).to_csv(index=False).encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
