"""Queries on the targets of single people."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from core.goals.targets.tables import IndividualTarget, IndividualTargetChange
from core.people.remedies.tables import Enrolment, EnrolmentState
from core.people.tables import Employee


def targets(db: Session, project_id: int, unit_ids: Collection[int] | None) -> list[IndividualTarget]:
    """The confirmed targets of a project, of people of these units; None is everybody."""
    chosen = select(IndividualTarget).where(IndividualTarget.project_id == project_id)
    if unit_ids is not None:
        chosen = chosen.join(Employee, col(Employee.id) == IndividualTarget.employee_id).where(col(Employee.unit_id).in_(unit_ids))
    return list(db.exec(chosen.order_by(col(IndividualTarget.id))))


def arranged(db: Session, competency_ids: Collection[int]) -> frozenset[int]:
    """For whom something is planned or done that works on one of these competencies."""
    chosen = select(Enrolment.employee_id).where(col(Enrolment.competency_id).in_(competency_ids))
    return frozenset(db.exec(chosen.where(Enrolment.state != EnrolmentState.CANCELLED)))


def changes(db: Session, target_ids: Collection[int]) -> list[IndividualTargetChange]:
    """Who confirmed and changed these targets, the latest first."""
    chosen = select(IndividualTargetChange).where(col(IndividualTargetChange.target_id).in_(target_ids))
    return list(db.exec(chosen.order_by(col(IndividualTargetChange.id).desc())))
