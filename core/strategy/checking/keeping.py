"""What a check keeps when one edition of a document is deleted for good and another is still there."""

from __future__ import annotations

from core.documents import repository as documents
from core.storage import Session
from core.strategy import repository as finding_rows
from core.strategy.checking import repository
from core.strategy.checking.tables import UNTOUCHED


def keep(db: Session, document_id: int) -> None:
    """Hand the items that rest on an edition that is about to be deleted to another edition of the same document.

    What was closed keeps its figures, and so does what somebody wrote about, until the last edition is deleted; the name of the edition
    that the target is from stays as it was. An item that nobody wrote about goes with its finding.
    """
    row = documents.by_id(db, document_id)
    others = [one for one in documents.family_members(db, row.family) if one.id != document_id] if row is not None else []
    if not others:
        return
    heir = max(others, key=lambda one: (one.removed_at is None, one.edition)).id or 0
    resting = repository.resting_on(db, document_id)
    places = finding_rows.documents_of(db, [item.finding_id for item, _ in resting if item.finding_id is not None])
    to: dict[int, list[int]] = {}
    for item, closed in resting:
        place = places.get(item.finding_id or 0, document_id)
        if place != document_id or closed or item.version != UNTOUCHED:
            to.setdefault(place if place != document_id else heir, []).append(item.id or 0)
    for other, items in to.items():
        repository.hand_over(db, items, other)
