"""What the page is read on."""

from __future__ import annotations

import streamlit as st


def on_phone() -> bool:
    """Whether the browser says that it runs on a phone: what is beside the text on a desk is folded away there."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
