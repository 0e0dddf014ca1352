"""Queries on attendance."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.attendance.tables import Attendance, AttendanceAction, AttendanceReminder, CheckInLink, SessionFeedback
from core.delivery.timetable.tables import Cohort, CohortMember, Programme, TrainingSession
from core.people.tables import Employee, Unit


def of_session(db: Session, session_id: int) -> dict[int, Attendance]:
    """What was noted of a session, by employee."""
    return {row.employee_id: row for row in db.exec(select(Attendance).where(Attendance.session_id == session_id))}


def of_plan(db: Session, plan_id: int) -> list[Attendance]:
    """What was noted of all sessions of a plan."""
    chosen = select(Attendance).join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    return list(db.exec(chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)))


def any_of_plan(db: Session, plan_id: int) -> bool:
    """Whether anything was noted of a session of a plan."""
    chosen = select(Attendance.id).join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    of_plan = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)
    return db.exec(of_plan.limit(1)).first() is not None


def session_of_plan(db: Session, plan_id: int, session_id: int) -> TrainingSession | None:
    """A session, if it is one of the plan's."""
    chosen = select(TrainingSession).join(Programme, col(Programme.id) == TrainingSession.programme_id)
    return db.exec(chosen.where(Programme.plan_id == plan_id, TrainingSession.id == session_id)).first()


def plan_of(db: Session, session: TrainingSession) -> int:
    """The plan that a session belongs to."""
    return db.get_one(Programme, session.programme_id).plan_id


def members(db: Session, session: TrainingSession) -> list[tuple[Employee, str]]:
    """The people of a session's cohort with the name of their unit, by number; not those who have left."""
    chosen = select(Employee, Unit.name).join(CohortMember, col(CohortMember.employee_id) == Employee.id)
    chosen = chosen.join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    chosen = chosen.where(CohortMember.cohort_id == session.cohort_id, col(Employee.left_at).is_(None))
    return [(row, unit or "") for row, unit in db.exec(chosen.order_by(col(Employee.employee_no)))]


def people(db: Session, plan_id: int) -> dict[int, tuple[Employee, str]]:
    """Everybody in a cohort of a plan who has not left, with the name of their unit."""
    chosen = select(Employee, Unit.name).join(CohortMember, col(CohortMember.employee_id) == Employee.id)
    chosen = chosen.join(Cohort, col(Cohort.id) == CohortMember.cohort_id).join(Programme, col(Programme.id) == Cohort.programme_id)
    chosen = chosen.join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    chosen = chosen.where(Programme.plan_id == plan_id, col(Employee.left_at).is_(None)).distinct()
    return {row.id or 0: (row, unit or "") for row, unit in db.exec(chosen)}


def last_action(db: Session, session_id: int) -> AttendanceAction | None:
    """What was last noted of a session and was not taken back."""
    chosen = select(AttendanceAction).where(AttendanceAction.session_id == session_id, col(AttendanceAction.undone).is_(False))
    return db.exec(chosen.order_by(col(AttendanceAction.id).desc())).first()


def link_by_hash(db: Session, token_hash: str) -> CheckInLink | None:
    """The link with this token."""
    return db.exec(select(CheckInLink).where(CheckInLink.token_hash == token_hash)).first()


def link_of(db: Session, session_id: int) -> CheckInLink | None:
    """The link of a session that stands."""
    chosen = select(CheckInLink).where(CheckInLink.session_id == session_id, col(CheckInLink.revoked_at).is_(None))
    return db.exec(chosen.order_by(col(CheckInLink.id).desc())).first()


def feedback(db: Session, session_id: int) -> list[SessionFeedback]:
    """What people thought of a session, in the order in which they said it."""
    return list(db.exec(select(SessionFeedback).where(SessionFeedback.session_id == session_id).order_by(col(SessionFeedback.id))))


def feedback_of(db: Session, session_id: int, employee_id: int) -> SessionFeedback | None:
    """What somebody thought of a session."""
    chosen = select(SessionFeedback).where(SessionFeedback.session_id == session_id, SessionFeedback.employee_id == employee_id)
    return db.exec(chosen).first()


def reminders(db: Session, programme_ids: Collection[int]) -> dict[tuple[int, int], AttendanceReminder]:
    """The last reminder of each person in each of these programmes."""
    chosen = select(AttendanceReminder).where(col(AttendanceReminder.programme_id).in_(programme_ids)).order_by(col(AttendanceReminder.id))
    return {(row.programme_id, row.employee_id): row for row in db.exec(chosen)}


def forget(db: Session, session_id: int, employee_ids: Collection[int]) -> None:
    """Take away what was noted of these people."""
    chosen = sa.delete(Attendance).where(col(Attendance.session_id) == session_id, col(Attendance.employee_id).in_(employee_ids))
    db.execute(chosen)
