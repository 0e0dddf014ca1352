"""A chart on a page: its finding as text above it, where it wraps on a phone, and the chart in the colours of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.charts.look import DARK, LIGHT, Look
from core.charts.pictures import for_page
from pages.shared.text import literal


def show_chart(title: str, draw: Callable[[Look], Any], **how: Any) -> Any:
    """Show the Altair chart that `draw` makes of the page's look under `title`, which also describes it to those who cannot see it.

    Inside a chart that is narrower than its title, Vega cuts the title or shrinks the chart to nothing. `how` goes to Streamlit;
    returned is what Streamlit returns.
    """
    st.markdown(f"**{literal(title)}**")
    return st.vega_lite_chart(spec=for_page(draw(page_look()).properties(title="")), alt=title, **how)


def show_drawing(title: str, specify: Callable[[Look], dict[str, Any]], **how: Any) -> Any:
    """The same with a chart that is in Vega-Lite already and has no title of its own."""
    st.markdown(f"**{literal(title)}**")
    return st.vega_lite_chart(spec=specify(page_look()), alt=title, **how)


def page_look() -> Look:
    """The colours of the page as the reader sees it."""
    return DARK if st.context.theme.type == "dark" else LIGHT
