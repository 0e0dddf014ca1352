"""Queries on results day by day after the training."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.timetable.tables import Placement, Timetable, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.people.tables import Employee
from core.review.results.tables import Result
from core.review.results.terms import Moment

Dated = tuple[int, int | None, date, Moment, float]


def after(db: Session, measure_id: int) -> list[Dated]:
    """People's results of a measure that were not taken before the training: employee, unit, day, moment, value, by day."""
    chosen = sa.select(col(Result.employee_id), col(Result.unit_id), col(Result.on), col(Result.moment), col(Result.value))
    chosen = chosen.where(col(Result.measure_id) == measure_id, col(Result.replaced_by).is_(None), col(Result.employee_id).is_not(None))
    rows = db.execute(chosen.where(col(Result.moment) != Moment.BEFORE).order_by(col(Result.on)))
    return [(person or 0, unit, on, moment, value) for person, unit, on, moment, value in rows]


def ends(db: Session, cohort_ids: set[int]) -> dict[int, date]:
    """The last day of each class in the published timetable."""
    chosen = sa.select(col(TrainingSession.cohort_id), sa.func.max(sa.func.coalesce(col(Placement.ends_on), col(Placement.day))))
    chosen = chosen.select_from(Placement).join(TrainingSession, col(TrainingSession.id) == col(Placement.session_id))
    chosen = chosen.join(Timetable, col(Timetable.id) == col(Placement.timetable_id))
    chosen = chosen.where(col(Timetable.state) == TimetableState.PUBLISHED, col(Placement.day).is_not(None))
    found = db.execute(chosen.where(col(TrainingSession.cohort_id).in_(cohort_ids)).group_by(col(TrainingSession.cohort_id)))
    return {cohort: day if isinstance(day, date) else date.fromisoformat(str(day)) for cohort, day in found}


def units_of(db: Session, people: set[int]) -> dict[int, int | None]:
    """The unit of each of these people."""
    return {number or 0: unit for number, unit in db.exec(select(Employee.id, Employee.unit_id)) if number in people}
