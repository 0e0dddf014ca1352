"""Where everything of a strategy map stands, in pixels of the design: four bands, the boxes in them, the links between.

The order within a band is found by barycentres (Sugiyama): each theme moves towards the middle of those it is linked with, and the order
that crosses the fewest links is kept. Links run upwards and pass the rows between them through the gaps beside the boxes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.strategy.findings import Perspective
from core.strategy.themes.tags import CAUSAL_ORDER

BANDS = tuple(reversed(CAUSAL_ORDER))  # top to bottom
ROW_GAP = 42
BAND_GAP = 10
_SWEEPS = 8
_CURVE = 14
_ASIDE = 26


@dataclass(frozen=True)
class MapTheme:
    """A theme as the map shows it."""

    id: int
    name: str
    perspective: Perspective
    owner: str = ""
    indicator: str = ""
    weight: float = 0.0
    findings: int = 0


@dataclass(frozen=True)
class MapLink:
    """Cause and effect. `suggested` until a person has confirmed it."""

    cause: int
    effect: int
    suggested: bool = False
    note: str = ""


@dataclass(frozen=True)
class Format:
    """The measures of a map: its width, the room for the bands' names, a box's height, and how many boxes a row may have."""

    width: int
    margin: int
    box_height: int
    columns: int
    gap: int


DESK = Format(width=1020, margin=36, box_height=92, columns=6, gap=18)
PAPER = Format(width=640, margin=32, box_height=92, columns=3, gap=18)
PHONE = Format(width=350, margin=28, box_height=92, columns=2, gap=18)


@dataclass(frozen=True)
class Box:
    """A theme's place: its left upper corner and its size."""

    theme: MapTheme
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Band:
    """A perspective's stripe across the map."""

    perspective: Perspective
    y: float
    height: float
    themes: int


@dataclass(frozen=True)
class Curve:
    """A link as points from cause to effect; `up` says whether it arrives from below."""

    link: MapLink
    points: tuple[tuple[float, float], ...]
    up: bool


@dataclass(frozen=True)
class Layout:
    """A whole map."""

    format: Format
    height: float
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def lay_out(themes: Sequence[MapTheme], links: Sequence[MapLink], form: Format = DESK) -> Layout:
    """The map of `themes`, which come in the order that people gave them; links to themes that are not there are left out."""
    known = {theme.id for theme in themes}
    links = [link for link in links if link.cause in known and link.effect in known and link.cause != link.effect]
    by_band = order(themes, links)
    columns = max(1, min(form.columns, max((len(row) for row in by_band.values()), default=1)))
    columns = max(columns, min(form.columns, 3))
    step = (form.width - form.margin) / columns
    bands: list[Band] = []
    boxes: list[Box] = []
    top = 0.0
    for perspective in BANDS:
        rows = _rows(by_band[perspective], columns)
        height = ROW_GAP / 2 + max(1, len(rows)) * (form.box_height + ROW_GAP) - ROW_GAP / 2
        bands.append(Band(perspective, top, height, len(by_band[perspective])))
        for r, row in enumerate(rows):
            left = form.margin + (columns - len(row)) * step / 2 + form.gap / 2
            y = top + ROW_GAP / 2 + r * (form.box_height + ROW_GAP)
            boxes.extend(Box(theme, left + c * step, y, step - form.gap, form.box_height) for c, theme in enumerate(row))
        top += height + BAND_GAP
    return Layout(form, top - BAND_GAP, tuple(bands), tuple(boxes), tuple(_curves(boxes, links, form)))


def order(themes: Sequence[MapTheme], links: Sequence[MapLink]) -> dict[Perspective, list[MapTheme]]:
    """The themes of each band from left to right, such that few links cross."""
    present = {band: [theme for theme in themes if theme.perspective is band] for band in BANDS}
    best, fewest = present, _crossings(present, links)
    for sweep in range(_SWEEPS):
        if fewest == 0:
            break
        present = _swept(present, links, BANDS if sweep % 2 == 0 else BANDS[::-1])
        crossing = _crossings(present, links)
        if crossing < fewest:
            best, fewest = present, crossing
    return best


def _swept(
    present: Mapping[Perspective, Sequence[MapTheme]], links: Sequence[MapLink], bands: Sequence[Perspective]
) -> dict[Perspective, list[MapTheme]]:
    moved = {band: list(themes) for band, themes in present.items()}
    for band in bands:
        where = _places(moved)
        centre = {}
        for theme in moved[band]:
            ends = [link.effect if link.cause == theme.id else link.cause for link in links if theme.id in (link.cause, link.effect)]
            near = [where[end] for end in ends]
            centre[theme.id] = sum(near) / len(near) if near else where[theme.id]
        moved[band] = sorted(moved[band], key=lambda theme: centre[theme.id])
    return moved


def _places(present: Mapping[Perspective, Sequence[MapTheme]]) -> dict[int, float]:
    """Each theme's place across its band, 0 to 1."""
    return {theme.id: (i + 0.5) / len(themes) for themes in present.values() for i, theme in enumerate(themes)}


def _crossings(present: Mapping[Perspective, Sequence[MapTheme]], links: Sequence[MapLink]) -> int:
    where, level = _places(present), {theme.id: BANDS.index(band) for band, themes in present.items() for theme in themes}
    ends = [sorted(((level[link.cause], where[link.cause]), (level[link.effect], where[link.effect]))) for link in links]
    count = 0
    for i, (top, bottom) in enumerate(ends):
        for other_top, other_bottom in ends[:i]:
            same = top[0] == other_top[0] and bottom[0] == other_bottom[0] and top[0] != bottom[0]
            count += same and (top[1] - other_top[1]) * (bottom[1] - other_bottom[1]) < 0
    return count


def _rows(themes: Sequence[MapTheme], columns: int) -> list[list[MapTheme]]:
    """A band's themes in rows of at most `columns`, filled column by column, so that left stays left."""
    count = -(-len(themes) // columns)
    rows: list[list[MapTheme]] = [[] for _ in range(count)]
    for i, theme in enumerate(themes):
        rows[i % count].append(theme)
    return rows


def _curves(boxes: Sequence[Box], links: Sequence[MapLink], form: Format) -> list[Curve]:
    by_id = {box.theme.id: box for box in boxes}
    leaving, arriving = _anchors(by_id, links)
    used: dict[tuple[float, float], int] = {}
    found = []
    for i, link in enumerate(links):
        cause, effect = by_id[link.cause], by_id[link.effect]
        start, end = cause.middle + leaving[i], effect.middle + arriving[i]
        if cause.y == effect.y:
            # It arrives from above, beside what leaves there.
            found.append(Curve(link, _arch(start, end + (_ASIDE if start > end else -_ASIDE), cause.y), up=False))
            continue
        up = cause.y > effect.y
        begin = (start, cause.y if up else cause.y + cause.height)
        finish = (end, effect.y + effect.height if up else effect.y)
        stops = [begin, *_passes(boxes, begin, finish, form, used), finish]
        found.append(Curve(link, tuple(_smooth(stops)), up))
    return found


def _anchors(by_id: Mapping[int, Box], links: Sequence[MapLink]) -> tuple[dict[int, float], dict[int, float]]:
    """How far beside the middle of its box each link leaves and arrives, so that several at one side do not lie on each other."""

    def spread(own: Sequence[int], other: Sequence[int]) -> dict[int, float]:
        beside: dict[int, float] = {}
        for theme_id in dict.fromkeys(own):
            here = sorted((i for i, one in enumerate(own) if one == theme_id), key=lambda i: by_id[other[i]].middle)
            room = min(18.0, by_id[theme_id].width * 0.7 / len(here))
            beside.update({i: (n - (len(here) - 1) / 2) * room for n, i in enumerate(here)})
        return beside

    causes, effects = [link.cause for link in links], [link.effect for link in links]
    return spread(causes, effects), spread(effects, causes)


def _passes(
    boxes: Sequence[Box], begin: tuple[float, float], finish: tuple[float, float], form: Format, used: dict[tuple[float, float], int]
) -> list[tuple[float, float]]:
    """The points by which a link passes the rows between its ends, each time through the gap nearest to the straight line."""
    low, high = min(begin[1], finish[1]), max(begin[1], finish[1])
    rows: dict[float, list[Box]] = {}
    for box in boxes:
        if box.y >= low and box.y + box.height <= high:
            rows.setdefault(box.y, []).append(box)
    points = []
    for y in sorted(rows, reverse=begin[1] > finish[1]):
        share = (y + form.box_height / 2 - begin[1]) / (finish[1] - begin[1])
        straight = begin[0] + share * (finish[0] - begin[0])
        gaps = sorted({box.x - form.gap / 2 for box in rows[y]} | {box.x + box.width + form.gap / 2 for box in rows[y]})
        x = min(gaps, key=lambda gap: abs(gap - straight))
        if straight < gaps[0] or straight > gaps[-1]:
            x = straight  # nothing stands in the way there
        else:
            lane = used[(x, y)] = used.get((x, y), -1) + 1
            x += (0, 4, -4, 7, -7)[lane % 5]
        far, close = y + form.box_height, y
        points.extend([(x, far), (x, close)] if begin[1] > finish[1] else [(x, close), (x, far)])
    return points


def _smooth(stops: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line through `stops` that leaves and reaches each of them straight up or down."""
    points = [stops[0]]
    for (x0, y0), (x1, y1) in pairwise(stops):
        if x0 == x1:
            points.append((x1, y1))
            continue
        for step in range(1, _CURVE + 1):
            t = step / _CURVE
            # A cubic Bézier whose handles stand straight above its ends.
            ease = t * t * (3 - 2 * t)
            points.append((x0 + (x1 - x0) * ease, y0 + (y1 - y0) * (1.5 * t * (1 - t) ** 2 + 1.5 * t * t * (1 - t) + t**3)))
    return points


def _arch(start: float, end: float, y: float) -> tuple[tuple[float, float], ...]:
    """From the top of a box to the top of another in the same row."""
    height = ROW_GAP * 0.55
    steps = [step / _CURVE for step in range(_CURVE + 1)]
    return tuple((start + (end - start) * (t * t * (3 - 2 * t)), y - height * 4 * t * (1 - t)) for t in steps)
