"""Queries on what delivery tells: when sessions are held, who came to them, what people thought."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from core.delivery.attendance.tables import Attendance, AttendanceNumber, SessionFeedback
from core.delivery.timetable.tables import Cohort, Placement, Programme, Timetable, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.people.tables import Employee
from core.review.surveys import repository as surveys


def held(db: Session, plan_id: int) -> dict[int, tuple[int | None, date]]:
    """The project and the last day of each session that the published timetable places."""
    chosen = sa.select(col(Placement.session_id), col(Programme.project_id), sa.func.coalesce(col(Placement.ends_on), col(Placement.day)))
    chosen = chosen.select_from(Placement).join(Timetable, col(Timetable.id) == col(Placement.timetable_id))
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == col(Placement.session_id))
    chosen = chosen.join(Programme, col(Programme.id) == col(TrainingSession.programme_id))
    chosen = chosen.where(
        col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED, col(Placement.day).is_not(None)
    )
    return {int(session): (project, _day(on)) for session, project, on in db.execute(chosen)}


def attendance(db: Session, plan_id: int) -> list[tuple[Attendance, int | None]]:
    """What was noted of a plan's sessions, with each person's unit."""
    return list(db.exec(_of_plan(select(Attendance, Employee.unit_id), Attendance, plan_id)))


def feedback(db: Session, plan_id: int) -> list[tuple[SessionFeedback, int | None]]:
    """What people thought of a plan's sessions, with each person's unit."""
    return list(db.exec(_of_plan(select(SessionFeedback, Employee.unit_id), SessionFeedback, plan_id)))


def counted(db: Session, plan_id: int) -> dict[int, tuple[int, int, int]]:
    """Of sessions whose cohort is known by its size alone, by session: how many came, of how many, and of how many of them the names are
    noted."""
    named = sa.select(sa.func.count()).where(col(Attendance.session_id) == col(AttendanceNumber.session_id)).scalar_subquery()
    chosen = sa.select(col(AttendanceNumber.session_id), col(AttendanceNumber.came), col(Cohort.seats), named)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == col(AttendanceNumber.session_id))
    chosen = chosen.join(Cohort, col(Cohort.id) == col(TrainingSession.cohort_id))
    chosen = chosen.join(Programme, col(Programme.id) == col(TrainingSession.programme_id)).where(col(Programme.plan_id) == plan_id)
    return {session: (came, seats or 0, noted) for session, came, seats, noted in db.execute(chosen)}


def stamp(db: Session, plan_id: int) -> str:
    """What changes whenever an attendance, a feedback, an answer of the plan or the published timetable does; "" while nothing is there."""
    noted = _of_plan(sa.select(sa.func.count(), sa.func.max(col(Attendance.noted_at))), Attendance, plan_id)
    said = _of_plan(sa.select(sa.func.count(), sa.func.max(col(SessionFeedback.at))), SessionFeedback, plan_id)
    came = sa.select(sa.func.count(), sa.func.max(col(AttendanceNumber.noted_at))).select_from(AttendanceNumber)
    came = came.join(TrainingSession, col(TrainingSession.id) == col(AttendanceNumber.session_id))
    came = came.join(Programme, col(Programme.id) == col(TrainingSession.programme_id)).where(col(Programme.plan_id) == plan_id)
    table = sa.select(sa.func.max(Timetable.id)).where(col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED)
    counts = [*db.execute(noted).one(), *db.execute(said).one(), *surveys.stamp(db, plan_id)]
    if (numbers := db.execute(came).one())[0]:
        counts += numbers
    if not any(counts[::2]):
        return ""
    return hashlib.sha256("|".join(str(one) for one in (*counts, db.scalar(table))).encode()).hexdigest()


def _of_plan(chosen: Any, table: type[SQLModel], plan_id: int) -> Any:
    of: Any = table
    chosen = chosen.select_from(table).join(Employee, col(Employee.id) == of.employee_id)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == of.session_id)
    return chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(col(Programme.plan_id) == plan_id)


def _day(value: Any) -> date:
    """A day, as SQLite's functions hand it back: as text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
