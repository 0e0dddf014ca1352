"""A link of a project week by week: its own plan, what comparable projects had reached, what it reached itself, where it will end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed

# The legend and the axis are inside it on a page.
_HEIGHT = 300


@dataclass(frozen=True)
class SignalWeek:
    """A week: what was reached of the plan until then with its interval, and the middle half of comparable projects, all in per cent of
    the project's own plan; None where nothing is known."""

    week: int
    value: float | None
    low: float | None
    high: float | None
    peer_low: float | None
    peer_high: float | None


@dataclass(frozen=True)
class SignalEnd:
    """The forecast at the end, in per cent of the plan."""

    week: int
    value: float
    low: float
    high: float


def signal_chart(
    weeks: Sequence[SignalWeek],
    end: SignalEnd | None,
    floor: float,
    last: int,
    title: str,
    axes: tuple[str, str],
    names: tuple[str, str, str, str],
    look: Look,
) -> alt.LayerChart:
    """`names` are those of the project, of comparable ones, of its own plan (100 per cent) with the floor, and of the forecast."""
    rows = pd.DataFrame([vars(one) for one in weeks], columns=["week", "value", "low", "high", "peer_low", "peer_high"])
    rows = rows.astype(dict.fromkeys(("value", "low", "high", "peer_low", "peer_high"), "float64"))
    top = max([120.0, *rows["value"].dropna(), *rows["peer_high"].dropna(), *([min(end.high, 160.0)] if end else [])]) * 1.05
    across = alt.X("week:Q", title=axes[0], scale=alt.Scale(domain=[0, max(last, 2)], nice=False), axis=alt.Axis(tickMinStep=1, grid=False))
    scale = alt.Scale(domain=[0, top], clamp=True)
    axis = alt.Axis(tickCount=4, format="d", grid=True, gridOpacity=0.4)
    domain, colours = list(names), [look.brand, mixed(look.quiet, look.paper), look.ink, look.attention]
    legend = alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=200, columns=1)
    colour = alt.Scale(domain=domain, range=colours)

    named = alt.Color("what:N", scale=colour, legend=legend)

    def called(chart: alt.Chart, place: int) -> alt.Chart:
        return chart.transform_calculate(what=json.dumps(names[place])).encode(color=named)

    def up(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", title=axes[1], scale=scale, axis=axis)

    base = alt.Chart(rows)
    peers = called(base.transform_filter("isValid(datum.peer_low)").mark_area(opacity=0.45), 1)
    spread = called(base.transform_filter("isValid(datum.low)").mark_area(opacity=0.2), 0)
    own = called(base.transform_filter("isValid(datum.value)").mark_line(strokeWidth=2.5, point=len(weeks) < 3), 0)
    aims = called(alt.Chart(pd.DataFrame([{"at": 100.0}, {"at": floor}])).mark_rule(strokeDash=[5, 3], strokeWidth=1.3), 2)
    layers = [
        peers.encode(x=across, y=up("peer_low"), y2="peer_high:Q"),
        spread.encode(x=across, y=up("low"), y2="high:Q"),
        own.encode(x=across, y=up("value")),
        aims.encode(y=up("at")),
    ]
    if end is not None:
        ends = alt.Chart(pd.DataFrame([vars(end)]))
        layers.append(called(ends.mark_rule(strokeWidth=3), 3).encode(x=across, y=up("low"), y2="high:Q"))
        layers.append(called(ends.mark_point(filled=True, size=80), 3).encode(x=across, y=up("value")))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, height=_HEIGHT, width="container")
