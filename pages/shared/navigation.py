"""The sitemap as Streamlit wants it: the pages that a person may open, and those that are closed to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.access.actor import Actor
from pages.shared.sitemap import PAGES
from pages.shared.text import _

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@cache
def _path(script: str) -> str:
    return str(Path(__file__).parents[2] / script)


def page_object(name: str) -> StreamlitPage:
    """The page `name` as Streamlit wants it, in the reader's language."""
    spec = PAGES[name]
    return st.Page(
        _path(spec.script),
        title=_(spec.title),
        icon=spec.icon,
        url_path=spec.url_path or None,
        default=not spec.url_path,
        visibility="hidden" if spec.hidden else "visible",
        help=_(spec.question),
    )


def page_at(name: str, address: str) -> StreamlitPage:
    """The page `name` at another address than its own, in no list of pages."""
    spec = PAGES[name]
    return st.Page(_path(spec.script), title=_(spec.title), icon=spec.icon, url_path=address, visibility="hidden")


def closed_pages(actor: Actor, refuse: Callable[[], None]) -> list[StreamlitPage]:
    """The pages this person may not open: each address leads to `refuse`, so that none is reported as missing."""
    return [
        st.Page(refuse, title=str(spec.title), url_path=spec.url_path, visibility="hidden")
        for spec in PAGES.values()
        if spec.right is not None and not actor.may(spec.right)
    ]


def pages_for(actor: Actor) -> dict[str, list[StreamlitPage]]:
    """The pages this person may open, by sidebar section."""
    found: dict[str, list[StreamlitPage]] = {}
    for name, spec in PAGES.items():
        if spec.right is None or actor.may(spec.right):
            found.setdefault(_(spec.section), []).append(page_object(name))
    return found
