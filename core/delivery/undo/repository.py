"""Queries on what was done with trainers, venues and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlmodel import Session, SQLModel, col, select

from core.delivery.undo.tables import ResourceAction, ResourceChange

# What a row is not brought back to: its name in the database, when it came, how often it was written.
_OWN = frozenset({"id", "version", "created_at"})
_CHUNK = 800


def table_of(subject: str) -> type[SQLModel]:
    """The rows that a table of this name holds."""
    for mapper in SQLModel._sa_registry.mappers:
        if getattr(mapper.class_, "__tablename__", "") == subject:
            found: type[SQLModel] = mapper.class_
            return found
    raise LookupError(subject)


def snapshot(row: Any) -> dict[str, Any]:
    """All that a row says, as JSON can carry it."""
    values = {name: getattr(row, name) for name in type(row).model_fields if name not in _OWN}
    found: dict[str, Any] = to_jsonable_python(values)
    return found | {"version": row.version}


def restore(row: Any, before: dict[str, Any]) -> None:
    """Make a row say again what `snapshot` kept."""
    for name, field in type(row).model_fields.items():
        if name in before and name not in _OWN:
            setattr(row, name, TypeAdapter(field.annotation).validate_python(before[name]))


def again(db: Session, subject: str, row_id: int, before: dict[str, Any]) -> Any:
    """A deleted row, made anew under the number that it had."""
    row: Any = table_of(subject)(id=row_id)
    restore(row, before)
    db.add(row)
    return row


def hanging(db: Session, subject: str, row_id: int) -> list[tuple[str, int]]:
    """The rows, wherever in the product, that point at this one: their table and id."""
    found: list[tuple[str, int]] = []
    for table in SQLModel.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == subject and "id" in table.c:
                chosen = sa.select(table.c.id).where(key.parent == row_id)
                found += [(table.name, int(one)) for (one,) in db.execute(chosen)]
    return found


def note(db: Session, action_id: int, changes: Sequence[tuple[str, int, dict[str, Any] | None, int | None]]) -> None:
    """Keep what an action changed: of each row its table, its id, what it was before and its version after. Thousands at once."""
    rows = [
        {"action_id": action_id, "subject": subject, "row_id": row_id, "before": before, "after": after}
        for subject, row_id, before, after in changes
    ]
    if rows:
        db.execute(sa.insert(ResourceChange), rows)


def action(db: Session, action_id: int) -> ResourceAction | None:
    """One action."""
    return db.get(ResourceAction, action_id)


def last(db: Session, room: str, account_id: int | None) -> ResourceAction | None:
    """The last standing action of an account in a room."""
    chosen = select(ResourceAction).where(ResourceAction.room == room, col(ResourceAction.undone).is_(False))
    mine = chosen.where(ResourceAction.account_id == account_id)
    return db.exec(mine.order_by(col(ResourceAction.id).desc()).limit(1)).first()


def latest(db: Session, room: str, count: int) -> list[ResourceAction]:
    """What was done last in a room, the newest first."""
    chosen = select(ResourceAction).where(ResourceAction.room == room).order_by(col(ResourceAction.id).desc())
    return list(db.exec(chosen.limit(count)))


def changes(db: Session, action_id: int) -> list[ResourceChange]:
    """What an action wrote, in order."""
    return list(db.exec(select(ResourceChange).where(ResourceChange.action_id == action_id).order_by(col(ResourceChange.id))))


def standing_changes(db: Session, subject: str, ids: Sequence[int]) -> list[ResourceChange]:
    """What standing actions wrote of these rows."""
    found: list[ResourceChange] = []
    for some in _chunks(ids):
        chosen = select(ResourceChange).join(ResourceAction, col(ResourceAction.id) == ResourceChange.action_id)
        chosen = chosen.where(col(ResourceAction.undone).is_(False), ResourceChange.subject == subject)
        found += db.exec(chosen.where(col(ResourceChange.row_id).in_(some)))
    return found


def rows_of(db: Session, subject: str, ids: Sequence[int]) -> dict[int, Any]:
    """The rows with these ids, by id."""
    table: Any = table_of(subject)
    found: dict[int, Any] = {}
    for some in _chunks(ids):
        found |= {row.id: row for row in db.exec(select(table).where(table.id.in_(some)))}
    return found


def drop_changes_of_gone_rows(db: Session) -> None:
    """Drop changes of rows that should be there, as the last standing action left them, and are not; actions go with their last change."""
    chosen = select(ResourceChange).join(ResourceAction, col(ResourceAction.id) == ResourceChange.action_id)
    latest: dict[tuple[str, int], ResourceChange] = {}
    for one in db.exec(chosen.where(col(ResourceAction.undone).is_(False)).order_by(col(ResourceChange.id))):
        latest[one.subject, one.row_id] = one
    left: dict[str, list[int]] = {}
    for (subject, row_id), one in latest.items():
        if one.after is not None:
            left.setdefault(subject, []).append(row_id)
    touched: set[int] = set()
    for subject, ids in left.items():
        there = rows_of(db, subject, ids)
        for some in _chunks([row_id for row_id in ids if row_id not in there]):
            gone = select(ResourceChange).where(ResourceChange.subject == subject, col(ResourceChange.row_id).in_(some))
            for change in db.exec(gone):
                touched.add(change.action_id)
                db.delete(change)
    db.flush()
    for action_id in touched:
        if not changes(db, action_id):
            db.delete(db.get_one(ResourceAction, action_id))


def _chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
