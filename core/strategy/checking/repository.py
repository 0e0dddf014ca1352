"""Queries on the strategy check. The documents that the actor may see come with every query on its items."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from core.strategy.checking.tables import CheckItem, StrategyCheck
from core.strategy.tables import FindingRow

# A target is where its finding is now; where that is gone, in the edition that it was taken from.
_PLACE = sa.func.coalesce(col(FindingRow.document_id), col(CheckItem.document_id))
_WITH_FINDING = (FindingRow, col(FindingRow.id) == col(CheckItem.finding_id))


def checks(db: Session, plan_id: int) -> list[StrategyCheck]:
    """The checks of a plan, the earliest quarter first."""
    return list(db.exec(select(StrategyCheck).where(StrategyCheck.plan_id == plan_id).order_by(col(StrategyCheck.quarter))))


def items(db: Session, check_ids: Collection[int], documents: Collection[int]) -> list[CheckItem]:
    """The items of these checks that rest on no document or on one of `documents`, theme by theme as they were taken in."""
    seen = sa.or_(_PLACE.is_(None), _PLACE.in_(documents))
    chosen = select(CheckItem).outerjoin(*_WITH_FINDING).where(col(CheckItem.check_id).in_(check_ids), seen)
    return list(db.exec(chosen.order_by(col(CheckItem.id))))


def documents(db: Session, check_ids: Collection[int]) -> list[int]:
    """The documents that items of these checks rest on."""
    chosen = select(_PLACE).select_from(CheckItem).outerjoin(*_WITH_FINDING).where(col(CheckItem.check_id).in_(check_ids)).distinct()
    return [one for one in db.exec(chosen) if one is not None]


def resting_on(db: Session, document_id: int) -> list[tuple[CheckItem, bool]]:
    """All items that go with this document, of every plan, and whether their check is closed."""
    chosen = select(CheckItem, col(StrategyCheck.closed_at).is_not(None)).join(StrategyCheck)
    return [(item, bool(closed)) for item, closed in db.exec(chosen.where(CheckItem.document_id == document_id))]


def rename_theme(db: Session, theme_id: int, old: str, new: str) -> None:
    """Name a theme anew in all checks, closed ones too."""
    _note(db, (col(CheckItem.theme_id) == theme_id, col(CheckItem.theme) == old), theme=new)


def place(db: Session, item: CheckItem, theme_id: int | None, theme: str) -> None:
    """Have an item go with a theme, called as it is now. It is no edit, as with `hand_over`."""
    _note(db, (col(CheckItem.id) == item.id,), theme_id=theme_id, theme=theme)


def hand_over(db: Session, item_ids: Collection[int], document_id: int) -> None:
    """Have these items go with another document. It is no edit: a person who is filling them in meets no conflict."""
    _note(db, (col(CheckItem.id).in_(item_ids),), document_id=document_id)


def _note(db: Session, where: tuple[sa.ColumnElement[bool], ...], **values: Any) -> None:
    db.flush()
    rows = list(db.exec(select(CheckItem).where(*where)))
    db.connection().execute(sa.update(CheckItem).where(*where).values(**values))
    for row in rows:
        for name, value in values.items():
            set_committed_value(row, name, value)
