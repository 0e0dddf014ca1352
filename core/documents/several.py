"""Several documents of the library at once: following the work on them, changing them together, telling the sample's from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.access.actor import Actor, Right, Role, require
from core.access.audit import record
from core.documents import repository
from core.documents.indexing import INDEX_JOB, READER, reader_of
from core.documents.service import Entry, find
from core.documents.tables import DocumentKind
from core.jobs import service as job_service
from core.storage import Session

_ENOUGH = 1024
"""Bytes of a packed document that say which reader it comes from."""


def being_read(db: Session, actor: Actor) -> list[Entry]:
    """The documents that background work is taking in, as the actor may see them: those it is at now, then the others in their turn."""
    require(actor, Right.READ_LIBRARY)
    rows = {row.id: row for row in repository.being_read(db, actor) if row.id is not None}
    working = job_service.progress(db, INDEX_JOB, list(rows))
    turns = sorted(working.values(), key=lambda job: (not job.running, job.job_id))
    return [Entry(rows[job.subject_id], frozenset(), job, None, 1) for job in turns]


def change_many(
    db: Session, actor: Actor, document_ids: Sequence[int], *, kind: DocumentKind | None = None, readers: Iterable[Role] | None = None
) -> None:
    """Give several documents another kind or other readers (human resources always stay); what is None is left as it is.

    Raises `NotFound` when one of them is not there; then nothing changes.
    """
    require(actor, Right.EDIT_LIBRARY)
    roles = None if readers is None else [role.value for role in {*readers, Role.HR_LEADER}]
    for document_id in document_ids:
        row = find(db, actor, document_id)
        row.kind = kind or row.kind
        repository.mark_edited(row)
        if roles is not None:
            repository.set_readers(db, document_id, roles)
        record(db, actor, "document_changed", "document", document_id)


def read_before(db: Session, actor: Actor) -> list[int]:
    """The searchable documents whose text comes from an earlier version's way of reading, which may have missed or misread some of it."""
    require(actor, Right.EDIT_LIBRARY)
    ids = repository.searchable(db, actor, superseded=False)
    return sorted(number for number, first in repository.beginnings(db, ids, _ENOUGH) if reader_of(bytes(first)) < READER)


def sample_ids(db: Session) -> frozenset[int]:
    """The ids of the sample branch's documents, for labelling what stems from them."""
    return frozenset(row.id for row in repository.samples(db) if row.id is not None)
