"""Queries on calendar feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.feeds.events import Hours
from core.delivery.feeds.tables import CalendarFeed, SessionHours
from core.delivery.timetable.tables import Cohort, CohortMember, Programme, TrainingSession
from core.people.tables import Employee


def hours(db: Session, plan_id: int) -> SessionHours | None:
    """What a plan says of its half days."""
    return db.exec(select(SessionHours).where(SessionHours.plan_id == plan_id)).first()


def hours_of(db: Session, plan_id: int) -> Hours:
    """When a plan's half days begin and end: as the plan says, else as the product does."""
    row = hours(db, plan_id)
    return Hours((row.morning_from, row.morning_to), (row.afternoon_from, row.afternoon_to)) if row else Hours()


def feeds(db: Session, plan_id: int) -> list[CalendarFeed]:
    """The feeds of a plan that were not revoked, the newest first."""
    chosen = select(CalendarFeed).where(CalendarFeed.plan_id == plan_id, col(CalendarFeed.revoked_at).is_(None))
    return list(db.exec(chosen.order_by(col(CalendarFeed.id).desc())))


def feed(db: Session, feed_id: int) -> CalendarFeed | None:
    """One feed."""
    return db.get(CalendarFeed, feed_id)


def by_hash(db: Session, token_hash: str) -> CalendarFeed | None:
    """The feed whose address has this token."""
    return db.exec(select(CalendarFeed).where(CalendarFeed.token_hash == token_hash)).first()


def note_read(db: Session, feed_id: int, at: datetime) -> None:
    """A program has read a feed."""
    db.execute(sa.update(CalendarFeed).where(col(CalendarFeed.id) == feed_id).values(read_at=at, reads=CalendarFeed.reads + 1))


def programmes(db: Session, plan_id: int) -> dict[int, str]:
    """The names of a plan's programmes, those that were taken away too: they may still stand in what was published."""
    return {row.id or 0: row.name for row in db.exec(select(Programme).where(Programme.plan_id == plan_id).order_by(col(Programme.name)))}


def programme_of(db: Session, plan_id: int) -> Mapping[int, int]:
    """The programme of each session of a plan, by the session's number."""
    chosen = select(TrainingSession.id, TrainingSession.programme_id).join(Programme, col(Programme.id) == TrainingSession.programme_id)
    return {number or 0: programme for number, programme in db.exec(chosen.where(Programme.plan_id == plan_id))}


def sessions_of_person(db: Session, plan_id: int, employee_id: int) -> set[int]:
    """The sessions of the cohorts that somebody is in."""
    chosen = select(TrainingSession.id).join(Cohort, col(Cohort.id) == TrainingSession.cohort_id)
    chosen = chosen.join(CohortMember, col(CohortMember.cohort_id) == Cohort.id).join(Programme, col(Programme.id) == Cohort.programme_id)
    chosen = chosen.where(Programme.plan_id == plan_id, CohortMember.employee_id == employee_id)
    return {number or 0 for number in db.exec(chosen)}


def person(db: Session, employee_id: int) -> Employee | None:
    """Somebody of the roster."""
    return db.get(Employee, employee_id)


def in_cohorts(db: Session, plan_id: int) -> list[Employee]:
    """Everybody who is in a cohort of a plan and has not left, by number."""
    chosen = select(Employee).join(CohortMember, col(CohortMember.employee_id) == Employee.id)
    chosen = chosen.join(Cohort, col(Cohort.id) == CohortMember.cohort_id).join(Programme, col(Programme.id) == Cohort.programme_id)
    chosen = chosen.where(Programme.plan_id == plan_id, col(Employee.left_at).is_(None), col(Cohort.removed_at).is_(None))
    return list(db.exec(chosen.distinct().order_by(col(Employee.employee_no))))
