"""The stretches of a year in which a plan is looked at again: quarters and half-years, each with a code that sorts by time (2027Q1)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from core.i18n import Message

_CODE = re.compile(r"^(\d{4})([QH])([1-4])$")

_QUARTERS = (Message("{year}年第一季度"), Message("{year}年第二季度"), Message("{year}年第三季度"), Message("{year}年第四季度"))


def quarters(year: int) -> list[str]:
    """The four quarters of a year."""
    return [f"{year}Q{number}" for number in (1, 2, 3, 4)]


def halves(year: int) -> list[str]:
    """The two half-years of a year."""
    return [f"{year}H{number}" for number in (1, 2)]


def next_quarters(year: int, after: str | None, today: date) -> list[str]:
    """The quarters, from this year's to those of `year`, that the next check may be for: later than `after`, else not yet over."""
    codes = [code for one in _years(year, today) for code in quarters(one)]
    return [code for code in codes if code > after] if after else [code for code in codes if code >= quarter_of(today)]


def next_periods(year: int, there: Iterable[str], today: date) -> list[str]:
    """The quarters and half-years, from this year's to those of `year`, that are later than all `there`: not yet over, where any is."""
    codes = sorted((code for one in _years(year, today) for code in (*quarters(one), *halves(one))), key=order)
    latest = max((order(code) for code in there), default=None)
    later = [code for code in codes if latest is None or order(code) > latest]
    return [code for code in later if order(code) >= order(quarter_of(today))] or later


def is_period(code: str) -> bool:
    """Whether a code names a quarter or a half-year."""
    found = _CODE.match(code)
    return found is not None and not (found[2] == "H" and int(found[3]) > 2)


def quarter_of(day: date) -> str:
    """The quarter that a day is in."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def last_day(code: str) -> date:
    """The day on which a period ends."""
    year, kind, number = _parts(code)
    month = number * (3 if kind == "Q" else 6)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def order(code: str) -> tuple[date, str]:
    """What sorts periods by time; a half-year comes after the quarter that ends with it."""
    return last_day(code), "0" if code[4] == "Q" else "1"


def name(code: str) -> Message:
    """A period for people: 2027年第一季度, 2027年上半年."""
    year, kind, number = _parts(code)
    if kind == "H":
        return Message("{year}年上半年", year=str(year)) if number == 1 else Message("{year}年下半年", year=str(year))
    return Message(_QUARTERS[number - 1].text, year=str(year))


def _years(year: int, today: date) -> range:
    return range(min(today.year, year), max(today.year, year) + 1)


def _parts(code: str) -> tuple[int, str, int]:
    found = _CODE.match(code)
    if found is None:
        raise ValueError(code)
    return int(found[1]), found[2], int(found[3])
