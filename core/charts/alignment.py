"""The alignment chain: clause, theme, ability, gap, project and goal in columns, and what leads to what."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from core.charts import pictures
from core.charts.alignment_layout import BOX, DESK, HEAD, Form, Layout, lay_out
from core.charts.lettering import cut, wrapped
from core.charts.look import LIGHT, Look
from core.goals.chain.chain import COLUMN_NAMES, Chain, Column
from core.i18n import Language, Message

SELECTION = "link"

_TYPE, _PAD, _BAR = 11.5, 7, 3
_TITLE = 17.5
_FAINT, _LEGIBLE, _CLEAR = 0.25, 0.4, 1.0
_PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}
# Drawings that are asked for again: what some readers have chosen in some plans, in light and dark.
_KEPT = 48


def headline(chain: Chain) -> Message:
    """What the chain says, for its title."""
    projects = len(chain.of(Column.PROJECT))
    through = sum(_is_whole(strand.nodes, chain) for strand in chain.strands)
    return Message("{projects} 个项目中，{through} 个从条款经短板一路通到已提交的目标", projects=projects, through=through)


def draw(
    chain: Chain,
    chosen: str | None,
    language: Language,
    *,
    look: Look = LIGHT,
    form: Form = DESK,
    selectable: bool = False,
) -> alt.LayerChart:
    """The chain as a chart, with what goes through `chosen` clear and the rest faint.

    `selectable` lets a reader choose a node, under the name `SELECTION`.
    """
    layout = lay_out(chain, chosen, form)
    rows = _rows(layout, chosen, language, look)
    layers = [*_links(layout, look), *_boxes(layout, rows, look, language, selectable=selectable), _heads(chain, layout, look, language)]
    title = alt.TitleParams(
        text=wrapped(headline(chain).render(language), form.width / _TITLE, 2),
        anchor="start",
        fontSize=16,
        limit=form.width * 2,
        fontWeight=600,
        color=look.ink,
        offset=14,
    )
    chart = alt.layer(*layers).properties(width=form.width, height=layout.height, title=title, background=look.paper, padding=_PADDING)
    return chart.configure(font=look.font).configure_view(stroke=None).configure_axis(disable=True)


def specification(chain: Chain, chosen: str | None, language: Language, look: Look) -> dict[str, Any]:
    """The chain as a page shows it, in Vega-Lite: selectable, without a title. What was drawn of the same content is not drawn anew."""
    found: dict[str, Any] = json.loads(_drawn(chain, chosen, language, look))
    return found


@lru_cache(maxsize=_KEPT)
def _drawn(chain: Chain, chosen: str | None, language: Language, look: Look) -> str:
    # As text: whoever shows it may change what they are given.
    return pictures.as_text(draw(chain, chosen, language, look=look, selectable=True).properties(title=""))


def _is_whole(nodes: frozenset[str], chain: Chain) -> bool:
    there = [node for node in chain.nodes if node.id in nodes]
    columns = {node.column for node in there}
    needed = {Column.CLAUSE, Column.THEME, Column.GAP, Column.PROJECT, Column.GOAL}
    return needed <= columns and not any(node.open for node in there if node.column is Column.GOAL)


def _rows(layout: Layout, chosen: str | None, language: Language, look: Look) -> pd.DataFrame:
    room = (layout.form.column - 2 * _PAD) / _TYPE
    return pd.DataFrame(
        [
            {
                "id": box.node.id,
                "x": box.x,
                "x2": box.x + layout.form.column,
                "bar": box.x + _BAR,
                "y": box.y,
                "y2": box.y + BOX,
                "at": box.x + _PAD,
                "middle": box.y + BOX / 2,
                "label": cut(box.node.name, room),
                "name": box.node.name or "—",
                "kind": COLUMN_NAMES[box.node.column].render(language),
                "note": box.node.note or "—",
                "opacity": _CLEAR if box.lit else _FAINT,
                "read": _CLEAR if box.lit else _LEGIBLE,
                "stroke": look.brand if box.node.id == chosen else look.line,
                "weight": 2.2 if box.node.id == chosen else 1.0,
                "open": box.node.open,
            }
            for box in layout.boxes
        ]
    )


def _x(layout: Layout, field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, layout.form.width], nice=False, zero=False), axis=None)


def _y(layout: Layout, field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[layout.height, 0], nice=False, zero=False), axis=None)


def _size(layout: Layout, points: float) -> Any:
    """A type size that shrinks with the chart's width."""
    return alt.ExprRef(f"{points} * min(1, width / {layout.form.width})")


def _links(layout: Layout, look: Look) -> list[alt.Chart]:
    points = [
        {"link": number, "step": step, "x": x, "y": y, "lit": curve.lit}
        for number, curve in enumerate(layout.curves)
        for step, (x, y) in enumerate(curve.points)
    ]
    if not points:
        return []
    some_faint = any(not curve.lit for curve in layout.curves)
    frame = pd.DataFrame(points)

    def lines(part: pd.DataFrame, colour: str, opacity: float, width: float) -> alt.Chart:
        mark = alt.Chart(part).mark_line(color=colour, opacity=opacity, strokeWidth=width, strokeCap="round")
        return mark.encode(x=_x(layout, "x"), y=_y(layout, "y"), detail="link:N", order="step:Q")

    if not some_faint:
        return [lines(frame, look.brand, 0.45, 1.1)]
    lit = frame[frame["lit"]]
    faint = [lines(frame[~frame["lit"]], look.line, 0.5, 0.8)]
    return [*faint, *([lines(lit, look.brand, 0.9, 1.8)] if len(lit) else [])]


def _boxes(layout: Layout, rows: pd.DataFrame, look: Look, language: Language, *, selectable: bool) -> list[alt.Chart]:
    if rows.empty:
        return []
    tips = {"kind": Message("在链上是"), "name": Message("哪一项"), "note": Message("说明")}
    tooltip = [alt.Tooltip(f"{field}:N", title=title.render(language)) for field, title in tips.items()]
    boxes = (
        alt.Chart(rows)
        .mark_rect(fill=look.card, strokeWidth=1, cornerRadius=3, cursor="pointer" if selectable else "default")
        .encode(
            x=_x(layout, "x"),
            x2="x2",
            y=_y(layout, "y"),
            y2="y2",
            tooltip=tooltip,
            opacity=alt.Opacity("opacity:Q", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            strokeWidth=alt.StrokeWidth("weight:Q", scale=None),
        )
    )
    if selectable:
        boxes = boxes.add_params(alt.selection_point(name=SELECTION, fields=["id"], on="click", empty=False))
    texts = (
        alt.Chart(rows)
        .mark_text(align="left", baseline="middle", fontSize=_size(layout, _TYPE), tooltip=None, color=look.ink, cursor="pointer")
        .encode(
            x=_x(layout, "at"),
            y=_y(layout, "middle"),
            text="label:N",
            detail="id:N",
            opacity=alt.Opacity("read:Q", scale=None),
        )
    )
    bars = (
        alt.Chart(rows[rows["open"]])
        .mark_rect(fill=look.attention, cornerRadius=2, tooltip=None)
        .encode(x=_x(layout, "x"), x2="bar", y=_y(layout, "y"), y2="y2", opacity=alt.Opacity("opacity:Q", scale=None))
    )
    return [boxes, bars, texts]


def _heads(chain: Chain, layout: Layout, look: Look, language: Language) -> alt.Chart:
    rows = [
        {"x": layout.form.left(column), "y": HEAD / 2 - 6, "text": f"{COLUMN_NAMES[column].render(language)} {len(chain.of(column))}"}
        for column in Column
    ]
    mark = alt.Chart(pd.DataFrame(rows)).mark_text(
        align="left", baseline="middle", fontSize=_size(layout, 12), fontWeight=600, color=look.quiet, tooltip=None
    )
    return mark.encode(x=_x(layout, "x"), y=_y(layout, "y"), text="text:N")
