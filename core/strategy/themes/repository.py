"""Queries on themes, their findings and their links."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.strategy.themes.tables import Localisation, Theme, ThemeAction, ThemeChange, ThemeLink, ThemeMember


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


def members_of(db: Session, theme_ids: Collection[int]) -> list[ThemeMember]:
    """The findings in these themes, whatever was decided about them."""
    chosen = select(ThemeMember).where(col(ThemeMember.theme_id).in_(theme_ids))
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


def names(db: Session, theme_ids: Collection[int]) -> dict[int, str]:
    """What these themes are called now."""
    return {theme_id: name for theme_id, name in db.exec(select(Theme.id, Theme.name).where(col(Theme.id).in_(theme_ids))) if theme_id}


def action(db: Session, action_id: int) -> ThemeAction | None:
    """One action."""
    return db.get(ThemeAction, action_id)


def last_action(db: Session, plan_id: int, account_id: int | None) -> ThemeAction | None:
    """The last standing action of an account on the themes of a plan."""
    chosen = select(ThemeAction).where(ThemeAction.plan_id == plan_id, ThemeAction.account_id == account_id)
    return db.exec(chosen.where(col(ThemeAction.undone).is_(False)).order_by(col(ThemeAction.id).desc()).limit(1)).first()


def latest_actions(db: Session, plan_id: int, count: int) -> list[ThemeAction]:
    """What was done last with the themes of a plan, the newest first."""
    chosen = select(ThemeAction).where(ThemeAction.plan_id == plan_id).order_by(col(ThemeAction.id).desc())
    return list(db.exec(chosen.limit(count)))


def changes(db: Session, action_ids: Sequence[int]) -> list[ThemeChange]:
    """What these actions changed, in order."""
    chosen = select(ThemeChange).where(col(ThemeChange.action_id).in_(action_ids))
    return list(db.exec(chosen.order_by(col(ThemeChange.id))))


def changes_of_themes(db: Session, plan_id: int) -> list[ThemeChange]:
    """All that was noted of the themes of a plan and their links."""
    chosen = select(ThemeChange).join(ThemeAction, col(ThemeAction.id) == ThemeChange.action_id)
    return list(db.exec(chosen.where(ThemeAction.plan_id == plan_id, col(ThemeChange.theme_id).is_not(None))))
