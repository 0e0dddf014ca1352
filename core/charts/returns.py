"""What moves a return most, as a tornado of bars around what was worked out; and what was returned beside what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed

_STEP = 38


@dataclass(frozen=True)
class SwingBar:
    """A factor with the ROI in per cent at both ends; `said` has them in words."""

    name: str
    down: float
    up: float
    said: str


@dataclass(frozen=True)
class ReturnBar:
    """A heading with its cost and what is credited to it, in yuan; `low` and `high` are the interval of the credited money."""

    name: str
    cost: float
    credited: float
    low: float | None
    high: float | None
    said: str


def tornado_chart(bars: Sequence[SwingBar], middle: float, title: str, axis: str, names: tuple[str, str], look: Look) -> alt.LayerChart:
    """A bar for each factor from the ROI when it is worse to the ROI when it is better, around `middle`; a line at no return at all."""
    rows = pd.DataFrame(
        [
            {"name": bar.name, "from": start, "to": end, "what": what, "said": bar.said}
            for bar in bars
            for start, end, what in ((bar.down, middle, names[0]), (middle, bar.up, names[1]))
        ]
    )
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(names), range=[look.attention, look.brand]),
        legend=alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=240),
    )
    down = alt.Axis(labelLimit=200, labelOverlap=False, ticks=False, domain=False)
    drawn = (
        alt.Chart(rows)
        .mark_bar(height=18)
        .encode(
            y=alt.Y("name:N", sort=[bar.name for bar in bars], title=None, axis=down),
            x=alt.X("from:Q", title=axis, axis=alt.Axis(tickCount=6, format="d", grid=True, gridOpacity=0.5)),
            x2="to:Q",
            color=colour,
            tooltip=alt.Tooltip("said:N", title=" "),
        )
    )
    lines = pd.DataFrame([{"at": 0.0}, {"at": middle}])
    marks = alt.Chart(lines).mark_rule(color=look.ink, strokeWidth=1.5, strokeDash=[4, 3]).encode(x="at:Q")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(drawn, marks).properties(title=heading, height=alt.Step(_STEP), width="container")


def returns_chart(bars: Sequence[ReturnBar], title: str, axis: str, names: tuple[str, str], look: Look) -> alt.LayerChart:
    """For each heading two bars, cost and what is credited, with the interval of the latter. Money is in units of ten thousand yuan."""
    rows = pd.DataFrame(
        [
            row
            for bar in bars
            for row in (
                {"name": bar.name, "what": names[0], "money": bar.cost / 1e4, "low": None, "high": None, "said": bar.said},
                {
                    "name": bar.name,
                    "what": names[1],
                    "money": bar.credited / 1e4,
                    "low": _ten(bar.low),
                    "high": _ten(bar.high),
                    "said": bar.said,
                },
            )
        ]
    )
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(names), range=[mixed(look.quiet, look.paper), look.brand]),
        legend=alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=240),
    )
    down = alt.Axis(labelLimit=200, labelOverlap=False, ticks=False, domain=False)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=[bar.name for bar in bars], title=None, axis=down),
        yOffset=alt.YOffset("what:N", sort=list(names)),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    across = alt.X("money:Q", title=axis, axis=alt.Axis(tickCount=5, grid=True, gridOpacity=0.5))
    drawn = base.mark_bar(height=14).encode(x=across, color=colour)
    spread = base.transform_filter("isValid(datum.low)").mark_rule(color=look.attention, strokeWidth=2.5)
    spread = spread.encode(x=alt.X("low:Q", title=axis), x2="high:Q")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(drawn, spread).properties(title=heading, height=alt.Step(20), width="container")


def _ten(yuan: float | None) -> float | None:
    return yuan / 1e4 if yuan is not None else None
