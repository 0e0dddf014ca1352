"""Queries of the roster. Each takes the units whose people the reader may see by name; None is everybody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from core.people.roster.listing import Lacking, Order, Presence, Wanted
from core.people.roster.tables import RosterChange
from core.people.tables import Assessment, Employee, Post, Unit
from core.sheets.reading import folded

_Manager = aliased(Employee, name="manager")
_LACKING: dict[Lacking, Any] = {
    Lacking.UNIT: col(Employee.unit_id).is_(None),
    Lacking.POST: col(Employee.post_id).is_(None),
    Lacking.MANAGER: col(Employee.manager_id).is_(None),
    Lacking.ASSESSMENT: ~sa.exists().where(col(Assessment.employee_id) == col(Employee.id)),
}
_ORDER: dict[Order, Any] = {
    Order.NUMBER: col(Employee.employee_no),
    Order.NAME: col(Employee.name),
    Order.UNIT: col(Unit.name),
    Order.POST: col(Post.name),
    Order.LINE: func.nullif(Employee.line, ""),
    Order.HIRED: col(Employee.hire_date),
}


def people(
    db: Session, named: Collection[int] | None, below: Collection[int] | None, wanted: Wanted, offset: int, limit: int | None
) -> list[tuple[Any, ...]]:
    """Each of the wanted people with unit, post and manager: those columns that `Person` has. `below` are the units that are wanted."""
    manager_seen = [col(_Manager.id) == Employee.manager_id]
    if named is not None:
        manager_seen.append(col(_Manager.unit_id).in_(named))
    columns = (
        *(Employee.id, Employee.version, Employee.employee_no, Employee.name, Employee.unit_id, Unit.name, Employee.post_id, Post.name),
        *(_Manager.employee_no, _Manager.name, Employee.line, Employee.hire_date, Employee.left_at),
    )
    choose: Any = select
    chosen = choose(*columns).select_from(Employee).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    chosen = chosen.join(Post, col(Post.id) == Employee.post_id, isouter=True).join(_Manager, sa.and_(*manager_seen), isouter=True)
    key = _ORDER[wanted.order]
    first = (key.desc() if wanted.descending else key.asc()).nulls_last()
    chosen = chosen.where(*_conditions(named, below, wanted)).order_by(first, col(Employee.employee_no)).offset(offset).limit(limit)
    return list(db.exec(chosen).all())


def count(db: Session, named: Collection[int] | None, below: Collection[int] | None, wanted: Wanted) -> int:
    """How many people are wanted."""
    return db.exec(select(func.count()).select_from(Employee).where(*_conditions(named, below, wanted))).one()


def names(db: Session, ids: Collection[int]) -> dict[int, str]:
    """What these people are called, by id."""
    return dict(db.exec(select(Employee.id, Employee.name).where(col(Employee.id).in_(ids))).all())  # type: ignore[arg-type]


def last_batch(db: Session, account_id: int | None) -> int | None:
    """The last standing correction of an account."""
    chosen = select(RosterChange.batch).where(RosterChange.account_id == account_id, col(RosterChange.undone).is_(False))
    return db.exec(chosen.order_by(col(RosterChange.batch).desc()).limit(1)).first()


def latest_batches(db: Session, count: int) -> list[int]:
    """What was corrected last, the newest first."""
    return list(db.exec(select(RosterChange.batch).distinct().order_by(col(RosterChange.batch).desc()).limit(count)))


def changes(db: Session, batches: Collection[int]) -> list[RosterChange]:
    """What these corrections changed, the newest correction first."""
    chosen = select(RosterChange).where(col(RosterChange.batch).in_(batches))
    return list(db.exec(chosen.order_by(col(RosterChange.batch).desc(), col(RosterChange.id))))


def forget(db: Session, before: datetime) -> int:
    """Delete what was corrected before a moment. Returns how many rows."""
    expired = sa.delete(RosterChange).where(col(RosterChange.at) < before)
    return int(db.execute(expired).rowcount)  # type: ignore[attr-defined]


def lines(db: Session, named: Collection[int] | None) -> list[str]:
    """The business lines that people are in."""
    chosen = select(Employee.line).where(Employee.line != "", *_seen(named)).distinct().order_by(Employee.line)
    return list(db.exec(chosen))


def posts(db: Session) -> list[Post]:
    """All posts, by name."""
    return list(db.exec(select(Post).order_by(Post.name)))


def employee(db: Session, employee_id: int) -> Employee | None:
    """One person, as the row is now."""
    return db.get(Employee, employee_id, populate_existing=True)


def by_number(db: Session, number: str) -> Employee | None:
    """The person with this number."""
    return db.exec(select(Employee).where(Employee.employee_no == number)).first()


def unit(db: Session, unit_id: int) -> Unit | None:
    """One unit."""
    return db.get(Unit, unit_id)


def post(db: Session, post_id: int) -> Post | None:
    """One post."""
    return db.get(Post, post_id)


def _seen(named: Collection[int] | None) -> list[Any]:
    return [] if named is None else [col(Employee.unit_id).in_(named)]


def _conditions(named: Collection[int] | None, below: Collection[int] | None, wanted: Wanted) -> list[Any]:
    found = _seen(named)
    for word in map(folded, wanted.words.split()):
        found.append(
            sa.or_(col(Employee.name).icontains(word, autoescape=True), col(Employee.employee_no).icontains(word, autoescape=True))
        )
    if below is not None:
        found.append(col(Employee.unit_id).in_(below))
    if wanted.post_id is not None:
        found.append(Employee.post_id == wanted.post_id)
    if wanted.line:
        found.append(Employee.line == wanted.line)
    if wanted.presence is not Presence.ALL:
        gone = col(Employee.left_at).is_not(None)
        found.append(gone if wanted.presence is Presence.LEFT else ~gone)
    return found + [_LACKING[one] for one in wanted.lacking]
