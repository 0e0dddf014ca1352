"""Shares of learning time as bars against what is aimed at: short of it in the colour of attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_STEP = 44


@dataclass(frozen=True)
class ShareBar:
    """A share and its target in per cent; `said` has its numbers."""

    name: str
    share: float
    target: float
    said: str


def share_chart(bars: Sequence[ShareBar], title: str, axis: str, names: tuple[str, str, str], look: Look) -> alt.LayerChart:
    """One bar for each share with a mark at its target. `title` is the finding; `names` are those of met, short of it, and the target."""
    # The figure stands with the name: at the bar's end it would run into the mark of a target that is near.
    order = [f"{bar.name}  {bar.share:.1f}%" for bar in bars]
    rows = pd.DataFrame(
        [
            {**vars(bar), "name": name, "standing": names[0] if bar.share + 1e-9 >= bar.target else names[1]}
            for bar, name in zip(bars, order, strict=True)
        ]
    )
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "name:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, labelFontSize=12, labelOverlap=False, ticks=False, domain=False)
        )
    )
    top = max(10.0, *(max(bar.share, bar.target) for bar in bars)) * 1.15
    scale = alt.Scale(domain=[0, min(100.0, top) if top < 100 else 115.0], nice=False)
    across = alt.X(
        "share:Q", title=axis, scale=scale, axis=alt.Axis(tickCount=5, format="d", grid=True, gridOpacity=0.5, titleAnchor="end")
    )
    colour = alt.Color(
        "standing:N",
        scale=alt.Scale(domain=list(names[:2]), range=[look.brand, look.attention]),
        legend=alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=240),
    )
    shown = base.mark_bar(height=18).encode(x=across, color=colour, tooltip=alt.Tooltip("said:N", title=" "))
    aim = base.mark_tick(color=look.ink, thickness=3, height=30).encode(
        x=alt.X("target:Q", title=axis, scale=scale), tooltip=alt.Tooltip("said:N", title=" ")
    )
    aimed = base.mark_text(color=look.quiet, fontSize=11, dy=-21).encode(x=alt.X("target:Q", title=axis, scale=scale), text="aim:N")
    aimed = aimed.transform_calculate(aim=f"'{names[2]} ' + format(datum.target, 'd') + '%'")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(shown, aim, aimed).properties(title=heading, height=alt.Step(_STEP + 14), width="container")
