"""A year as twelve months: which days people work, which were moved, which are holidays, which are better avoided, which are closed."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed

_WIDE, _TALL = 8.0, 8.0
_CELL = 31
_USUAL = 4
_FIRST_ROW = 1.75


@dataclass(frozen=True)
class DayCell:
    """A day of the picture: the name of its kind, the letter that says so too, what is said of it, whether training is closed to it."""

    day: date
    kind: str
    letter: str
    said: str
    closed: bool


@dataclass(frozen=True)
class CalendarWords:
    """What the picture calls things: months from January, weekdays from Monday, the five kinds in the order of `colours`, the tooltip."""

    months: Sequence[str]
    weekdays: Sequence[str]
    kinds: Sequence[str]
    closed: str
    day: str


def year_calendar(cells: Sequence[DayCell], words: CalendarWords, title: str, look: Look, *, columns: int = _USUAL) -> alt.LayerChart:
    """Twelve months in `columns`; `title` is the finding. Every kind has a colour and a letter: nothing hangs on colour alone."""
    colours = dict(zip(words.kinds, _colours(look), strict=True))
    days = pd.DataFrame([{**_row(one, columns), "tone": _tone(one.kind, words.kinds, look)} for one in cells])
    heads = pd.DataFrame([_head(month, name, columns) for month, name in enumerate(words.months)])
    weekdays = pd.DataFrame(
        [
            {"x": _origin(month, columns)[0] + at + 0.5, "y": _origin(month, columns)[1] + 1.3, "text": name}
            for month in range(12)
            for at, name in enumerate(words.weekdays)
        ]
    )
    across = alt.Scale(domain=[0, columns * _WIDE - 1], nice=False)
    down = alt.Scale(domain=[0, (12 // columns) * _TALL], reverse=True, nice=False)

    def at(name: str, scale: alt.Scale, kind: Any) -> Any:
        return kind(f"{name}:Q", scale=scale, axis=None)

    box = alt.Chart(days).encode(x=at("x", across, alt.X), x2="x2:Q", y=at("y", down, alt.Y), y2="y2:Q")
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(
            title=None,
            orient="top",
            labelColor=look.ink,
            symbolType="square",
            symbolSize=140,
            symbolStrokeWidth=1,
            columns=columns if columns < _USUAL else columns + 1,
        ),
    )
    hint = [alt.Tooltip("said:N", title=words.day)]
    fields = box.mark_rect(stroke=look.line, strokeWidth=0.6, cornerRadius=2).encode(color=colour, tooltip=hint)
    bars = (
        alt.Chart(days[days["closed"]])
        .mark_rect(color=look.attention)
        .encode(x=at("x", across, alt.X), x2="x2:Q", y=at("bar", down, alt.Y), y2="y2:Q", tooltip=hint)
    )
    dark = alt.Color("tone:N", scale=None)
    middle = alt.Chart(days).encode(x=at("middle", across, alt.X), color=dark, tooltip=hint)
    numbers = middle.mark_text(fontSize=11, font=look.font).encode(y=at("number", down, alt.Y), text="text:N")
    letters = middle.mark_text(fontSize=9, font=look.font, fontWeight=600).encode(y=at("below", down, alt.Y), text="letter:N")
    names = (
        alt.Chart(heads)
        .mark_text(align="left", fontSize=12, fontWeight=600, color=look.ink, font=look.font)
        .encode(x=at("x", across, alt.X), y=at("y", down, alt.Y), text="text:N")
    )
    small = (
        alt.Chart(weekdays)
        .mark_text(fontSize=9, color=look.quiet, font=look.font)
        .encode(x=at("x", across, alt.X), y=at("y", down, alt.Y), text="text:N")
    )
    heading = alt.TitleParams(title, anchor="start", color=look.ink, offset=12)
    height = round((12 // columns) * _TALL * _CELL)
    shown = alt.layer(fields, bars, numbers, letters, names, small).resolve_scale(color="independent")
    return shown.properties(title=heading, width="container", height=height).configure_view(strokeWidth=0)


def _origin(month: int, columns: int) -> tuple[float, float]:
    return (month % columns) * _WIDE, (month // columns) * _TALL


def _row(one: DayCell, columns: int) -> dict[str, Any]:
    left, top = _origin(one.day.month - 1, columns)
    before = calendar.monthrange(one.day.year, one.day.month)[0]
    place = before + one.day.day - 1
    x, y = left + place % 7, top + _FIRST_ROW + place // 7
    return {
        "x": x + 0.04,
        "x2": x + 0.96,
        "y": y + 0.04,
        "y2": y + 0.96,
        "bar": y + 0.84,
        "middle": x + 0.5,
        "number": y + (0.32 if one.letter else 0.46),
        "below": y + 0.66,
        "text": str(one.day.day),
        "letter": one.letter,
        "kind": one.kind,
        "said": one.said,
        "closed": one.closed,
    }


def _head(month: int, name: str, columns: int) -> dict[str, Any]:
    left, top = _origin(month, columns)
    return {"x": left + 0.1, "y": top + 0.5, "text": name}


def _colours(look: Look) -> list[str]:
    """Work, moved to work, to be avoided, weekend, holiday."""
    return [look.card, look.brand, mixed(mixed(look.attention, look.paper), look.paper), look.panel, look.quiet]


def _tone(kind: str, kinds: Sequence[str], look: Look) -> str:
    """The colour of a number that can be read on the kind's colour."""
    if kind in (kinds[1], kinds[4]):
        return look.paper
    return look.quiet if kind == kinds[3] else look.ink
