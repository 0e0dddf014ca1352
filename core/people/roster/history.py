"""What was corrected in the roster, kept for as long as it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from core.access.actor import Actor, Right, require
from core.editing.done import Done
from core.people.roster import repository
from core.people.roster.tables import RosterChange
from core.people.tables import Employee
from core.storage import Session, now

DAYS = 30
_SHOWN, _NAMED = 30, 3
_DAY = "left_at"


@dataclass(frozen=True)
class Corrected:
    """A person who was corrected: the version before, and the changed fields as they were and as they are."""

    row: Employee
    former: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def note(db: Session, actor: Actor, corrected: Sequence[Corrected]) -> None:
    """Keep what was corrected in one go."""
    rows = [
        RosterChange(
            employee_id=one.row.id or 0,
            former=one.former,
            before=_stored(one.before),
            after=_stored(one.after),
            account_id=actor.account_id,
            done_by=actor.name[:80],
        )
        for one in corrected
    ]
    db.add_all(rows)
    db.flush()
    for row in rows:
        row.batch = rows[0].id or 0


def last(db: Session, actor: Actor) -> Done | None:
    """What this person corrected last and can take back. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    batch = repository.last_batch(db, actor.account_id)
    return _done(db, repository.changes(db, [batch]))[0] if batch is not None else None


def history(db: Session, actor: Actor) -> list[Done]:
    """What was corrected last, the newest first. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    return _done(db, repository.changes(db, repository.latest_batches(db, _SHOWN)))


def values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a kept correction as people are corrected with them."""
    return {name: date.fromisoformat(value) if name == _DAY and value else value for name, value in stored.items()}


def forget_expired(db: Session) -> int:
    """Forget corrections that can no longer be taken back (housekeeping). Returns how many."""
    return repository.forget(db, now() - timedelta(days=DAYS))


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _done(db: Session, rows: Sequence[RosterChange]) -> list[Done]:
    names = repository.names(db, [row.employee_id for row in rows])
    found = []
    for batch, some in groupby(rows, lambda row: row.batch):
        together = list(some)
        people = list(dict.fromkeys(names[one.employee_id] for one in together if one.employee_id in names))
        title = "、".join(people[:_NAMED]) + ("…" if len(people) > _NAMED else "")
        first = together[0]
        found.append(Done(batch, "employee_changed", title, first.done_by, first.at, first.undone))
    return found
