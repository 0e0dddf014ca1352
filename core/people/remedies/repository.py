"""Queries on what was arranged for people. Each takes with it whose people the reader may name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.access.tables import Account
from core.people.remedies.arranged import Arranged
from core.people.remedies.tables import Enrolment, EnrolmentState
from core.people.tables import Assessment, Employee, Unit, UnitCharge

# How many values go into one IN.
_CHUNK = 800
Units = frozenset[int] | None


def enrolment(db: Session, enrolment_id: int, units: Units) -> Arranged | None:
    """One of somebody in these units (None: of anybody)."""
    return next(_arranged(db, _of(units).where(col(Enrolment.id) == enrolment_id)), None)


def of_employee(db: Session, employee_id: int, units: Units) -> list[Arranged]:
    """Everything arranged for somebody, the last first."""
    return list(_arranged(db, _of(units).where(col(Enrolment.employee_id) == employee_id)))


def of_units(db: Session, units: Units, states: Collection[EnrolmentState]) -> list[Arranged]:
    """What was arranged for the people of these units, of these states, the last first."""
    return list(_arranged(db, _of(units).where(col(Enrolment.state).in_(states))))


def of_batch(db: Session, batch: str, units: Units) -> list[Arranged]:
    """What somebody arranged at once."""
    return list(_arranged(db, _of(units).where(col(Enrolment.batch) == batch)))


def to_assess(db: Session, units: Units, until: date) -> list[Arranged]:
    """What was done until a day and has not been assessed again since, the oldest first."""
    chosen = _not_assessed(_of(units)).where(col(Enrolment.done_on) <= until)
    return list(_arranged(db, chosen.order_by(None).order_by(col(Enrolment.done_on), col(Enrolment.id))))


def days_to_assess(db: Session, units: Units, until: date) -> list[date]:
    """The days on which these were done: all that it takes to count them."""
    chosen = _not_assessed(_of(units).with_only_columns(col(Enrolment.done_on)).order_by(None)).where(col(Enrolment.done_on) <= until)
    return list(db.execute(chosen).scalars())


def waiting(db: Session, employee_ids: Sequence[int]) -> dict[int, set[int]]:
    """By entry, those of these people who have done it and have not been assessed again since."""
    found: dict[int, set[int]] = {}
    for start in range(0, len(employee_ids), _CHUNK):
        chosen = _not_assessed(sa.select(col(Enrolment.course_id), col(Enrolment.employee_id)))
        for course_id, employee_id in db.execute(chosen.where(col(Enrolment.employee_id).in_(employee_ids[start : start + _CHUNK]))):
            found.setdefault(course_id, set()).add(employee_id)
    return found


def done_stamp(db: Session) -> tuple[int, str]:
    """What changes whenever something is called done, or no longer: how much is done, and when that was last changed."""
    chosen = sa.select(sa.func.count(), sa.func.max(col(Enrolment.changed_at))).where(col(Enrolment.state) == EnrolmentState.DONE)
    count, latest = db.execute(chosen).one()
    return int(count), str(latest)


def _not_assessed(chosen: Any) -> Any:
    """Of a choice of enrolments those that are done, with no later reading and not closed by hand."""
    newer = (
        sa.select(col(Assessment.id))
        .where(col(Assessment.employee_id) == col(Enrolment.employee_id))
        .where(col(Assessment.competency_id) == col(Enrolment.competency_id))
        .where(col(Assessment.assessed_on) > col(Enrolment.done_on))
        .exists()
    )
    chosen = chosen.where(col(Enrolment.state) == EnrolmentState.DONE, col(Enrolment.closed_at).is_(None))
    return chosen.where(col(Enrolment.competency_id).is_not(None), ~newer)


def taken(db: Session, employee_ids: Sequence[int]) -> list[tuple[int, int, EnrolmentState]]:
    """Which entries these people do or have done: person, entry, state."""
    found: list[tuple[int, int, EnrolmentState]] = []
    for start in range(0, len(employee_ids), _CHUNK):
        chosen = sa.select(col(Enrolment.employee_id), col(Enrolment.course_id), col(Enrolment.state))
        chosen = chosen.where(col(Enrolment.employee_id).in_(employee_ids[start : start + _CHUNK]))
        chosen = chosen.where(col(Enrolment.state) != EnrolmentState.CANCELLED)
        found += [(employee, course, state) for employee, course, state in db.execute(chosen)]
    return found


def readings_of_done(db: Session) -> Iterator[tuple[int, int, int, date, date, float, float]]:
    """Every dated reading of whoever has done an entry, in what it was for: enrolment, person, entry, done on, read on, score, scale."""
    choose: Any = sa.select
    columns = (Enrolment.id, Enrolment.employee_id, Enrolment.course_id, Enrolment.done_on)
    chosen = choose(*columns, Assessment.assessed_on, Assessment.score, Assessment.scale_max).join(
        Assessment,
        sa.and_(col(Assessment.employee_id) == col(Enrolment.employee_id), col(Assessment.competency_id) == col(Enrolment.competency_id)),
    )
    yield from db.execute(chosen.where(col(Enrolment.state) == EnrolmentState.DONE, col(Assessment.assessed_on).is_not(None)))


def unit_names(db: Session) -> dict[int, str]:
    """The name of each unit."""
    return {row_id or 0: name for row_id, name in db.exec(select(Unit.id, Unit.name).order_by(col(Unit.id)))}


def unit_parents(db: Session) -> dict[int, int | None]:
    """The unit above each unit."""
    return {row_id or 0: parent for row_id, parent in db.exec(select(Unit.id, Unit.parent_id))}


def people_by_unit(db: Session, units: Units) -> list[tuple[int, str, str, int | None]]:
    """Everybody in these units who has not left: id, number, name, unit."""
    chosen = select(Employee.id, Employee.employee_no, Employee.name, Employee.unit_id).where(col(Employee.left_at).is_(None))
    chosen = chosen if units is None else chosen.where(col(Employee.unit_id).in_(units))
    return [(row_id or 0, number, name, unit) for row_id, number, name, unit in db.exec(chosen.order_by(col(Employee.employee_no)))]


def _of(units: Units) -> Any:
    """Enrolments of people who have not left, of these units."""
    choose: Any = sa.select
    chosen = choose(Enrolment, Employee.employee_no, Employee.name, Employee.unit_id)
    chosen = chosen.join(Employee, col(Employee.id) == Enrolment.employee_id).where(col(Employee.left_at).is_(None))
    chosen = chosen if units is None else chosen.where(col(Employee.unit_id).in_(units))
    return chosen.order_by(col(Enrolment.id).desc())


def _arranged(db: Session, chosen: Any) -> Iterator[Arranged]:
    yield from (Arranged(row, number, name, unit) for row, number, name, unit in db.execute(chosen))


def in_charge(db: Session) -> dict[int, list[str]]:
    """The names of those in charge of each unit, without those of the units above it."""
    found: dict[int, list[str]] = {}
    chosen = sa.select(col(UnitCharge.unit_id), col(Account.name)).join(Account, col(Account.id) == UnitCharge.account_id)
    for unit_id, name in db.execute(chosen.where(col(Account.enabled).is_(True)).order_by(col(Account.name))):
        found.setdefault(unit_id, []).append(name)
    return found
