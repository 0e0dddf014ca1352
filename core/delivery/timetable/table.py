"""The table of sessions as somebody edited it: from cells to what they want."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from core.delivery.halves import HALF_NAMES, Half
from core.delivery.timetable.editing import Wanted
from core.delivery.timetable.service import HALVES, SessionView
from core.delivery.timetable.terms import Part
from core.i18n import LANGUAGES


def edited(
    views: Sequence[SessionView], rows: Mapping[int, Mapping[str, Any]], trainers: Mapping[int, str], venues: Mapping[int, str]
) -> list[Wanted]:
    """What the edited rows (by place, with the cells that differ) ask for; rows that come to what there is are not in it."""
    by_trainer = {name: number for number, name in trainers.items()}
    by_venue = {name: number for number, name in venues.items()}
    found = []
    for place, cells in sorted(rows.items()):
        if place >= len(views):
            continue
        one = views[place]
        before = Wanted(one.id, one.version, one.day, one.slot, one.trainer_id, one.venue_id, one.pinned)
        after = before
        for name, value in cells.items():
            after = _put(after, name, value, by_trainer, by_venue)
        if after != before:
            found.append(after)
    return found


def _put(wanted: Wanted, name: str, value: Any, trainers: Mapping[str, int], venues: Mapping[str, int]) -> Wanted:
    if name == "day":
        return replace(wanted, day=_day(value))
    if name == "half":
        return replace(wanted, slot=HALVES.index(_half(str(value))))
    if name == "trainer":
        return replace(wanted, trainer_id=trainers.get(str(value)) if value else None)
    if name == "venue":
        return replace(wanted, venue_id=venues.get(str(value)) if value else None)
    if name == "pinned":
        parts = wanted.pinned | {Part.TIME} if value else frozenset()
        return replace(wanted, pinned=frozenset(parts))
    return wanted


def _day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    return date.fromisoformat(str(value)[:10])


def _half(written: str) -> Half:
    return next((half for half, name in HALF_NAMES.items() if written in {name.render(each) for each in LANGUAGES}), Half.MORNING)
