"""What the days of a plan's year are for the timetable: free, taken off, made up for, closed to some; and the days of a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.access.actor import Actor
from core.delivery.calendar import service as calendar
from core.delivery.calendar.terms import USABLE, DayKind
from core.delivery.timetable.service import SessionView
from core.delivery.timetable.terms import SLOTS_PER_DAY
from core.i18n import Message
from core.storage import Session


@dataclass(frozen=True)
class DayNote:
    """What is special about a day. `off`: nobody is taught; `closed`: some are not to be called."""

    said: tuple[str | Message, ...]
    off: bool
    closed: bool


def day_marks(db: Session, actor: Actor, plan_id: int) -> dict[date, DayNote]:
    """Every day of a plan's year that is no plain workday. Needs `SEE_DELIVERY`. Raises `NotFound`."""
    year = calendar.year(db, actor, plan_id)
    found: dict[date, DayNote] = {}
    for day, kind in year.kinds.items():
        if kind is not DayKind.WORK:
            off = kind not in USABLE
            found[day] = DayNote(_said(kind, year.names.get(day)), off, off)
    for one in calendar.blackouts(db, actor, plan_id):
        day = one.starts
        while day <= one.ends:
            known = found.get(day, DayNote((), False, False))
            if not known.off:
                found[day] = DayNote((*known.said, one.name), False, True)
            day += timedelta(days=1)
    return found


def parts_of(one: SessionView, marks: Mapping[date, DayNote]) -> list[tuple[date, tuple[int, ...]]]:
    """The days on which a session takes place, each with its half days."""
    if one.day is None:
        return []
    left, slot, day, last = one.slots, one.slot, one.day, one.ends_on or one.day
    found = []
    while left > 0 and day <= last:
        if day == one.day or not (day in marks and marks[day].off):
            taken = tuple(range(slot, min(SLOTS_PER_DAY, slot + left)))
            found.append((day, taken))
            left -= len(taken)
            slot = 0
        day += timedelta(days=1)
    return found


def _said(kind: DayKind, name: str | Message | None) -> tuple[str | Message, ...]:
    if kind is DayKind.MAKEUP:
        return (Message("调休上班"),)
    if kind is DayKind.AVOID:
        return (Message("可能调休"),)
    return (name,) if name else ()
