"""Queries on the calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.calendar.tables import Blackout, CalendarDay, CalendarYear, EmployeeLeave, NoticeDay
from core.people.tables import Employee, Post, Unit

Leave = tuple[EmployeeLeave, str, str, int | None, str]


def days(db: Session, year: int) -> list[CalendarDay]:
    """The days of a year that are otherwise for this branch, in order."""
    return list(db.exec(select(CalendarDay).where(*_within(CalendarDay.day, year)).order_by(col(CalendarDay.day))))


def day(db: Session, one: date) -> CalendarDay | None:
    """What somebody said of a day."""
    return db.exec(select(CalendarDay).where(CalendarDay.day == one)).first()


def notice(db: Session, year: int) -> list[NoticeDay]:
    """The days of an imported notice, in order."""
    return list(db.exec(select(NoticeDay).where(*_within(NoticeDay.day, year)).order_by(col(NoticeDay.day))))


def notices(db: Session) -> list[NoticeDay]:
    """The days of all imported notices."""
    return list(db.exec(select(NoticeDay).order_by(col(NoticeDay.day))))


def year(db: Session, one: int) -> CalendarYear | None:
    """How people planned with a year; None where nobody has yet."""
    return db.exec(select(CalendarYear).where(CalendarYear.year == one)).first()


def blackouts(db: Session, plan_id: int) -> list[Blackout]:
    """The blackouts of a plan, by day."""
    chosen = select(Blackout).where(Blackout.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(Blackout.starts), col(Blackout.id))))


def blackout(db: Session, blackout_id: int) -> Blackout | None:
    """One of these."""
    return db.get(Blackout, blackout_id)


def leave(db: Session, first: date, last: date) -> list[EmployeeLeave]:
    """Every leave that touches these days, by day."""
    chosen = select(EmployeeLeave).where(EmployeeLeave.starts <= last, EmployeeLeave.ends >= first)
    return list(db.exec(chosen.order_by(col(EmployeeLeave.starts), col(EmployeeLeave.id))))


def named_leave(db: Session, first: date, last: date, unit_ids: Collection[int] | None) -> list[Leave]:
    """The same with the employee's number, name, unit and its name; of people of these units, None is everybody."""
    choose: Any = sa.select
    joined = choose(EmployeeLeave, Employee.employee_no, Employee.name, Employee.unit_id, Unit.name)
    joined = joined.join(Employee, col(Employee.id) == EmployeeLeave.employee_id).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    joined = joined.where(EmployeeLeave.starts <= last, EmployeeLeave.ends >= first)
    if unit_ids is not None:
        joined = joined.where(col(Employee.unit_id).in_(unit_ids))
    rows = db.execute(joined.order_by(col(EmployeeLeave.starts), col(Employee.employee_no)))
    return [(row, number, name, unit_id, unit or "") for row, number, name, unit_id, unit in rows]


def one_leave(db: Session, leave_id: int) -> EmployeeLeave | None:
    """One leave."""
    return db.get(EmployeeLeave, leave_id)


def all_leave(db: Session) -> list[EmployeeLeave]:
    """Every leave there is."""
    return list(db.exec(select(EmployeeLeave)))


def units(db: Session) -> list[Unit]:
    """All units, in the order in which they came."""
    return list(db.exec(select(Unit).order_by(col(Unit.id))))


def lines(db: Session) -> list[str]:
    """The lines of posts and people, by name."""
    found = {one for column in (Post.line, Employee.line) for one in db.exec(select(column).distinct())}
    return sorted(one for one in found if one)


def employee_ids(db: Session) -> dict[str, tuple[int, str]]:
    """Everybody by number: id and name."""
    rows = db.exec(select(Employee.employee_no, Employee.id, Employee.name))
    return {number: (row_id or 0, name) for number, row_id, name in rows}


def remove_sample_days(db: Session) -> None:
    """Delete the days that came with the sample branch."""
    db.execute(sa.delete(CalendarDay).where(col(CalendarDay.sample)))


def _within(column: Any, one: int) -> Sequence[Any]:
    return column >= date(one, 1, 1), column <= date(one, 12, 31)
