"""Something that is arranged for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from core.people.remedies.tables import Enrolment


@dataclass(frozen=True)
class Arranged:
    """An enrolment with whose it is."""

    row: Enrolment
    number: str
    name: str
    unit_id: int | None
