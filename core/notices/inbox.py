"""What somebody was told, as they read it in the product, and which of it they want by e-mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor
from core.access.audit import record
from core.errors import NotFound
from core.i18n import Language, Message
from core.notices import repository
from core.notices.kinds import KINDS
from core.notices.tables import Notice, NoticeChoice
from core.notices.templates import filled
from core.notices.terms import Kind
from core.storage import Session, now


@dataclass(frozen=True)
class Told:
    """A notice as its receiver reads it. `page` with `parameters` of `plan_id` is where it leads."""

    id: int
    kind: Kind
    subject: str
    text: str
    at: datetime
    unread: bool
    plan_id: int | None
    page: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Inbox:
    """A stretch of what somebody was told, newest first, of `total`; `unread` in all."""

    notices: tuple[Told, ...]
    total: int
    unread: int


def inbox(db: Session, actor: Actor, language: Language, *, unread: bool = False, offset: int = 0, limit: int = 50) -> Inbox:
    """What the actor was told, all of it or what they have not read."""
    me = actor.account_id or 0
    rows = repository.inbox(db, me, unread=unread, offset=offset, limit=limit)
    found = tuple(_told(row, language) for row in rows)
    return Inbox(found, repository.count(db, me, unread=unread), repository.count(db, me, unread=True))


def find(db: Session, actor: Actor, notice_id: int, language: Language) -> Told | None:
    """One of the actor's own notices; None where there is none of this number, or it is somebody else's."""
    row = repository.notice(db, notice_id)
    return _told(row, language) if row is not None and actor.account_id is not None and row.account_id == actor.account_id else None


def unread(db: Session, actor: Actor) -> int:
    """How much of it the actor has not read."""
    return repository.count(db, actor.account_id, unread=True) if actor.account_id is not None else 0


def note_read(db: Session, actor: Actor, notice_id: int | None = None) -> None:
    """Note that the actor has read a notice, or all of them. Raises `NotFound` for one of somebody else."""
    if notice_id is not None:
        row = repository.notice(db, notice_id)
        if row is None or actor.account_id is None or row.account_id != actor.account_id:
            raise NotFound(_GONE)
    repository.note_read(db, actor.account_id or 0, now(), notice_id)


def kinds_of(actor: Actor) -> list[Kind]:
    """What the actor may be told of."""
    return [kind for kind in Kind if actor.may(KINDS[kind].right)]


def without_email(db: Session, actor: Actor) -> frozenset[Kind]:
    """What the actor does not want by e-mail."""
    row = repository.choice(db, actor.account_id or 0)
    return unwanted(row)


def choose(db: Session, actor: Actor, kinds: Collection[Kind]) -> None:
    """From now on the actor does not want these by e-mail; in the product they stand all the same."""
    me = actor.account_id
    if me is None:
        raise NotFound(Message("没有这个账户。"))
    row = repository.choice(db, me) or NoticeChoice(account_id=me)
    row.without_email = sorted(one.value for one in kinds)
    db.add(row)
    record(db, actor, "notice_choice_changed", "account", me, without=row.without_email)


def unwanted(row: NoticeChoice | None) -> frozenset[Kind]:
    """The kinds that a choice leaves out; one that this version does not know is nothing."""
    stored = set(row.without_email) if row else set[str]()
    return frozenset(kind for kind in Kind if kind.value in stored)


def _told(row: Notice, language: Language) -> Told:
    subject, text = filled(row, language, "")
    return Told(row.id or 0, row.kind, subject, text, row.at, row.read_at is None, row.plan_id, row.page, dict(row.parameters))


_GONE = Message("没有找到这条通知，请刷新后再看。")
