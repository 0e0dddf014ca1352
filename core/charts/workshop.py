"""What came of a workshop's round as bars, readable from the back of a room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look


@dataclass(frozen=True)
class Bar:
    """A part of a bar: the bar's `name`, what the part stands for, its size, and its numbers in words."""

    name: str
    part: str
    value: float
    said: str


def bar_chart(bars: Sequence[Bar], parts: Sequence[str], title: str, axis: str, look: Look, *, big: bool = False) -> alt.Chart:
    """Bars in the order given. With one part all are of one colour; several stand in a row, the last in the colour of attention.

    `title` is the finding. `big`: for a wall.
    """
    size, order = (22 if big else 12), list(dict.fromkeys(one.name for one in bars))
    rows = pd.DataFrame([{**vars(one), "place": list(parts).index(one.part)} for one in bars])
    colours = [look.brand] if len(parts) == 1 else [look.brand, look.quiet, look.attention][: len(parts)]
    labels = alt.Axis(labelLimit=420 if big else 220, labelFontSize=size, labelOverlap=False, ticks=False, domain=False, labelPadding=8)
    across = alt.Axis(tickMinStep=1, format="d", gridOpacity=0.5, labelFontSize=size - 2, titleFontSize=size - 2)
    legend = (
        None if len(parts) == 1 else alt.Legend(title=None, orient="top", labelColor=look.ink, labelFontSize=size, symbolSize=size * 14)
    )
    chart = (
        alt.Chart(rows)
        .mark_bar(height=34 if big else 18)
        .encode(
            y=alt.Y("name:N", sort=order, title=None, axis=labels),
            x=alt.X("value:Q", title=axis, axis=across, stack="zero"),
            color=alt.Color("part:N", scale=alt.Scale(domain=list(parts), range=colours), legend=legend),
            order=alt.Order("place:Q"),
            tooltip=alt.Tooltip("said:N", title=" "),
        )
    )
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return chart.properties(title=heading, height=alt.Step(58 if big else 34), width="container")
