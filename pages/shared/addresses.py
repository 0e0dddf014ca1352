"""Addresses of this server as others reach it."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from core.instance import instance


def server_address() -> str:
    """Where the server is reached from outside, as the settings say, else as this browser reaches it."""
    page = urlsplit(st.context.url or "")
    return instance().settings.public_url.rstrip("/") or f"{page.scheme}://{page.netloc}"
