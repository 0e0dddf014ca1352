"""What all projects teach and how, as a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.delivery.content.service import ContentView
from core.exports.contents import content_workbook
from pages.delivery.parts.timetable_acts import XLSX
from pages.shared import state
from pages.shared.text import _, person


def export(views: Sequence[ContentView]) -> None:
    """The button that hands the workbook over: the triage with its reasons, and the design."""
    language = state.language()
    st.download_button(
        _("导出 Excel"),
        data=lambda: content_workbook(views, language, person),
        file_name=_("内容与融合设计.xlsx"),
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="content_file",
    )
