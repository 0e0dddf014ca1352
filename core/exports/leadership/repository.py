"""Queries on documents for leaders and their templates."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.exports.leadership.tables import MadeContent, MadePaper, PaperTemplate
from core.exports.leadership.terms import State


def papers(db: Session, plan_id: int, account_id: int | None, *, everybody: bool) -> list[MadePaper]:
    """The documents of a plan that this account asked for, or everybody's; the newest first."""
    chosen = select(MadePaper).where(MadePaper.plan_id == plan_id).order_by(col(MadePaper.id).desc())
    if not everybody:
        chosen = chosen.where(MadePaper.account_id == account_id)
    return list(db.exec(chosen))


def paper(db: Session, paper_id: int) -> MadePaper | None:
    """One document."""
    return db.get(MadePaper, paper_id)


def content(db: Session, paper_id: int) -> bytes | None:
    """The file of a document."""
    return db.exec(select(MadeContent.content).where(MadeContent.paper_id == paper_id)).first()


def waiting(db: Session, ids: Collection[int]) -> list[MadePaper]:
    """Those of these documents that are not there yet."""
    return list(db.exec(select(MadePaper).where(col(MadePaper.id).in_(ids), MadePaper.state == State.WAITING)))


def templates(db: Session) -> list[PaperTemplate]:
    """All templates, the newest first."""
    return list(db.exec(select(PaperTemplate).order_by(col(PaperTemplate.id).desc())))


def template(db: Session, template_id: int) -> PaperTemplate | None:
    """One template."""
    return db.get(PaperTemplate, template_id)


def current(db: Session, ending: str) -> PaperTemplate | None:
    """The template that is used for files of this ending."""
    return db.exec(select(PaperTemplate).where(PaperTemplate.ending == ending, col(PaperTemplate.current).is_(True))).first()


def last_number(db: Session, ending: str) -> int:
    """The number of the newest template, 0 where there is none."""
    return db.exec(select(sa.func.max(PaperTemplate.number)).where(PaperTemplate.ending == ending)).first() or 0
