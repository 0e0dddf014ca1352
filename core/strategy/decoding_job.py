"""The background job that decodes documents for a plan, and the service that starts and stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as documents
from core.documents import service as library
from core.documents.indexing import unpack
from core.documents.parsed import ParsedDocument
from core.documents.tables import Document, DocumentKind, IndexState
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.jobs.tables import Job
from core.jobs.worker import Report
from core.plans import service as plans
from core.storage import Database, Session, now
from core.strategy import repository
from core.strategy.decoding.decode import decode
from core.strategy.findings import Decoding, Finding
from core.strategy.reconciling import Known, reconcile
from core.strategy.tables import DecodedDocument, FindingRow, FindingState, Origin

DECODE_JOB = "decode_document"
_STAGE = "decoding"

Decode = Callable[[ParsedDocument, DocumentKind], Decoding]


@dataclass(frozen=True)
class Source:
    """A document that can be decoded for a plan. `superseding`: an older edition of it has been decoded, this one not yet."""

    document: Document
    decoded: DecodedDocument | None
    progress: Progress | None
    pending: int
    superseding: bool

    @property
    def id(self) -> int:
        """The document's number."""
        return self.document.id or 0


class Decoder:
    """The handler of `decode_document` jobs."""

    def __init__(self, database: Database, decode: Decode = decode) -> None:
        self._database = database
        self._decode = decode

    def handle(self, job: Job, report: Report) -> None:
        """Decode what the row `job.subject_id` names and bring its findings up to date."""
        report.progress(_STAGE, 0, 1)
        with self._database.reading() as db:
            asked = repository.decoded_document(db, job.subject_id)
            document = documents.by_id(db, asked.document_id) if asked else None
            stored = documents.text(db, asked.document_id) if asked else None
        if asked is None or document is None or document.removed_at is not None or stored is None:
            return
        decoding = self._decode(unpack(stored.structure), document.kind)
        with self._database.writing() as db:
            row = repository.decoded_document(db, job.subject_id)
            if row is None:
                return
            family = [one.id for one in documents.family_members(db, document.family) if one.id is not None]
            _bring_up_to_date(db, row.plan_id, document, family, decoding)
            row.made_by, row.decoded_at = decoding.made_by, now()
        report.progress(_STAGE, 1, 1)


def sources(db: Session, actor: Actor, plan_id: int) -> list[Source]:
    """The documents of the library that this person may have decoded for the plan, with how far that is."""
    plans.find(db, actor, plan_id)
    entries = [entry.document for entry in library.entries(db, actor) if entry.document.state is IndexState.READY]
    known = {row.document_id: row for row in repository.decoded(db, plan_id)}
    working = job_service.progress(db, DECODE_JOB, [row.id for row in known.values() if row.id is not None])
    pending = repository.pending_of_documents(db, plan_id, [row.id or 0 for row in entries])
    older = [documents.by_id(db, document_id) for document_id in known.keys() - {row.id for row in entries}]
    families = {row.family for row in older if row is not None}
    found = []
    for row in entries:
        own = known.get(row.id or 0)
        progress = working.get(own.id or 0) if own else None
        found.append(Source(row, own, progress, pending.get(row.id or 0, 0), own is None and row.family in families))
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


def _bring_up_to_date(db: Session, plan_id: int, document: Document, family: Sequence[int], decoding: Decoding) -> None:
    """Findings of earlier editions move on to this one with what people decided about them."""
    before = [row for row in repository.of_document(db, plan_id, family) if row.origin is not Origin.PERSON]
    rows = {row.id or 0: row for row in before}
    found = [*decoding.findings, *(one.candidate for one in decoding.set_aside)]
    aside = {id(one.candidate): one for one in decoding.set_aside}
    result = reconcile([_known(row) for row in before], found)
    for row_id, finding in result.kept.items():
        _move_on(rows[row_id], document, finding, decoding.made_by)
    for finding in result.fresh:
        set_aside = aside.get(id(finding))
        row = FindingRow(plan_id=plan_id, document_id=document.id or 0, **columns(finding), made_by=decoding.made_by)
        if set_aside is not None:
            row.state, row.rule, row.cues = FindingState.ASIDE, set_aside.rule, list(set_aside.cues)
        db.add(row)
    for row_id in result.lost:
        rows[row_id].moved = True
    for row_id in result.dropped:
        db.delete(rows[row_id])


def _known(row: FindingRow) -> Known:
    decided = row.edited or row.state not in (FindingState.PENDING, FindingState.ASIDE)
    return Known(row.id or 0, row.kind, row.quote, row.metric, decided)


def _move_on(row: FindingRow, document: Document, finding: Finding, made_by: str) -> None:
    """The words' new place; what people wrote stays."""
    row.document_id = document.id or 0
    row.quote, row.page, row.start, row.end = finding.quote, finding.page, finding.start, finding.end
    row.heading, row.confidence, row.made_by, row.moved = list(finding.heading), finding.confidence, made_by, False
    if not row.edited:
        fresh = columns(finding)
        row.text, row.perspective, row.competencies = fresh["text"], fresh["perspective"], fresh["competencies"]
        row.metric, row.measure = fresh["metric"], fresh["measure"]


def columns(finding: Finding) -> dict[str, Any]:
    """A finding as the columns of its row."""
    return {
        "kind": finding.kind,
        "text": finding.text,
        "quote": finding.quote,
        "page": finding.page,
        "start": finding.start,
        "end": finding.end,
        "heading": list(finding.heading),
        "perspective": finding.perspective,
        "competencies": list(finding.competencies),
        "metric": finding.measure.metric if finding.measure else "",
        "measure": asdict(finding.measure) if finding.measure else None,
        "confidence": finding.confidence,
        "rule": finding.rule,
        "cues": list(finding.cues),
    }
