"""Queries on what projects teach and how."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.content.tables import ActivityRow, ContentChange, ContentItemRow, ProjectContent


def contents(db: Session, project_ids: Collection[int]) -> dict[int, ProjectContent]:
    """What these projects teach, by project."""
    found = db.exec(select(ProjectContent).where(col(ProjectContent.project_id).in_(project_ids)))
    return {row.project_id: row for row in found}


def content(db: Session, project_id: int) -> ProjectContent | None:
    """What one project teaches."""
    return db.exec(select(ProjectContent).where(ProjectContent.project_id == project_id)).first()


def content_by_id(db: Session, content_id: int) -> ProjectContent | None:
    """The same by its own number."""
    return db.get(ProjectContent, content_id)


def items(db: Session, content_ids: Collection[int]) -> list[ContentItemRow]:
    """The items of these, in their places."""
    chosen = select(ContentItemRow).where(col(ContentItemRow.content_id).in_(content_ids))
    return list(db.exec(chosen.order_by(col(ContentItemRow.place), col(ContentItemRow.id))))


def activities(db: Session, content_ids: Collection[int]) -> list[ActivityRow]:
    """The activities of these, in their places."""
    chosen = select(ActivityRow).where(col(ActivityRow.content_id).in_(content_ids))
    return list(db.exec(chosen.order_by(col(ActivityRow.place), col(ActivityRow.id))))


def drop(db: Session, table: type[ContentItemRow] | type[ActivityRow], ids: Collection[int]) -> None:
    """Take items or activities away."""
    if ids:
        db.execute(sa.delete(table).where(col(table.id).in_(ids)))


def last_change(db: Session, content_id: int) -> ContentChange | None:
    """The last change of what a project teaches."""
    return db.exec(select(ContentChange).where(ContentChange.content_id == content_id).order_by(col(ContentChange.id).desc())).first()
