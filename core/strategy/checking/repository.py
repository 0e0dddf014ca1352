"""Queries on the strategy check. The documents that the actor may see come with every query on its items."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.strategy.checking.tables import CheckItem, StrategyCheck


def checks(db: Session, plan_id: int) -> list[StrategyCheck]:
    """The checks of a plan, the earliest quarter first."""
    return list(db.exec(select(StrategyCheck).where(StrategyCheck.plan_id == plan_id).order_by(col(StrategyCheck.quarter))))


def items(db: Session, check_ids: Collection[int], documents: Collection[int]) -> list[CheckItem]:
    """The items of these checks that rest on no document or on one of `documents`, theme by theme as they were taken in."""
    seen = sa.or_(col(CheckItem.document_id).is_(None), col(CheckItem.document_id).in_(documents))
    return list(db.exec(select(CheckItem).where(col(CheckItem.check_id).in_(check_ids), seen).order_by(col(CheckItem.id))))


def documents(db: Session, check_ids: Collection[int]) -> list[int]:
    """The documents that items of these checks rest on."""
    chosen = select(CheckItem.document_id).where(col(CheckItem.check_id).in_(check_ids)).distinct()
    return [one for one in db.exec(chosen) if one is not None]
