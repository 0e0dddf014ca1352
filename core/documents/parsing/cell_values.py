"""Spreadsheet values as the program shows them: dates, percentages, thousands, whole numbers without a tail."""

from __future__ import annotations

import datetime
import re

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
# Beyond this many digits Excel's general format rounds too, and the rest is noise of binary arithmetic.
_GENERAL = "{:.11g}"


def shown(value: object, number_format: str) -> str:
    """`value` in its cell's number format: "12.5%" for 0.125 as 0.0%, "2026-03-12" for a date, "1,234.50" for #,##0.00."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    plain = _QUOTED.sub("", number_format.split(";")[0])
    found = _DECIMALS.search(plain)
    places = len(found[1]) if found else 0
    if "%" in plain:
        return f"{value * 100:.{places}f}%"
    if "#,##" in plain or "0,0" in plain:
        return f"{value:,.{places}f}"
    if plain.strip("0.") == "" and plain:
        width = len(plain.split(".")[0])
        sign, digits = ("-" if value < 0 else ""), f"{abs(value):.{places}f}"
        return sign + digits.rjust(width + (places + 1 if places else 0), "0")
    return _GENERAL.format(value) if isinstance(value, float) and abs(value) < 1e11 else _long(value)


def _long(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)
