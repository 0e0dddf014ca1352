"""The chain as files to take away."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.charts import pictures
from core.charts.alignment import draw
from core.charts.alignment_layout import PRINT
from core.charts.look import LIGHT, PRINT_FONT, SVG_FONT
from core.exports.alignment import workbook
from core.goals.chain.service import Alignment
from pages.shared import state
from pages.shared.text import _


def files(found: Alignment, chosen: str | None) -> None:
    """PNG and SVG of what is drawn, with wider columns than the screen has; Excel of the chains, the coverage and the breaks."""
    language = state.language()

    def printed(form: str) -> bytes:
        chart = draw(found.chain, chosen, language, look=replace(LIGHT, font=PRINT_FONT if form == "png" else SVG_FONT), form=PRINT)
        return pictures.png(chart) if form == "png" else pictures.svg(chart)

    with st.container(horizontal=True):
        for label, name, mime, make in (
            ("PNG", "alignment-chain.png", "image/png", lambda: printed("png")),
            ("SVG", "alignment-chain.svg", "image/svg+xml", lambda: printed("svg")),
            (
                "Excel",
                "alignment-chain.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                lambda: workbook(found, language),
            ),
        ):
            st.download_button(
                _("导出 {form}", form=label),
                data=make,
                file_name=name,
                mime=mime,
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"export_chain_{label}",
            )
