"""Queries on what was submitted and decided."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from core.approvals.tables import ApprovalChain, ApprovalDecision, PlanSubmission
from core.approvals.terms import SubmissionState
from core.plans.tables import AnnualPlan


def chain(db: Session, plan_id: int) -> ApprovalChain | None:
    """Who decides on a plan, where somebody has said so."""
    return db.get(ApprovalChain, plan_id)


def submissions(db: Session, plan_id: int) -> list[PlanSubmission]:
    """What was submitted of a plan, the newest first."""
    chosen = select(PlanSubmission).where(PlanSubmission.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(PlanSubmission.number).desc())))


def submission(db: Session, submission_id: int) -> PlanSubmission | None:
    """One of them."""
    return db.get(PlanSubmission, submission_id)


def waiting(db: Session) -> list[tuple[PlanSubmission, AnnualPlan]]:
    """What waits for a decision, of plans that are not put away, the longest first; without what was submitted."""
    chosen = select(PlanSubmission, AnnualPlan).join(AnnualPlan, col(AnnualPlan.id) == PlanSubmission.plan_id)
    chosen = chosen.where(PlanSubmission.state == SubmissionState.WAITING, col(AnnualPlan.archived_at).is_(None))
    chosen = chosen.options(defer(PlanSubmission.contents))  # type: ignore[arg-type]
    return [(row, plan) for row, plan in db.exec(chosen.order_by(col(PlanSubmission.waiting_since), col(PlanSubmission.id)))]


def decisions(db: Session, submission_ids: Collection[int]) -> list[ApprovalDecision]:
    """What was decided on these, in its order."""
    chosen = select(ApprovalDecision).where(col(ApprovalDecision.submission_id).in_(submission_ids))
    return list(db.exec(chosen.order_by(col(ApprovalDecision.id))))
