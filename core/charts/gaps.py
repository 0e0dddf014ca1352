"""Gaps: the heat map of groups and competencies, what became of gaps over the years, and the radar of a person."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from core.charts.lettering import wrapped
from core.charts.look import DARK, Look, mixed

_STEP = 34
_SLANTED = 50
# So few names stand beside each other without leaning.
_LEVEL = 5
_NARROWEST = 24
# Where the colour is as dark as the brand: two levels below what is required.
_DEEP = 2.0
_DARK_FROM = 1.1
_TOP = 5
# How far the radar's paper reaches, in levels: the names need room.
_ROOM = 8.0
_OUTSIDE = 5.3
_UPRIGHT = 0.2
_NAME_WIDTH, _NAME_LINES, _LINE_HEIGHT = 6.0, 3, 14
_LINES = ("#1F4E79", "#C8553D", "#7A9E9F", "#B8A15A", "#6B5B7B", "#9AA5B1")
_LINES_DARK = ("#7FAED6", "#E08A75", "#9CC0C1", "#D3BE80", "#A594B8", "#B9C3CD")


@dataclass(frozen=True)
class HeatCell:
    """A competency in a group: the mean gap (None: nothing can be shown), what is written in the cell, and what is said of it."""

    competency: str
    group: str
    value: float | None
    label: str
    said: str
    worst: bool = False


@dataclass(frozen=True)
class YearPoint:
    """The mean gap in a competency at the end of a year; `said` has its numbers."""

    name: str
    year: str
    value: float
    said: str


@dataclass(frozen=True)
class Spoke:
    """A competency of a person's radar; `current` None: not known."""

    name: str
    required: float
    current: float | None


@dataclass(frozen=True)
class Dot:
    """A score of a person in a competency, as a level."""

    source: str
    on: date
    level: float
    said: str


def gap_heat_map(cells: Sequence[HeatCell], title: str, axis: str, look: Look, *, narrow: bool = False) -> alt.LayerChart:
    """Competencies × groups in the order given, the darker the larger the gap.

    `title` is the finding, `axis` names the colour; on a phone it is `narrow`.
    """
    frame = pd.DataFrame([vars(cell) for cell in cells])
    across, down = list(dict.fromkeys(frame["group"])), list(dict.fromkeys(frame["competency"]))
    frame["at"] = frame["group"].map(across.index)
    # A window on a desk may be narrower than a page: the columns for which it has no room stay out, the last ones first.
    base = (
        alt.Chart(frame)
        .transform_filter(f"datum.at < max({_LEVEL}, floor(width / {_NARROWEST}))")
        .encode(
            x=alt.X(
                "group:N",
                sort=across,
                title=None,
                axis=alt.Axis(
                    orient="top",
                    labelAngle=0 if len(across) <= _LEVEL and not narrow else -45,
                    labelOverlap=False,
                    labelLimit=130,
                    domain=False,
                    ticks=False,
                ),
            ),
            y=alt.Y(
                "competency:N",
                sort=down,
                title=None,
                axis=alt.Axis(labelLimit=120 if narrow else 230, labelOverlap=False, domain=False, ticks=False),
            ),
            tooltip=alt.Tooltip("said:N", title=" "),
        )
    )
    shade = alt.Color(
        "value:Q",
        title=axis,
        scale=alt.Scale(domain=[0, _DEEP], range=[_faint(look), look.brand], interpolate="rgb", clamp=True),
        legend=alt.Legend(
            orient="bottom", gradientLength=160, labelColor=look.ink, titleColor=look.ink, titleLimit=400, values=[0, 1, 2], format="d"
        ),
    )
    boxes = base.transform_filter("isValid(datum.value)").mark_rect(stroke=look.paper, strokeWidth=2, cornerRadius=3).encode(color=shade)
    blank = base.transform_filter("!isValid(datum.value)").mark_rect(
        stroke=look.line, strokeWidth=1, strokeDash=[3, 3], fillOpacity=0, cornerRadius=3
    )
    mark = base.transform_filter("datum.worst").mark_rect(stroke=look.attention, strokeWidth=3, fillOpacity=0, cornerRadius=3)
    deep = f"isValid(datum.value) && datum.value > {_DARK_FROM}"
    figures = base.mark_text(fontSize=12).encode(text="label:N", color=alt.condition(deep, alt.value(look.paper), alt.value(look.ink)))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    room = {"left": 5, "top": 5, "right": _SLANTED, "bottom": 5}  # the last name across leans over the edge
    return alt.layer(boxes, blank, mark, figures).properties(title=heading, height=alt.Step(_STEP), width="container", padding=room)


def gap_trend(points: Sequence[YearPoint], title: str, axis: str, look: Look, *, narrow: bool = False) -> alt.LayerChart:
    """A line for each competency, year by year. `title` is the finding, `axis` names the gap; `narrow`: for a phone."""
    frame = pd.DataFrame([vars(point) for point in points])
    named = list(dict.fromkeys(frame["name"]))
    colours = (_LINES_DARK if look.paper == DARK.paper else _LINES)[: len(named)]
    base = alt.Chart(frame).encode(
        x=alt.X("year:N", sort=list(dict.fromkeys(sorted(frame["year"]))), title=None, axis=alt.Axis(labelAngle=0, labelOverlap=False)),
        y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4, gridOpacity=0.5)),
        color=alt.Color(
            "name:N",
            scale=alt.Scale(domain=named, range=list(colours)),
            legend=alt.Legend(
                title=None, orient="top", columns=1 if narrow else 3, labelColor=look.ink, labelLimit=220, symbolType="stroke"
            ),
        ),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    lines, dots = base.mark_line(strokeWidth=2), base.mark_point(filled=True, size=55, opacity=1)
    return alt.layer(lines, dots).properties(title=heading, height=240, width="container")


def talent_radar(spokes: Sequence[Spoke], title: str, names: tuple[str, str], look: Look, *, size: int = 460) -> alt.LayerChart:
    """What is required (dashed) and what is known now, level by level; what is not known breaks the line. As wide as high.

    `names` are those of the two lines. Three spokes at least. There is no legend beside it: that would make it a kite.
    """
    angles = [2 * math.pi * at / len(spokes) for at in range(len(spokes))]
    scale = alt.Scale(domain=[-_ROOM, _ROOM], nice=False)
    x, y = alt.X("x:Q", axis=None, scale=scale), alt.Y("y:Q", axis=None, scale=scale)

    def lines(rows: list[dict[str, float]]) -> alt.Chart:
        return alt.Chart(pd.DataFrame(rows, columns=["x", "y", "x2", "y2"])).encode(x=x, y=y, x2="x2", y2="y2")

    grid = [_line(level, angle, level, angles[at - 1]) for level in range(1, _TOP + 1) for at, angle in enumerate(angles)]
    grid += [_line(0, angle, _TOP, angle) for angle in angles]
    required = [_line(one.required, angles[at], spokes[at - 1].required, angles[at - 1]) for at, one in enumerate(spokes)]
    current = [
        _line(one.current, angles[at], other, angles[at - 1])
        for at, one in enumerate(spokes)
        if one.current is not None and (other := spokes[at - 1].current) is not None
    ]
    dots = [_point(one.current, angle) for one, angle in zip(spokes, angles, strict=True) if one.current is not None]
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(
        lines(grid).mark_rule(color=look.line, strokeWidth=1, opacity=0.7),
        lines(required).mark_rule(strokeWidth=2, strokeDash=[5, 4], color=look.attention),
        lines(current).mark_rule(strokeWidth=2.5, color=look.brand),
        alt.Chart(pd.DataFrame(dots, columns=["x", "y"])).mark_point(filled=True, size=60, opacity=1, color=look.brand).encode(x=x, y=y),
        *_lettering(spokes, angles, x, y, look),
        *_key(names, x, y, look, lines),
    ).properties(title=heading, width=size, height=size)


def level_history(dots: Sequence[Dot], required: int | None, title: str, axis: str, look: Look) -> alt.LayerChart:
    """A person's scores in one competency over time, a line for each source, beside what is required."""
    frame = pd.DataFrame([{**vars(dot), "on": dot.on.isoformat()} for dot in dots])
    named = list(dict.fromkeys(frame["source"]))
    colours = (_LINES_DARK if look.paper == DARK.paper else _LINES)[: len(named)]
    base = alt.Chart(frame).encode(
        x=alt.X("on:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=5, labelOverlap=True)),
        y=alt.Y(
            "level:Q",
            title=axis,
            scale=alt.Scale(domain=[0, _TOP]),
            axis=alt.Axis(values=list(range(_TOP + 1)), format="d", gridOpacity=0.5),
        ),
        color=alt.Color(
            "source:N",
            scale=alt.Scale(domain=named, range=list(colours)),
            legend=alt.Legend(title=None, orient="top", labelColor=look.ink, labelLimit=200, symbolType="stroke"),
        ),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    layers: list[alt.Chart] = [base.mark_line(strokeWidth=2), base.mark_point(filled=True, size=60, opacity=1)]
    if required is not None:
        rule = alt.Chart(pd.DataFrame([{"level": required}])).mark_rule(color=look.attention, strokeDash=[5, 4], strokeWidth=1.5)
        layers.append(rule.encode(y="level:Q"))
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    return alt.layer(*layers).properties(title=heading, height=220, width="container")


def _lettering(spokes: Sequence[Spoke], angles: Sequence[float], x: alt.X, y: alt.Y, look: Look) -> list[alt.Chart]:
    """The names around the radar, each growing outwards, and the levels along its first spoke."""
    places: dict[tuple[str, str, int], list[dict[str, object]]] = {}
    for one, angle in zip(spokes, angles, strict=True):
        across, up = round(math.sin(angle), 6), round(math.cos(angle), 6)
        side = "center" if abs(across) < _UPRIGHT else "left" if across > 0 else "right"
        place = "middle" if side != "center" else "bottom" if up > 0 else "top"
        said = wrapped(one.name, _NAME_WIDTH if side != "center" else 2 * _NAME_WIDTH, _NAME_LINES)
        # Several lines begin where one would stand.
        lift = (len(said) - 1) * {"bottom": _LINE_HEIGHT, "middle": _LINE_HEIGHT // 2, "top": 0}[place]
        places.setdefault((side, place, -lift), []).append({**_point(_OUTSIDE, angle), "name": "\n".join(said)})
    layers = [
        alt.Chart(pd.DataFrame(rows))
        .mark_text(align=side, baseline=place, lineBreak="\n", fontSize=11, lineHeight=_LINE_HEIGHT, color=look.ink, dy=dy)
        .encode(x=x, y=y, text="name:N")
        for (side, place, dy), rows in places.items()
    ]
    levels = pd.DataFrame([{**_point(level, 0.0), "name": f"L{level}"} for level in range(1, _TOP + 1)])
    layers.append(alt.Chart(levels).mark_text(align="left", dx=4, fontSize=10, color=look.quiet).encode(x=x, y=y, text="name:N"))
    return layers


def _key(names: tuple[str, str], x: alt.X, y: alt.Y, look: Look, lines: Callable[[list[dict[str, float]]], alt.Chart]) -> list[alt.Chart]:
    """Which line is which, in the upper left corner."""
    layers = []
    for at, (name, colour, dash) in enumerate(((names[0], look.attention, [5, 4]), (names[1], look.brand, [1, 0]))):
        high = _ROOM - 0.4 - 0.8 * at
        layers.append(
            lines([{"x": -_ROOM, "y": high, "x2": 1.0 - _ROOM, "y2": high}]).mark_rule(strokeWidth=2, strokeDash=dash, color=colour)
        )
        text = pd.DataFrame([{"x": 1.3 - _ROOM, "y": high, "name": name}])
        layers.append(
            alt.Chart(text).mark_text(align="left", baseline="middle", fontSize=12, color=look.ink).encode(x=x, y=y, text="name:N")
        )
    return layers


def _faint(look: Look) -> str:
    """The weakest form of the brand that is still seen on the paper."""
    return mixed(look.paper, mixed(look.paper, mixed(look.paper, look.brand)))


def _point(level: float, angle: float) -> dict[str, float]:
    return {"x": level * math.sin(angle), "y": level * math.cos(angle)}


def _line(level: float, angle: float, other: float, other_angle: float) -> dict[str, float]:
    start, end = _point(level, angle), _point(other, other_angle)
    return {"x": start["x"], "y": start["y"], "x2": end["x"], "y2": end["y"]}
