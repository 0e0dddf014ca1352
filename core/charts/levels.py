"""Kirkpatrick's four levels: the radar of this year over last year, and a measure month by month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from core.charts.look import Look

_FULL, _STEP = 100.0, 25.0
# How far the paper reaches: the names need room.
_ROOM = 170.0
_OUTSIDE = 110.0
_UPRIGHT = 0.2
_LETTER = 15


@dataclass(frozen=True)
class Score:
    """A level's score from 0 to 100, now and last year; None: nothing was measured. `label` is written at its corner."""

    label: str
    now: float | None
    before: float | None


@dataclass(frozen=True)
class Month:
    """What a measure came to in a month; `said` has it in words."""

    month: str
    value: float
    said: str


def levels_radar(scores: Sequence[Score], names: tuple[str, str], title: str, look: Look, *, size: int = 400) -> alt.LayerChart:
    """This year's scores over last year's (grey), as wide as high; a level without results breaks the line. `names` are the years'."""
    angles = [2 * math.pi * at / len(scores) for at in range(len(scores))]
    scale = alt.Scale(domain=[-_ROOM, _ROOM], nice=False)
    x, y = alt.X("x:Q", axis=None, scale=scale), alt.Y("y:Q", axis=None, scale=scale)

    def lines(rows: list[dict[str, float]]) -> alt.Chart:
        return alt.Chart(pd.DataFrame(rows, columns=["x", "y", "x2", "y2"])).encode(x=x, y=y, x2="x2", y2="y2")

    rings = [at * _STEP for at in range(1, int(_FULL / _STEP) + 1)]
    grid = [_line(ring, angle, ring, angles[at - 1]) for ring in rings for at, angle in enumerate(angles)]
    grid += [_line(0, angle, _FULL, angle) for angle in angles]
    layers: list[alt.Chart] = [lines(grid).mark_rule(color=look.line, strokeWidth=1, opacity=0.7)]
    for values, colour, width in (
        ([one.before for one in scores], look.quiet, 2.0),
        ([one.now for one in scores], look.brand, 3.0),
    ):
        joined = [
            _line(one, angles[at], other, angles[at - 1])
            for at, one in enumerate(values)
            if one is not None and (other := values[at - 1]) is not None
        ]
        dots = [_point(one, angle) for one, angle in zip(values, angles, strict=True) if one is not None]
        layers.append(lines(joined).mark_rule(strokeWidth=width, color=colour))
        marks = alt.Chart(pd.DataFrame(dots, columns=["x", "y"])).mark_point(filled=True, size=60, opacity=1, color=colour)
        layers.append(marks.encode(x=x, y=y))
    layers += _letters(scores, angles, x, y, look)
    if any(one.before is not None for one in scores):
        layers += _key(names, x, y, look)
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, width=size, height=size)


def measure_trend(months: Sequence[Month], target: float | None, axis: str, title: str, look: Look) -> alt.LayerChart:
    """A measure month by month, with a dashed line at what is to be reached."""
    frame = pd.DataFrame([vars(one) for one in months])
    base = alt.Chart(frame).encode(
        x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=True, nice=True), axis=alt.Axis(tickCount=5, gridOpacity=0.5)),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    layers: list[alt.Chart] = [
        base.mark_line(strokeWidth=2, color=look.brand),
        base.mark_point(filled=True, size=60, opacity=1, color=look.brand),
    ]
    if target is not None:
        rule = alt.Chart(pd.DataFrame([{"value": target}])).mark_rule(color=look.attention, strokeDash=[5, 4], strokeWidth=1.5)
        layers.append(rule.encode(y="value:Q"))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, height=240, width="container")


def _letters(scores: Sequence[Score], angles: Sequence[float], x: alt.X, y: alt.Y, look: Look) -> list[alt.Chart]:
    layers = []
    for one, angle in zip(scores, angles, strict=True):
        across, up = math.sin(angle), math.cos(angle)
        side = "center" if abs(across) < _UPRIGHT else "left" if across > 0 else "right"
        place = "middle" if side != "center" else "bottom" if up > 0 else "top"
        text = alt.Chart(pd.DataFrame([{**_point(_OUTSIDE, angle), "name": one.label}]))
        # Several lines begin where one would stand.
        more = one.label.count("\n") * _LETTER
        lift = {"bottom": -more, "middle": -more // 2, "top": 0}[place]
        layers.append(
            text.mark_text(align=side, baseline=place, lineBreak="\n", fontSize=12, lineHeight=_LETTER, color=look.ink, dy=lift).encode(
                x=x, y=y, text="name:N"
            )
        )
    rings = pd.DataFrame([{**_point(at, 0.0), "name": f"{at:g}"} for at in (50.0,)])
    layers.append(alt.Chart(rings).mark_text(align="left", dx=4, fontSize=10, color=look.quiet).encode(x=x, y=y, text="name:N"))
    return layers


def _key(names: tuple[str, str], x: alt.X, y: alt.Y, look: Look) -> list[alt.Chart]:
    """Which line is which, in the upper left corner."""
    layers = []
    for at, (name, colour) in enumerate(zip(names, (look.brand, look.quiet), strict=True)):
        row = pd.DataFrame([{"x": -_ROOM + 8, "y": _ROOM - 10 - 20 * at, "name": name}])
        base = alt.Chart(row).encode(x=x, y=y)
        layers.append(base.mark_point(filled=True, size=60, opacity=1, color=colour))
        layers.append(base.mark_text(align="left", baseline="middle", dx=10, fontSize=12, color=look.ink).encode(text="name:N"))
    return layers


def _point(score: float, angle: float) -> dict[str, float]:
    return {"x": score * math.sin(angle), "y": score * math.cos(angle)}


def _line(score: float, angle: float, other: float, other_angle: float) -> dict[str, float]:
    start, end = _point(score, angle), _point(other, other_angle)
    return {"x": start["x"], "y": start["y"], "x2": end["x"], "y2": end["y"]}
