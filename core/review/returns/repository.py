"""Queries on what was held, who came, and what it is worth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.attendance import repository as attendance
from core.delivery.attendance.tables import Attendance
from core.delivery.attendance.terms import CAME
from core.delivery.timetable.tables import Cohort, CohortMember, Placement, Programme, Timetable, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.people.tables import Employee
from core.review.returns.tables import BenefitLine


@dataclass(frozen=True)
class Placed:
    """A session of the published timetable: when it is over, which part of its programme it is, and how many people are in its cohort
    where nobody is named (`seats`)."""

    session_id: int
    programme_id: int
    cohort_id: int
    slots: int
    begins_on: date
    ends_on: date
    part: str = ""
    seats: int = 0


@dataclass
class Said:
    """What was noted of a session: of those on its list whether they came (`listed`), who came besides, and how many came where that alone
    was noted."""

    listed: dict[int, bool] = field(default_factory=dict)
    guests: set[int] = field(default_factory=set)
    number: int | None = None

    @property
    def came(self) -> frozenset[int]:
        """Who came, on the list or not."""
        return frozenset(who for who, came in self.listed.items() if came) | self.guests

    @property
    def unnamed(self) -> int:
        """How many came whose names nobody knows."""
        return max(0, (self.number or 0) - len(self.came))

    @property
    def attended(self) -> int:
        """How many came."""
        return len(self.came) + self.unnamed

    @property
    def anything(self) -> bool:
        """Whether anybody has noted anything."""
        return bool(self.listed or self.guests) or self.number is not None


def placed(db: Session, plan_id: int) -> list[Placed]:
    """The sessions of a plan's published timetable that have a place, in the order of time."""
    row = (TrainingSession.id, TrainingSession.programme_id, TrainingSession.cohort_id, TrainingSession.slots)
    also = (Placement.day, Placement.ends_on, TrainingSession.activity_key, Cohort.seats)
    chosen = sa.select(*(col(one) for one in row), *(col(one) for one in also)).select_from(Placement)
    chosen = chosen.join(Timetable, col(Timetable.id) == col(Placement.timetable_id))
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == col(Placement.session_id))
    chosen = chosen.join(Cohort, col(Cohort.id) == col(TrainingSession.cohort_id))
    chosen = chosen.where(
        col(Timetable.plan_id) == plan_id, col(Timetable.state) == TimetableState.PUBLISHED, col(Placement.day).is_not(None)
    )
    found = db.execute(chosen.order_by(col(Placement.day), col(TrainingSession.id)))
    return [
        Placed(one, programme, cohort, slots, day, ends or day, part, seats or 0)
        for one, programme, cohort, slots, day, ends, part, seats in found
    ]


def members(db: Session, plan_id: int) -> dict[int, frozenset[int]]:
    """Who is in each cohort of a plan, without those who have left the bank."""
    chosen = select(CohortMember.cohort_id, CohortMember.employee_id)
    chosen = chosen.join(Employee, col(Employee.id) == CohortMember.employee_id).where(col(Employee.left_at).is_(None))
    found: dict[int, set[int]] = {}
    for cohort, employee in db.exec(chosen.where(col(CohortMember.cohort_id).in_(_cohorts(plan_id)))):
        found.setdefault(cohort, set()).add(employee)
    return {cohort: frozenset(some) for cohort, some in found.items()}


def noted(db: Session, plan_id: int) -> dict[int, Said]:
    """What was noted of each session of a plan."""
    chosen = select(Attendance.session_id, Attendance.employee_id, Attendance.presence, Attendance.off_list)
    chosen = chosen.join(TrainingSession, col(TrainingSession.id) == Attendance.session_id)
    chosen = chosen.join(Programme, col(Programme.id) == TrainingSession.programme_id).where(Programme.plan_id == plan_id)
    found: dict[int, Said] = {}
    for session, employee, presence, off_list in db.exec(chosen):
        said = found.setdefault(session, Said())
        if not off_list:
            said.listed[employee] = presence in CAME
        elif presence in CAME:
            said.guests.add(employee)
    for session, number in attendance.numbers(db, plan_id).items():
        found.setdefault(session, Said()).number = number
    return found


def taken(db: Session, plan_id: int) -> Collection[tuple[int, str, int]]:
    """Who took which part of which programme, in whatever cohort: programme, part, employee."""
    return attendance.taken(db, plan_id).keys()


def lines(db: Session, plan_id: int) -> list[BenefitLine]:
    """The benefits of a plan, in the order in which they came."""
    return list(db.exec(select(BenefitLine).where(BenefitLine.plan_id == plan_id).order_by(col(BenefitLine.id))))


def _cohorts(plan_id: int) -> Any:
    chosen = sa.select(col(TrainingSession.cohort_id)).join(Programme, col(Programme.id) == col(TrainingSession.programme_id))
    return chosen.where(col(Programme.plan_id) == plan_id)
