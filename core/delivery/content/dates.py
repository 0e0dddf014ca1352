"""Days of a checklist: so many workdays before or after a project's first or last training session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.delivery.content.terms import ANCHOR_NAMES, Anchor
from core.i18n import Message

IsWorkday = Callable[[date], bool]
_WORKDAYS_A_WEEK = 5
# No holiday is longer: beyond it the calendar knows nothing any more.
_LONGEST_BREAK = 60


@dataclass(frozen=True)
class Span:
    """The days of a project's first and last training session; `scheduled`: from a published schedule, else said by a person."""

    first: date
    last: date
    scheduled: bool = False


def weekday(day: date) -> bool:
    """Whether a day is one from Monday to Friday: what is a workday where no calendar says more."""
    return day.weekday() < _WORKDAYS_A_WEEK


def shifted(day: date, workdays: int, is_workday: IsWorkday = weekday) -> date:
    """The day so many workdays later (negative: earlier); 0 is the day itself."""
    step = timedelta(days=1 if workdays > 0 else -1)
    left, idle = abs(workdays), 0
    while left:
        day += step
        if is_workday(day):
            left, idle = left - 1, 0
        else:
            idle += 1
            if idle > _LONGEST_BREAK:
                return day
    return day


def due(span: Span | None, anchor: Anchor, workdays: int, is_workday: IsWorkday = weekday) -> date | None:
    """The day by which a line is to be done; None until the sessions have days."""
    if span is None:
        return None
    return shifted(span.first if anchor is Anchor.FIRST else span.last, workdays, is_workday)


def relative(anchor: Anchor, workdays: int) -> Message:
    """The same in words: 首次课 T-10 个工作日."""
    if workdays == 0:
        return Message("{anchor}当天", anchor=ANCHOR_NAMES[anchor])
    return Message("{anchor} T{days} 个工作日", anchor=ANCHOR_NAMES[anchor], days=f"{workdays:+d}")
