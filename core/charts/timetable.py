"""The timetable drawn: a month as a calendar, a week by half days, the year as bars in rows, and loads by month.

What is as it should be is in the brand's colour, what is taught online in its weak form; what somebody should look at has the one colour of
attention. What is pinned has a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from core.charts.look import Look, mixed
from core.i18n import Language, Message

SELECTION = "session"
_LINE, _HEAD, _DAY, _GAP = 21, 26, 24, 4
_MOST_LINES = 6
_WEEK = 7
_STEP = 24
_DEEP_FROM = 0.55
_WIDE, _NARROW = 260, 104
_SMALL = 40
_NARROWEST = 5
_WEEKDAYS = (
    Message("周一"),
    Message("周二"),
    Message("周三"),
    Message("周四"),
    Message("周五"),
    Message("周六"),
    Message("周日"),
)
_HALVES = (Message("上午"), Message("下午"))


@dataclass(frozen=True)
class Entry:
    """A session, or its part on one day. `slots` are the half days that it takes that day; `said` is all that is known of it."""

    id: int
    day: date
    slots: tuple[int, ...]
    label: str
    said: str
    attention: bool = False
    online: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class DayMark:
    """What a day is, where it is no plain workday: a word for it, and whether nobody is taught then."""

    note: str
    closed: bool = True


@dataclass(frozen=True)
class Bar:
    """A session in a row of the year."""

    id: int
    row: str
    starts: date
    ends: date
    said: str
    attention: bool = False
    online: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Load:
    """How much there is in a row in a month; `share` of what there may be (0 … 1 and above; None: no limit), `label` in the cell."""

    row: str
    month: str
    share: float | None
    label: str
    said: str
    attention: bool = False


def month_calendar(month: date, entries: Sequence[Entry], marks: Mapping[date, DayMark], look: Look, language: Language) -> alt.LayerChart:
    """A month by weeks. `month` is any of its days. Weekends only where something is on them."""
    days = _month(month)
    shown = _WEEK if any(one.day.weekday() > 4 for one in entries) or any(not m.closed for d, m in marks.items() if d.weekday() > 4) else 5
    by_day: dict[date, list[Entry]] = {}
    for one in sorted(entries, key=lambda each: (each.slots, each.label)):
        by_day.setdefault(one.day, []).append(one)
    tops, height = _weeks(days, by_day)
    cells, texts, more = [], [], []
    for day in days:
        if day.weekday() >= shown:
            continue
        week = _week_of(day, days[0])
        mark = marks.get(day)
        left, top = day.weekday(), tops[week]
        cells.append(_cell(day, left, top, tops[week + 1] - _GAP, mark, look))
        found = by_day.get(day, [])
        for place, one in enumerate(found[:_MOST_LINES]):
            texts.append(_entry(one, left, top + _DAY + place * _LINE, look, language))
        if len(found) > _MOST_LINES:
            said = Message("还有 {n} 节", n=len(found) - _MOST_LINES).render(language)
            more.append({"x": left + 0.05, "y": top + _DAY + _MOST_LINES * _LINE + 8, "text": said})
    heads = [{"x": at + 0.05, "y": 10, "text": _WEEKDAYS[at].render(language)} for at in range(shown)]
    layers = [_cells(cells, shown, height, look), *_boxes(texts, shown, height, look)]
    layers += [_texts(rows, shown, height, look.quiet) for rows in (heads, more) if rows]
    return alt.layer(*layers).properties(height=height, width="container")


def month_counts(month: date, entries: Sequence[Entry], marks: Mapping[date, DayMark], look: Look, language: Language) -> alt.LayerChart:
    """A month for a narrow screen: every day with how many sessions are on it, in the colour of attention where one wants it."""
    days = _month(month)
    by_day: dict[date, list[Entry]] = {}
    for one in entries:
        by_day.setdefault(one.day, []).append(one)
    height = _HEAD + (_week_of(days[-1], days[0]) + 1) * _SMALL
    cells, counts = [], []
    for day in days:
        left, top = day.weekday(), _HEAD + _week_of(day, days[0]) * _SMALL
        mark, found = marks.get(day), by_day.get(day, [])
        cell = _cell(day, left, top, top + _SMALL - _GAP, DayMark("", mark.closed) if mark is not None else None, look)
        if found:
            cell["fill"] = look.attention if any(one.attention for one in found) else look.brand
            counts.append({"x": left + 0.5, "y": top + 25, "text": str(len(found))})
        cells.append({**cell, "ink": look.paper if found else look.quiet})
    heads = [{"x": at + 0.5, "y": 10, "text": _WEEKDAYS[at].render(language)} for at in range(_WEEK)]
    layers = [_cells(cells, _WEEK, height, look), _texts(heads, _WEEK, height, look.quiet, align="center")]
    if counts:
        layers.append(_texts(counts, _WEEK, height, look.paper, align="center"))
    return alt.layer(*layers).properties(height=height, width="container")


def week_calendar(monday: date, entries: Sequence[Entry], marks: Mapping[date, DayMark], look: Look, language: Language) -> alt.LayerChart:
    """A week by half days, each session in the halves that it takes."""
    shown = _WEEK if any(one.day.weekday() > 4 for one in entries) else 5
    by_half: dict[tuple[int, int], list[Entry]] = {}
    for one in sorted(entries, key=lambda each: each.label):
        for slot in one.slots:
            by_half.setdefault((one.day.weekday(), slot), []).append(one)
    deep = [max((len(some) for (_, slot), some in by_half.items() if slot == half), default=0) for half in (0, 1)]
    tops = [_HEAD + _DAY, _HEAD + _DAY + max(2, deep[0]) * _LINE + _GAP * 3]
    height = tops[1] + max(2, deep[1]) * _LINE + _GAP * 2
    cells, texts, heads = [], [], []
    for at in range(shown):
        day = monday + timedelta(days=at)
        cells.append(_cell(day, at, _HEAD, height - _GAP, marks.get(day), look))
        heads.append({"x": at + 0.05, "y": 10, "text": _WEEKDAYS[at].render(language)})
        for half in (0, 1):
            heads.append({"x": at + 0.97, "y": tops[half] - 6 + (0 if half else -6), "text": _HALVES[half].render(language), "right": True})
            for place, one in enumerate(by_half.get((at, half), [])):
                texts.append(_entry(one, at, tops[half] + place * _LINE, look, language, half=False))
    plain = [one for one in heads if "right" not in one]
    right = [one for one in heads if "right" in one]
    layers = [_cells(cells, shown, height, look), *_boxes(texts, shown, height, look), _texts(plain, shown, height, look.quiet)]
    layers.append(_texts(right, shown, height, look.quiet, align="right"))
    return alt.layer(*layers).properties(height=height, width="container")


def year_bars(
    bars: Sequence[Bar], year: int, look: Look, language: Language, *, today: date | None = None, narrow: bool = False
) -> alt.LayerChart:
    """Sessions as bars over the year, in rows in the order given; `narrow`: names and months are cut short."""
    rows = list(dict.fromkeys(one.row for one in bars))
    frame = pd.DataFrame(
        [
            {
                "id": one.id,
                "row": one.row,
                "starts": one.starts.isoformat(),
                "ends": max(one.ends + timedelta(days=1), one.starts + timedelta(days=_NARROWEST if narrow else 2)).isoformat(),
                "said": one.said,
                # A bar is thin: its weak form has to stand out of the paper without words in it.
                "fill": mixed(look.paper, look.brand) if one.online and not one.attention else _fill(one.attention, one.online, look),
                "stroke": look.ink if one.pinned else look.paper,
            }
            for one in bars
        ]
    )
    axis = alt.Axis(
        orient="top",
        values=[{"year": year, "month": number, "date": 1} for number in range(1, 13)],
        format="%-m" if narrow else "%-m月" if language == "zh" else "%b",
        labelAlign="left",
        labelOverlap=False,
        tickSize=0,
        domain=False,
        gridColor=look.line,
        gridOpacity=0.6,
        labelColor=look.quiet,
    )
    ends = [{"year": year, "month": 1, "date": 1}, {"year": year, "month": 12, "date": 31}]
    x = alt.X("starts:T", title=None, scale=alt.Scale(domain=ends, nice=False), axis=axis)
    y = alt.Y("row:N", sort=rows, title=None, axis=_names(_NARROW if narrow else _WIDE, look))
    drawn = (
        alt.Chart(frame)
        .mark_bar(height=13, cornerRadius=0 if narrow else 2, strokeWidth=0 if narrow else 1, cursor="pointer")
        .encode(
            x=x,
            x2="ends:T",
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["id"], on="click", empty=False))
    )
    layers: list[Any] = [drawn]
    if today is not None and today.year == year:
        line = alt.Chart(pd.DataFrame([{"starts": today.isoformat()}])).mark_rule(color=look.attention, strokeDash=[4, 3])
        layers.append(line.encode(x=alt.X("starts:T")))
    return alt.layer(*layers).properties(height=alt.Step(_STEP), width="container")


def load_map(loads: Sequence[Load], look: Look) -> alt.LayerChart:
    """Rows × months, the stronger the colour the nearer to what there may be; what is above it is framed."""
    frame = pd.DataFrame([vars(one) for one in loads])
    across, down = list(dict.fromkeys(frame["month"])), list(dict.fromkeys(frame["row"]))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "month:N", sort=across, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=False, domain=False, ticks=False)
        ),
        y=alt.Y("row:N", sort=down, title=None, axis=_names(220, look)),
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    faint = mixed(look.paper, mixed(look.paper, look.brand))
    shade = alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=[faint, look.brand], interpolate="rgb", clamp=True), legend=None)
    boxes = base.transform_filter("isValid(datum.share) && datum.share > 0").mark_rect(stroke=look.paper, strokeWidth=2).encode(color=shade)
    marks = base.transform_filter("datum.attention").mark_rect(stroke=look.attention, strokeWidth=2.5, fillOpacity=0)
    deep = f"isValid(datum.share) && datum.share > {_DEEP_FROM}"
    figures = base.mark_text(fontSize=12).encode(text="label:N", color=alt.condition(deep, alt.value(look.paper), alt.value(look.ink)))
    return alt.layer(boxes, marks, figures).properties(height=alt.Step(28), width="container")


def _names(limit: int, look: Look) -> alt.Axis:
    return alt.Axis(labelLimit=limit, labelOverlap=False, domain=False, ticks=False, labelColor=look.ink)


def _month(month: date) -> list[date]:
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return [first + timedelta(days=at) for at in range((following - first).days)]


def _week_of(day: date, first: date) -> int:
    return (day.day - 1 + first.weekday()) // _WEEK


def _weeks(days: Sequence[date], by_day: Mapping[date, Sequence[Entry]]) -> tuple[list[int], int]:
    """Where each week begins, and how high all are: a week is as high as its fullest day."""
    fullest: dict[int, int] = {}
    for day in days:
        week = _week_of(day, days[0])
        found = len(by_day.get(day, ()))
        lines = min(found, _MOST_LINES) + (1 if found > _MOST_LINES else 0)
        fullest[week] = max(fullest.get(week, 1), lines)
    tops = [_HEAD]
    for week in sorted(fullest):
        tops.append(tops[-1] + _DAY + fullest[week] * _LINE + _GAP * 2)
    return tops, tops[-1]


def _cell(day: date, left: int, top: int, bottom: int, mark: DayMark | None, look: Look) -> dict[str, Any]:
    closed = mark is not None and mark.closed
    note = f"{day.day}  {mark.note}" if mark is not None and mark.note else str(day.day)
    fill = look.panel if closed else look.card
    return {
        "x": left + 0.01,
        "x2": left + 0.99,
        "y": top,
        "y2": bottom,
        "fill": fill,
        "note": note,
        "at": left + 0.05,
        "middle": top + 12,
        "ink": look.quiet,
    }


def _entry(one: Entry, left: int, top: int, look: Look, language: Language, *, half: bool = True) -> dict[str, Any]:
    named = {0: Message("上"), 1: Message("下")}.get(one.slots[0]) if len(one.slots) == 1 else None
    prefix = f"{named.render(language)} " if half and named is not None else ""
    return {
        "id": one.id,
        "x": left + 0.03,
        "x2": left + 0.97,
        "y": top,
        "y2": top + _LINE - 3,
        "at": left + 0.06,
        "middle": top + (_LINE - 3) / 2,
        "label": prefix + one.label,
        "said": one.said,
        "fill": _fill(one.attention, one.online, look),
        "ink": look.paper if one.attention or not one.online else look.ink,
        "stroke": look.ink if one.pinned else "transparent",
    }


def _fill(attention: bool, online: bool, look: Look) -> str:
    if attention:
        return look.attention
    return mixed(look.paper, mixed(look.paper, look.brand)) if online else look.brand


def _x(field: str, shown: int) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, shown], nice=False, zero=False), axis=None)


def _y(field: str, height: int) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False, zero=False), axis=None)


def _cells(rows: Sequence[Mapping[str, Any]], shown: int, height: int, look: Look) -> Any:
    frame = pd.DataFrame(list(rows))
    base = alt.Chart(frame)
    boxes = base.mark_rect(stroke=look.line, strokeWidth=0.8, cornerRadius=3, tooltip=None).encode(
        x=_x("x", shown), x2="x2", y=_y("y", height), y2="y2", fill=alt.Fill("fill:N", scale=None)
    )
    limit = alt.ExprRef(f"width / {shown} - 14")
    notes = base.mark_text(align="left", baseline="middle", fontSize=11, limit=limit, tooltip=None).encode(
        x=_x("at", shown), y=_y("middle", height), text="note:N", color=alt.Color("ink:N", scale=None)
    )
    return alt.layer(boxes, notes)


def _boxes(rows: Sequence[Mapping[str, Any]], shown: int, height: int, look: Look) -> list[Any]:
    if not rows:
        return []
    frame = pd.DataFrame(list(rows))
    boxes = (
        alt.Chart(frame)
        .mark_rect(cornerRadius=3, strokeWidth=1.5, cursor="pointer")
        .encode(
            x=_x("x", shown),
            x2="x2",
            y=_y("y", height),
            y2="y2",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=alt.Tooltip("said:N", title=" "),
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["id"], on="click", empty=False))
    )
    limit = alt.ExprRef(f"width / {shown} * 0.9")
    texts = (
        alt.Chart(frame)
        .mark_text(align="left", baseline="middle", fontSize=11, limit=limit, tooltip=None, cursor="pointer")
        .encode(x=_x("at", shown), y=_y("middle", height), text="label:N", detail="id:N", color=alt.Color("ink:N", scale=None))
    )
    return [boxes, texts]


def _texts(rows: Sequence[Mapping[str, Any]], shown: int, height: int, colour: str, align: str = "left") -> Any:
    mark = alt.Chart(pd.DataFrame(list(rows))).mark_text(align=align, baseline="middle", fontSize=11, color=colour, tooltip=None)
    return mark.encode(x=_x("x", shown), y=_y("y", height), text="text:N")
