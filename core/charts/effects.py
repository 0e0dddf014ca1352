"""Effects as intervals, knowledge over time, and first use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.lettering import wrapped
from core.charts.look import Look

_STEP, _HEIGHT = 52, 300
_NAME, _LINES = 14, 2


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval under a name; `chosen`: it is the one that the design calls for. `said` has it in words."""

    name: str
    value: float
    low: float
    high: float
    chosen: bool
    said: str


@dataclass(frozen=True)
class Mark:
    """A point of a curve over days: a share of 0 to 1 with its interval where there is one."""

    days: float
    share: float
    low: float | None
    high: float | None
    said: str


def interval_chart(some: Sequence[Interval], title: str, axis: str, look: Look) -> alt.LayerChart:
    """A dot with its interval for each estimate, the chosen one in the colour of attention, and a line at nought."""
    rows = pd.DataFrame(
        [
            {
                "name": "\n".join(wrapped(one.name, _NAME, _LINES)),
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "said": one.said,
                "chosen": one.chosen,
            }
            for one in some
        ]
    )
    across = alt.Axis(tickCount=6, grid=True, gridOpacity=0.5)
    down = alt.Axis(labelLimit=220, labelOverlap=False, ticks=False, domain=False, labelExpr="split(datum.value, '\\n')")
    colour = alt.condition("datum.chosen", alt.value(look.attention), alt.value(look.brand))
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=down), tooltip=alt.Tooltip("said:N", title=" "), color=colour
    )
    line = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", title=axis, axis=across, scale=alt.Scale(zero=True)), x2="high:Q")
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x=alt.X("value:Q", title=axis))
    nought = alt.Chart(pd.DataFrame([{"at": 0.0}])).mark_rule(color=look.quiet, strokeDash=[4, 3]).encode(x="at:Q")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(nought, line, dot).properties(title=heading, height=alt.Step(_STEP), width="container")


def retention_chart(
    marks: Sequence[Mark], line: Sequence[tuple[float, float]], target: float | None, title: str, axes: tuple[str, str], look: Look
) -> alt.LayerChart:
    """Measured shares as dots, the curve through them where there is one (`line`: days and share), and the target as a dashed line."""
    rows = pd.DataFrame([{"days": one.days, "share": one.share, "said": one.said} for one in marks])
    along = alt.X("days:Q", title=axes[0], scale=alt.Scale(domainMin=0))
    up = alt.Y("share:Q", title=axes[1], axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, max(1.0, *(one.share for one in marks))]))
    layers = []
    if line:
        curve = pd.DataFrame([{"days": days, "share": share} for days, share in line])
        layers.append(alt.Chart(curve).mark_line(color=look.brand, strokeWidth=2).encode(x=along, y=up))
    if target is not None:
        asked = pd.DataFrame([{"share": target}])
        layers.append(alt.Chart(asked).mark_rule(color=look.attention, strokeDash=[5, 4]).encode(y=up))
    dots = alt.Chart(rows).mark_point(filled=True, size=90, opacity=1, color=look.brand)
    layers.append(dots.encode(x=along, y=up, tooltip=alt.Tooltip("said:N", title=" ")))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, height=_HEIGHT, width="container")


def first_use_chart(marks: Sequence[Mark], title: str, axes: tuple[str, str], look: Look) -> alt.LayerChart:
    """The share that had used it by each day, as steps with their interval."""
    rows = pd.DataFrame(
        [{"days": 0.0, "share": 0.0, "low": 0.0, "high": 0.0, "said": ""}]
        + [{"days": one.days, "share": one.share, "low": one.low, "high": one.high, "said": one.said} for one in marks]
    )
    along = alt.X("days:Q", title=axes[0], axis=alt.Axis(format="d", tickMinStep=1))
    up = alt.Y("share:Q", title=axes[1], axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(rows)
    band = base.mark_area(interpolate="step-after", color=look.brand, opacity=0.18).encode(
        x=along, y=alt.Y("low:Q", title=axes[1]), y2="high:Q"
    )
    steps = base.mark_line(interpolate="step-after", color=look.brand, strokeWidth=2).encode(x=along, y=up)
    dots = base.mark_point(filled=True, size=30, color=look.brand).encode(x=along, y=up, tooltip=alt.Tooltip("said:N", title=" "))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(band, steps, dots).properties(title=heading, height=_HEIGHT, width="container")
