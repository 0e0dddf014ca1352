"""Files to take away: a chart as a picture or a page, and what else belongs beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from core.charts import pictures
from core.charts.look import LIGHT, PRINT_FONT, SVG_FONT, Look
from core.charts.pictures import Chart
from pages.shared.text import _

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chart_files(name: str, draw: Callable[[Look], Chart], workbook: Callable[[], bytes]) -> None:
    """PNG, SVG and PDF of what `draw` makes for a look of paper, and Excel. `name` begins the files' names."""
    on_paper = replace(LIGHT, font=PRINT_FONT)
    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        "PNG": ("image/png", lambda: pictures.png(draw(on_paper))),
        "SVG": ("image/svg+xml", lambda: pictures.svg(draw(replace(LIGHT, font=SVG_FONT)))),
        "PDF": ("application/pdf", lambda: pictures.pdf(draw(on_paper))),
        "Excel": (_XLSX, workbook),
    }
    for label, (mime, make) in made.items():
        ending = "xlsx" if label == "Excel" else label.lower()
        st.download_button(
            _("导出 {form}", form=label),
            data=make,
            file_name=f"{name}.{ending}",
            mime=mime,
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"export_{name}_{label}",
        )
