"""Queries on notices, their sending, their words, and people's choices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from core.access.tables import Account
from core.notices.tables import Notice, NoticeChoice, NoticeTemplate, Sending
from core.notices.terms import Channel, Kind, SendState


@dataclass(frozen=True)
class Sought:
    """Which part of the log: from a moment (included) to another (excluded); what is None is not asked for."""

    since: datetime | None = None
    until: datetime | None = None
    kind: Kind | None = None
    channel: Channel | None = None
    state: SendState | None = None


def add_once(db: Session, notices: Sequence[Notice]) -> int:
    """Write those whose cause nobody has written yet, however many ask at once. Returns how many that were."""
    insert = sqlite.insert if db.connection().dialect.name == "sqlite" else postgresql.insert
    written = 0
    for one in notices:
        values = {name: getattr(one, name) for name in Notice.model_fields if name != "id"}
        statement: Any = insert(Notice).values(**values).on_conflict_do_nothing(index_elements=["cause"])
        written += db.connection().execute(statement).rowcount
    return written


def accounts(db: Session, account_ids: Collection[int]) -> list[Account]:
    """These accounts, those that are enabled."""
    chosen = select(Account).where(col(Account.id).in_(account_ids), col(Account.enabled).is_(True))
    return list(db.exec(chosen.order_by(col(Account.id))))


def enabled(db: Session) -> list[Account]:
    """All accounts that are enabled."""
    return list(db.exec(select(Account).where(col(Account.enabled).is_(True)).order_by(col(Account.id))))


def account(db: Session, account_id: int) -> Account | None:
    """One account."""
    return db.get(Account, account_id)


def notice(db: Session, notice_id: int) -> Notice | None:
    """One notice."""
    return db.get(Notice, notice_id)


def inbox(db: Session, account_id: int, *, unread: bool, offset: int, limit: int) -> list[Notice]:
    """What an account was told, the newest first."""
    chosen = select(Notice).where(Notice.account_id == account_id)
    chosen = chosen.where(col(Notice.read_at).is_(None)) if unread else chosen
    return list(db.exec(chosen.order_by(col(Notice.id).desc()).offset(offset).limit(limit)))


def count(db: Session, account_id: int, *, unread: bool) -> int:
    """How much an account was told, or has not read of it."""
    chosen = select(sa.func.count()).select_from(Notice).where(Notice.account_id == account_id)
    return int(db.exec(chosen.where(col(Notice.read_at).is_(None)) if unread else chosen).one())


def note_read(db: Session, account_id: int, moment: datetime, notice_id: int | None = None) -> None:
    """Note that an account has read one of its notices, or all."""
    change = sa.update(Notice).where(col(Notice.account_id) == account_id, col(Notice.read_at).is_(None))
    change = change if notice_id is None else change.where(col(Notice.id) == notice_id)
    db.connection().execute(change.values(read_at=moment))


def settle(db: Session, causes: Sequence[str], account_id: int | None, moment: datetime) -> None:
    """Note as read what was told for causes that begin so, to one account or to all."""
    begins = sa.or_(*(col(Notice.cause).startswith(one, autoescape=True) for one in causes))
    change = sa.update(Notice).where(begins, col(Notice.read_at).is_(None))
    change = change if account_id is None else change.where(col(Notice.account_id) == account_id)
    db.connection().execute(change.values(read_at=moment))


def newest(db: Session, kind: Kind, account_id: int | None) -> Notice | None:
    """The last notice of a kind: of an account, or of anybody."""
    chosen = select(Notice).where(Notice.kind == kind, col(Notice.account_id).is_not(None))
    chosen = chosen if account_id is None else chosen.where(Notice.account_id == account_id)
    return db.exec(chosen.order_by(col(Notice.id).desc()).limit(1)).first()


def new(db: Session, limit: int) -> list[Notice]:
    """Notices of which it is not decided yet in which ways they go outside, held until the transaction ends."""
    chosen = select(Notice).where(col(Notice.handed_on).is_(None)).order_by(col(Notice.id)).limit(limit)
    return list(db.exec(chosen.with_for_update(skip_locked=True)))


def anything_to_do(db: Session, moment: datetime) -> bool:
    """Whether a notice is new, or something is to be sent by this moment."""
    fresh = sa.exists(sa.select(sa.literal(1)).select_from(Notice).where(col(Notice.handed_on).is_(None)))
    return bool(db.connection().execute(sa.select(sa.or_(fresh, _due(moment).exists()))).scalar())


def due(db: Session, moment: datetime) -> int | None:
    """What is to be sent by this moment, the oldest."""
    found = db.connection().execute(_due(moment).limit(1)).scalar()
    return None if found is None else int(found)


def claim(db: Session, sending_id: int, moment: datetime) -> bool:
    """Take something to be sent for oneself; False when somebody else was faster."""
    change = sa.update(Sending).where(col(Sending.id) == sending_id, col(Sending.state) == SendState.WAITING)
    taken = change.values(state=SendState.SENDING, attempts=col(Sending.attempts) + 1, next_at=moment)
    return db.connection().execute(taken).rowcount == 1


def interrupted(db: Session, before: datetime) -> list[Sending]:
    """What somebody began to send before a moment and never said more of."""
    return list(db.exec(select(Sending).where(Sending.state == SendState.SENDING, col(Sending.next_at) < before)))


def sending(db: Session, sending_id: int) -> Sending | None:
    """One of them."""
    return db.get(Sending, sending_id)


def waiting(db: Session) -> list[Sending]:
    """What is still to be sent, now or later."""
    return list(db.exec(select(Sending).where(Sending.state == SendState.WAITING)))


def log(db: Session, sought: Sought, offset: int, limit: int) -> tuple[list[Sending], int]:
    """A stretch of the log, newest first, and how many lines there are in all."""
    wanted = _sought(sought)
    total = db.exec(select(sa.func.count()).select_from(Sending).where(*wanted)).one()
    newest_first = select(Sending).where(*wanted).order_by(col(Sending.id).desc())
    return list(db.exec(newest_first.offset(offset).limit(limit))), int(total)


def templates(db: Session) -> dict[tuple[Kind, str], NoticeTemplate]:
    """The words that the bank gave, by kind and language."""
    return {(row.kind, row.language): row for row in db.exec(select(NoticeTemplate))}


def choice(db: Session, account_id: int) -> NoticeChoice | None:
    """What somebody chose."""
    return db.get(NoticeChoice, account_id)


def choices(db: Session, account_ids: Collection[int]) -> dict[int, NoticeChoice]:
    """What these people chose, by account."""
    found = db.exec(select(NoticeChoice).where(col(NoticeChoice.account_id).in_(account_ids)))
    return {row.account_id: row for row in found}


def _due(moment: datetime) -> sa.Select[Any]:
    ready = sa.or_(col(Sending.next_at).is_(None), col(Sending.next_at) <= moment)
    chosen = sa.select(col(Sending.id)).where(col(Sending.state) == SendState.WAITING, ready)
    return chosen.order_by(col(Sending.id))


def _sought(sought: Sought) -> list[Any]:
    wanted: list[Any] = []
    if sought.since is not None:
        wanted.append(Sending.at >= sought.since)
    if sought.until is not None:
        wanted.append(Sending.at < sought.until)
    for column, value in ((Sending.kind, sought.kind), (Sending.channel, sought.channel), (Sending.state, sought.state)):
        if value is not None:
            wanted.append(column == value)
    return wanted
