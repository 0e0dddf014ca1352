"""Queries on themes, their findings and their links."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.strategy.themes.tables import Localisation, Theme, ThemeLink, ThemeMember


def themes(db: Session, plan_id: int) -> list[Theme]:
    """The themes of a plan, in the order that people gave them."""
    chosen = select(Theme).where(Theme.plan_id == plan_id, col(Theme.removed_at).is_(None))
    return list(db.exec(chosen.order_by(col(Theme.position), col(Theme.id))))


def removed(db: Session, plan_id: int) -> list[Theme]:
    """The deleted themes of a plan, last deleted first."""
    chosen = select(Theme).where(Theme.plan_id == plan_id, col(Theme.removed_at).is_not(None))
    return list(db.exec(chosen.order_by(col(Theme.removed_at).desc(), col(Theme.id).desc())))


def theme(db: Session, theme_id: int) -> Theme | None:
    """One theme, deleted or not."""
    return db.get(Theme, theme_id)


def last_position(db: Session, plan_id: int) -> int:
    """The highest position that a theme of the plan has; 0 without themes."""
    return db.exec(select(sa.func.max(Theme.position)).where(Theme.plan_id == plan_id)).one() or 0


def members(db: Session, finding_ids: Collection[int]) -> list[ThemeMember]:
    """Where these findings belong; those that nobody placed are missing."""
    chosen = select(ThemeMember).where(col(ThemeMember.finding_id).in_(finding_ids))
    return list(db.exec(chosen.order_by(col(ThemeMember.finding_id))))


def links(db: Session, plan_id: int) -> list[ThemeLink]:
    """The links of a plan, also those of deleted themes, oldest first."""
    return list(db.exec(select(ThemeLink).where(ThemeLink.plan_id == plan_id).order_by(col(ThemeLink.id))))


def link(db: Session, link_id: int) -> ThemeLink | None:
    """One link."""
    return db.get(ThemeLink, link_id)


def localisations(db: Session, plan_id: int) -> list[Localisation]:
    """What the plan made of HQ's clauses."""
    return list(db.exec(select(Localisation).where(Localisation.plan_id == plan_id).order_by(col(Localisation.finding_id))))


def resting_on(db: Session, document_id: int) -> list[Localisation]:
    """What plans justify by words of this document."""
    return list(db.exec(select(Localisation).where(Localisation.fact_document_id == document_id)))


def localisation(db: Session, finding_id: int) -> Localisation | None:
    """What was made of one clause."""
    return db.get(Localisation, finding_id)
