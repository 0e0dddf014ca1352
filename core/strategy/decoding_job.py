"""The background job that decodes documents for a plan by the rules, and the service that starts and stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as documents
from core.documents import service as library
from core.documents.indexing import fingerprint, unpack
from core.documents.parsed import ParsedDocument
from core.documents.tables import Document, DocumentKind, DocumentText, IndexState
from core.errors import BadInput
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.jobs.tables import Job
from core.jobs.worker import Report, refuse_lost
from core.plans import service as plans
from core.storage import Database, Session, now
from core.strategy import repository
from core.strategy.decoding.decode import MADE_BY, decode
from core.strategy.findings import Decoding
from core.strategy.tables import DecodedDocument
from core.strategy.updating import bring_up_to_date

DECODE_JOB = "decode_document"
_STAGE = "decoding"

Decode = Callable[[ParsedDocument, DocumentKind, date | None], Decoding]
"""Makes findings of a document, its kind, and the day it was written on where somebody said so."""


class Outdated(StrEnum):
    """Why decoding a document again may find something else: its text was extracted anew, its day was said, or the rules have changed."""

    TEXT = "text"
    DATE = "date"
    RULES = "rules"


@dataclass(frozen=True)
class Source:
    """A document that can be decoded for a plan. `superseding`: an older edition of it has been decoded, this one not yet.

    `failure` says why the last attempt came to nothing; `outdated` why it is worth doing again.
    """

    document: Document
    decoded: DecodedDocument | None
    progress: Progress | None
    superseding: bool
    failure: Message | None = None

    @property
    def id(self) -> int:
        """The document's number."""
        return self.document.id or 0

    @property
    def is_decoded(self) -> bool:
        """Whether it has ever been decoded to the end."""
        return self.decoded is not None and self.decoded.decoded_at is not None

    @property
    def outdated(self) -> Outdated | None:
        """What has changed since it was decoded."""
        if self.decoded is None or not self.is_decoded:
            return None
        if self.document.fingerprint and self.document.fingerprint != self.decoded.fingerprint:
            return Outdated.TEXT
        if self.document.dated != self.decoded.dated:
            return Outdated.DATE
        return None if _by_present_rules(self.decoded.made_by) else Outdated.RULES


def by_rules(parsed: ParsedDocument, kind: DocumentKind, dated: date | None) -> Decoding:
    """A document's findings, read once."""
    return decode(parsed, kind, dated=dated)


class Decoder:
    """The handler of `decode_document` jobs. `then` is told, within the same transaction, which decoded document has new findings."""

    def __init__(
        self, database: Database, decode: Decode = by_rules, then: Callable[[Session, DecodedDocument], None] = lambda db, row: None
    ) -> None:
        self._database = database
        self._decode = decode
        self._then = then

    def handle(self, job: Job, report: Report) -> None:
        """Decode what the row `job.subject_id` names and bring its findings up to date. Raises `BadInput` for a document without text."""
        refuse_lost(job)
        report.progress(_STAGE, 0, 1)
        with self._database.reading() as db:
            found = to_decode(db, job.subject_id)
        if found is None:
            return
        document, stored = found
        if stored is None:
            raise BadInput(Message("《{title}》还没有读完，请等它可检索后再解码。", title=document.title))
        parsed = unpack(stored.structure)
        decoding = self._decode(parsed, document.kind, document.dated)
        with self._database.writing() as db:
            row = repository.decoded_document(db, job.subject_id)
            if row is None:
                return
            store(db, row, document, parsed, decoding)
            self._then(db, row)
        report.progress(_STAGE, 1, 1)


def to_decode(db: Session, decoded_id: int) -> tuple[Document, DocumentText | None] | None:
    """The document that a row asks to have decoded, with its text where it has been read; None where it is gone."""
    asked = repository.decoded_document(db, decoded_id)
    document = documents.by_id(db, asked.document_id) if asked else None
    if document is None or document.removed_at is not None:
        return None
    return document, documents.text(db, document.id or 0)


def sources(db: Session, actor: Actor, plan_id: int) -> list[Source]:
    """The documents of the library that this person may have decoded for the plan, with how far that is."""
    plans.find(db, actor, plan_id)
    entries = [entry.document for entry in library.entries(db, actor) if entry.document.state is IndexState.READY]
    known = {row.document_id: row for row in repository.decoded(db, plan_id)}
    asked = [row.id for row in known.values() if row.id is not None]
    working, failed = job_service.progress(db, DECODE_JOB, asked), job_service.failures(db, DECODE_JOB, asked)
    older = documents.some(db, known.keys() - {row.id for row in entries})
    families = {row.family for row in older if known[row.id or 0].decoded_at is not None}
    found = []
    for row in entries:
        own = known.get(row.id or 0)
        number = own.id or 0 if own else 0
        superseding = (own is None or own.decoded_at is None) and row.family in families
        found.append(Source(row, own, working.get(number), superseding, failed.get(number)))
    return found


def start(db: Session, actor: Actor, plan_id: int, document_ids: Sequence[int]) -> int:
    """Queue documents to be decoded for a plan; those in the queue already stay as they are. Returns how many were queued."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    known = {row.document_id: row for row in repository.decoded(db, plan_id)}
    queued = 0
    for document_id in document_ids:
        library.find(db, actor, document_id)
        row = known.get(document_id) or DecodedDocument(plan_id=plan_id, document_id=document_id, asked_by=actor.account_id)
        db.add(row)
        db.flush()
        if not jobs.open_of(db, DECODE_JOB, [row.id or 0]):
            jobs.add(db, DECODE_JOB, row.id or 0, actor.account_id)
            queued += 1
    record(db, actor, "strategy_decoded", "plan", plan_id, documents=len(document_ids))
    return queued


def stop(db: Session, actor: Actor, plan_id: int) -> int:
    """Stop decoding for a plan. Returns how many documents were waiting or being decoded."""
    require(actor, Right.DECIDE_STRATEGY)
    return job_service.request_stop(db, DECODE_JOB, [row.id for row in repository.decoded(db, plan_id) if row.id is not None])


def store(db: Session, row: DecodedDocument, document: Document, parsed: ParsedDocument, decoding: Decoding) -> None:
    """Make `decoding` what the plan knows of a document."""
    family = [one.id for one in documents.family_members(db, document.family) if one.id is not None]
    bring_up_to_date(db, row.plan_id, document, family, parsed, decoding)
    row.made_by, row.refined_by, row.fingerprint, row.decoded_at = decoding.made_by, decoding.refined_by, fingerprint(parsed), now()
    row.dated, row.notes = document.dated, [note.to_json() for note in decoding.notes]


def _by_present_rules(made_by: str) -> bool:
    """Whether the present rules did it, whatever refined it after them."""
    return made_by.startswith(MADE_BY) and not made_by[len(MADE_BY) :][:1].isdigit()
