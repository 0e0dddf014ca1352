"""Queries on annual plans."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.plans.tables import AnnualPlan


def plans(db: Session, *, archived: bool = False) -> list[AnnualPlan]:
    """The plans, by unit, newest year first; `archived` gives those that were put away instead."""
    chosen = select(AnnualPlan).where(col(AnnualPlan.archived_at).is_not(None) if archived else col(AnnualPlan.archived_at).is_(None))
    return list(db.exec(chosen.order_by(col(AnnualPlan.unit), col(AnnualPlan.year).desc())))


def plan(db: Session, plan_id: int) -> AnnualPlan | None:
    """One plan."""
    return db.get(AnnualPlan, plan_id)


def plan_of(db: Session, unit: str, year: int) -> AnnualPlan | None:
    """The plan of a unit for a year, put away or not."""
    return db.exec(select(AnnualPlan).where(AnnualPlan.unit == unit, AnnualPlan.year == year)).first()


def of_unit(db: Session, unit: str) -> list[AnnualPlan]:
    """The plans of a unit, put away or not."""
    return list(db.exec(select(AnnualPlan).where(AnnualPlan.unit == unit)))


def samples(db: Session) -> list[AnnualPlan]:
    """The plans of the sample branch."""
    return list(db.exec(select(AnnualPlan).where(col(AnnualPlan.sample).is_(True))))
