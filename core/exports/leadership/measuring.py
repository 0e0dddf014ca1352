"""How wide the columns of a table are: as they are asked for, and never narrower than the longest word that cannot be broken."""

from __future__ import annotations

import re

from core.charts.lettering import ems
from core.exports.leadership.blocks import Table
from core.exports.leadership.words import Words

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%-]*")
_PADDING, _LONGEST = 1.6, 14.0


def shares(one: Table, room: float, say: Words) -> list[float]:
    """The columns' parts of the width, which add up to 1; `room` is how many ems of text the whole width holds."""
    total = sum(column.width for column in one.columns)
    asked = [column.width / total for column in one.columns]
    least = [_least(one, number, say) / room for number in range(len(one.columns))]
    if sum(least) >= 1:
        return [part / sum(least) for part in least]
    spare = 1 - sum(least)
    wish = [max(0.0, part - low) for part, low in zip(asked, least, strict=True)]
    whole = sum(wish) or 1.0
    return [low + spare * part / whole for low, part in zip(least, wish, strict=True)]


def _least(one: Table, number: int, say: Words) -> float:
    column = one.columns[number]
    texts = [column.title, *(say.cell(row[number], column.form) for row in one.rows)]
    longest = max((ems(word) * 1.08 for text in texts for word in _WORD.findall(text)), default=1.0)
    return min(_LONGEST, longest) + _PADDING
