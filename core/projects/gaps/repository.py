"""Queries on the gaps that projects answer."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.people.tables import CompetencyRow, Post, ProjectGap, Unit
from core.projects.tables import Project, ProjectState


def counts(db: Session, project_ids: Collection[int]) -> dict[int, int]:
    """How many gaps each of these projects answers; none is left out."""
    chosen = select(ProjectGap.project_id, sa.func.count()).where(
        col(ProjectGap.project_id).in_(project_ids), col(ProjectGap.unlinked_at).is_(None)
    )
    return {project: number for project, number in db.exec(chosen.group_by(col(ProjectGap.project_id)))}


def of_projects(db: Session, project_ids: Collection[int]) -> list[ProjectGap]:
    """The gaps of these projects, those taken off too, oldest first."""
    chosen = select(ProjectGap).where(col(ProjectGap.project_id).in_(project_ids))
    return list(db.exec(chosen.order_by(col(ProjectGap.id))))


def link(db: Session, link_id: int) -> ProjectGap | None:
    """One of these."""
    return db.get(ProjectGap, link_id)


def standing_of_plan(db: Session, plan_id: int) -> list[ProjectGap]:
    """The gaps that the plan's standing projects answer."""
    chosen = select(ProjectGap).join(Project, col(Project.id) == col(ProjectGap.project_id))
    chosen = chosen.where(Project.plan_id == plan_id, Project.state == ProjectState.STANDING, col(ProjectGap.unlinked_at).is_(None))
    return list(db.exec(chosen.order_by(col(ProjectGap.id))))


def names(db: Session) -> tuple[dict[int, str], dict[int, str]]:
    """What units and posts are called, by number."""
    units = {number or 0: name for number, name in db.exec(select(Unit.id, Unit.name))}
    posts = {number or 0: name for number, name in db.exec(select(Post.id, Post.name))}
    return units, posts


def competency(db: Session, competency_id: int) -> CompetencyRow | None:
    """One competency of the branch's model."""
    return db.get(CompetencyRow, competency_id)
