"""Queries on skill practice."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.practice.tables import PracticeAttempt, PracticeScenario
from core.people.tables import Employee, Unit


def scenarios(db: Session) -> list[PracticeScenario]:
    """What is practised, the newest last."""
    return list(db.exec(select(PracticeScenario).where(col(PracticeScenario.removed_at).is_(None)).order_by(col(PracticeScenario.id))))


def scenario(db: Session, scenario_id: int) -> PracticeScenario | None:
    """One of them, removed or not."""
    return db.get(PracticeScenario, scenario_id)


def attempts(db: Session, scenario_id: int) -> list[tuple[PracticeAttempt, Employee, str]]:
    """What was practised of a scenario, the newest first: the talk, whose, the name of their unit."""
    choose: Any = select
    chosen = choose(PracticeAttempt, Employee, Unit.name).join(Employee, col(Employee.id) == PracticeAttempt.employee_id)
    chosen = chosen.join(Unit, col(Unit.id) == Employee.unit_id, isouter=True).where(PracticeAttempt.scenario_id == scenario_id)
    return [(row, who, unit or "") for row, who, unit in db.exec(chosen.order_by(col(PracticeAttempt.id).desc()))]


def checked(db: Session) -> list[PracticeAttempt]:
    """Every talk that a person judged too, of whatever scenario."""
    return list(db.exec(select(PracticeAttempt).where(PracticeAttempt.checked_by != "").order_by(col(PracticeAttempt.id))))


def attempt(db: Session, attempt_id: int) -> PracticeAttempt | None:
    """One of these."""
    return db.get(PracticeAttempt, attempt_id)


def employee(db: Session, employee_no: str) -> Employee | None:
    """Somebody by their number who has not left."""
    return db.exec(select(Employee).where(Employee.employee_no == employee_no, col(Employee.left_at).is_(None))).first()


def unit_of(db: Session, employee_id: int) -> int | None:
    """The unit of somebody."""
    return db.exec(select(Employee.unit_id).where(Employee.id == employee_id)).first()


def staff(db: Session) -> list[tuple[str, str, int | None]]:
    """Everybody who has not left: number, name, unit."""
    chosen = select(Employee.employee_no, Employee.name, Employee.unit_id).where(col(Employee.left_at).is_(None))
    return list(db.exec(chosen.order_by(col(Employee.employee_no))))


def remove_sample(db: Session) -> None:
    """Delete the scenarios of the sample branch and what was practised of them."""
    own = select(PracticeScenario.id).where(col(PracticeScenario.sample))
    db.execute(sa.delete(PracticeAttempt).where(col(PracticeAttempt.scenario_id).in_(own)))
    db.execute(sa.delete(PracticeScenario).where(col(PracticeScenario.sample)))
