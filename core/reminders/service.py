"""What is due today, for whom: read from every room within what each receiver may see there, and told once for each cause."""

from __future__ import annotations

from datetime import date, datetime

from core.clock import ZONE
from core.notices.outbox import Due, tell_all
from core.plans import repository as plans
from core.reminders.asking import asking
from core.reminders.doing import assessments, doing
from core.reminders.teaching import teaching
from core.reminders.today import today
from core.storage import Database, Session

FROM, UNTIL = 8, 20
"""The hours of the bank's day in which people are told what has become due."""


def due(db: Session, day: date) -> list[Due]:
    """What there is to be told on a day, also what was told already: whoever writes it down leaves that out."""
    now = today(db, day)
    found: list[Due] = []
    for plan in plans.plans(db):
        for room in (asking, teaching, doing):
            found.extend(room(db, plan, now))
    found.extend(assessments(db, now))
    return found


def remind(database: Database, moment: datetime) -> int:
    """Tell people what has become due at this moment; nothing outside the hours of the day. Returns how many accounts may be told."""
    local = moment.astimezone(ZONE)
    if not FROM <= local.hour < UNTIL:
        return 0
    with database.reading() as db:
        found = due(db, local.date())
    if not found:
        return 0
    with database.writing() as db:
        return len(tell_all(db, found))
