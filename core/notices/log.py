"""The log of what was sent: when, to whom, in which way, about what, with which outcome; sent again by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.notices import repository
from core.notices.repository import Sought
from core.notices.tables import Sending
from core.notices.terms import Channel, Kind, SendState
from core.storage import Session, now

__all__ = ["Line", "Log", "Sought", "again", "log", "note_exported"]


@dataclass(frozen=True)
class Line:
    """A line of the log. `receiver` "": a group. `done_at` None: not at an end yet, tried again at `next_at`."""

    id: int
    at: datetime
    kind: Kind
    channel: Channel
    receiver: str
    state: SendState
    attempts: int
    outcome: Message | None
    next_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True)
class Log:
    """A stretch of the log, newest first, of `total` lines that are asked for."""

    lines: tuple[Line, ...]
    total: int


def log(db: Session, actor: Actor, sought: Sought, offset: int = 0, limit: int = 50) -> Log:
    """Part of the log. Needs `KEEP_NOTICES`."""
    require(actor, Right.KEEP_NOTICES)
    rows, total = repository.log(db, sought, offset, limit)
    return Log(tuple(_line(row) for row in rows), total)


def again(db: Session, actor: Actor, sending_id: int) -> None:
    """Send something again that did not get through. Needs `KEEP_NOTICES`. Raises `BadInput` for what did or still waits, `NotFound`."""
    require(actor, Right.KEEP_NOTICES)
    row = repository.sending(db, sending_id)
    if row is None:
        raise NotFound(Message("没有找到这条发送记录，它可能已过保留期限。"))
    if row.state is not SendState.FAILED:
        raise BadInput(Message("只有没有送出的才能再发；这一条已经送出或正在等着发送。"))
    row.state, row.attempts, row.next_at, row.done_at, row.outcome = SendState.WAITING, 0, now(), None, None
    record(db, actor, "notice_sent_again", "notice", row.notice_id, channel=row.channel.value)


def note_exported(db: Session, actor: Actor, number: int) -> None:
    """The log was taken away: kept in the audit log. Needs `KEEP_NOTICES`."""
    require(actor, Right.KEEP_NOTICES)
    record(db, actor, "notice_log_exported", "notice", None, count=number)


def _line(row: Sending) -> Line:
    outcome = Message.from_json(row.outcome) if row.outcome else None
    waiting = row.state in (SendState.WAITING, SendState.SENDING)
    return Line(
        id=row.id or 0,
        at=row.at,
        kind=row.kind,
        channel=row.channel,
        receiver=row.receiver,
        state=row.state,
        attempts=row.attempts,
        outcome=outcome,
        next_at=row.next_at if waiting else None,
        done_at=row.done_at,
    )
