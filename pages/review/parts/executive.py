"""The pieces of the executive page: the verdict, four figures, the four levels, warnings, and what waits for a decision."""

from __future__ import annotations

import streamlit as st

from core.charts.executive import specification
from core.exports.year import YearSheet
from core.i18n import Message
from core.review.executive.judging import Verdict
from pages.shared.charts import show_drawing
from pages.shared.page import link
from pages.shared.text import _, literal

_ICONS = {
    Verdict.OFF: ":red[:material/error:]",
    Verdict.WATCH: ":orange[:material/visibility:]",
    Verdict.ON_TRACK: ":green[:material/check_circle:]",
    Verdict.UNKNOWN: ":gray[:material/help:]",
}
# Where each figure is looked into.
_TILES = {
    "sessions": ("schedule", Message("看排期")),
    "people": ("attendance", Message("看到课")),
    "money": ("budget", Message("看预算")),
    "return": ("returns", Message("看投入与回报")),
}
# One sheet of A4, upright: what is folded away stays on the screen.
_PAPER = """<style>@page { size: A4 portrait; margin: 12mm; } @media print {
[data-testid="stExpander"] { display: none !important; } [data-testid="stMainBlockContainer"] { zoom: 0.8; }
}</style>"""


def paper() -> None:
    """How this page is printed where it differs from the others."""
    st.html(_PAPER)


def verdict(year: YearSheet) -> None:
    """Whether the year is on track, and why."""
    with st.container(border=True):
        st.markdown(f"### {_ICONS[year.verdict]} {year.headline}")
        for one in year.reasons:
            st.markdown(f"- {literal(one)}")


def tiles(year: YearSheet) -> None:
    """Sessions, people, money and return, each with what it rests on."""
    with st.grid(4, min_column_width=150):
        for one in year.tiles:
            with st.container(border=True, height="stretch"):
                st.metric(one.name, one.value)
                st.caption(one.rests_on)
                page, label = _TILES[one.key]
                link(page, _(label), icon=":material/arrow_forward:")


def four_levels(year: YearSheet) -> None:
    """Kirkpatrick's four levels against their targets."""
    if not year.bars:
        st.markdown(f"**{year.levels}**")
        link("results", _("录入结果"), icon=":material/upload_file:")
        return
    show_drawing(year.levels, lambda look: specification(year.bars, year.levels, look), key="executive_levels")
    st.caption(year.scale)
    link("levels", _("看四级指标"), icon=":material/stacked_bar_chart:")


def warned(year: YearSheet) -> None:
    """The projects that are warned of, the most urgent first."""
    st.markdown(f"**{year.warned}**")
    for one in year.alarms:
        st.markdown(f":{'red' if one.stop else 'orange'}-badge[{one.status}] {literal(one.name)}  \n:small[{one.said}]")
    for said in year.also:
        st.caption(said)
    link("warnings", _("看早期预警"), icon=":material/crisis_alert:")


def decisions(year: YearSheet) -> None:
    """What waits for somebody to decide."""
    st.markdown(f"**{_('需要决定的事')}**")
    st.markdown("\n".join(f"- {literal(one)}" for one in year.decisions) if year.decisions else _("没有。"))


def how(year: YearSheet) -> None:
    """How the figures come about."""
    with st.expander(_("这些数怎么来的"), icon=":material/functions:"):
        st.markdown("\n".join(f"- **{name}** — {text}" for name, text in year.how))
