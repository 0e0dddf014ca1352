"""Queries on what was held, who came, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.attendance.tables import Attendance
from core.delivery.attendance.terms import CAME
from core.delivery.timetable.tables import CohortMember, Placement, Programme, Timetable, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.people.tables import Employee
from core.review.returns.tables import BenefitLine


@dataclass(frozen=True)
class Placed:
    """A session of the published timetable: when it is over, and how many people are on its list."""

    session_id: int
    programme_id: int
    cohort_id: int
    slots: int
    begins_on: date
    ends_on: date


def placed(db: Session, plan_id: int) -> list[Placed]:
    """The sessions of a plan's published timetable that have a place, in the order of time."""
    row = (TrainingSession.id, TrainingSession.programme_id, TrainingSession.cohort_id, TrainingSession.slots)
    chosen = sa.select(*(col(one) for one in row), col(Placement.day), col(Placement.ends_on)).select_from(Placement)
    chosen = chosen.join(Timetable, col(Timetable.id) == col(Placement.timetable_id))
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == col(Placement.session_id))
    chosen = chosen.where(
        col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED, col(Placement.day).is_not(None)
    )
    found = db.execute(chosen.order_by(col(Placement.day), col(TrainingSession.id)))
    return [Placed(one, programme, cohort, slots, day, ends or day) for one, programme, cohort, slots, day, ends in found]


def members(db: Session, plan_id: int) -> dict[int, frozenset[int]]:
    """Who is in each cohort of a plan, without those who have left the bank."""
    chosen = select(CohortMember.cohort_id, CohortMember.employee_id)
    chosen = chosen.join(Employee, col(Employee.id) == CohortMember.employee_id).where(col(Employee.left_at).is_(None))
    found: dict[int, set[int]] = {}
    for cohort, employee in db.exec(chosen.where(col(CohortMember.cohort_id).in_(_cohorts(plan_id)))):
        found.setdefault(cohort, set()).add(employee)
    return {cohort: frozenset(some) for cohort, some in found.items()}


def noted(db: Session, plan_id: int) -> dict[int, dict[int, bool]]:
    """Of each session of a plan, of whom it was noted whether they came, and whether they did."""
    chosen = select(Attendance.session_id, Attendance.employee_id, Attendance.presence)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    chosen = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)
    found: dict[int, dict[int, bool]] = {}
    for session, employee, presence in db.exec(chosen):
        found.setdefault(session, {})[employee] = presence in CAME
    return found


def lines(db: Session, plan_id: int) -> list[BenefitLine]:
    """The benefits of a plan, in the order in which they came."""
    return list(db.exec(select(BenefitLine).where(BenefitLine.plan_id == plan_id).order_by(col(BenefitLine.id))))


def _cohorts(plan_id: int) -> Any:
    chosen = sa.select(col(TrainingSession.cohort_id)).join(Programme, col(Programme.id) == col(TrainingSession.programme_id))
    return chosen.where(col(Programme.plan_id) == plan_id)
