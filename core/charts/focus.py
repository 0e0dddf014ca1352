"""The scores of the focus as bars, with the stretch that the unknown leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_STEP = 36
_BELOW = 12


@dataclass(frozen=True)
class Bar:
    """A row: its name, its score and what the score may become, and whether a person has anchored it."""

    name: str
    score: float
    low: float
    high: float
    anchored: bool


def focus_chart(bars: Sequence[Bar], title: str, axis: str, look: Look) -> alt.LayerChart:
    """Horizontal bars in the given order. `title` is the finding, `axis` names the score."""
    rows = pd.DataFrame([{**vars(bar), "label": f"{bar.score:.1f}", "end": max(bar.score, bar.high)} for bar in bars])
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False, ticks=False, domain=False))
    scale = alt.Scale(domain=[0, 108], nice=False)
    place = alt.Axis(values=[0, 20, 40, 60, 80, 100], grid=True, gridOpacity=0.5)
    colour = alt.condition("datum.anchored", alt.value(look.attention), alt.value(look.brand))
    base = alt.Chart(rows).encode(y=names)
    shown = base.mark_bar(height=14, cornerRadiusEnd=2).encode(x=alt.X("score:Q", title=axis, scale=scale, axis=place), color=colour)
    open_ = base.transform_filter("datum.high > datum.low")
    stretch = open_.mark_rule(strokeWidth=1.5, yOffset=_BELOW, color=look.ink, opacity=0.75).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q"
    )
    ends = [
        open_.mark_tick(thickness=1.5, size=7, yOffset=_BELOW, color=look.ink, opacity=0.75).encode(x=alt.X(f"{end}:Q", scale=scale))
        for end in ("low", "high")
    ]
    figures = base.mark_text(align="left", dx=6, color=look.ink, fontSize=12).encode(x=alt.X("end:Q", scale=scale), text="label:N")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, stretch, *ends, figures).properties(title=heading, height=alt.Step(_STEP), width="container")
