"""Queries on what was kept of shared pages."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from core.snapshots.tables import ShareSnapshot


def snapshot(db: Session, link_id: int) -> ShareSnapshot | None:
    """What was kept of a link's page."""
    return db.get(ShareSnapshot, link_id)


def taken_at(db: Session, link_id: int) -> datetime | None:
    """When the page of a link was kept, without reading what it held."""
    return db.exec(select(ShareSnapshot.taken_at).where(col(ShareSnapshot.link_id) == link_id)).first()


def taken(db: Session) -> dict[int, datetime]:
    """When the pages of links were kept, by link."""
    return dict(db.exec(select(ShareSnapshot.link_id, ShareSnapshot.taken_at)).all())


def full(db: Session) -> list[int]:
    """The links of whose pages something is kept."""
    return list(db.exec(select(ShareSnapshot.link_id).where(col(ShareSnapshot.content).is_not(None))))


def quoting(db: Session, document_id: int) -> list[ShareSnapshot]:
    """What holds words of a document."""
    kept = db.exec(select(ShareSnapshot.link_id, ShareSnapshot.documents)).all()
    return [row for link, documents in kept if document_id in documents and (row := snapshot(db, link)) is not None]
