"""How any page is printed: without what leads elsewhere, as long as it is, dark on white."""

from __future__ import annotations

import streamlit as st

# Laid out as wide as a desk shows it; a table or a drawing that is larger than the sheet shrinks to it.
_PAPER = """<style>@page { size: A4 landscape; margin: 10mm; } @media print {
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stToastContainer"],
[data-testid="stPageLink"], [data-testid="stButton"],
[data-testid="stDownloadButton"], [data-testid="stPopover"], [data-testid="stButtonGroup"],
[data-testid="stBottom"], [data-testid="stDataFrameResizeHandle"] { display: none !important; }
html, body, #root, #root > div, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
position: static !important; display: block !important; overflow: visible !important; height: auto !important;
background: none !important; }
[data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; zoom: 0.7; }
[data-testid="stDataFrame"], [data-testid="stDataFrame"] * { max-width: 100% !important; }
[data-testid="stDataFrame"] canvas { height: auto !important; }
[data-testid="stVegaLiteChart"] svg.marks { max-width: 100% !important; max-height: 250mm; }
}</style>"""
# A dark page is turned round as a whole, so that its charts go with it; pictures are what they were.
_TURNED = """<style>@media print {
[data-testid="stMainBlockContainer"] { filter: invert(1) hue-rotate(180deg); }
[data-testid="stMainBlockContainer"] img { filter: hue-rotate(180deg) invert(1); }
}</style>"""


def paper() -> None:
    """Say how the page is printed."""
    st.html(_PAPER + _TURNED if st.context.theme.type == "dark" else _PAPER)
