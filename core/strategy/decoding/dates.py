"""A date as a text writes it: the moment that is meant, the forms that are looked for, and the days of a calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from core.patterns import lazily
from core.strategy.decoding.plans import Plan, year_of


@dataclass(frozen=True)
class Moment:
    """A date expression at `text[start:end]`. `day` is the last day of the period, or the words as written where they depend on
    another event (训后两个月内); `year` None if not known. `past` where the words themselves say so (去年); `since` where something
    only begins then (三月起); `at_end` where the end of the year is meant and not the year (年底); `span` a number of years that lies
    behind in an account and ahead in a plan (三年累计)."""

    start: int
    end: int
    day: str
    year: int | None
    past: bool = False
    relative: bool = False
    since: bool = False
    span: bool = False
    at_end: bool = False


Reader = Callable[[re.Match[str], Plan, int | None], Moment | None]
"""What a match means in a plan, where a date without a year belongs to the given one; None where it is no date after all."""

Day = Callable[[re.Match[str], int], str]
"""The day of a year that a match says; "" where there is no such day."""

_NAMED = re.compile(r"\(\?P<\w+>")
_END_OF_YEAR = lazily(r"年[末底终]")


class Forms:
    """The forms that dates have in a language, the more specific first: a pattern for each, whose groups are its own, and its reader."""

    def __init__(self, *forms: tuple[str, Reader], flags: int = 0) -> None:
        self._any = lazily("|".join(f"({_NAMED.sub('(?:', pattern)})" for pattern, _ in forms), flags)
        self._forms = [(lazily(pattern, flags), read) for pattern, read in forms]

    def found(self, text: str) -> Iterator[tuple[re.Match[str], Reader]]:
        """What looks like a date, in order, with the reader of its form."""
        for seen in self._any.finditer(text):
            pattern, read = self._forms[(seen.lastindex or 1) - 1]
            match = pattern.match(text, seen.start())
            assert match is not None
            yield match, read


def at(match: re.Match[str], day: str, year: int | None) -> Moment:
    """The moment of a match."""
    return Moment(*match.span(), day, year, at_end=bool(_END_OF_YEAR.search(match.group())))


def in_its_year(day: Day) -> Reader:
    """The reader of a form that names its year."""

    def read(match: re.Match[str], _plan: Plan, _base: int | None) -> Moment:
        year = year_of(match["year"])
        return at(match, day(match, year), year)

    return read


def as_written(match: re.Match[str], words: str = "") -> Moment:
    """The moment of a match that depends on another event: these words, else all of it."""
    return Moment(*match.span(), words or match.group(), None, relative=True)


def last_year(match: re.Match[str], plan: Plan, _base: int | None) -> Moment:
    """What lies behind: 去年, last year."""
    return Moment(*match.span(), "", plan.now - 1 if plan.now else None, past=True)


def end_of(match: re.Match[str], year: int | None) -> Moment:
    """31 December of a year, if it is known."""
    return at(match, end_of_year(year) if year else "", year)


def years_ahead(match: re.Match[str], years: int, plan: Plan) -> Moment | None:
    """The end of so many years: of the plan where that is as long, else counted from the year that it speaks in; None for over ten."""
    if years > 10:
        return None
    if plan.length == years:
        return at(match, plan.end, plan.last)
    return end_of(match, plan.now + years - 1 if plan.now else None)


def end_of_year(year: int) -> str:
    """31 December of `year`."""
    return f"{year}-12-31"


def last_day(_match: re.Match[str], year: int) -> str:
    """The `Day` of a form that means the whole year."""
    return end_of_year(year)


def month_end(year: int, month: int) -> str:
    """The last day of a month; "" where there is no such month."""
    return date(year, month, monthrange(year, month)[1]).isoformat() if 1 <= month <= 12 else ""


def quarter_end(year: int, quarter: int) -> str:
    """The last day of a quarter."""
    return month_end(year, 3 * quarter)


def day_of(year: int, month: int, day: int | None) -> str:
    """A day; the last of its month where none is given or there is no such day, "" where there is no such month."""
    if day is None or not 1 <= month <= 12:
        return month_end(year, month)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return month_end(year, month)
