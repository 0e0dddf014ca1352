"""What people stress in interviews as bars: what documents say too, and what no document says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_STEP = 34


@dataclass(frozen=True)
class StressBar:
    """A person, and how many of the things they say stand in documents too (`both`) or nowhere else (`alone`)."""

    name: str
    both: int
    alone: int


def stress_chart(bars: Sequence[StressBar], title: str, axis: str, names: tuple[str, str], look: Look) -> alt.LayerChart:
    """One bar for each person. `title` is the finding, `axis` names what is counted, `names` are those of `both` and `alone`."""
    rows = pd.DataFrame(
        [
            {"name": bar.name, "part": part, "count": count, "place": place, "middle": before + count / 2}
            for bar in bars
            for place, (part, count, before) in enumerate(((names[0], bar.both, 0), (names[1], bar.alone, bar.both)))
            if count
        ],
        columns=["name", "part", "count", "place", "middle"],
    )
    order = [bar.name for bar in bars]
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=240, labelOverlap=False, ticks=False, domain=False))
    )
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=list(names), range=[look.brand, look.attention]),
        legend=alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=240),
    )
    place = alt.Axis(tickMinStep=1, format="d", grid=True, gridOpacity=0.5)
    shown = base.mark_bar(height=16).encode(
        x=alt.X("count:Q", stack="zero", title=axis, axis=place), color=colour, order=alt.Order("place:Q")
    )
    figures = base.mark_text(color=look.paper, fontSize=12, fontWeight=600).encode(x=alt.X("middle:Q", title=axis), text="count:Q")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, figures).properties(title=heading, height=alt.Step(_STEP), width="container")
