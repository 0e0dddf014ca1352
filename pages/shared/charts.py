"""A chart on a page: its finding as text above it, where it wraps on a phone, and the chart in the colours of the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import streamlit as st

from core.charts.look import DARK, LIGHT, Look
from core.charts.pictures import for_page
from pages.shared.text import literal

# What no setting of the theme says. A drawing whose letters shrink with it keeps a width at which they can be read, and is pushed from side
# to side; one of a size of its own shrinks where the window is narrower.
_WIDE = """<style>[class*="st-key-wide_{key}"] {{ overflow-x: auto; }}
[class*="st-key-wide_{key}"] > [data-testid="stElementContainer"]:has([data-testid="stVegaLiteChart"]) {{ min-width: {least}px; }}
</style>"""
_FITTED = """<style>[class*="st-key-fitted_"] [data-testid="stVegaLiteChart"] svg.marks { max-width: 100%; height: auto; }
[class*="st-key-fitted_"] [data-testid="stVegaLiteChart"] { max-width: 100%; }</style>"""


def show_chart(title: str, draw: Callable[[Look], Any], *, least: int = 0, **how: Any) -> Any:
    """Show the Altair chart that `draw` makes of the page's look under `title`, which also describes it to those who cannot see it.

    Inside a chart that is narrower than its title, Vega cuts the title or shrinks the chart to nothing. `least`: so many pixels wide it
    is at least, and in a narrower window pushed from side to side. `how` goes to Streamlit; returned is what Streamlit returns.
    """
    return show_drawing(title, lambda look: for_page(draw(look).properties(title="")), least=least, **how)


def show_drawing(title: str, specify: Callable[[Look], dict[str, Any]], *, least: int = 0, **how: Any) -> Any:
    """The same with a chart that is in Vega-Lite already and has no title of its own."""
    st.markdown(f"**{literal(title)}**")
    with _box(least, **how):
        return st.vega_lite_chart(spec=specify(page_look()), alt=title, **how)


def _box(least: int, key: str = "", width: object = None, **how: object) -> AbstractContextManager[Any]:
    """What the chart stands in, so that it can be read in a window of any width."""
    if least:
        st.html(_WIDE.format(key=key, least=least))
        return st.container(key=f"wide_{key}")
    if width == "content":
        st.html(_FITTED)
        return st.container(key=f"fitted_{key}")
    return nullcontext()


def page_look() -> Look:
    """The colours of the page as the reader sees it."""
    return DARK if st.context.theme.type == "dark" else LIGHT
