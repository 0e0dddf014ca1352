"""Where everything of the alignment chain stands, in pixels of the design: six columns, projects evenly, the rest beside its projects.

What is chosen gathers its chain around its own height, so that both ends of it are seen at once; what is not part of it makes room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.goals.chain.chain import Chain, Column, Link, Node

HEAD = 34
BOX, STEP = 20, 25
_SAMPLES = 8
_WIDEST = 2.5
_BESIDE_PROJECTS = tuple(column for column in Column if column is not Column.PROJECT)


@dataclass(frozen=True)
class Form:
    """The measures of a drawing: its width, and the room between its columns."""

    width: int
    between: int

    @property
    def column(self) -> float:
        """How wide a column is."""
        return (self.width - self.between * (len(Column) - 1)) / len(Column)

    def left(self, column: Column) -> float:
        """Where a column begins."""
        return list(Column).index(column) * (self.column + self.between)


DESK = Form(width=1080, between=36)
PRINT = Form(width=1500, between=48)


@dataclass(frozen=True)
class Box:
    """A node's place: its left upper corner. `lit`: part of the chain through what is chosen, or nothing is chosen."""

    node: Node
    x: float
    y: float
    lit: bool


@dataclass(frozen=True)
class Curve:
    """A link as points from left to right."""

    link: Link
    points: tuple[tuple[float, float], ...]
    lit: bool


@dataclass(frozen=True)
class Layout:
    """A whole drawing."""

    form: Form
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def lay_out(chain: Chain, chosen: str | None, form: Form = DESK) -> Layout:
    """The chain with what goes through `chosen` gathered around it."""
    places = _places(chain)
    through = chain.through(chosen) if chosen in places and chosen is not None else None
    if through is not None and chosen is not None:
        around = places[chosen]
        for column in Column:
            own = sorted(chain.of(column), key=lambda node: places[node.id])
            places |= _gathered({node.id: places[node.id] for node in own}, through.nodes, around)
    boxes = [Box(node, form.left(node.column), HEAD + places[node.id], through is None or node.id in through.nodes) for node in chain.nodes]
    at = {box.node.id: box for box in boxes}
    curves = [
        Curve(link, _curve(at[link[0]], at[link[1]], form), through is None or link in through.links)
        for link in chain.links
        if link[0] in at and link[1] in at
    ]
    height = max((box.y for box in boxes), default=HEAD) + STEP
    return Layout(form, height, tuple(boxes), tuple(curves))


def _places(chain: Chain) -> dict[str, float]:
    """The height of every node: projects evenly over the longest column; the rest as near to what it shares a strand with as it fits."""
    columns = {column: [node.id for node in chain.of(column)] for column in Column}
    longest, rows = max(map(len, columns.values())), len(columns[Column.PROJECT])
    step = STEP * max(1.0, min(_WIDEST, longest / rows)) if rows else STEP
    places = {one: place * step for place, one in enumerate(columns[Column.PROJECT])}
    projects = set(places)
    beside: dict[str, list[float]] = {}
    for strand in chain.strands:
        there = [places[one] for one in strand.nodes & projects]
        for one in strand.nodes - projects:
            beside.setdefault(one, []).extend(there)
    for column in _BESIDE_PROJECTS:
        places |= _fitted(columns[column], beside)
    return places


def _fitted(ids: Sequence[str], beside: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Nodes of one column at the middle of `beside` each, without one lying on another; those beside nothing come last."""
    wanted = {one: sum(near) / len(near) for one in ids if (near := beside.get(one))}
    order = sorted(ids, key=lambda one: wanted.get(one, float("inf")))
    places: list[float] = []
    low = 0.0
    for one in order:
        places.append(max(low, wanted.get(one, low)))
        low = places[-1] + STEP
    # What was pushed past the end goes back up as far as it has room.
    high = max([*wanted.values(), (len(order) - 1) * STEP], default=0.0)
    for number in reversed(range(len(order))):
        places[number] = min(places[number], high)
        high = places[number] - STEP
    return dict(zip(order, places, strict=True))


def _gathered(places: Mapping[str, float], lit: frozenset[str], around: float) -> dict[str, float]:
    """The nodes of one column with those of the chain together, their middle as near to `around` as there is room. The rest stays where
    it is, or makes room downwards."""
    chained = [one for one in places if one in lit]
    if not chained:
        return dict(places)
    start = max(0.0, around - (len(chained) - 1) * STEP / 2)
    low = start + len(chained) * STEP
    found = {one: start + place * STEP for place, one in enumerate(chained)}
    for one, place in places.items():
        if one in lit:
            continue
        found[one] = place if place <= start - STEP else max(place, low)
        low = low if place <= start - STEP else found[one] + STEP
    return found


def _curve(start: Box, end: Box, form: Form) -> tuple[tuple[float, float], ...]:
    """A line that leaves and arrives level."""
    left, right = start.x + form.column, end.x
    top, bottom = start.y + BOX / 2, end.y + BOX / 2
    steps = (place / _SAMPLES for place in range(_SAMPLES + 1))
    return tuple((left + (right - left) * t, top + (bottom - top) * t * t * (3 - 2 * t)) for t in steps)
