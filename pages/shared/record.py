"""Which record a form is about, and who changed it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.access import audit
from pages.shared.database import reading
from pages.shared.text import _, moment, person


@dataclass(frozen=True)
class Record:
    """Which record a form is about: its table and number, its version as it was loaded.

    Who changed it last, and when, stand in `by` and `at` where the record itself knows; else the newest of the `actions` on `subject` and
    `subject_id` in the log says so (the record's own kind and number, unless given).
    """

    kind: str
    id: int
    version: int | None = None
    by: str = ""
    at: datetime | None = None
    actions: tuple[str, ...] = ()
    subject: str = ""
    subject_id: int | None = None


def record_of(row: Any, *actions: str, subject: str = "", subject_id: int | None = None) -> Record:
    """The record that a row holds."""
    by, at = getattr(row, "changed_by", ""), getattr(row, "changed_at", None)
    by = by if isinstance(by, str) else ""
    return Record(row.__tablename__, row.id or 0, row.version, by, at if by else None, actions, subject, subject_id)


def last_hand(record: Record) -> tuple[str, str]:
    """Who changed the record last, and when; words for somebody unknown where nothing says so."""
    if record.at is not None:
        return person(record.by), moment(record.at)
    with reading() as db:
        number = record.id if record.subject_id is None else record.subject_id
        found = audit.last_hand(db, record.subject or record.kind, number, record.actions)
    return (person(found.actor), moment(found.at)) if found else (_("有人"), _("刚刚"))
