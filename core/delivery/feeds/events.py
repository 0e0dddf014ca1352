"""Sessions as events of a calendar file (RFC 5545), as calendar programs of all makers read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import STATUS, Calendar, Event, vDuration

from core.clock import ZONE
from core.delivery.halves import Half

_PRODUCT = "-//Cexun//Training plan//ZH"
_REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class Hours:
    """When the half days begin and end."""

    morning: tuple[time, time] = (time(9), time(12))
    afternoon: tuple[time, time] = (time(14), time(17))

    def of(self, half: Half) -> tuple[time, time]:
        """Begin and end of a half day."""
        return self.morning if half is Half.MORNING else self.afternoon


@dataclass(frozen=True)
class Held:
    """A session on the half days `days`, in order; `key` names it for good. `cancelled`: it was to be held then, and is not.

    `since`: the days before this one, counted from 0, are no events of it.
    """

    key: str
    title: str
    days: tuple[tuple[date, Half], ...]
    place: str
    about: str
    cancelled: bool = False
    since: int = 0

    @property
    def events(self) -> int:
        """On how many days it is held, each an event of its own."""
        return len({day for day, _half in self.days})


def write(held: Iterable[Held], *, key: str, name: str, hours: Hours, edition: int, made_at: datetime) -> bytes:
    """A calendar called `name`, and `key` for good, with an event for each day of each session; lines end and fold as RFC 5545 says.

    An event keeps its UID from edition to edition, and `edition` is its SEQUENCE: a program that imports the next file moves the event
    that it has, and makes no second one. `made_at` has its time zone.
    """
    found = Calendar.new(prodid=_PRODUCT, name=name, uid=key, method="PUBLISH", last_modified=made_at)
    found.add("REFRESH-INTERVAL", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    # The names under which Outlook and phones know the same.
    found.add("X-PUBLISHED-TTL", vDuration(_REFRESH))
    found.add("X-WR-TIMEZONE", ZONE.key)
    for one in held:
        for event in _events(one, hours, edition, made_at):
            found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _events(one: Held, hours: Hours, edition: int, made_at: datetime) -> Iterable[Event]:
    by_day: dict[date, list[Half]] = {}
    for day, half in one.days:
        by_day.setdefault(day, []).append(half)
    for number, (day, halves) in enumerate(by_day.items()):
        if number < one.since:
            continue
        begin, end = _stretch(day, halves, hours)
        yield Event.new(
            uid=f"{one.key}-{number}@cexun",
            summary=one.title if len(by_day) == 1 else f"{one.title} ({number + 1}/{len(by_day)})",
            start=begin,
            end=end,
            location=one.place or None,
            description=one.about or None,
            sequence=edition,
            stamp=made_at,
            last_modified=made_at,
            status=STATUS.CANCELLED if one.cancelled else STATUS.CONFIRMED,
        )


def _stretch(day: date, halves: Sequence[Half], hours: Hours) -> tuple[datetime, datetime]:
    begin, end = hours.of(halves[0])[0], hours.of(halves[-1])[1]
    return datetime.combine(day, begin, ZONE), datetime.combine(day, end, ZONE)
