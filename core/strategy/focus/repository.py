"""Queries on the focus."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.strategy.focus.tables import FocusRow, FocusWeights


def rows(db: Session, plan_id: int) -> list[FocusRow]:
    """A plan's rows that were not removed, in the order in which they came."""
    chosen = select(FocusRow).where(FocusRow.plan_id == plan_id, col(FocusRow.removed_at).is_(None))
    return list(db.exec(chosen.order_by(col(FocusRow.id))))


def row(db: Session, row_id: int) -> FocusRow | None:
    """One row, removed or not."""
    return db.get(FocusRow, row_id)


def removed(db: Session, plan_id: int, row_ids: list[int]) -> list[FocusRow]:
    """Those of these rows that were removed from the plan."""
    chosen = select(FocusRow).where(FocusRow.plan_id == plan_id, col(FocusRow.id).in_(row_ids), col(FocusRow.removed_at).is_not(None))
    return list(db.exec(chosen.order_by(col(FocusRow.id))))


def weights(db: Session, plan_id: int) -> FocusWeights | None:
    """A plan's weights, if somebody has set them."""
    return db.get(FocusWeights, plan_id)
