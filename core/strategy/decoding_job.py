"""The background job that decodes documents for a plan by the rules, and the service that starts and stops it."""

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
from core.strategy.findings import Decoding, Finding, FindingKind, SetAside
from core.strategy.reconciling import Known, reconcile
from core.strategy.refining.deference import defer
from core.strategy.refining.judging import WAS
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
    """The handler of `decode_document` jobs. `then` is told, within the same transaction, which decoded document has new findings."""

    def __init__(
        self, database: Database, decode: Decode = decode, then: Callable[[Session, DecodedDocument], None] = lambda db, row: None
    ) -> None:
        self._database = database
        self._decode = decode
        self._then = then

    def handle(self, job: Job, report: Report) -> None:
        """Decode what the row `job.subject_id` names and bring its findings up to date."""
        report.progress(_STAGE, 0, 1)
        with self._database.reading() as db:
            asked = repository.decoded_document(db, job.subject_id)
            document = documents.by_id(db, asked.document_id) if asked else None
            stored = documents.text(db, asked.document_id) if asked else None
        if asked is None or document is None or document.removed_at is not None or stored is None:
            return
        parsed = unpack(stored.structure)
        decoding = self._decode(parsed, document.kind)
        with self._database.writing() as db:
            row = repository.decoded_document(db, job.subject_id)
            if row is None:
                return
            bring_up_to_date(db, row, document, parsed, decoding)
            self._then(db, row)
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


def bring_up_to_date(db: Session, decoded: DecodedDocument, document: Document, parsed: ParsedDocument, decoding: Decoding) -> None:
    """Make `decoding` what the plan knows of a document. Findings of earlier editions move on to this one with what people decided."""
    family = [one.id for one in documents.family_members(db, document.family) if one.id is not None]
    before = [row for row in repository.of_document(db, decoded.plan_id, family) if row.origin is not Origin.PERSON]
    rows = {row.id or 0: row for row in before}
    known = [_known(row) for row in before]
    aside = {id(one.candidate): one for one in decoding.set_aside}
    found = defer(known, [*decoding.findings, *(one.candidate for one in decoding.set_aside)])
    result = reconcile(known, found)
    for row_id, finding in result.kept.items():
        _move_on(rows[row_id], document, finding, decoding, aside.get(id(finding)))
    for finding in result.fresh:
        row = FindingRow(plan_id=decoded.plan_id, document_id=document.id or 0, **columns(finding))
        _label(row, finding, decoding, aside.get(id(finding)))
        db.add(row)
    for row_id in result.lost:
        _stay(rows[row_id], document, parsed)
    for row_id in result.dropped:
        db.delete(rows[row_id])
    decoded.made_by, decoded.refined_by, decoded.decoded_at = decoding.made_by, decoding.refined_by, now()
    decoded.notes = [note.to_json() for note in decoding.notes]


def _known(row: FindingRow) -> Known:
    kind = row.rule.removeprefix(WAS) if row.rule.startswith(WAS) else ""
    was = FindingKind(kind) if kind in frozenset(FindingKind) else None
    return Known(row.id or 0, row.kind, row.quote, row.metric, _is_decided(row), was)


def _is_decided(row: FindingRow) -> bool:
    return row.edited or row.state not in (FindingState.PENDING, FindingState.ASIDE)


def _move_on(row: FindingRow, document: Document, finding: Finding, decoding: Decoding, aside: SetAside | None) -> None:
    """The words' new place; what people wrote stays, and what they accepted in a model's words stays in those."""
    row.document_id = document.id or 0
    row.quote, row.page, row.start, row.end = finding.quote, finding.page, finding.start, finding.end
    row.heading, row.moved = list(finding.heading), False
    decided = _is_decided(row)
    if row.edited or (decided and row.origin is Origin.MODEL):
        return
    fresh = columns(finding)
    row.text, row.perspective, row.competencies = fresh["text"], fresh["perspective"], fresh["competencies"]
    row.metric, row.measure, row.confidence = fresh["metric"], fresh["measure"], finding.confidence
    if decided:
        row.made_by = decoding.made(finding)
    else:
        _label(row, finding, decoding, aside)


def _label(row: FindingRow, finding: Finding, decoding: Decoding, aside: SetAside | None) -> None:
    """What made an undecided finding, why, and whether it is set aside."""
    by = aside or finding
    if row.decided_by is None:
        # A person who put a finding back, or took one in, has decided that it is to be looked at.
        row.state = FindingState.ASIDE if aside else FindingState.PENDING
    row.rule, row.cues, row.made_by = by.rule, list(by.cues), decoding.made(by)
    row.origin = Origin.MODEL if by.by_model else Origin.RULE


def _stay(row: FindingRow, document: Document, parsed: ParsedDocument) -> None:
    """A decided finding that was not found again: what a model had found stays where its words still are, else it is marked."""
    start = parsed.text.find(row.quote) if row.origin is Origin.MODEL else -1
    row.moved = start < 0
    if start >= 0:
        row.document_id, row.start, row.end = document.id or 0, start, start + len(row.quote)
        row.page = parsed.page_at(start).number


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
    }
