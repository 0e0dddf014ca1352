"""The strategy map: four bands of the balanced scorecard, the themes in them, and what carries what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.lettering import cut, wrapped
from core.charts.look import LIGHT, Look
from core.charts.strategy_map_layout import DESK, Box, Curve, Format, Layout, MapLink, MapTheme, lay_out
from core.i18n import Language, Message
from core.strategy.findings import Perspective
from core.strategy.themes.causes import chains
from core.strategy.themes.service import Overview
from core.strategy.themes.tags import PERSPECTIVE_NAMES

SELECTION = "theme"

_NAME, _SMALL = 13.0, 11.0
_PAD = 10
_TITLE = 17.5
_BREAK = "\n"
# Spelt out: the screen adds to one side of it.
_PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}


def headline(themes: Sequence[MapTheme], links: Sequence[MapLink]) -> Message:
    """What the map says, for its title. Only confirmed links count."""
    confirmed = [(link.cause, link.effect) for link in links if not link.suggested]
    if not confirmed:
        return Message("{n} 个主题，还没有确认的因果关系", n=len(themes))
    bottom = {theme.id for theme in themes if theme.perspective is Perspective.LEARNING}
    top = {theme.id for theme in themes if theme.perspective is Perspective.FINANCIAL}
    through = chains(confirmed, bottom, top)
    if through:
        return Message(
            "{n} 个主题、{links} 条因果关系，{through} 个学习与成长主题一路支撑到财务", n=len(themes), links=len(confirmed), through=through
        )
    return Message("{n} 个主题、{links} 条因果关系，学习与成长还没有一路连到财务", n=len(themes), links=len(confirmed))


def of_plan(seen: Overview) -> tuple[list[MapTheme], list[MapLink]]:
    """A plan's themes and links as the map draws them."""
    themes = [
        MapTheme(
            view.id, view.theme.name, view.theme.perspective, view.theme.owner, view.theme.indicator, view.theme.weight, len(view.members)
        )
        for view in seen.themes
    ]
    return themes, [MapLink(link.cause_id, link.effect_id, link.suggested, link.note) for link in seen.links]


def draw(
    themes: Sequence[MapTheme],
    links: Sequence[MapLink],
    language: Language,
    *,
    look: Look = LIGHT,
    form: Format = DESK,
    subtitle: Message | None = None,
    selectable: bool = False,
) -> alt.LayerChart:
    """The map as a chart whose type shrinks with it where there is less room than designed for.

    `selectable` lets a reader choose a theme, under the name `SELECTION`.
    """
    layout = lay_out(themes, links, form)
    layers = [
        _bands(layout, language, look),
        *_links(layout, look),
        _cards(layout, language, look, selectable=selectable),
        *_lettering(layout, language, look),
    ]
    title = alt.TitleParams(
        text=wrapped(headline(themes, links).render(language), form.width / _TITLE, 3),
        subtitle=subtitle.render(language) if subtitle else "",
        anchor="start",
        fontSize=16,
        limit=form.width * 2,
        fontWeight=600,
        color=look.ink,
        subtitleColor=look.quiet,
        subtitleFontSize=12,
        subtitlePadding=6,
        offset=14,
    )
    chart = alt.layer(*layers).properties(width=form.width, height=layout.height, title=title, background=look.paper, padding=_PADDING)
    return chart.configure(font=look.font).configure_view(stroke=None).configure_axis(disable=True)


def _x(layout: Layout, field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, layout.format.width], nice=False, zero=False), axis=None)


def _y(layout: Layout, field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[layout.height, 0], nice=False, zero=False), axis=None)


def _size(layout: Layout, points: float) -> Any:
    """A type size that shrinks with the chart's width."""
    return alt.ExprRef(f"{points} * min(1, width / {layout.format.width})")


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    # A frame, not a list of values: Altair would check every one of these against its schema.
    return alt.Chart(pd.DataFrame(rows))


def _bands(layout: Layout, language: Language, look: Look) -> alt.LayerChart:
    rows = [
        {
            "x": 0,
            "x2": layout.format.width,
            "y": band.y,
            "y2": band.y + band.height,
            "middle": band.y + band.height / 2,
            "label": PERSPECTIVE_NAMES[band.perspective].render(language),
            "centre": layout.format.margin / 2 - 2,
            "empty": "" if band.themes else Message("这一维度还没有主题").render(language),
            "across": (layout.format.width + layout.format.margin) / 2,
        }
        for band in layout.bands
    ]
    stripes = _chart(rows).mark_rect(fill=look.panel, cornerRadius=6).encode(x=_x(layout, "x"), x2="x2", y=_y(layout, "y"), y2="y2")
    names = (
        _chart(rows)
        .mark_text(angle=270, fontSize=12, fontWeight=600, color=look.quiet, align="center", baseline="middle")
        .encode(x=_x(layout, "centre"), y=_y(layout, "middle"), text="label:N")
    )
    nothing = (
        _chart(rows)
        .mark_text(fontSize=_size(layout, 12), color=look.quiet, align="center", baseline="middle")
        .encode(x=_x(layout, "across"), y=_y(layout, "middle"), text="empty:N")
    )
    return alt.layer(stripes, names, nothing)


def _links(layout: Layout, look: Look) -> list[alt.Chart]:
    if not layout.curves:
        return []
    points = [
        {"link": i, "step": step, "x": x, "y": y, "suggested": curve.link.suggested}
        for i, curve in enumerate(layout.curves)
        for step, (x, y) in enumerate(curve.points)
    ]
    heads = [_head(curve) for curve in layout.curves]
    colour = alt.Color("suggested:N", scale=alt.Scale(domain=[False, True], range=[look.brand, look.quiet]), legend=None)
    lines = (
        _chart(points)
        .mark_line(strokeWidth=1.6, opacity=0.85, strokeCap="round")
        .encode(
            x=_x(layout, "x"),
            y=_y(layout, "y"),
            detail="link:N",
            order="step:Q",
            color=colour,
            strokeDash=alt.StrokeDash("suggested:N", scale=alt.Scale(domain=[False, True], range=[[1, 0], [4, 4]]), legend=None),
        )
    )
    tips = (
        _chart(heads)
        .mark_point(shape="triangle", filled=True, size=70, opacity=1)
        .encode(
            x=_x(layout, "x"),
            y=_y(layout, "y"),
            angle=alt.Angle("angle:Q", scale=None),
            color=colour,
        )
    )
    return [lines, tips]


def _head(curve: Curve) -> dict[str, Any]:
    x, y = curve.points[-1]
    return {"x": x, "y": y + 4 if curve.up else y - 4, "angle": 0 if curve.up else 180, "suggested": curve.link.suggested}


def _cards(layout: Layout, language: Language, look: Look, *, selectable: bool) -> alt.Chart:
    tips = {
        "name": Message("主题"),
        "perspective": Message("维度"),
        "owner": Message("负责人"),
        "indicator": Message("指标"),
        "weight": Message("权重"),
        "findings": Message("发现"),
    }
    rows = [
        {
            "id": box.theme.id,
            "x": box.x,
            "x2": box.x + box.width,
            "y": box.y,
            "y2": box.y + box.height,
            "name": box.theme.name,
            "perspective": PERSPECTIVE_NAMES[box.theme.perspective].render(language),
            "owner": box.theme.owner or "—",
            "indicator": box.theme.indicator or "—",
            "weight": f"{box.theme.weight:g}%" if box.theme.weight else "—",
            "findings": box.theme.findings,
        }
        for box in layout.boxes
    ]
    chart = (
        _chart(rows)
        .mark_rect(fill=look.card, stroke=look.line, strokeWidth=1, cornerRadius=5, cursor="pointer" if selectable else "default")
        .encode(
            x=_x(layout, "x"),
            x2="x2",
            y=_y(layout, "y"),
            y2="y2",
            tooltip=[alt.Tooltip(f"{field}:N", title=title.render(language)) for field, title in tips.items()],
        )
    )
    if not selectable:
        return chart
    chosen = alt.selection_point(name=SELECTION, fields=["id"], on="click", empty=False)
    return chart.encode(
        stroke=alt.condition(chosen, alt.value(look.attention), alt.value(look.line)),
        strokeWidth=alt.condition(chosen, alt.value(2), alt.value(1)),
    ).add_params(chosen)


def _lettering(layout: Layout, language: Language, look: Look) -> list[alt.Chart]:
    names, details, feet = [], [], []
    undecided = Message("负责人、指标待定").render(language)
    for box in layout.boxes:
        room = box.width - 2 * _PAD
        lines = wrapped(box.theme.name, room / _NAME, 2) or ["—"]
        left, top = box.x + _PAD, box.y
        names.append({"x": left, "y": top + 10, "text": _BREAK.join(lines)})
        measured = " · ".join(part for part in (box.theme.owner, box.theme.indicator) if part) or undecided
        below = wrapped(measured, room / _SMALL, 1 if len(lines) == 2 else 2)
        details.append({"x": left, "y": top + 14 + 17 * len(lines), "text": _BREAK.join(below)})
        feet.append({"x": left, "y": top + box.height - 10, "text": cut(_foot(box, language), room / _SMALL)})

    def texts(rows: list[dict[str, Any]], size: float, colour: str, **more: Any) -> alt.Chart:
        style = {"baseline": "top", "lineBreak": _BREAK, "lineHeight": _size(layout, size * 1.32), **more}
        mark = _chart(rows).mark_text(align="left", fontSize=_size(layout, size), color=colour, tooltip=None, **style)
        return mark.encode(x=_x(layout, "x"), y=_y(layout, "y"), text="text:N")

    return [
        texts(names, _NAME, look.ink, fontWeight=600),
        texts(details, _SMALL, look.quiet),
        texts(feet, _SMALL, look.quiet, baseline="bottom"),
    ]


def _foot(box: Box, language: Language) -> str:
    found = Message("{n} 条发现", n=box.theme.findings).render(language)
    if not box.theme.weight:
        return found
    return Message("权重 {weight}%", weight=f"{box.theme.weight:g}").render(language) + " · " + found
