"""Deleting documents so that nothing of them can come back: row, text, passages and file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.documents import files, repository
from core.documents.tables import Document
from core.settings import Settings
from core.storage import Session, after_commit, now

UNDO_DAYS = 30

_before: list[Callable[[Session, int], None]] = []


def before_deletion(forget: Callable[[Session, int], None]) -> None:
    """Have `forget` called with each document that is about to be deleted, by who keeps words of documents without a row that goes with
    them."""
    if forget not in _before:
        _before.append(forget)


def delete_expired(db: Session, settings: Settings) -> int:
    """Delete what was removed more than 30 days ago (housekeeping). Returns how many."""
    expired = repository.removed_before(db, now() - timedelta(days=UNDO_DAYS))
    for row in expired:
        delete_row(db, settings, row)
    return len(expired)


def delete_row(db: Session, settings: Settings, row: Document) -> None:
    """Delete a document with its text, and its file unless another document shares it. The caller has asked for the right."""
    for forget in _before:
        forget(db, row.id or 0)
    family, sha256, database = row.family, row.sha256, db.get_bind()
    repository.delete(db, row)
    repository.make_newest_current(db, family)
    # An undone transaction brings the row back, but nothing would bring back the file.
    after_commit(db, lambda: _discard_unused(database, settings, sha256))


def _discard_unused(database: Any, settings: Settings, sha256: str) -> None:
    # Within a writer's transaction nobody else adds the same content meanwhile.
    with Session(database) as db:
        if not repository.uses_of_content(db, sha256):
            files.discard(settings.uploads, sha256)
