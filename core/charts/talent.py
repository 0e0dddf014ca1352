"""What a score says about a result: the share with a good result above and below each cut-off, beside that of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_HEIGHT = 300


@dataclass(frozen=True)
class CutMark:
    """A cut-off: the share at or above it with its interval, and the share below (fractions, None where hidden); `said` has it in words."""

    cut: float
    above: float | None
    low: float | None
    high: float | None
    below: float | None
    chosen: bool
    said: str


def cut_chart(
    marks: Sequence[CutMark], base: float, title: str, axes: tuple[str, str], names: tuple[str, str, str], look: Look
) -> alt.LayerChart:
    """`names` are those of the people at or above the cut-off, of those below, and of all (the dashed line at `base`)."""
    columns = ["cut", "above", "low", "high", "below", "chosen", "said"]
    rows = pd.DataFrame([vars(one) for one in marks], columns=columns)
    rows = rows.astype(dict.fromkeys(("cut", "above", "low", "high", "below"), "float64"))
    ends = (float(rows["cut"].min()), float(rows["cut"].max()))
    room = 2.5 if ends[0] < ends[1] else 10
    ticks = alt.Axis(grid=False, values=sorted({one.cut for one in marks}), format="d", labelOverlap=True)
    along = alt.X("cut:Q", title=axes[0], scale=alt.Scale(domain=[ends[0] - room, ends[1] + room], nice=False), axis=ticks)
    axis, scale = alt.Axis(format="%", tickCount=5, gridOpacity=0.4), alt.Scale(domain=[0, 1])
    colour = alt.Scale(domain=list(names), range=[look.brand, look.quiet, look.ink])
    legend = alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=0, columns=1)

    def up(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=axes[1], axis=axis, scale=scale)

    said = alt.Tooltip("said:N", title=" ")
    who = alt.Color("who:N", scale=colour, legend=legend)
    above, below = (alt.Chart(rows.dropna(subset=[name]).assign(who=names[place])) for place, name in enumerate(("above", "below")))
    spread = above.mark_rule(strokeWidth=6, opacity=0.25).encode(x=along, y=up("low"), y2="high:Q", color=who)
    line = above.mark_line(strokeWidth=2).encode(x=along, y=up("above"), color=who)
    dots = above.mark_point(filled=True, size=60, opacity=1).encode(x=along, y=up("above"), color=who, tooltip=said)
    others = below.mark_line(strokeWidth=2).encode(x=along, y=up("below"), color=who)
    marks_below = below.mark_point(filled=True, size=40, opacity=1).encode(x=along, y=up("below"), color=who, tooltip=said)
    whole = alt.Chart(pd.DataFrame([{"at": base, "who": names[2]}])).mark_rule(strokeDash=[5, 4]).encode(y=up("at"), color=who)
    looked = above.transform_filter("datum.chosen").mark_point(filled=True, size=170, opacity=1, color=look.attention)
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    layers = [whole, others, marks_below, spread, line, dots, looked.encode(x=along, y=up("above"), tooltip=said)]
    return alt.layer(*layers).properties(title=heading, height=_HEIGHT, width="container")
