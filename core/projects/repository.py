"""Queries on training projects."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from core.projects.tables import Project, ProjectState


def projects(db: Session, plan_id: int) -> list[Project]:
    """The standing projects of a plan, oldest first."""
    chosen = select(Project).where(Project.plan_id == plan_id, Project.state == ProjectState.STANDING)
    return list(db.exec(chosen.order_by(col(Project.id))))


def all_projects(db: Session, plan_id: int) -> list[Project]:
    """The projects of a plan, withdrawn ones too."""
    return list(db.exec(select(Project).where(Project.plan_id == plan_id)))


def carried(db: Session, besides: int) -> list[Project]:
    """The projects of all plans but one that came of no idea of their own plan, withdrawn or not: another year's words stand in them."""
    return list(db.exec(select(Project).where(col(Project.idea_id).is_(None), Project.plan_id != besides)))


def project(db: Session, project_id: int) -> Project | None:
    """One project, withdrawn or not."""
    return db.get(Project, project_id)


def of_ideas(db: Session, idea_ids: Collection[int]) -> list[Project]:
    """The projects that these ideas became, withdrawn or not, oldest first."""
    return list(db.exec(select(Project).where(col(Project.idea_id).in_(idea_ids)).order_by(col(Project.id))))
