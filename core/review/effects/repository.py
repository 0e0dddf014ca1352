"""Queries on how trainees were chosen."""

from __future__ import annotations

from sqlmodel import Session, select

from core.projects.tables import Project
from core.review.effects.tables import EffectDesign


def designs(db: Session, plan_id: int) -> dict[int, EffectDesign]:
    """What was said of a plan's projects, by project."""
    chosen = select(EffectDesign).join(Project, Project.id == EffectDesign.project_id).where(Project.plan_id == plan_id)  # type: ignore[arg-type]
    return {row.project_id: row for row in db.exec(chosen)}
