"""Whoever learnt something is assessed again a month later: who reminds whom of what, until a newer reading is there."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from core.access.actor import Actor, Right
from core.access.audit import record
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.people.remedies import repository
from core.people.remedies.arranged import Arranged
from core.people.remedies.arranging import Seen, row_of
from core.people.remedies.tables import EnrolmentState
from core.people.scope import scope
from core.storage import Session, now

# How long after something is done its competency is assessed again: the one place where this stands.
AFTER_MONTHS = 1
LONGEST_REASON = 200
# No month is shorter.
_LEAST_DAYS = 28 * AFTER_MONTHS


@dataclass(frozen=True)
class Reminder:
    """Somebody is to be assessed again since the day `due`. `managers` are those in charge of their unit, nobody where it is HR's."""

    arranged: Arranged
    due: date
    managers: tuple[str, ...]


def due_on(done_on: date) -> date:
    """The day on which what was done on a day is to be assessed again: the same day a month later, or that month's last."""
    months = done_on.month - 1 + AFTER_MONTHS
    year, month = done_on.year + months // 12, months % 12 + 1
    return date(year, month, min(done_on.day, monthrange(year, month)[1]))


def reminders(db: Session, actor: Actor, today: date) -> list[Reminder]:
    """Of whom the actor may name: who is to be assessed again, the longest overdue first."""
    found = _due(db, actor, today)
    if not found:
        return []
    above, holders = repository.unit_parents(db), repository.in_charge(db)
    return [Reminder(one, due_on(one.row.done_on or today), _managers(one.unit_id, above, holders)) for one in found]


def count(db: Session, actor: Actor, today: date) -> int:
    """How many these are; 0 for whoever sees nobody by name."""
    named = scope(db, actor).named if actor.may(Right.SEE_GAPS) else frozenset()
    if named is not None and not named:
        return 0
    return sum(due_on(done_on) <= today for done_on in repository.days_to_assess(db, named, today - timedelta(days=_LEAST_DAYS)))


def close(db: Session, actor: Actor, seen: Seen, reason: str) -> None:
    """Nobody is to be reminded of it any more, because of `reason`. Raises `BadInput` without one, `Conflict`, `NotFound`."""
    row = row_of(db, actor, seen)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput(Message("请写明为什么不再提醒，最多 {limit} 个字。", limit=LONGEST_REASON))
    if row.state is not EnrolmentState.DONE or row.closed_at is not None:
        raise Conflict(Message("这条提醒已经关闭。请刷新后查看。"))
    row.closed_at, row.closed_by, row.closed_reason = now(), actor.name[:80], reason
    db.flush()
    record(db, actor, "reminder_closed", "enrolment", row.id, reason=reason)


def _due(db: Session, actor: Actor, today: date) -> list[Arranged]:
    named = scope(db, actor).named
    if named is not None and not named:
        return []
    found = repository.to_assess(db, named, today - timedelta(days=_LEAST_DAYS))
    return [one for one in found if one.row.done_on is not None and due_on(one.row.done_on) <= today]


def _managers(unit_id: int | None, above: dict[int, int | None], holders: dict[int, list[str]]) -> tuple[str, ...]:
    """Those in charge of the unit, or of the nearest one above it that somebody is in charge of."""
    passed = set[int]()
    while unit_id is not None and unit_id not in passed:
        if unit_id in holders:
            return tuple(holders[unit_id])
        passed.add(unit_id)
        unit_id = above.get(unit_id)
    return ()
