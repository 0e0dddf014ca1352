"""The chain as files to take away."""

from __future__ import annotations

import streamlit as st

from core.charts.alignment import draw
from core.charts.alignment_layout import PRINT
from core.exports.alignment import workbook
from core.goals.chain.service import Alignment
from pages.shared import state
from pages.shared.downloads import chart_files


def files(found: Alignment, chosen: str | None) -> None:
    """Pictures of what is drawn, with wider columns than the screen has; Excel of the chains, the coverage and the breaks."""
    language = state.language()
    with st.container(horizontal=True):
        chart_files(
            "alignment-chain",
            lambda look: draw(found.chain, chosen, language, look=look, form=PRINT),
            lambda: workbook(found, language),
        )
