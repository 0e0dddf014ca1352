"""A citation, opened in place: the passage marked where it stands in its document."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.access.present import Present
from core.assistant import service as memory
from core.assistant.service import Exchange
from core.documents import reading as reader
from core.documents import service as library
from core.documents.answers.answer import Citation
from core.errors import CexunError
from core.i18n import Message
from core.strategy.themes.accepted import Accepted
from pages.shared import state
from pages.shared.database import acting, reading
from pages.shared.page import link
from pages.shared.text import _, literal, page_name, sample_mark
from pages.strategy.parts.blocks import show_screen, show_text

_LATER_THAN_ANSWER = Message("这份文件后来更新过，下面是回答时的引文。")
_LATER_THAN_FINDING = Message("这份文件后来更新过，下面是采纳时的原文。")


def open_citation(person: Present, exchange: Exchange, citation: Citation, *, kept: bool, sample: bool) -> None:
    """Open the dialog with this passage, from which it can be kept or read in full."""

    @st.dialog(_("引文 {number}", number=citation.number), width="large", icon=":material/format_quote:")
    def show() -> None:
        # A dialog runs without the page around it: ask again who is here.
        person = state.present()
        path = " › ".join((page_name(citation.page_label), *citation.heading))
        st.markdown(f"**{literal(citation.title)}**{sample_mark(sample)}  \n:gray[{literal(path)}]")
        _passage(person, (citation.document_id, citation.start, citation.end), citation.quote, _LATER_THAN_ANSWER)
        with st.container(horizontal=True, vertical_alignment="center"):
            if person.actor.may(Right.KEEP_EVIDENCE):
                _keep(person, exchange, citation, kept)
            link("document", _("打开全文"), icon=":material/article:", id=citation.document_id, start=citation.start, end=citation.end)

    show()


def open_clause(clause: Accepted) -> None:
    """Open the dialog with an accepted clause where it stands, from which it can be read in full."""

    @st.dialog(_("依据的条款"), width="large", icon=":material/format_quote:")
    def show() -> None:
        path = " › ".join((_("第 {page} 页", page=clause.page), *clause.heading))
        st.markdown(f"**{literal(clause.document)}**{sample_mark(clause.sample)}  \n:gray[{literal(path)}]")
        _passage(state.present(), (clause.document_id, clause.start, clause.end), clause.quote, _LATER_THAN_FINDING)
        link("document", _("打开全文"), icon=":material/article:", id=clause.document_id, start=clause.start, end=clause.end)

    show()


def _passage(person: Present, place: tuple[int, int, int], quote: str, changed: Message) -> None:
    document_id, start, end = place
    try:
        with reading() as db:
            opened = library.open_document(db, person.actor, document_id)
    except CexunError as failure:
        st.error(literal(_(failure.message)))
        return
    parsed = opened.parsed
    with st.container(height=380, border=True):
        if parsed is None or parsed.text[start:end] != quote:
            st.caption(_(changed))
            show_text(quote)
            return
        screen = reader.near(parsed, reader.around(parsed, start, end), start)
        show_screen(parsed, screen, (start, end))


def _keep(person: Present, exchange: Exchange, citation: Citation, kept: bool) -> None:
    assert person.plan_id is not None
    label = _("已留存") if kept else _("留作依据")
    icon = ":material/bookmark_added:" if kept else ":material/bookmark_add:"
    if st.button(label, key="keep_cited", icon=icon, type="primary", disabled=kept):
        with acting(done=_("已留作本年度依据")) as db:
            memory.keep_answer(db, person.actor, person.plan_id, exchange.answer, exchange.full_question, {citation.number})
