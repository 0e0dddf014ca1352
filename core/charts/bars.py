"""Plain bars for documents, with the figures at their ends: what a slide draws as a chart of its own, printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair as alt
import pandas as pd

from core.charts.lettering import cut
from core.charts.look import Look

PAST = "#B9C2CA"
_OTHERS = ("#1F4E79", "#C8553D", "#7A9E9F")
_LONG, _ROOM = 26.0, 330


def bar_chart(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], bool]],
    written: Callable[[float], str],
    look: Look,
    *,
    across: bool = False,
    size: tuple[int, int] = (760, 300),
) -> alt.LayerChart:
    """Bars in groups, a group for each name; of each series its name, its values (None: not known), and whether it is of the past.

    `across`: bars lie one on the other, for long names. The title belongs to the text around.
    """
    rows = [
        {"name": cut(name, _LONG), "of": called, "value": value, "label": written(value), "place": place}
        for place, (called, values, _past) in enumerate(series)
        for name, value in zip(names, values, strict=True)
        if value is not None
    ]
    fresh = iter(_OTHERS)
    colours = [PAST if past else next(fresh) for _called, _values, past in series]
    legend = alt.Legend(title=None, orient="top", labelColor=look.ink, labelFontSize=13, labelLimit=420) if len(series) > 1 else None
    colour = alt.Color("of:N", scale=alt.Scale(domain=[one[0] for one in series], range=colours), legend=legend)
    order = [cut(name, _LONG) for name in names]
    if across:
        return _lying(pd.DataFrame(rows), order, colour, look, size[0])
    return _standing(pd.DataFrame(rows), order, [one[0] for one in series], colour, look, size)


def _lying(rows: pd.DataFrame, order: Sequence[str], colour: alt.Color, look: Look, width: int) -> alt.LayerChart:
    axis = alt.Axis(labelLimit=_ROOM, labelOverlap=False, ticks=False, domain=False, labelFontSize=12, labelColor=look.ink)
    stacked = alt.X("value:Q", stack="zero", title=None, axis=alt.Axis(tickCount=5, gridColor=look.line, gridOpacity=0.5, domain=False))
    base = alt.Chart(rows).encode(y=alt.Y("name:N", sort=list(order), title=None, axis=axis), order="place:Q")
    drawn = base.mark_bar(height=17).encode(x=stacked, color=colour)
    # The figure stands inside the first part, which the title speaks of.
    words = (
        base.transform_filter("datum.place == 0")
        .mark_text(align="left", dx=5, fontSize=11, color="white")
        .encode(x=alt.value(0), text="label:N")
    )
    return _set(alt.layer(drawn, words).properties(width=width - _ROOM, height=alt.Step(27)), look)


def _standing(
    rows: pd.DataFrame, order: Sequence[str], called: Sequence[str], colour: alt.Color, look: Look, size: tuple[int, int]
) -> alt.LayerChart:
    axis = alt.Axis(labelAngle=0, labelOverlap=False, ticks=False, domainColor=look.line, labelFontSize=12, labelColor=look.ink)
    y = alt.Y(
        "value:Q", title=None, axis=alt.Axis(labels=False, ticks=False, domain=False, gridColor=look.line, gridOpacity=0.5, tickCount=4)
    )
    x, beside = alt.X("name:N", sort=list(order), title=None, axis=axis), alt.XOffset("of:N", sort=list(called))
    base = alt.Chart(rows).encode(x=x, xOffset=beside, y=y)
    words = base.mark_text(dy=-7, fontSize=11, color=look.ink).encode(text="label:N")
    return _set(alt.layer(base.mark_bar().encode(color=colour), words).properties(width=size[0], height=size[1]), look)


def _set(chart: alt.LayerChart, look: Look) -> alt.LayerChart:
    return chart.configure(font=look.font, background=look.paper).configure_view(stroke=None)
