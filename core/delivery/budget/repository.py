"""Queries on money."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.delivery.budget.tables import BudgetLine
from core.people.tables import Employee, Unit


def lines(db: Session, plan_id: int) -> list[BudgetLine]:
    """The lines of a plan, in the order in which they came."""
    return list(db.exec(select(BudgetLine).where(BudgetLine.plan_id == plan_id).order_by(col(BudgetLine.id))))


def units(db: Session) -> dict[int, str]:
    """The names of all units."""
    return {number or 0: name for number, name in db.exec(select(Unit.id, Unit.name).order_by(col(Unit.name)))}


def unit_of(db: Session) -> dict[int, int | None]:
    """The unit of each employee."""
    return {number or 0: unit for number, unit in db.exec(select(Employee.id, Employee.unit_id))}
