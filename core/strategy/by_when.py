"""By when a target is to be reached, as people type it: 2027/6/30, 2027年底, end of June 2027."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from core.errors import BadInput
from core.i18n import Message
from core.strategy.decoding.dates import month_end
from core.strategy.decoding.deadlines import moments
from core.strategy.decoding.plans import Plan

_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_BEFORE = re.compile(r"(?:到|至|截至|截止|by|until|before|the|end|of|\s)*", re.IGNORECASE)
_AFTER = re.compile(r"(?:之前|以前|前|止|内|\s)*")


def by_when(written: str) -> str:
    """An ISO date, the last day of the period that is named; words stay where they depend on something else (训后2个月内).

    Raises `BadInput` for a day that does not exist.
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    if found := _NUMBERS.fullmatch(plain):
        return _in_numbers(found, written)
    named = moments(plain, Plan())
    if len(named) != 1 or named[0].year is None or not named[0].day:
        return written.strip()
    (one,) = named
    alone = _BEFORE.fullmatch(plain, 0, one.start) and _AFTER.fullmatch(plain, one.end)
    return one.day if alone else written.strip()


def _in_numbers(found: re.Match[str], written: str) -> str:
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 12, 31).isoformat()
        return date(year, month, day).isoformat() if day is not None else month_end(year, month) or date(year, month, 1).isoformat()
    except ValueError as error:
        raise BadInput(Message("没有“{date}”这一天，日期请写成 2027-06-30 的形式。", date=written)) from error
