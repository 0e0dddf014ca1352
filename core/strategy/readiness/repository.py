"""Queries on the readiness assessment."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from core.strategy.readiness.tables import ReadinessAnswer, ReadinessRound, ReadinessTaken


def rounds(db: Session, plan_id: int) -> list[ReadinessRound]:
    """The rounds of a plan."""
    return list(db.exec(select(ReadinessRound).where(ReadinessRound.plan_id == plan_id).order_by(col(ReadinessRound.period))))


def answers(db: Session, round_ids: Collection[int]) -> list[ReadinessAnswer]:
    """Everything that was answered in these rounds, also what was taken back."""
    chosen = select(ReadinessAnswer).where(col(ReadinessAnswer.round_id).in_(round_ids))
    return list(db.exec(chosen.order_by(col(ReadinessAnswer.id))))


def taken(db: Session, plan_id: int) -> list[ReadinessTaken]:
    """What was taken into themes and not taken back, in that order."""
    chosen = select(ReadinessTaken).where(ReadinessTaken.plan_id == plan_id, col(ReadinessTaken.undone_at).is_(None))
    return list(db.exec(chosen.order_by(col(ReadinessTaken.id))))


def one_taken(db: Session, taken_id: int) -> ReadinessTaken | None:
    """One of these, also if it was taken back."""
    return db.get(ReadinessTaken, taken_id)
