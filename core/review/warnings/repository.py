"""Queries on warnings: what their signals are made of, their numbers, what was decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.content.tables import TransferAction
from core.delivery.content.terms import ActionState
from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.goals.tables import ProjectGoal
from core.people.tables import Employee
from core.projects.tables import Project
from core.review.results.tables import ResultDay
from core.review.warnings.tables import WarningCase, WarningNote, WarningThreshold
from core.review.warnings.terms import CaseState


def actions(db: Session, project_ids: Collection[int]) -> list[tuple[int, int, date, date | None]]:
    """What people were to do after these projects: project, person, when it was due, when it was done (None: it was not)."""
    row: Any = TransferAction.__table__.c  # type: ignore[attr-defined]
    wanted = (row.project_id, row.employee_id, row.due_on, row.done_on, row.state)
    found = db.execute(sa.select(*wanted).where(row.project_id.in_(project_ids)))
    return [(project, who, due, done if state is ActionState.DONE else None) for project, who, due, done, state in found]


def own_people(db: Session, plan_id: int, units: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each programme of a plan whose classes have people of these units: how many, and how many others there are."""
    unit = col(Employee.unit_id)
    who = col(CohortMember.employee_id)
    own = sa.func.count(sa.distinct(sa.case((unit.in_(units), who))))
    chosen = sa.select(col(Programme.id), own, sa.func.count(sa.distinct(who))).select_from(CohortMember)
    chosen = chosen.join(Cohort, col(Cohort.id) == col(CohortMember.cohort_id)).join(Employee, col(Employee.id) == who)
    chosen = chosen.join(Programme, col(Programme.id) == col(Cohort.programme_id))
    chosen = chosen.where(col(Programme.plan_id) == plan_id, col(Cohort.removed_at).is_(None)).group_by(col(Programme.id))
    return {int(number): (mine, every - mine) for number, mine, every in db.execute(chosen) if mine}


def due_days(db: Session, project_ids: Collection[int]) -> dict[int, int]:
    """How many days after the training the goal of each of these projects is due, where one says so."""
    chosen = select(ProjectGoal.project_id, ProjectGoal.due_days).where(col(ProjectGoal.project_id).in_(project_ids))
    return {project: days for project, days in db.exec(chosen) if days is not None}


def kinds(db: Session, project_ids: Collection[int]) -> dict[int, str]:
    """Of which kind each of these projects is."""
    chosen = select(Project.id, Project.kind).where(col(Project.id).in_(project_ids))
    return {number or 0: str(kind) for number, kind in db.exec(chosen)}


def days(db: Session, measure_ids: Collection[int]) -> list[tuple[int, date, int, float]]:
    """The standing results of measures by day, those from before the training apart: measure, day, how many, their sum."""
    chosen = select(col(ResultDay.measure_id), col(ResultDay.on), col(ResultDay.attendances), col(ResultDay.sum))
    chosen = chosen.where(col(ResultDay.measure_id).in_(measure_ids))
    return list(db.exec(chosen.order_by(col(ResultDay.measure_id), col(ResultDay.on))))


def thresholds(db: Session, plan_id: int) -> list[WarningThreshold]:
    """The numbers that a plan has as its own."""
    return list(db.exec(select(WarningThreshold).where(WarningThreshold.plan_id == plan_id).order_by(col(WarningThreshold.id))))


def cases(db: Session, plan_id: int) -> list[WarningCase]:
    """What was decided about a plan's programmes, the newest first."""
    return list(db.exec(select(WarningCase).where(WarningCase.plan_id == plan_id).order_by(col(WarningCase.id).desc())))


def case(db: Session, case_id: int) -> WarningCase | None:
    """One of them."""
    return db.get(WarningCase, case_id)


def open_cases(db: Session, plan_id: int) -> list[tuple[int, date]]:
    """The programmes of a plan of which something is decided and not yet done, with the day on which it is due."""
    chosen = sa.select(col(WarningCase.programme_id), col(WarningCase.due))
    chosen = chosen.where(col(WarningCase.plan_id) == plan_id, col(WarningCase.state) == CaseState.OPEN)
    return [(programme, due) for programme, due in db.execute(chosen)]


def notes(db: Session, case_ids: Collection[int]) -> dict[int, list[WarningNote]]:
    """What happened after each of these decisions, in order."""
    found: dict[int, list[WarningNote]] = {}
    for row in db.exec(select(WarningNote).where(col(WarningNote.case_id).in_(case_ids)).order_by(col(WarningNote.id))):
        found.setdefault(row.case_id, []).append(row)
    return found
