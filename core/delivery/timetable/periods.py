"""When a bank's own list says that something is held: 3月, 3-5月, 二季度, 上半年, 5月上旬, or days. Pure."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from core.delivery.importing.cells import days
from core.errors import BadInput
from core.i18n import Message
from core.patterns import lazily
from core.sheets.grid import Cell

Span = tuple[date, date]

_NUMBERS = {"十二": "12", "十一": "11", **{name: str(at) for at, name in enumerate("一二三四五六七八九十", 1)}}
_NUMERAL = lazily(r"(十二|十一|[一二三四五六七八九十])(?=月|季|[-、][一二三四五六七八九十\d]+(?:月|季))")
_MONTH_NAMES = {name: at for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_ENGLISH = lazily(rf"({'|'.join(_MONTH_NAMES)})[a-z]*\.?")
# Q2 2027, March 2027.
_YEAR_LAST = lazily(r"^(\S.*?)[\s,/]+(20\d\d)$")
_YEAR = lazily(r"(20\d\d)(?:年|(?=\D|$))")
_BETWEEN = r"(?:-|~|—|–|至|到|、|,)"
_QUARTERS = lazily(rf"第?([1-4])(?:季度?)?(?:{_BETWEEN}第?([1-4]))?季度?|q([1-4])(?:{_BETWEEN}q?([1-4]))?")
_MONTHS = lazily(rf"(\d{{1,2}})(?:月份?)?(?:{_BETWEEN}(\d{{1,2}}))?月份?")
_PART_OF_MONTH = lazily(r"(\d{1,2})月份?(上旬|初|中旬|中|下旬|底|末)")
_BY_THE_END = lazily(r"(\d{1,2})月份?(?:底|末)(?:之?前|以前)")
_HALVES: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("上半年", "h1"), (1, 6)),
    **dict.fromkeys(("下半年", "h2"), (7, 12)),
    **dict.fromkeys(("全年", "全年度", "年内", "allyear"), (1, 12)),
}
_TENTHS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
_OPEN = {"待定", "未定", "另定", "另行通知", "机动", "视情况", "tbd", "tbc", "open"}


def span(cell: Cell, year: int) -> Span | None:
    """The first and the last day of what a cell says; None where it says that this is open. `year` where the cell names none.

    Raises `BadInput`.
    """
    if not isinstance(cell, str):
        found = days(cell, year)
        return found[0], found[-1]
    written = _YEAR_LAST.sub(r"\2年\1", unicodedata.normalize("NFKC", cell).lower().strip())
    text = _numbered("".join(written.split()))
    if text in _OPEN:
        return None
    named = _YEAR.match(text)
    rest, its_year = (text[named.end() :], int(named[1])) if named else (text, year)
    for rule in (_half, _quarters, _months, _part_of_month, _by_the_end):
        months = rule(rest, its_year)
        if months is not None:
            return months
    try:
        found = days(cell, year)
    except BadInput as error:
        said = Message("计划时间“{text}”看不懂，可以写 3月、3-5月、二季度、上半年或 2027-03-01。", text=cell.strip()[:16])
        raise BadInput(said) from error
    return found[0], found[-1]


def _numbered(text: str) -> str:
    text = _NUMERAL.sub(lambda found: _NUMBERS[found[1]], text)
    return _ENGLISH.sub(lambda found: f"{_MONTH_NAMES[found[1]]}月", text)


def _half(text: str, year: int) -> Span | None:
    return _whole(year, *_HALVES[text]) if text in _HALVES else None


def _quarters(text: str, year: int) -> Span | None:
    found = _QUARTERS.fullmatch(text)
    if found is None or not ("季" in text or text.startswith("q")):
        return None
    first, last = (int(one) for one in (found[1] or found[3], found[2] or found[4] or found[1] or found[3]))
    return _whole(year, 3 * first - 2, 3 * last) if first <= last else None


def _months(text: str, year: int) -> Span | None:
    found = _MONTHS.fullmatch(text)
    if found is None or "月" not in text:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return _whole(year, first, last) if 1 <= first <= last <= 12 else None


def _part_of_month(text: str, year: int) -> Span | None:
    found = _PART_OF_MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    month, (first, last) = int(found[1]), _TENTHS[found[2]]
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))


def _by_the_end(text: str, year: int) -> Span | None:
    found = _BY_THE_END.fullmatch(text)
    return _whole(year, 1, int(found[1])) if found is not None and 1 <= int(found[1]) <= 12 else None


def _whole(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
