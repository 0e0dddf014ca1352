"""Money as bars: what is planned, what of it is bound, what is paid, and a mark at the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed

_STEP = 40


@dataclass(frozen=True)
class MoneyBar:
    """Sums in yuan under one heading; `limit` None: there is none. `said` has them in words."""

    name: str
    planned: float
    bound: float
    limit: float | None
    said: str


def money_chart(
    bars: Sequence[MoneyBar], title: str, axis: str, names: tuple[str, str, str], look: Look, *, narrow: bool = False
) -> alt.LayerChart:
    """One bar for each heading: planned, over it what is bound, above the plan in the colour of attention. `names` are those of the plan,
    of what is bound, and of what is bound beyond the plan. Money is drawn in units of ten thousand yuan."""
    rows = pd.DataFrame(
        [
            {
                "name": bar.name,
                "planned": bar.planned / 1e4,
                "bound": bar.bound / 1e4,
                "limit": bar.limit / 1e4 if bar.limit is not None else None,
                "standing": names[2] if bar.bound > bar.planned + 0.5 else names[1],
                "what": names[0],
                "said": bar.said,
            }
            for bar in bars
        ]
    )
    across = alt.Axis(tickCount=5, grid=True, gridOpacity=0.5)
    down = alt.Axis(labelLimit=110 if narrow else 220, labelOverlap=False, ticks=False, domain=False)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=[bar.name for bar in bars], title=None, axis=down), tooltip=alt.Tooltip("said:N", title=" ")
    )
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(names), range=[mixed(look.brand, look.paper), look.brand, look.attention]),
        legend=alt.Legend(title=None, orient="top", columns=1 if narrow else 0, labelColor=look.ink, labelLimit=240),
    )
    planned = base.mark_bar(height=22).encode(x=alt.X("planned:Q", title=axis, axis=across), color=colour)
    standing = alt.Color("standing:N", scale=alt.Scale(domain=list(names)))
    bound = base.mark_bar(height=10).encode(x=alt.X("bound:Q", title=axis), color=standing)
    limit = base.transform_filter("isValid(datum.limit)").mark_tick(color=look.ink, thickness=3, height=30).encode(x="limit:Q")
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(planned, bound, limit).properties(title=heading, height=alt.Step(_STEP), width="container")
