"""Where a project comes from: the conclusion of an earlier year's review that it was carried over by."""

from __future__ import annotations

import streamlit as st

from core.review.conclusions.carrying import Trace
from core.review.conclusions.terms import CHOICE_NAMES
from pages.shared.page import link
from pages.shared.text import _, literal

_LONGEST = 60


def from_review(trace: Trace | None) -> None:
    """The line with the way back to the conclusion; for one that is to change, what is to be changed."""
    if trace is None:
        return
    said = _("来自 {year} 年复盘：{choice}", year=str(trace.year), choice=CHOICE_NAMES[trace.choice])
    text = trace.text if len(trace.text) <= _LONGEST else trace.text[:_LONGEST] + "…"
    link("conclusions", f"{said}——{literal(text)}", icon=":material/autorenew:", conclusion=trace.conclusion_id)
    if trace.change:
        st.warning(_("复盘要求改：{change}", change=literal(trace.change)), icon=":material/edit:")
