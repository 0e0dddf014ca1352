"""The four levels as bars on one screen, with last year as a mark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from core.charts import pictures
from core.charts.look import Look, mixed
from core.review.executive.bars import LevelBar

_STEP = 34
# Drawings that are asked for again: of some plans, in two languages, in light and dark.
_KEPT = 32


def specification(bars: Sequence[LevelBar], title: str, look: Look) -> dict[str, Any]:
    """The bars as a page shows them, in Vega-Lite without a title. What was drawn of the same content is not drawn anew."""
    found: dict[str, Any] = json.loads(_drawn(tuple(bars), title, look))
    return found


@lru_cache(maxsize=_KEPT)
def _drawn(bars: tuple[LevelBar, ...], title: str, look: Look) -> str:
    return pictures.as_text(level_bars(bars, title, look).properties(title=""))


def level_bars(bars: Sequence[LevelBar], title: str, look: Look) -> alt.LayerChart:
    """A bar for each level on a track of 100, those behind in the colour of attention; a tick where last year was."""
    rows = pd.DataFrame([{**vars(bar), "whole": 100.0, "at": bar.score or 0.0} for bar in bars])
    down = alt.Axis(labelLimit=120, labelOverlap=False, ticks=False, domain=False, labelFontSize=13, labelColor=look.ink)
    base = alt.Chart(rows).encode(
        y=alt.Y("name:N", sort=[bar.name for bar in bars], title=None, axis=down), tooltip=alt.Tooltip("said:N", title=" ")
    )
    # The words stand to the right of the track, where no bar lies under them.
    across = alt.Scale(domain=[0, 140])
    track = base.mark_bar(height=16, color=look.panel, cornerRadius=3).encode(x=alt.X("whole:Q", scale=across, axis=None))
    colour = alt.condition(alt.datum.behind, alt.value(look.attention), alt.value(look.brand))
    drawn = base.mark_bar(height=16, cornerRadius=3).encode(x=alt.X("at:Q", scale=across, axis=None), color=colour)
    words = base.mark_text(align="left", dx=6, fontSize=12, color=look.ink).encode(x=alt.X("whole:Q", scale=across), text="label:N")
    layers = [track, drawn, words]
    if any(bar.before is not None for bar in bars):
        tick = base.transform_filter("isValid(datum.before)").mark_tick(thickness=3, size=22, color=mixed(look.quiet, look.ink))
        layers.append(tick.encode(x=alt.X("before:Q", scale=across)))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, height=alt.Step(_STEP), width="container").configure_view(stroke=None)
