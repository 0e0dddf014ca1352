"""The readiness of each dimension as bars on the scale of the answers, with the round before as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_STEP = 36
_ROOM = 5.4


@dataclass(frozen=True)
class ReadinessBar:
    """A dimension: its mean (None where nothing is answered), its mean in the round before, what is written beside it."""

    name: str
    mean: float | None
    before: float | None
    label: str
    weak: bool


def readiness_chart(bars: Sequence[ReadinessBar], title: str, axis: str, look: Look) -> alt.LayerChart:
    """Horizontal bars in the given order. `title` is the finding, `axis` names the scale."""
    rows = pd.DataFrame([{**vars(bar), "place": bar.mean or 0.0, "end": max(bar.mean or 0.0, bar.before or 0.0)} for bar in bars])
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False, ticks=False, domain=False))
    scale = alt.Scale(domain=[0, _ROOM], nice=False)
    place = alt.Axis(values=[0, 1, 2, 3, 4], format="d", grid=True, gridOpacity=0.5)
    base = alt.Chart(rows).encode(y=names)
    shown = base.mark_bar(height=14, cornerRadiusEnd=2).encode(
        x=alt.X("place:Q", title=axis, scale=scale, axis=place),
        color=alt.condition("datum.weak", alt.value(look.attention), alt.value(look.brand)),
    )
    ticks = (
        base.transform_filter("isValid(datum.before)")
        .mark_tick(thickness=3, size=22, color=look.quiet)
        .encode(x=alt.X("before:Q", scale=scale))
    )
    figures = base.mark_text(align="left", dx=8, color=look.ink, fontSize=12).encode(x=alt.X("end:Q", scale=scale), text="label:N")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, ticks, figures).properties(title=heading, height=alt.Step(_STEP), width="container")
