"""Actual values pasted from a sheet: rows of metric, actual, source and, where two themes share a metric, the theme."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.sheets.cells import is_blank
from core.sheets.mapping import Field, likeness
from core.sheets.pasting import Refused, cells_by_field, columns, numbered_rows, refused
from core.strategy.letters import letters

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(\D*)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# How accounts write a negative number.
_IN_BRACKETS = re.compile(r"\((\d[^()]*)\)(.*)")
_MINUS_SIGNS = str.maketrans("−–—", "---")
_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2}
_SHARES = ("%", "个百分点", "百分点", "pp")

# In the order in which rows without a heading are read.
FIELDS = (
    Field("metric", Message("指标"), ("指标名称", "指标项", "考核指标", "metric", "indicator"), required=True),
    Field(
        "actual", Message("实际"), ("实际值", "完成值", "实际完成", "完成情况", "本期值", "数值", "actual", "actual value"), required=True
    ),
    Field("source", Message("来源"), ("数据来源", "出处", "source", "data source")),
    Field("theme", Message("主题"), ("战略主题", "theme")),
    Field("unit", Message("单位"), ("计量单位", "unit")),
    Field("target", Message("目标"), ("目标值", "target")),
)
_IN_ORDER = 4


@dataclass(frozen=True)
class Place:
    """A line of the check that a value may be for: its number, its theme, its metric, its unit, and its target as people read it."""

    id: int
    theme: str
    metric: str
    unit: str
    target: str = ""


@dataclass(frozen=True)
class Reached:
    """A value for a line of the check."""

    id: int
    actual: float
    source: str


def read(pasted: str, places: Sequence[Place]) -> tuple[list[Reached], list[Refused]]:
    """What the rows say, and which cannot be used.

    Cells are parted by tabs, as sheets copy them; blank rows are skipped. Under a heading the columns may come in any order, with others
    between them, as in the exported sheet.
    """
    rows = numbered_rows(pasted)
    at, body = _columns([row for _, row in rows])
    found: list[Reached] = []
    wrong: list[Refused] = []
    for number, row in rows[body:]:
        one = _row(cells_by_field(row, at), places)
        if isinstance(one, Message):
            wrong.append(refused(number, row, one))
        elif any(other.id == one.id for other in found):
            wrong.append(refused(number, row, Message("这个指标前面已经有一行。")))
        else:
            found.append(one)
    return found, wrong


def _columns(rows: Sequence[Sequence[str]]) -> tuple[Mapping[str, int], int]:
    """Where each field stands, and at which row the values begin; a heading that does not name the values says no more than itself."""
    at, body = columns(rows, FIELDS, "metric")
    if body and "actual" in at:
        return at, body
    in_order = {field.name: place for place, field in enumerate(FIELDS[:_IN_ORDER])}
    return in_order, 1 if body or (rows and likeness(rows[0][0], FIELDS[0]) == 1) else 0


def _row(cells: Mapping[str, str], places: Sequence[Place]) -> Reached | Message:
    metric, theme = cells.get("metric", ""), cells.get("theme", "")
    if not metric:
        return Message("缺少指标名称。")
    fitting = [one for one in places if letters(one.metric) == letters(metric)]
    if theme:
        fitting = [one for one in fitting if letters(one.theme) == letters(theme)]
    if not fitting:
        return Message("检视清单里没有这个指标。")
    fitting = [one for one in fitting if letters(one.target) == letters(cells.get("target", ""))] or fitting
    if len({letters(one.theme) for one in fitting}) > 1:
        return Message("有 {n} 行都是这个指标，请在第四列写明主题，或直接在表里填。", n=len(fitting))
    if len(fitting) > 1:
        return Message("这个主题里有几个目标是这个指标，请加表头和“目标”一列，或直接在表里填。")
    actual = _value(cells.get("actual", ""), cells.get("unit", ""), fitting[0].unit)
    return actual if isinstance(actual, Message) else Reached(fitting[0].id, actual, " ".join(cells.get("source", "").split()))


def _value(written: str, beside: str, unit: str) -> float | Message:
    """The number in `unit`: 5.2万户 is 52000 户, 30000万元 is 3 亿元. `beside` is the unit that stands in a column of its own."""
    if is_blank(written):
        return Message("没有填实际值。")
    plain = _THOUSANDS.sub("", _plain(written).translate(_MINUS_SIGNS))
    match = _NUMBER.fullmatch(_IN_BRACKETS.sub(r"-\1\2", plain))
    if match is None:
        return Message("“{text}”不是数字。", text=written[:20])
    value, given, wanted = float(match[1]), match[2] or _plain(beside), _plain(unit)
    if given and given != wanted:
        (scale, base), (own, own_base) = _scaled(given), _scaled(wanted)
        # 5.2万 of households is as clear as 5.2万户.
        if base != own_base and (base or scale == 1 or wanted in _SHARES):
            return Message("单位是“{given}”，目标的单位是“{unit}”。", given=given, unit=unit or "—")
        value = value * scale / own
    return value if math.isfinite(value) else Message("“{text}”不是数字。", text=written[:20])


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split())


def _scaled(unit: str) -> tuple[float, str]:
    if unit in _SHARES:
        return 1.0, unit
    for name, scale in _SCALES.items():
        if unit.startswith(name):
            return scale, unit.removeprefix(name)
    return 1.0, unit
