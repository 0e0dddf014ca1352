"""Queries on shared links."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.plans.tables import AnnualPlan
from core.shares.tables import ShareLink


def links(db: Session) -> list[tuple[ShareLink, AnnualPlan]]:
    """All links with their plans, the newest first."""
    chosen = select(ShareLink, AnnualPlan).join(AnnualPlan, col(AnnualPlan.id) == ShareLink.plan_id)
    return [(link, plan) for link, plan in db.exec(chosen.order_by(col(ShareLink.id).desc()))]


def link(db: Session, link_id: int) -> ShareLink | None:
    """One link."""
    return db.get(ShareLink, link_id)


def by_hash(db: Session, token_hash: str) -> ShareLink | None:
    """The link whose address has this token."""
    return db.exec(select(ShareLink).where(ShareLink.token_hash == token_hash)).first()


def plan(db: Session, plan_id: int) -> AnnualPlan | None:
    """The plan that a link shows."""
    return db.get(AnnualPlan, plan_id)


def note_used(db: Session, link_id: int, at: datetime) -> None:
    """Somebody has come in by a link."""
    db.execute(sa.update(ShareLink).where(col(ShareLink.id) == link_id).values(used_at=at, uses=ShareLink.uses + 1))
