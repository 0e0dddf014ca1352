"""The background job in which a model goes over decoded documents, and the service that starts and stops it.

It follows the rules' own job, whose findings are there meanwhile. When the model fails or somebody stops it, they stay as they are, and
the document says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.documents import repository as documents
from core.documents import service as library
from core.documents.indexing import unpack
from core.documents.tables import Document, DocumentText
from core.errors import BadInput, Unavailable
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.jobs.tables import Job, JobState
from core.jobs.worker import Report, Stopped, refuse_lost
from core.llm import Model
from core.plans import service as plans
from core.storage import Database, Session
from core.strategy import repository
from core.strategy.decoding_job import Decode, by_rules, store, to_decode
from core.strategy.refining.refine import refine, rules_only
from core.strategy.tables import DecodedDocument

REFINE_FINDINGS_JOB = "refine_findings"
_STAGE = "refining"


@dataclass(frozen=True)
class Refined:
    """A decoded document, how far a model is with it, and what is to be said of that."""

    document: Document
    decoded: DecodedDocument
    progress: Progress | None
    notes: tuple[Message, ...]

    @property
    def id(self) -> int:
        """The document's number."""
        return self.document.id or 0

    @property
    def makers(self) -> str:
        """All that had a hand in its findings."""
        return f"{self.decoded.made_by} + {self.decoded.refined_by}" if self.decoded.refined_by else self.decoded.made_by

    @property
    def waits(self) -> bool:
        """Whether no model has gone over it, nor is about to."""
        return not self.decoded.refined_by and self.progress is None

    @property
    def failed(self) -> bool:
        """Whether one was asked and did not get through."""
        return self.waits and bool(self.notes)


class Refiner:
    """The handler of `refine_findings` jobs. `model` gives the model that the settings name now."""

    def __init__(self, database: Database, model: Callable[[], Model | None], decode: Decode = by_rules) -> None:
        self._database = database
        self._model = model
        self._decode = decode

    def ask(self, db: Session, decoded: DecodedDocument) -> None:
        """Queue a document that has just been decoded by the rules, where there is a model to go over it."""
        if self._model() is not None:
            _queue(db, decoded)

    def handle(self, job: Job, report: Report) -> None:
        """Let the model go over what the row `job.subject_id` names and bring its findings up to date."""
        with self._database.reading() as db:
            document, stored = to_decode(db, job.subject_id) or (None, None)
        model = self._model()
        if model is None or document is None or stored is None:
            return
        parsed = unpack(stored.structure)
        try:
            refuse_lost(job)
            made = self._decode(parsed, document.kind, document.dated)
            decoding = refine(
                parsed, document.kind, made, model, lambda done, total: report.progress(_STAGE, done, total), dated=document.dated
            )
        except Unavailable as failure:
            self._note(job.subject_id, failure.message)
            return
        except Stopped:
            if not report.paused:
                self._note(job.subject_id, Message("有人停止了模型核对。"))
            raise
        with self._database.writing() as db:
            row = repository.decoded_document(db, job.subject_id)
            # A text that was extracted anew meanwhile has its own job.
            if row is not None and _same(stored, documents.text(db, row.document_id)):
                store(db, row, document, parsed, decoding)

    def _note(self, decoded_id: int, reason: Message) -> None:
        with self._database.writing() as db:
            row = repository.decoded_document(db, decoded_id)
            if row is not None:
                row.refined_by, row.notes = "", [rules_only(reason).to_json()]


def refined(db: Session, actor: Actor, plan_id: int) -> list[Refined]:
    """The plan's decoded documents that this person may see, in the order of the library, with what a model did to their findings."""
    plans.find(db, actor, plan_id)
    known = {row.document_id: row for row in repository.decoded(db, plan_id) if row.decoded_at is not None}
    working = job_service.progress(db, REFINE_FINDINGS_JOB, [row.id for row in known.values() if row.id is not None])
    return [
        Refined(one, row, working.get(row.id or 0), tuple(Message.from_json(note) for note in row.notes))
        for one in (entry.document for entry in library.entries(db, actor))
        if (row := known.get(one.id or 0)) is not None
    ]


def start(db: Session, actor: Actor, plan_id: int, document_ids: Sequence[int], model: Model | None) -> int:
    """Queue decoded documents for the model to go over; returns how many. Raises `BadInput` where no model is set up."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    if model is None:
        raise BadInput(Message("还没有设置模型。请先在“设置”里填写模型地址和名称。"))
    known = {row.document_id: row for row in repository.decoded(db, plan_id) if row.decoded_at is not None}
    queued = 0
    for document_id in document_ids:
        library.find(db, actor, document_id)
        row = known.get(document_id)
        queued += row is not None and _queue(db, row)
    record(db, actor, "findings_refined", "plan", plan_id, documents=len(document_ids))
    return queued


def stop(db: Session, actor: Actor, plan_id: int) -> int:
    """Stop the model for a plan. Returns how many documents were waiting or being gone over."""
    require(actor, Right.DECIDE_STRATEGY)
    plans.find(db, actor, plan_id)
    return job_service.request_stop(db, REFINE_FINDINGS_JOB, [row.id for row in repository.decoded(db, plan_id) if row.id is not None])


def _queue(db: Session, decoded: DecodedDocument) -> bool:
    decoded_id = decoded.id or 0
    # One that runs already may be at work on what was there before.
    if any(job.state is JobState.WAITING for job in jobs.open_of(db, REFINE_FINDINGS_JOB, [decoded_id])):
        return False
    jobs.add(db, REFINE_FINDINGS_JOB, decoded_id, decoded.asked_by)
    return True


def _same(before: DocumentText, after: DocumentText | None) -> bool:
    return after is not None and after.structure == before.structure
