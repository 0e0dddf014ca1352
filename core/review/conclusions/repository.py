"""Queries on conclusions and on what was carried over."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, select

from core.plans.tables import AnnualPlan
from core.projects.tables import Project
from core.review.conclusions.tables import CarryItem, CarryOver, Conclusion
from core.review.conclusions.terms import CarryKind


def conclusions(db: Session, plan_id: int) -> list[Conclusion]:
    """What is concluded of a plan, the newest first."""
    return list(db.exec(select(Conclusion).where(Conclusion.plan_id == plan_id).order_by(col(Conclusion.id).desc())))


def conclusion(db: Session, conclusion_id: int) -> Conclusion | None:
    """One of them."""
    return db.get(Conclusion, conclusion_id)


def carried(db: Session, plan_id: int) -> list[CarryOver]:
    """What was carried over from a plan, the newest first, what was taken back too."""
    return list(db.exec(select(CarryOver).where(CarryOver.plan_id == plan_id).order_by(col(CarryOver.id).desc())))


def carry_over(db: Session, carry_over_id: int) -> CarryOver | None:
    """One of them."""
    return db.get(CarryOver, carry_over_id)


def items(db: Session, carry_over_ids: Collection[int]) -> list[CarryItem]:
    """What these carry-overs made, in order."""
    return list(db.exec(select(CarryItem).where(col(CarryItem.carry_over_id).in_(carry_over_ids)).order_by(col(CarryItem.id))))


def handed_on(db: Session, project_id: int) -> bool:
    """Whether a project was itself carried over to a further year, and that was not taken back."""
    chosen = select(CarryItem.id).join(CarryOver, col(CarryOver.id) == col(CarryItem.carry_over_id))
    return db.exec(chosen.where(CarryItem.source_id == project_id, col(CarryOver.undone_at).is_(None)).limit(1)).first() is not None


def come_over(db: Session, plan_id: int) -> set[int]:
    """The projects of a plan that a carry-over which stands brought or found there."""
    chosen = select(CarryItem.project_id).join(CarryOver, col(CarryOver.id) == col(CarryItem.carry_over_id))
    found = db.exec(chosen.where(CarryOver.to_plan_id == plan_id, col(CarryOver.undone_at).is_(None)))
    return {one for one in found if one is not None}


def behind(db: Session, project_ids: Collection[int]) -> list[tuple[int, Conclusion, AnnualPlan, str]]:
    """The confirmed conclusions that these projects became of: the project, the conclusion, its plan, the project that it is of."""
    chosen: Any = (
        select(CarryItem.project_id, Conclusion, AnnualPlan, Project.name)
        .join(Conclusion, col(Conclusion.id) == col(CarryItem.conclusion_id))
        .join(AnnualPlan, col(AnnualPlan.id) == col(Conclusion.plan_id))
        .join(CarryOver, col(CarryOver.id) == col(CarryItem.carry_over_id))
        .outerjoin(Project, col(Project.id) == col(Conclusion.project_id))
        .where(col(CarryItem.project_id).in_(project_ids), CarryItem.kind == CarryKind.PROJECT, col(CarryOver.undone_at).is_(None))
    )
    return [(project, row, plan, name or "") for project, row, plan, name in db.execute(chosen)]
