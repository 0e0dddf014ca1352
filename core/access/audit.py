"""The audit log: who did what, when, from where.

Entries are only ever added; they hold no document text and no secret.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from core.access import repository
from core.access.actions import ACTIONS
from core.access.actor import Actor, Right, require, shown_name
from core.access.tables import AuditEntry
from core.i18n import Language, Message
from core.storage import Session

_HEADINGS = (
    Message("时间"),
    Message("人员"),
    Message("来源地址"),
    Message("操作"),
    Message("对象"),
    Message("对象编号"),
    Message("详情"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """One line of the log. `account_id` is None for the command line, for strangers and for the product itself."""

    id: int
    at: datetime
    account_id: int | None
    actor: str
    address: str
    action: str
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class EntryPage:
    """A stretch of the log, newest first, of `total` entries that the filters leave."""

    entries: tuple[Entry, ...]
    total: int


def newest(db: Session) -> int:
    """The number of the newest entry: as long as it is the same, nobody has changed anything."""
    return repository.newest_audit_id(db)


def record(db: Session, actor: Actor, action: str, subject: str = "", subject_id: int | None = None, **detail: object) -> None:
    """Write one entry in the caller's transaction: it is kept exactly when the action is.

    `subject` names a kind of thing ("document"), `subject_id` which one; `detail` holds short facts that JSON can
    carry.
    """
    db.add(
        AuditEntry(
            account_id=actor.account_id,
            actor=actor.name[:80],
            address=actor.address[:64],
            action=action,
            subject=subject,
            subject_id=subject_id,
            detail=detail,
        )
    )


def entries(
    db: Session,
    actor: Actor,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    account_id: int | None = None,
    action: str = "",
    offset: int = 0,
    limit: int = 100,
) -> EntryPage:
    """The log from `since` (included) to `until` (excluded), of one person or all, of one action or all.

    Needs `READ_AUDIT`.
    """
    require(actor, Right.READ_AUDIT)
    rows, total = repository.audit_entries(db, since, until, account_id, action, offset, limit)
    return EntryPage(tuple(_entry(row) for row in rows), total)


def last_hand(db: Session, subject: str, subject_id: int, actions: Collection[str] = ()) -> Entry | None:
    """Who did something last to one thing, for those who look at that thing itself; of the `actions` alone, where there are any."""
    row = repository.newest_entry(db, subject, subject_id, actions)
    return None if row is None else _entry(row)


def actions(db: Session, actor: Actor) -> list[str]:
    """The actions that the log holds, to choose from. Needs `READ_AUDIT`."""
    require(actor, Right.READ_AUDIT)
    return list(repository.audit_actions(db))


def actors(db: Session, actor: Actor) -> dict[int, str]:
    """The people that the log holds, by account id, to choose from. Needs `READ_AUDIT`."""
    require(actor, Right.READ_AUDIT)
    return repository.audit_actors(db)


def done_by(db: Session, actor: Actor, among: Collection[str]) -> frozenset[str]:
    """Which of these actions the actor has ever done themselves."""
    return frozenset(repository.audit_actions_of(db, actor.account_id, among)) if actor.account_id is not None else frozenset()


def action_name(action: str, language: Language) -> str:
    """The action for people; its own name when nobody has given it another."""
    known = ACTIONS.get(action)
    return known.render(language) if known else action


def detail_text(detail: Mapping[str, Any]) -> str:
    """The facts of an entry in one line: `login=lin; roles=hr, it`."""
    shown = {name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in detail.items()}
    return "; ".join(f"{name}={value}" for name, value in shown.items())


def to_csv(found: Iterable[Entry], language: Language, zone: tzinfo) -> bytes:
    """The entries as a CSV file for Excel: UTF-8 with mark, times in `zone`, nothing that starts a formula."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(heading.render(language) for heading in _HEADINGS)
    for entry in found:
        detail = detail_text(entry.detail)
        when = entry.at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        who = shown_name(entry.actor)
        cells = (
            who.render(language) if isinstance(who, Message) else who,
            entry.address,
            action_name(entry.action, language),
            entry.subject,
            entry.subject_id,
            detail,
        )
        lines.writerow([when, *(_harmless(cell) for cell in cells)])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> str:
    shown = "" if cell is None else str(cell)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown


def _entry(row: AuditEntry) -> Entry:
    assert row.id is not None
    return Entry(row.id, row.at, row.account_id, row.actor, row.address, row.action, row.subject, row.subject_id, row.detail)
