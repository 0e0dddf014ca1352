"""Queries on attendance."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.attendance.tables import (
    Attendance,
    AttendanceAction,
    AttendanceNumber,
    AttendanceReminder,
    CheckInLink,
    SessionFeedback,
)
from core.delivery.attendance.terms import CAME
from core.delivery.timetable.tables import Cohort, CohortMember, Programme, TrainingSession
from core.people.tables import Employee, Unit


def of_session(db: Session, session_id: int) -> dict[int, Attendance]:
    """What was noted of a session, by employee."""
    return {row.employee_id: row for row in db.exec(select(Attendance).where(Attendance.session_id == session_id))}


def of_plan(db: Session, plan_id: int) -> list[Attendance]:
    """What was noted of all sessions of a plan."""
    chosen = select(Attendance).join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    return list(db.exec(chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)))


def number_of(db: Session, session_id: int) -> AttendanceNumber | None:
    """How many came to a session whose cohort is known by its size alone."""
    return db.exec(select(AttendanceNumber).where(AttendanceNumber.session_id == session_id)).first()


def numbers(db: Session, plan_id: int) -> dict[int, int]:
    """How many came to each session of a plan of which nobody noted names, but that."""
    chosen = select(AttendanceNumber.session_id, AttendanceNumber.came)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == AttendanceNumber.session_id)
    chosen = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id)
    return dict(db.exec(chosen.where(Programme.plan_id == plan_id)).all())


def taken(db: Session, plan_id: int) -> dict[tuple[int, str, int], int]:
    """Who took which part of which programme of a plan (programme, part, employee), and the session in which they did so first: whatever
    cohort they are in now, the same part of another cohort is the same."""
    chosen = select(TrainingSession.programme_id, TrainingSession.activity_key, Attendance.employee_id, Attendance.session_id)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    chosen = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id)
    chosen = chosen.where(Programme.plan_id == plan_id, col(Attendance.presence).in_(CAME)).order_by(col(Attendance.id).desc())
    return {(programme, part, who): session for programme, part, who, session in db.exec(chosen)}


def parts(db: Session, plan_id: int) -> dict[int, str]:
    """Which part of its programme each session of a plan is."""
    chosen = select(TrainingSession.id, TrainingSession.activity_key)
    chosen = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)
    return {number or 0: part for number, part in db.exec(chosen)}


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
    """Everybody in a cohort of a plan, or who came without being in one, who has not left, with the name of their unit."""
    listed = select(CohortMember.employee_id).join(Cohort, col(Cohort.id) == CohortMember.cohort_id)
    listed = listed.join(Programme, col(Programme.id) == Cohort.programme_id).where(Programme.plan_id == plan_id)
    came = select(Attendance.employee_id).join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    came = came.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)
    return _read(db, col(Employee.id).in_(listed) | col(Employee.id).in_(came))


def staff(db: Session, employee_ids: Collection[int]) -> dict[int, tuple[Employee, str]]:
    """These people with the name of their unit; not those who have left."""
    return _read(db, col(Employee.id).in_(employee_ids))


def staff_called(db: Session, text: str, limit: int) -> list[tuple[Employee, str]]:
    """People in whose number or name `text` is, those of exactly this number or name first; not those who have left."""
    number, name = col(Employee.employee_no), col(Employee.name)
    exact = sa.case((sa.func.lower(number) == text.lower(), 0), (name == text, 1), else_=2)
    chosen = select(Employee, Unit.name).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    found = number.icontains(text, autoescape=True) | name.contains(text, autoescape=True)
    chosen = chosen.where(found, col(Employee.left_at).is_(None)).order_by(exact, number).limit(limit)
    return [(row, unit or "") for row, unit in db.exec(chosen)]


def staff_numbered(db: Session, numbers: Collection[str]) -> list[Employee]:
    """People whose number, in small letters, is one of these; not those who have left."""
    chosen = select(Employee).where(sa.func.lower(col(Employee.employee_no)).in_(numbers), col(Employee.left_at).is_(None))
    return list(db.exec(chosen))


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


def _read(db: Session, which: sa.ColumnElement[bool]) -> dict[int, tuple[Employee, str]]:
    chosen = select(Employee, Unit.name).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    return {row.id or 0: (row, unit or "") for row, unit in db.exec(chosen.where(which, col(Employee.left_at).is_(None)))}
