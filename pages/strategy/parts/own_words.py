"""A finding of one's own on words that a document or a leader said."""

from __future__ import annotations

import streamlit as st

from core.access.actor import Actor
from core.strategy import review
from core.strategy.findings import FindingKind, Measure
from core.strategy.review import LONGEST_TEXT, Draft
from core.strategy.tables import FindingRow
from pages.shared.database import acting
from pages.shared.text import _
from pages.strategy.parts.theme_findings import KIND_NAMES


def write_own(actor: Actor, plan_id: int, row: FindingRow) -> None:
    """The form in which somebody says in their own words what these words come to; what they write is accepted."""
    with st.expander(_("用自己的话写成发现"), icon=":material/edit_note:"), st.form(f"own_words_{row.id}", border=False):
        # A target's figures are the document's: only what was measured can be written as one.
        kinds = [kind for kind in FindingKind if kind is not FindingKind.TARGET or row.measure]
        kind = st.selectbox(
            _("类型"), kinds, index=kinds.index(row.kind), format_func=lambda one: _(KIND_NAMES[one]), key=f"own_kind_{row.id}", width=240
        )
        text = st.text_area(_("内容"), row.text, max_chars=LONGEST_TEXT, key=f"own_text_{row.id}", height=90)
        st.caption(_("原话作为依据保留，一字不改；写好的发现视为已采纳，可以撤销。"))
        if st.form_submit_button(_("写入发现")):
            measure = Measure(**row.measure) if row.measure and kind is FindingKind.TARGET else None
            draft = Draft(kind, text, row.perspective, tuple(row.competencies), measure)
            with acting(done=_("已写成发现并采纳")) as db:
                review.add(db, actor, plan_id, row.document_id, row.start, row.end, draft)
