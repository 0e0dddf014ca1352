"""Lines of text on a PDF page, put together from its single characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.documents.parsing.cleaning import clean, is_wide

_BOLD = re.compile(r"bold|heavy|black|semibold|simhei|heiti|-hei|黑体|fzxbs|xbsj", re.IGNORECASE)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
# In sizes of the letters: columns stand at least so far apart, words do not.
_APART = 1.2


@dataclass(frozen=True)
class Line:
    """One line: its text, its rectangle in points from the page's top left, its letters' size, and whether they are bold."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Glyph:
    """A character where it is set. `base` is the height of its baseline: letters of two fonts on a line share it, not their boxes."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    font: str


def glyphs(characters: Iterable[dict[str, Any]], height: float, width: float) -> list[Glyph]:
    """The characters of a pdfplumber page, turned upright when the page as a whole is set sideways; slanted watermarks left out."""
    turned: dict[str, list[Glyph]] = {"upright": [], "left": [], "right": []}
    for one in characters:
        across, rise, fall, down, x, y = one["matrix"]
        box = one["x0"], one["x1"], one["top"], one["bottom"]
        if abs(rise) < abs(across) * 0.1 and across > 0 and down > 0 and abs(fall) <= abs(down) * 0.5:
            turned["upright"].append(_glyph(one, *box, height - y))
        elif abs(across) < abs(rise) * 0.1:
            left, right, top, bottom = box
            if rise > 0:
                turned["left"].append(_glyph(one, height - bottom, height - top, left, right, x))
            else:
                turned["right"].append(_glyph(one, top, bottom, width - right, width - left, width - x))
    return max(turned.values(), key=len)


def _glyph(one: dict[str, Any], left: float, right: float, top: float, bottom: float, base: float) -> Glyph:
    return Glyph(one["text"], left, right, top, bottom, base, one["size"], one["fontname"])


def readable(found: Sequence[Glyph]) -> int:
    """How many characters can be read: not blank, and mapped from the font's own numbers to text."""
    return sum(1 for glyph in found if glyph.text.strip() and not _UNMAPPED.match(glyph.text) and glyph.text != "\ufffd")


def lines_of(found: Sequence[Glyph], edge: float | None = None) -> list[Line]:
    """The lines of a page or a table cell, from the top down; cut at the `edge` between columns, but for those that run across it."""
    parts = (part for row in _rows(found) for part in _cut(row, edge))
    return [line for part in parts if (line := _line(sorted(part, key=lambda glyph: glyph.left)))]


def pieces_of(found: Sequence[Glyph]) -> list[Line]:
    """The lines of a page, each cut wherever its letters stand further apart than words do."""
    pieces: list[list[Glyph]] = []
    for row in _rows(found):
        pieces.append([])
        for glyph in sorted((glyph for glyph in row if glyph.text.strip()), key=lambda glyph: glyph.left):
            if pieces[-1] and glyph.left - pieces[-1][-1].right > _APART * glyph.size:
                pieces.append([])
            pieces[-1].append(glyph)
    return [line for piece in pieces if (line := _line(piece))]


def _cut(row: Sequence[Glyph], edge: float | None) -> Iterator[Sequence[Glyph]]:
    inked = [glyph for glyph in row if glyph.text.strip()]
    before = max((glyph.right for glyph in inked if edge is not None and glyph.left < edge), default=None)
    after = min((glyph.left for glyph in inked if edge is not None and glyph.left >= edge), default=None)
    if edge is None or before is None or after is None or after - before <= _APART * inked[0].size:
        yield row
    else:
        yield [glyph for glyph in row if glyph.left < edge]
        yield [glyph for glyph in row if glyph.left >= edge]


def _rows(found: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters on one baseline; a raised or lowered one counts as on it."""
    row: list[Glyph] = []
    base = size = 0.0
    for glyph in sorted(found, key=lambda glyph: glyph.base):
        if row and glyph.base - base > 0.4 * max(size, glyph.size):
            yield row
            row = []
        if not row or glyph.size > size:
            base, size = glyph.base, glyph.size
        row.append(glyph)
    if row:
        yield row


def _line(row: Sequence[Glyph]) -> Line | None:
    text = ""
    kept: list[Glyph] = []
    gap_before = False
    for glyph in row:
        letters = clean(_UNMAPPED.sub("\ufffd", glyph.text))
        if not letters.strip():
            gap_before = True
            continue
        last = kept[-1] if kept else None
        if last is not None and last.text == glyph.text and abs(last.left - glyph.left) < 0.2 * glyph.size:
            continue
        text += _space(last, glyph, gap_before) + letters
        kept.append(glyph)
        gap_before = False
    if not kept:
        return None
    sizes = Counter(round(glyph.size * 2) / 2 for glyph in kept)
    bold = sum(1 for glyph in kept if _BOLD.search(glyph.font))
    return Line(
        text=text,
        left=kept[0].left,
        right=max(glyph.right for glyph in kept),
        top=min(glyph.top for glyph in kept),
        bottom=max(glyph.bottom for glyph in kept),
        size=sizes.most_common(1)[0][0],
        bold=bold >= len(kept) * 0.9,
    )


def _space(last: Glyph | None, glyph: Glyph, blank_between: bool) -> str:
    """A space where one is set, or where words stand apart. Chinese set apart by less than its own width is only justified."""
    if last is None:
        return ""
    gap = glyph.left - last.right
    if is_wide(last.text[-1]) or is_wide(glyph.text[0]):
        return " " if gap > (0.2 if blank_between else 0.8) * glyph.size else ""
    return " " if blank_between or gap > 0.2 * glyph.size else ""
