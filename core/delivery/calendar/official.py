"""What the year itself says: published days with 调休 from `chinese_calendar`, and for later years what can be known before the notice.

`chinese_calendar` refuses years whose notice it does not know; which those are is asked of it, never written down here. `holidays` gives
the statutory days of any year and knows nothing of 调休, so the working days around them are marked: in each of the years that could be
looked back on, all working days that a notice took off were among the nearest one before and the nearest two after a run of statutory days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays

from core.delivery.calendar.terms import WORKING, DayKind
from core.i18n import Message

_BEFORE, _AFTER = 1, 2
_DAY = timedelta(days=1)
_SATURDAY = 5
# What the two packages call the days, and what people call them.
_NAMES = {
    "chinesenewyear": Message("春节"),
    "newyear": Message("元旦"),
    "spring": Message("春节"),
    "tomb": Message("清明节"),
    "labour": Message("劳动节"),
    "labor": Message("劳动节"),
    "dragon": Message("端午节"),
    "midautumn": Message("中秋节"),
    "national": Message("国庆节"),
}
# A holiday that the packages know has a name in every language; one of an imported notice has the notice's.
Name = Message | str


@dataclass(frozen=True)
class Year:
    """The days of a year: what each is, and the names of those that belong to a holiday."""

    kinds: Mapping[date, DayKind]
    names: Mapping[date, Name]


def is_published(year: int) -> bool:
    """Whether the package knows the year's notice."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def published(year: int) -> Year:
    """A year whose notice the package knows."""
    kinds: dict[date, DayKind] = {}
    names: dict[date, Name] = {}
    for day in days_of(year):
        off, name = chinese_calendar.get_holiday_detail(day)
        weekend = day.weekday() >= _SATURDAY
        if off:
            kinds[day] = DayKind.HOLIDAY if name else DayKind.WEEKEND
        else:
            kinds[day] = DayKind.MAKEUP if weekend else DayKind.WORK
        if name:
            names[day] = _named(name)
    return Year(kinds, names)


@cache
def provisional(year: int) -> Year:
    """A year whose notice is still to come: weekends, statutory days, and the working days around them that a notice may take off."""
    statutory = _statutory(year)
    kinds = {day: _before_notice(day, statutory) for day in days_of(year)}
    names = {day: name for day, name in statutory.items() if day.year == year}
    off = {day for day in statutory if abs(day.year - year) <= 1}
    for day in _around(off):
        if day in kinds:
            kinds[day] = DayKind.AVOID
    return Year(kinds, names)


def from_notice(year: int, off: Mapping[date, str], on: Mapping[date, str]) -> Year:
    """A year by a notice that somebody imported: `off` are its days off with their names, `on` the weekend days on which people work."""
    kinds: dict[date, DayKind] = {}
    for day in days_of(year):
        weekend = day.weekday() >= _SATURDAY
        if day in on:
            kinds[day] = DayKind.MAKEUP if weekend else DayKind.WORK
        elif day in off:
            kinds[day] = DayKind.HOLIDAY
        else:
            kinds[day] = DayKind.WEEKEND if weekend else DayKind.WORK
    names = {day: _named(name) for day, name in (*off.items(), *on.items()) if name}
    return Year(kinds, names)


def is_whole(year: Year, off: Iterable[date]) -> bool:
    """Whether a notice with these days off speaks of every holiday of the provisional `year`."""
    known = set(off)
    told = {str(name) for day, name in year.names.items() if day in known}
    return told == {str(name) for name in year.names.values()}


def amended(year: Year, off: Mapping[date, str], on: Mapping[date, str]) -> Year:
    """A provisional year with the days of a part of a notice."""
    kinds = {**year.kinds, **dict.fromkeys(off, DayKind.HOLIDAY)}
    for day in on:
        kinds[day] = DayKind.MAKEUP if day.weekday() >= _SATURDAY else DayKind.WORK
    return Year(kinds, {**year.names, **{day: _named(name) for day, name in (*off.items(), *on.items()) if name}})


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first).days)]


def _statutory(year: int) -> dict[date, Name]:
    """The statutory days of a year, of the end of the one before and of the beginning of the next, without what a notice moved."""
    found = holidays.country_holidays("CN", years=[year - 1, year, year + 1], language="en_US")
    return {day: _named(name) for day, name in sorted(found.items()) if "substituted" not in name.casefold()}


def _before_notice(day: date, statutory: Mapping[date, Name]) -> DayKind:
    if day in statutory:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORK


def _around(off: Iterable[date]) -> set[date]:
    """The working days nearest to each run of days off."""
    known = set(off)

    def works(day: date) -> bool:
        return day not in known and day.weekday() < _SATURDAY

    found: set[date] = set()
    for day in known:
        for step, count in ((-_DAY, _BEFORE), (_DAY, _AFTER)):
            at, left = day, count
            while left:
                at += step
                if works(at):
                    found.add(at)
                    left -= 1
    return found


def _named(name: str) -> Name:
    plain = "".join(one for one in name.casefold() if one.isalpha())
    for start, title in _NAMES.items():
        if start in plain:
            return title
    known = {str(title): title for title in _NAMES.values()}
    return next((title for text, title in known.items() if text in name), name)


def works(kind: DayKind) -> bool:
    """Whether people work on such a day."""
    return kind in WORKING
