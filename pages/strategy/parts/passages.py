"""Searching passages from the library page."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.documents import several
from core.documents.hits import Hit
from core.documents.search import search
from core.instance import instance
from pages.shared.database import reading
from pages.shared.page import MEASURE, link
from pages.shared.text import _, literal, page_name, sample_mark
from pages.strategy.parts.blocks import show_text

_COUNT = 10


def passage_search(actor: Actor) -> str:
    """A search box over all passages, with what it finds; returns what was searched for, empty when nothing."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        question = st.text_input(
            _("检索原文"),
            placeholder=_("输入问题或关键词，例如：客户经理队伍建设目标"),
            key="passage_question",
            bind="query-params",
            icon=":material/search:",
        )
        older = st.toggle(_("包括旧版本"), key="passage_older")
    question = question.strip()
    if not question:
        return ""
    with reading() as db:
        samples = several.sample_ids(db)
        hits = search(db, instance().index, actor, question, _COUNT, superseded=older)
    if not hits:
        st.info(_("没有找到相关段落。可以换一个说法，或确认文件已经读入。"), icon=":material/search_off:")
    for hit in hits:
        _hit(hit, hit.document_id in samples)
    return question


def _hit(hit: Hit, sample: bool) -> None:
    with st.container(border=True, width=MEASURE + 120):
        st.markdown(f"**{literal(hit.title)}**{sample_mark(sample)}　:gray[{literal(page_name(hit.page_label))}]")
        if hit.heading:
            st.caption(literal(" › ".join(hit.heading)))
        show_text(hit.text)
        link("document", _("在原文中查看"), icon=":material/article:", id=hit.document_id, start=hit.start, end=hit.end)
