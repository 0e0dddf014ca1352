"""Spreadsheet values as the program shows them: dates, percentages, thousands, units, whole numbers without a tail."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Context, Decimal

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_UNSEEN = re.compile(r"\[[^\]]*\]|_.|\*.")
# [>=10000]0!.0,"万";0 shows some values so and others otherwise.
_CONDITION = re.compile(r"\[[<>=]")
_WORDS = re.compile(r'"([^"]*\w[^"]*)"')
# 0!.0,"万": a point that stands between digits of a scaled whole number, 12.3万 for 123456.
_SET_POINT = re.compile(r'[0#?](?:[!\\]\.|"\.")(0+)')
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
# Beyond this many digits Excel's general format rounds too, and the rest is noise of binary arithmetic.
_GENERAL = "{:.11g}"
# No amount is larger; no format shows more digits than this many.
_LARGEST = 1e25
_CONTEXT = Context(prec=100)


def shown(value: object, number_format: str) -> str:
    """`value` in its cell's number format: "12.5%" for 0.125 as 0.0%, "2026-03-12" for a date, "1,234.50" for #,##0.00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.date):
        return _date(value, number_format)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _date(value: datetime.date, number_format: str) -> str:
    """A date, with its time if it has one; no day, no month where the format shows none: who writes 2027年3月 means the whole month."""
    plain = _QUOTED.sub("", number_format.split(";")[0]).lower()
    if isinstance(value, datetime.datetime) and (value.hour, value.minute, value.second) != (0, 0, 0):
        return f"{value:%Y-%m-%d %H:%M}"
    if "y" not in plain or "d" in plain:
        return f"{value:%Y-%m-%d}"
    chinese = "年" in number_format
    if "m" not in plain:
        return f"{value.year}年" if chinese else str(value.year)
    return f"{value.year}年{value.month}月" if chinese else f"{value:%Y-%m}"


def _number(value: float, number_format: str) -> str:
    if _CONDITION.search(number_format):
        return _general(value)
    section = _UNSEEN.sub("", number_format.split(";")[0])
    words = _WORDS.split(section)
    if len(words) == 1 or not re.search("[0#?]", "".join(words[::2])):
        return _figure(value, section)
    before = words[1] if not re.search("[0#?]", words[0]) and len(words) > 2 else ""
    after = "".join(words[3 if before else 1 :: 2])
    return f"{before}{_figure(value, section)}{after}"


def _figure(value: float, section: str) -> str:
    """The figure alone, in the format that a section of its cell's number format gives."""
    if not abs(value) < _LARGEST:
        return _general(value)
    exact = _exact(value)
    if scaled := _SCALED.search(_QUOTED.sub("", _SET_POINT.sub("0", section))):
        exact = exact.scaleb(-3 * len(scaled[1]))
    if point := _SET_POINT.search(section):
        return str(_rounded(exact, 0).scaleb(-len(point[1])))
    plain = _QUOTED.sub("", section)
    found = _DECIMALS.search(plain)
    places = len(found[1]) if found else 0
    if "%" in plain:
        return f"{_rounded(exact.scaleb(2), places)}%"
    if "#,##" in plain or "0,0" in plain:
        return f"{_rounded(exact, places):,}"
    plain = plain.replace(",", "")
    if plain.strip("0.") == "" and plain:
        width = len(plain.split(".")[0])
        shown_so = _rounded(exact, places)
        return ("-" if shown_so < 0 else "") + str(abs(shown_so)).rjust(width + (places + 1 if places else 0), "0")
    return str(_rounded(exact, places)) if scaled else _general(value)


def _exact(value: float) -> Decimal:
    """The number that was typed: a cell keeps fifteen digits of it, and what binary arithmetic adds behind them is none of it."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _rounded(value: Decimal, places: int) -> Decimal:
    """Rounded as spreadsheets do, a half away from zero: 12.5 is 13; nothing is less than zero that is shown as 0."""
    found = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT)
    return found if found else abs(found)


def _general(value: float) -> str:
    if isinstance(value, float) and abs(value) < 1e11:
        return _GENERAL.format(value)
    return str(int(value)) if float(value).is_integer() else repr(value)
