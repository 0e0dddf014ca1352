"""The strategy check: how many targets stand where in each quarter, and one target's way through the quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed
from core.strategy.checking.progress import Status

_STEP = 34
# The number of a narrower part would stand in its neighbour's.
_LEGIBLE = 0.05
_ORDER = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NO_DATA)


@dataclass(frozen=True)
class QuarterBar:
    """A quarter, and how many of its targets stand at each status."""

    name: str
    counts: dict[Status, int]


@dataclass(frozen=True)
class TrendPoint:
    """A quarter of one target: what should have been reached and what was; None is unknown."""

    name: str
    expected: float | None
    actual: float | None


def status_chart(bars: Sequence[QuarterBar], title: str, axis: str, names: dict[Status, str], look: Look) -> alt.LayerChart:
    """One bar for each quarter, from on track to no data. `title` is the finding, `axis` names what is counted."""
    rows = []
    for bar in bars:
        before, total = 0, sum(bar.counts.values())
        for place, status in enumerate(_ORDER):
            count = bar.counts.get(status, 0)
            if count:
                said = str(count) if count >= _LEGIBLE * total else ""
                row = {"name": bar.name, "part": names[status], "count": count, "place": place, "middle": before + count / 2}
                rows.append({**row, "said": said})
            before += count
    frame = pd.DataFrame(rows, columns=["name", "part", "count", "place", "middle", "said"])
    domain = [names[status] for status in _ORDER]
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False, ticks=False, domain=False))
    )
    shades = [look.brand, mixed(look.attention, look.paper), look.attention, look.line]
    colours = alt.Scale(domain=domain, range=shades)
    legend = alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=200)
    axis_ = alt.Axis(tickMinStep=1, format="d", grid=True, gridOpacity=0.5)
    shown = base.mark_bar(height=16).encode(
        x=alt.X("count:Q", stack="zero", title=axis, axis=axis_),
        color=alt.Color("part:N", scale=colours, legend=legend),
        order=alt.Order("place:Q"),
    )
    figures = base.mark_text(color=look.ink, fontSize=12, fontWeight=600, dy=-15).encode(x=alt.X("middle:Q", title=axis), text="said:N")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, figures).properties(title=heading, height=alt.Step(_STEP + 10), width="container")


def trend_chart(points: Sequence[TrendPoint], title: str, axis: str, names: tuple[str, str], look: Look) -> alt.LayerChart:
    """What was expected (grey, dashed) and what was reached, quarter by quarter; the unknown leaves a hole.

    `names` are those of the two lines.
    """
    rows = [
        {"name": point.name, "line": line, "value": value}
        for point in points
        for line, value in ((names[0], point.expected), (names[1], point.actual))
    ]
    frame = pd.DataFrame(rows, columns=["name", "line", "value"])
    base = alt.Chart(frame).encode(
        x=alt.X("name:N", sort=[point.name for point in points], title=None, axis=alt.Axis(labelAngle=0, labelOverlap=False)),
        y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=False)),
        color=alt.Color(
            "line:N",
            scale=alt.Scale(domain=list(names), range=[look.quiet, look.brand]),
            legend=alt.Legend(title=None, orient="top", labelColor=look.ink, symbolType="stroke"),
        ),
    )
    dashes = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(names), range=[[5, 4], [1, 0]]), legend=None)
    shown = base.mark_line(strokeWidth=2).encode(strokeDash=dashes)
    dots = base.mark_point(filled=True, size=60)
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, dots).properties(title=heading, height=220, width="container")
