"""The day that is looked at, and who is in charge of units on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.access.actor import Actor
from core.notices.outbox import readers
from core.notices.terms import Kind
from core.people.scope import scope
from core.storage import Session


@dataclass(frozen=True)
class Today:
    """The day, and those who are in charge of units, each of whom reads of their own people by name."""

    day: date
    managers: tuple[Actor, ...]

    @property
    def week(self) -> str:
        """The week: what goes on for long is told once in it."""
        year, number, _weekday = self.day.isocalendar()
        return f"{year}-{number:02}"

    def told(self, db: Session, kind: Kind) -> Iterator[Actor]:
        """Those of them who may be told of a kind of thing."""
        able = {one.account_id for one in readers(db, kind)}
        return (one for one in self.managers if one.account_id in able)


def today(db: Session, day: date) -> Today:
    """The day with its managers. Who reads everybody by name needs no reminder of each unit's people: the home page has the sums."""
    found = []
    for one in readers(db, Kind.ASSESSMENTS_DUE):
        named = scope(db, one).named
        if named:
            found.append(one)
    return Today(day, tuple(found))
