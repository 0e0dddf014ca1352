"""Every score of a person, for whoever may read them."""

from __future__ import annotations

from core.access.actor import Actor
from core.people.gaps.gap import Reading
from core.people.gaps.memory import facts
from core.people.gaps.persons import all_readings, pairs_of
from core.people.gaps.service import person
from core.storage import Session


def history(db: Session, actor: Actor, employee_id: int) -> dict[int, list[Reading]]:
    """All scores that a person ever had, by competency, source and day. Raises `NotFound`."""
    person(db, actor, employee_id)
    known = facts(db)
    return {competency: all_readings(known.readings, pair) for competency, pair in pairs_of(known.readings, employee_id).items()}
