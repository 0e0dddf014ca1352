"""Who read whose menu: kept in the audit log, since it says by name what somebody cannot do yet."""

from __future__ import annotations

from core.access.actor import Actor
from core.access.audit import record
from core.people.gaps.service import person
from core.people.scope import scope
from core.storage import Session


def note_menu_viewed(db: Session, actor: Actor, employee_id: int) -> None:
    """The menu of a person was opened."""
    person(db, actor, employee_id)
    record(db, actor, "menu_viewed", "employee", employee_id)


def note_served_viewed(db: Session, actor: Actor, unit_id: int, course_id: int) -> None:
    """It was opened for whom in a unit an entry of the catalogue would be."""
    scope(db, actor)
    record(db, actor, "menu_people_viewed", "unit", unit_id, entry=course_id)
