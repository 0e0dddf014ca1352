"""What differs between two schedules, session by session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.schedule.entities import Id
from core.schedule.schedule import Assignment


class Kind(StrEnum):
    """What became of a session. One that moved and has another trainer too is there with each."""

    MOVED = "moved"
    TRAINER = "trainer"
    VENUE = "venue"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One session's change: where it was (None when it is new) and where it is (None when it is gone)."""

    session: Id
    kind: Kind
    before: Assignment | None
    after: Assignment | None


def changes(before: Iterable[Assignment], after: Iterable[Assignment]) -> list[Change]:
    """What differs from `before` to `after`: what moved, what has another trainer or venue, what is new, what is gone; in that order."""
    old, new = {one.session: one for one in before}, {one.session: one for one in after}
    both = [(old[name], new[name]) for name in new if name in old]
    moved = [Change(b.session, Kind.MOVED, a, b) for a, b in both if (a.day, a.slot) != (b.day, b.slot)]
    trainers = [Change(b.session, Kind.TRAINER, a, b) for a, b in both if a.trainer != b.trainer]
    venues = [Change(b.session, Kind.VENUE, a, b) for a, b in both if a.venue != b.venue]
    fresh = [Change(name, Kind.NEW, None, one) for name, one in new.items() if name not in old]
    gone = [Change(name, Kind.GONE, one, None) for name, one in old.items() if name not in new]
    return [*moved, *trainers, *venues, *fresh, *gone]
