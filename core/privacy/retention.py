"""What goes by itself when its time is over: decided by human resources, done in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, require
from core.access.audit import record
from core.access.tables import AuditEntry
from core.assistant.tables import Conversation
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.notices.tables import Notice
from core.people.gaps.measure import months_before
from core.privacy import repository
from core.privacy.service import forget
from core.privacy.tables import RetentionPeriod
from core.privacy.terms import LONGEST, SHORTEST, Kept
from core.storage import Session, now


@dataclass(frozen=True)
class Period:
    """After how many `months` something goes (None: never), who decided that and when, and how much is over its time `today`."""

    kept: Kept
    months: int | None
    decided_by: str
    decided_at: datetime | None
    version: int
    due: int


def periods(db: Session, actor: Actor, today: date) -> list[Period]:
    """All of them, in the order of `Kept`. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    stored = {row.kept: row for row in repository.periods(db)}
    return [_period(db, kept, stored.get(kept), today) for kept in Kept]


def due(db: Session, actor: Actor, kept: Kept, months: int | None, today: date) -> int:
    """How much would go today if it were kept for so long. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    return 0 if months is None else _due(db, kept, months_before(today, months))


def decide(db: Session, actor: Actor, kept: Kept, version: int, months: int | None) -> None:
    """Keep something for `months` from now on (None: for good); `version` is the one that was seen, 0 where there was none.

    Needs `EDIT_PEOPLE`. Raises `BadInput` for a time that cannot be, `Conflict` where somebody else decided meanwhile.
    """
    require(actor, Right.EDIT_PEOPLE)
    if months is not None and not SHORTEST[kept] <= months <= LONGEST:
        raise BadInput(Message("保留期限要在 {shortest} 到 {longest} 个月之间。", shortest=SHORTEST[kept], longest=LONGEST))
    row = next((one for one in repository.periods(db) if one.kept is kept), None)
    if (row.version if row else 0) != version:
        raise Conflict(Message("保留期限刚被别人改过，没有保存。请看过新的期限再决定。"))
    before = row.months if row else None
    row = row or RetentionPeriod(kept=kept)
    row.months, row.decided_by, row.decided_at = months, actor.name[:80], now()
    db.add(row)
    db.flush()
    record(db, actor, "retention_decided", kept.value, None, before=before, months=months)


def sweep(db: Session, today: date) -> dict[Kept, int]:
    """Delete what is over its time, and write down how much of each that was."""
    gone = {row.kept: _go(db, row.kept, months_before(today, row.months)) for row in repository.periods(db) if row.months is not None}
    found = {kept: number for kept, number in gone.items() if number}
    for kept, number in found.items():
        record(db, LOCAL_ADMINISTRATOR, "retention_swept", kept.value, None, count=number)
    return found


def _period(db: Session, kept: Kept, row: RetentionPeriod | None, today: date) -> Period:
    if row is None:
        return Period(kept, None, "", None, 0, 0)
    due_now = 0 if row.months is None else _due(db, kept, months_before(today, row.months))
    return Period(kept, row.months, row.decided_by, row.decided_at, row.version or 0, due_now)


def _due(db: Session, kept: Kept, day: date) -> int:
    moment = _moment(day)
    match kept:
        case Kept.LEFT:
            return len(repository.left_before(db, day))
        case Kept.REMARKS:
            return repository.remarks(db, moment)
        case Kept.CONVERSATIONS:
            return repository.how_many(db, Conversation, repository.old_conversations(moment))
        case Kept.AUDIT:
            return repository.how_many(db, AuditEntry, repository.old_entries(moment))
        case Kept.NOTICES:
            return repository.how_many(db, Notice, repository.old_notices(moment))


def _go(db: Session, kept: Kept, day: date) -> int:
    number, moment = _due(db, kept, day), _moment(day)
    if not number:
        return 0
    match kept:
        case Kept.LEFT:
            forget(db, repository.left_before(db, day))
        case Kept.REMARKS:
            repository.blank_remarks(db, moment)
        case Kept.CONVERSATIONS:
            repository.delete(db, Conversation, repository.old_conversations(moment))
        case Kept.AUDIT:
            repository.delete(db, AuditEntry, repository.old_entries(moment))
        case Kept.NOTICES:
            # What was sent of them goes with them.
            repository.delete(db, Notice, repository.old_notices(moment))
    return number


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
