"""Showing answers: claims with numbered citations that open in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.access.actor import Right
from core.access.present import Present
from core.assistant import service as memory
from core.assistant.asking import Asked
from core.assistant.service import Exchange, Place
from core.documents.answers.answer import NOT_FOUND, Answer, Citation
from core.instance import instance
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _, literal, page_name
from pages.shared.waiting import in_background
from pages.strategy.parts.citation import open_citation

_AVATAR = ":material/menu_book:"
_CHIP = 26


@dataclass(frozen=True)
class Around:
    """What an answer is shown with: who looks, what their plan has kept, which documents belong to the sample."""

    person: Present
    kept: frozenset[Place]
    samples: frozenset[int]

    def has(self, citation: Citation) -> bool:
        """Whether the plan has kept this passage."""
        return memory.place_of(citation) in self.kept


def show_question(question: str) -> None:
    """What somebody asked."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(literal(question))


def stream_answer(person: Present, question: str, earlier: list[str]) -> tuple[Asked, Answer]:
    """Ask, showing what comes as it comes; returns what was asked and the answer that counts. Raises `CexunError`."""
    language, assistant = state.language(), instance().assistant
    asked: list[Asked] = []
    ended: list[Answer] = []

    def work() -> Iterator[Asked | str | Answer]:
        found = assistant.look_up(person.actor, question, earlier)
        yield found
        yield from assistant.answer(found, earlier, language)

    def pieces() -> Iterator[str]:
        began = monotonic()
        _show_waiting(waiting, 0)
        for piece in in_background(work):
            if isinstance(piece, str):
                waiting.empty()
                yield piece
            elif isinstance(piece, Asked):
                asked.append(piece)
                began = monotonic()
            elif isinstance(piece, Answer):
                waiting.empty()
                ended.append(piece)
            elif not ended:
                _show_waiting(waiting, round(monotonic() - began))

    with st.chat_message("assistant", avatar=_AVATAR):
        waiting = st.empty()
        st.write_stream(pieces())
    return asked[-1], ended[-1]


def _show_waiting(place: DeltaGenerator, seconds: int) -> None:
    """What is waited for, and how long at most. Worded so that it is also true when the reader has stopped: a page that was stopped is not
    drawn again."""
    settings = instance().settings
    if not settings.has_model:
        place.caption(_("正在查找原文……"))
        return
    longest = round(settings.model_timeout_seconds)
    place.caption(_("等待模型作答，已等 {seconds} 秒，最长 {n} 秒；停止以后可以再问。", seconds=seconds, n=longest))


def show_exchange(around: Around, exchange: Exchange) -> None:
    """A question with its answer."""
    show_question(exchange.question)
    answer = exchange.answer
    with st.chat_message("assistant", avatar=_AVATAR):
        if exchange.full_question != exchange.question:
            st.caption(_("理解为：{question}", question=literal(exchange.full_question)))
        if not answer.found:
            st.markdown(_(NOT_FOUND))
        for claim in answer.claims:
            marks = "".join(f" :primary[\\[{number}\\]]" for number in claim.citations)
            st.markdown(literal(claim.text) + marks)
        for note in answer.notes:
            st.caption(f":material/info: {literal(_(note))}")
        if answer.citations:
            with st.container(horizontal=True, gap="xsmall"):
                for citation in answer.citations:
                    _chip(around, exchange, citation)
        if answer.found or answer.engine == "model":
            _footer(around, exchange)


def _chip(around: Around, exchange: Exchange, citation: Citation) -> None:
    title = citation.title if len(citation.title) <= _CHIP else citation.title[:_CHIP] + "…"
    sample = f" :gray-badge[{_('示例')}]" if citation.document_id in around.samples else ""
    label = f":small[**{citation.number}** {literal(' · '.join(part for part in (title, page_name(citation.page_label)) if part))}{sample}]"
    icon = ":material/bookmark_added:" if around.has(citation) else ":material/format_quote:"
    if st.button(label, key=f"cite_{exchange.turn_id}_{citation.number}", icon=icon, help=_("打开这段原文")):
        open_citation(around.person, exchange, citation, kept=around.has(citation), sample=citation.document_id in around.samples)


def _footer(around: Around, exchange: Exchange) -> None:
    answer = exchange.answer
    by_rules = answer.engine == "extractive"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(
            _("摘录") if by_rules else _("模型生成，引文已核对"),
            icon=":material/content_cut:" if by_rules else ":material/smart_toy:",
            color="gray",
            help=_("直接摘自文件原文，没有经过大模型。") if by_rules else _("由大模型组织语言，每一句都附有核对过的原文。"),
        )
        if not answer.citations:
            return
        if around.person.actor.may(Right.KEEP_EVIDENCE):
            _keep_all(around, exchange)
        with st.popover(_("复制"), icon=":material/content_copy:", type="tertiary"):
            st.code(_with_citations(answer), language=None, wrap_lines=True)


def _keep_all(around: Around, exchange: Exchange) -> None:
    plan_id = around.person.plan_id
    assert plan_id is not None
    kept = all(around.has(citation) for citation in exchange.answer.citations)
    label = _("已留存") if kept else _("留作依据")
    icon = ":material/bookmark_added:" if kept else ":material/bookmark_add:"
    said = _("把这个回答的全部引文留作本年度的依据")
    if st.button(label, key=f"keep_{exchange.turn_id}", icon=icon, type="tertiary", disabled=kept, help=said):
        with acting(done=_("已留作本年度依据")) as db:
            memory.keep_answer(db, around.person.actor, plan_id, exchange.answer, exchange.full_question)


def _with_citations(answer: Answer) -> str:
    lines = [answer.text(state.language()), ""]
    for citation in answer.citations:
        parts = (_("《{title}》", title=citation.title), page_name(citation.page_label), " › ".join(citation.heading))
        lines.append(f"[{citation.number}] {' · '.join(part for part in parts if part)}: “{' '.join(citation.quote.split())}”")
    return "\n".join(lines)
