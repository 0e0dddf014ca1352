"""A finding of one's own, taken from the text that one is reading."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Right
from core.access.present import Present
from core.documents.parsed import ParsedDocument
from core.documents.reading import Screen
from core.strategy import review
from core.strategy.findings import FindingKind
from core.strategy.passages import Stretch, overlapping, stretches
from core.strategy.review import Draft
from pages.shared import state
from pages.shared.database import acting
from pages.shared.text import _, literal
from pages.strategy.parts.blocks import Mark, show_text
from pages.strategy.parts.finding_form import finding_fields

_LONGEST = 60


def offer_own_finding(person: Present, document_id: int, parsed: ParsedDocument, screen: Screen, mark: Mark) -> None:
    """A button that takes words of this screen as a finding; the marked passage is chosen first."""
    if person.plan_id is None or not person.actor.may(Right.DECIDE_STRATEGY):
        return
    if st.button(_("补充一条发现"), key="own_finding", icon=":material/add_notes:", type="tertiary"):
        _choose(person.plan_id, document_id, parsed, screen, mark)


def _choose(plan_id: int, document_id: int, parsed: ParsedDocument, screen: Screen, mark: Mark) -> None:
    found = stretches(parsed, screen)

    @st.dialog(_("补充一条发现"), width="large", icon=":material/add_notes:")
    def show() -> None:
        if not found:
            st.info(_("这一页没有可以引用的文字，请翻到有正文的一页。"), icon=":material/article:")
            return
        first, last = (overlapping(found, *mark) if mark else None) or (0, 0)
        with st.container(horizontal=True):
            begin = _sentence(_("从哪一句"), found, range(len(found)), first, "own_first")
            end = _sentence(_("到哪一句"), found, range(begin, len(found)), max(last, begin), f"own_last_{begin}")
        start, stop = found[begin].start, found[end].end
        st.caption(_("原文（逐字引用，不能改）"))
        show_text(parsed.text[start:stop])
        known = Draft(FindingKind.TASK, " ".join(parsed.text[start:stop].split()))
        saved = finding_fields(known, f"own_{start}_{stop}", [_("加入发现")])
        if saved is not None:
            # A dialog runs without the page around it: ask again who is here.
            actor = state.present().actor
            with acting(done=_("已加入本年度计划的发现，状态为已采纳")) as db:
                review.add(db, actor, plan_id, document_id, start, stop, saved[0])

    show()


def _sentence(label: str, found: list[Stretch], offered: range, chosen: int, key: str) -> int:
    def name(number: int) -> str:
        words = " ".join(found[number].text.split())
        return literal(words if len(words) <= _LONGEST else words[:_LONGEST] + "…")

    return st.selectbox(label, offered, index=offered.index(chosen), format_func=name, key=key)
