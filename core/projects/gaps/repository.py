"""Queries on the gaps that projects answer."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.people.tables import ProjectGap


def counts(db: Session, project_ids: Collection[int]) -> dict[int, int]:
    """How many gaps each of these projects answers; those that answer none are missing."""
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
