"""Queries on findings."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.strategy.tables import FindingRow


def findings(db: Session, plan_id: int) -> list[FindingRow]:
    """The findings of a plan in reading order."""
    chosen = select(FindingRow).where(FindingRow.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(FindingRow.document_id), col(FindingRow.start), col(FindingRow.id))))
