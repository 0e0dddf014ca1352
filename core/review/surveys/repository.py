"""Queries on surveys."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.timetable.tables import Cohort, CohortMember, Programme
from core.people.tables import Employee, Unit
from core.projects.tables import Project, ProjectState
from core.review.surveys.tables import SurveyAnswer, SurveyLink


def project(db: Session, project_id: int) -> Project | None:
    """One project."""
    return db.get(Project, project_id)


def taught(db: Session, plan_id: int) -> dict[int, str]:
    """The projects of a plan that have people in their classes: names by number."""
    chosen = select(Project.id, Project.name).join(Programme, col(Programme.project_id) == Project.id)
    chosen = chosen.join(Cohort, col(Cohort.programme_id) == Programme.id).join(CohortMember, col(CohortMember.cohort_id) == Cohort.id)
    chosen = chosen.where(Project.plan_id == plan_id, Project.state == ProjectState.STANDING, col(Cohort.removed_at).is_(None)).distinct()
    return {number or 0: name for number, name in db.exec(chosen.order_by(col(Project.id)))}


def nameless(db: Session, plan_id: int) -> dict[int, int]:
    """For how many people the projects of a plan have classes in which nobody is named, by number."""
    named = select(CohortMember.id).where(CohortMember.cohort_id == Cohort.id).exists()
    chosen = select(Project.id, sa.func.sum(Cohort.seats)).join(Programme, col(Programme.project_id) == Project.id)
    chosen = chosen.join(Cohort, col(Cohort.programme_id) == Programme.id).where(
        col(Cohort.removed_at).is_(None), col(Cohort.seats) > 0, ~named
    )
    chosen = chosen.where(Project.plan_id == plan_id, Project.state == ProjectState.STANDING).group_by(col(Project.id))
    return {number or 0: int(seats or 0) for number, seats in db.exec(chosen)}


def members(db: Session, project_id: int) -> list[tuple[Employee, str]]:
    """The people of a project's classes with the name of their unit, by number; not those who have left."""
    inside = select(CohortMember.employee_id).join(Cohort, col(Cohort.id) == CohortMember.cohort_id)
    inside = inside.join(Programme, col(Programme.id) == Cohort.programme_id)
    inside = inside.where(Programme.project_id == project_id, col(Cohort.removed_at).is_(None))
    chosen = select(Employee, Unit.name).join(Unit, col(Unit.id) == Employee.unit_id, isouter=True)
    chosen = chosen.where(col(Employee.id).in_(inside), col(Employee.left_at).is_(None)).order_by(col(Employee.employee_no))
    return [(row, unit or "") for row, unit in db.exec(chosen)]


def link_by_hash(db: Session, token_hash: str) -> SurveyLink | None:
    """The link with this token."""
    return db.exec(select(SurveyLink).where(SurveyLink.token_hash == token_hash)).first()


def link_of(db: Session, project_id: int) -> SurveyLink | None:
    """The link of a project's survey that was not revoked."""
    chosen = select(SurveyLink).where(SurveyLink.project_id == project_id, col(SurveyLink.revoked_at).is_(None))
    return db.exec(chosen.order_by(col(SurveyLink.id).desc())).first()


def answers(db: Session, project_id: int) -> list[SurveyAnswer]:
    """What was answered on a project."""
    return list(db.exec(select(SurveyAnswer).where(SurveyAnswer.project_id == project_id).order_by(col(SurveyAnswer.id))))


def answer_of(db: Session, project_id: int, employee_id: int) -> SurveyAnswer | None:
    """What somebody answered on a project."""
    chosen = select(SurveyAnswer).where(SurveyAnswer.project_id == project_id, SurveyAnswer.employee_id == employee_id)
    return db.exec(chosen).first()


def of_plan(db: Session, plan_id: int) -> list[tuple[SurveyAnswer, int | None]]:
    """What was answered on all projects of a plan, with each person's unit."""
    chosen = select(SurveyAnswer, Employee.unit_id).join(Employee, col(Employee.id) == SurveyAnswer.employee_id)
    return list(db.exec(chosen.join(Project, col(Project.id) == SurveyAnswer.project_id).where(Project.plan_id == plan_id)))


def stamp(db: Session, plan_id: int) -> tuple[int, str]:
    """What changes whenever an answer of the plan does: how many there are, and when the last one came."""
    chosen = sa.select(sa.func.count(), sa.func.max(col(SurveyAnswer.at))).select_from(SurveyAnswer)
    chosen = chosen.join(Project, col(Project.id) == col(SurveyAnswer.project_id)).where(col(Project.plan_id) == plan_id)
    count, last = db.execute(chosen).one()
    return int(count), "" if last is None else str(last)
