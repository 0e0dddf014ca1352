"""Whoever looks at people by name, or takes them away, is written down: who, when, which group or whom, and nothing of what was seen."""

from __future__ import annotations

from core.access.actor import Actor
from core.access.audit import record
from core.people.gaps.gap import GapKey
from core.people.gaps.service import person
from core.people.scope import scope
from core.storage import Session


def note_people_viewed(db: Session, actor: Actor, key: GapKey) -> None:
    """The list of the people in a gap was opened."""
    scope(db, actor)
    place = {name: value for name, value in (("unit", key.unit_id), ("post", key.post_id)) if value is not None}
    record(db, actor, "gaps_people_viewed", "competency", key.competency_id, **place)


def note_profile_viewed(db: Session, actor: Actor, employee_id: int) -> None:
    """Somebody's profile was opened."""
    person(db, actor, employee_id)
    record(db, actor, "profile_viewed", "employee", employee_id)


def note_exported(db: Session, actor: Actor, title: str, count: int, employee_id: int | None = None) -> None:
    """A list of people was taken away as a file: which, and how many rows; of one person where `employee_id` says so."""
    if employee_id is None:
        scope(db, actor)
    else:
        person(db, actor, employee_id)
    record(db, actor, "people_exported", "employee" if employee_id is not None else "people", employee_id, list=title[:60], count=count)
