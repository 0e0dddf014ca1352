"""Where findings went that were merged into others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.access.actor import Actor
from core.documents import repository as document_rows
from core.documents import service as library
from core.documents.tables import Document
from core.storage import Session
from core.strategy import repository
from core.strategy.tables import FindingRow, FindingState


@dataclass(frozen=True)
class Into:
    """The finding that another was merged into, None where the actor may not see it.

    `left_alone`: that finding's document is in the bin, so that the other is to be decided until it comes back. `removed` is that
    document, None where the actor may not look into the bin.
    """

    row: FindingRow | None
    left_alone: bool = False
    removed: Document | None = None


def into(db: Session, actor: Actor, plan_id: int, rows: Iterable[FindingRow]) -> dict[int, Into]:
    """Where the merged ones among `rows` went, by their ids. The caller has asked for the right to see the plan."""
    went = {row.id or 0: row.merged_into for row in rows if row.state is FindingState.MERGED and row.merged_into is not None}
    places = repository.documents_of(db, set(went.values()))
    seen = library.visible(db, actor, set(places.values()))
    there = {row.id or 0: row for row in repository.some(db, plan_id, set(went.values()), seen)}
    alone = repository.left_alone(db, plan_id, went)
    removed = {one: document_rows.removed_document(db, actor, one) for one in set(places.values()) - seen}
    return {
        one: Into(there.get(target), one in alone, removed.get(places.get(target, 0)) if one in alone else None)
        for one, target in went.items()
    }


def standing(row: FindingRow, went: Mapping[int, Into]) -> FindingState:
    """The state that a finding is shown in, by what `into` says of it: what is left alone waits for a decision."""
    place = went.get(row.id or 0)
    return FindingState.PENDING if place is not None and place.left_alone else row.state
