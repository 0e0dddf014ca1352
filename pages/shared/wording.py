"""What only a style sheet reaches: the few English words that Streamlit 1.67 writes by itself and offers no setting for, hidden or put into
Chinese, and the punctuation of English.

What it cannot reach of those words stays English: the tooltips of a table's toolbar, "No results" in an
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

# Quotes, dashes and dots have one code in both languages, and a Chinese font draws them as wide as a character. The font of the theme that
# stands first (.streamlit/config.toml) is there for readers of English only, and for these marks only.
_MARKS = """<style>
@font-face { font-family: "Latin marks"; unicode-range: U+00B7, U+2013-2014, U+2018-2019, U+201C-201D, U+2026;
  src: local("Segoe UI"), local("Helvetica Neue"), local("Arial"), local("Roboto"), local("Liberation Sans"), local("DejaVu Sans"); }
</style>"""


def own_words() -> None:
    """Send the style sheet of the reader's language."""
    if state.language() == "zh":
        st.html(_STYLE.format(choose=_("选择文件")))
    else:
        st.html(_MARKS)
