"""The text of the State Council's notice, as people copy it, made into days off and days on which people work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from core.sheets.finding import Table
from core.sheets.grid import Row

_DATE = r"(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日(?:\([^)]*\))?"
_SPAN = re.compile(_DATE.format("a") + r"(?:\s*(?:至|到|—|-|~)\s*" + _DATE.format("b") + r")?")
_NAME = re.compile(r"(元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?(?:、中秋节?)?|中秋节?、国庆节?)")
_HEADER = ("日期", "休或班", "节日")
_OFF = re.compile(r"放假|休息")


def is_notice(text: str) -> bool:
    """Whether a text reads like the notice, and not like a table."""
    return "\t" not in text and "放假" in text and _SPAN.search(unicodedata.normalize("NFKC", text)) is not None


def table_of(text: str, year: int) -> Table:
    """The notice as a table, a row for each stretch of days."""
    rows: list[Row] = []
    for line in unicodedata.normalize("NFKC", text).splitlines():
        name = found[1] if (found := _NAME.search(line)) else ""
        for first, last, works in _stretches(line, year):
            rows.append(Row(len(rows) + 1, (f"{first.isoformat()} 至 {last.isoformat()}", "班" if works else "休", name)))
    return Table("", _HEADER, 0, tuple(rows))


def _stretches(line: str, year: int) -> Iterator[tuple[date, date, bool]]:
    """Each stretch that a line names: those before 放假 are off, those before 上班 are worked."""
    month = 1
    for sentence in re.split(r"[。;；,]", line):
        if "上班" not in sentence and not _OFF.search(sentence):
            continue
        works = not _OFF.search(sentence)
        for found in _SPAN.finditer(sentence):
            month = int(found["am"] or month)
            first = _date(year, month, int(found["ad"]))
            last = _date(year, int(found["bm"] or month), int(found["bd"])) if found["bd"] else first
            if first is not None and last is not None:
                month = last.month
                yield first, last, works


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
