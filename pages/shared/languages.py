"""The choice of the language that a page is shown in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.i18n import LANGUAGES, Language
from pages.shared import state
from pages.shared.text import _

# Each language under its own name, whatever the page is in.
LANGUAGE_NAMES: Mapping[Language, str] = {"zh": "中文", "en": "English"}


def choose_language(key: str) -> Language | None:
    """The other language, when somebody has just chosen it."""
    here = state.language()
    chosen: Language | None = st.segmented_control(
        _("语言"),
        LANGUAGES,
        default=here,
        format_func=LANGUAGE_NAMES.__getitem__,
        label_visibility="collapsed",
        key=f"{key}_{here}",
        required=True,
    )
    return chosen if chosen != here else None
