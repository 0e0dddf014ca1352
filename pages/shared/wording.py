"""The few English words that Streamlit 1.67 writes by itself and offers no setting for, hidden or put into Chinese.

Only a style sheet reaches them. What it cannot reach stays English: the tooltips of a table's toolbar, "No results" in an
empty list, the names of the pagination's arrows for screen readers, and the note that an address does not exist.
"""

from __future__ import annotations

import streamlit as st

from pages.shared import state
from pages.shared.text import _

# The label of the uploader says what may be chosen and how large; a text field applies what is typed when one leaves it.
_STYLE = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] {{ visibility: hidden; }}
[data-testid="InputInstructions"] {{ display: none; }}
[data-testid="stFileUploaderDropzone"] button p {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{choose}"; font-size: 0.93rem; }}
</style>"""


def own_words() -> None:
    """Send the style sheet, for readers of Chinese."""
    if state.language() == "zh":
        st.html(_STYLE.format(choose=_("选择文件")))
