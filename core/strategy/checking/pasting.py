"""Actual values pasted from a sheet: lines of metric, actual, source and, where two themes share a metric, the theme."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.sheets.pasting import Refused
from core.strategy.letters import letters

_NUMBER = re.compile(r"^([+-]?\d+(?:\.\d+)?)\s*(\D*)$")
_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2}
# Words that a heading begins with, in either language.
_HEADINGS = ("指标", "metric", "indicator")


@dataclass(frozen=True)
class Place:
    """A line of the check that a value may be for: its number, its theme, its metric, its unit."""

    id: int
    theme: str
    metric: str
    unit: str


@dataclass(frozen=True)
class Reached:
    """A value for a line of the check."""

    id: int
    actual: float
    source: str


def read(pasted: str, places: Sequence[Place]) -> tuple[list[Reached], list[Refused]]:
    """What the lines say, and which cannot be used.

    Cells are parted by tabs, as sheets copy them; empty lines and a heading are skipped.
    """
    found: list[Reached] = []
    refused: list[Refused] = []
    for number, line in enumerate(pasted.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or (number == 1 and cells[0].lower().startswith(_HEADINGS)):
            continue
        one = _line([*cells, "", "", ""], places)
        if isinstance(one, Message):
            refused.append(Refused(number, line.strip()[:80], one))
        elif any(other.id == one.id for other in found):
            refused.append(Refused(number, line.strip()[:80], Message("这个指标前面已经有一行。")))
        else:
            found.append(one)
    return found, refused


def _line(cells: Sequence[str], places: Sequence[Place]) -> Reached | Message:
    metric, written, source, theme = cells[:4]
    if not metric:
        return Message("缺少指标名称。")
    fitting = [one for one in places if letters(one.metric) == letters(metric)]
    if theme:
        fitting = [one for one in fitting if letters(one.theme) == letters(theme)]
    if not fitting:
        return Message("检视清单里没有这个指标。")
    if len(fitting) > 1:
        return Message("有 {n} 行都是这个指标，请在第四列写明主题，或直接在表里填。", n=len(fitting))
    actual = _value(written, fitting[0].unit)
    return actual if isinstance(actual, Message) else Reached(fitting[0].id, actual, source)


def _value(written: str, unit: str) -> float | Message:
    """The number in `unit`: 5.2万户 is 52000 户, 30000万元 is 3 亿元."""
    match = _NUMBER.match(unicodedata.normalize("NFKC", written).replace(",", "").strip())
    if match is None:
        return Message("“{text}”不是数字。", text=written[:20])
    value, given = float(match[1]), match[2].strip()
    if given and given != unit:
        (scale, base), (own, own_base) = _scaled(given), _scaled(unit)
        if base != own_base:
            return Message("单位是“{given}”，目标的单位是“{unit}”。", given=given, unit=unit or "—")
        value = value * scale / own
    return value if math.isfinite(value) else Message("“{text}”不是数字。", text=written[:20])


def _scaled(unit: str) -> tuple[float, str]:
    for name, scale in _SCALES.items():
        if unit.startswith(name):
            return scale, unit.removeprefix(name)
    return 1.0, unit
