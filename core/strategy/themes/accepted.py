"""The findings that people accepted, as themes need them. Nothing that was not accepted comes by here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor
from core.documents import service as library
from core.documents.tables import DocumentKind
from core.storage import Session
from core.strategy import repository
from core.strategy.findings import FindingKind, Perspective


@dataclass(frozen=True)
class Accepted:
    """An accepted finding and where its words stand."""

    id: int
    kind: FindingKind
    text: str
    quote: str
    page: int
    start: int
    end: int
    heading: tuple[str, ...]
    perspective: Perspective | None
    metric: str
    measure: Mapping[str, Any] | None
    competencies: tuple[str, ...]
    document_id: int
    document: str
    document_kind: DocumentKind
    sample: bool


def accepted(db: Session, actor: Actor, plan_id: int, only: Collection[int] | None = None) -> list[Accepted]:
    """What the plan accepted (of the findings `only`, where given), in reading order, of the documents that the actor may see."""
    rows = repository.findings(db, plan_id, only)
    documents = {one: library.find(db, actor, one) for one in library.visible(db, actor, {row.document_id for row in rows})}
    return [
        Accepted(
            id=row.id or 0,
            kind=row.kind,
            text=row.text,
            quote=row.quote,
            page=row.page,
            start=row.start,
            end=row.end,
            heading=tuple(row.heading),
            perspective=row.perspective,
            metric=row.metric,
            measure=row.measure,
            competencies=tuple(row.competencies),
            document_id=row.document_id,
            document=documents[row.document_id].title,
            document_kind=documents[row.document_id].kind,
            sample=documents[row.document_id].sample,
        )
        for row in rows
        if row.document_id in documents
    ]
