"""The sample branch in the library: loaded and cleared as a whole, labelled as sample everywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.delivery.undo import service as undoing
from core.demo import YEAR_JOB
from core.demo.decisions import decisions
from core.demo.peopling import load_people
from core.demo.practising import load_practice, remove_practice
from core.demo.staffing import load_faculty, remove_faculty
from core.demo.year import missing, queue
from core.documents import repository as documents
from core.documents import service as library
from core.documents.deletion import delete_row
from core.documents.indexing import FORGET_JOB
from core.documents.interviews import InterviewRecord
from core.documents.service import Added
from core.documents.tables import DocumentKind
from core.errors import BadInput
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.people import sample as people
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.review.results import repository as results
from core.settings import Settings
from core.storage import Session
from core.strategy import decoding_job
from core.strategy import repository as findings
from core.strategy.decoding_job import DECODE_JOB
from core.strategy.refining_job import REFINE_FINDINGS_JOB

if TYPE_CHECKING:
    from core.demo.build import BuiltDocument
    from core.demo.interviews import InterviewSource

BRANCH = "示例银行滨海分行"


@dataclass(frozen=True)
class SampleFile:
    """A built document with its bytes, so that the folder it was built in can go."""

    document: BuiltDocument
    content: bytes


@dataclass(frozen=True)
class Sample:
    """Everything the sample branch consists of."""

    files: tuple[SampleFile, ...]
    interviews: tuple[InterviewSource, ...]


@dataclass(frozen=True)
class Loaded:
    """The sample's plans and documents: `plan` is the year to begin, `decoded` the one before, which the work in `job_ids` decodes.

    `people`: its people are there; they stay out where the house has units, posts or people of its own.
    """

    plan: AnnualPlan
    decoded: AnnualPlan
    added: tuple[Added, ...]
    job_ids: tuple[int, ...]
    people: bool = True


@dataclass(frozen=True)
class Standing:
    """The decoded year: `progress` while it is being made, `lacking` when it is not whole and nobody is at it, and why, where known."""

    progress: Progress | None
    lacking: bool
    failure: Message | None = None


def build_files() -> Sample:
    """Make the sample's files from `data/demo` (seconds)."""
    # What writes PDF, Word and the like takes seconds to import, and is needed only here.
    from core.demo.build import build, interviews

    with tempfile.TemporaryDirectory(prefix="cexun-demo-") as folder:
        files = tuple(SampleFile(document, document.path.read_bytes()) for document in build(Path(folder)))
    return Sample(files, tuple(interviews()))


def load(db: Session, settings: Settings, actor: Actor, sample: Sample) -> Loaded:
    """Take the sample in, documents and people, and give it two plans: one year to begin, one that is decoded in the background.

    Loading it twice changes nothing; where the first time was stopped halfway, the second goes on.
    """
    require(actor, Right.EDIT_LIBRARY)
    written = decisions()
    decoded = _plan(db, actor, written.year, written.note)
    plan = _plan(db, actor, written.year + 1, written.next_note)
    added = [*_add_files(db, settings, actor, sample.files), *(_add_interview(db, settings, actor, one) for one in sample.interviews)]
    staffed = load_people(db, actor)
    load_faculty(db, actor, plan.id or 0)
    load_practice(db, actor)
    queued = _make_year(db, actor, decoded, [one.document_id for one in added])
    record(db, actor, "sample_loaded", "plan", plan.id)
    return Loaded(plan, decoded, tuple(added), (*(one.job_id for one in added if one.job_id), *queued), staffed)


def standing(db: Session, actor: Actor, *, looking_for_gaps: bool = True) -> Standing:
    """How far the decoded year of a loaded sample is. Whether it lacks something is looked at only where it is asked for: each part is."""
    require(actor, Right.READ_PLANS)
    own = _decoded_year(db)
    ids = [own.id] if own is not None and own.id is not None else []
    progress = job_service.progress(db, YEAR_JOB, ids).get(ids[0]) if ids else None
    if progress is not None or not looking_for_gaps:
        return Standing(progress, False)
    lacking = own is None or (own.archived_at is None and missing(db, own.id or 0))
    lacking = lacking and bool(documents.samples(db))
    return Standing(progress, lacking, job_service.failures(db, YEAR_JOB, ids).get(ids[0]) if lacking and ids else None)


def go_on(db: Session, actor: Actor) -> list[int]:
    """Complete the decoded year of a loaded sample; what is there stays. Returns the job ids."""
    require(actor, Right.EDIT_LIBRARY)
    written = decisions()
    decoded = _plan(db, actor, written.year, written.note)
    return _make_year(db, actor, decoded, [row.id or 0 for row in documents.samples(db) if row.removed_at is None])


def clear(db: Session, settings: Settings, actor: Actor) -> list[int]:
    """Delete the sample branch for good: documents, files, people, plan and all that hangs on it. Returns the job ids."""
    require(actor, Right.EDIT_LIBRARY)
    rows = documents.samples(db)
    plan = plan_rows.samples(db)
    if not rows and not plan and not people.there(db):
        raise BadInput(Message("示例分行没有载入，不需要移除。"))
    plan_ids = [one.id for one in plan if one.id is not None]
    decoding = [row.id for plan_id in plan_ids for row in findings.decoded(db, plan_id) if row.id is not None]
    job_service.request_stop(db, YEAR_JOB, plan_ids)
    job_service.request_stop(db, DECODE_JOB, decoding)
    job_service.request_stop(db, REFINE_FINDINGS_JOB, decoding)
    queued = []
    for row in rows:
        assert row.id is not None
        document_id = row.id
        if row.removed_at is None:
            library.stop(db, actor, [document_id])
        delete_row(db, settings, row)
        queued.append(jobs.add(db, FORGET_JOB, document_id, actor.account_id).id or 0)
    for one in plan:
        db.delete(one)
    db.flush()
    remove_practice(db)
    remove_faculty(db)
    people.remove(db)
    db.flush()
    undoing.forget_gone(db)
    results.forget_columns(db)
    record(db, actor, "sample_cleared")
    return queued


def clear_people(db: Session, actor: Actor) -> int:
    """Delete the sample's people alone, so that one's own can come in. Returns how many they were. Raises `BadInput` for none."""
    require(actor, Right.EDIT_PEOPLE)
    if not people.there(db):
        raise BadInput(Message("示例分行的人员没有载入，不需要移除。"))
    remove_practice(db)
    remove_faculty(db)
    gone = people.remove(db)
    db.flush()
    undoing.forget_gone(db)
    record(db, actor, "sample_people_cleared", people=gone)
    return gone


def _decoded_year(db: Session) -> AnnualPlan | None:
    return next((row for row in plan_rows.samples(db) if row.year == decisions().year), None)


def _plan(db: Session, actor: Actor, year: int, note: str) -> AnnualPlan:
    own = next((row for row in plan_rows.samples(db) if row.year == year), None)
    return own or plans.create(db, actor, BRANCH, year, note, sample=True)


def _make_year(db: Session, actor: Actor, plan: AnnualPlan, document_ids: Sequence[int]) -> list[int]:
    """Queue the decoding of what is not decoded yet, and behind it the making of the year; nothing when there is nothing to do."""
    plan_id = plan.id or 0
    if plan.archived_at is not None or not missing(db, plan_id):
        return []
    # An edition that is being read in is not the current one yet: the newest of each family counts.
    newest: dict[int, int] = {}
    for row in sorted((documents.by_id(db, one) for one in document_ids), key=lambda row: row.edition if row else 0):
        if row is not None and row.id is not None:
            newest[row.family] = row.id
    known = {row.document_id for row in findings.decoded(db, plan_id)}
    fresh = [one for one in newest.values() if one not in known]
    if fresh:
        decoding_job.start(db, actor, plan_id, fresh)
    open_jobs = jobs.open_of(db, DECODE_JOB, [row.id or 0 for row in findings.decoded(db, plan_id)])
    year = jobs.open_of(db, YEAR_JOB, [plan_id]) or [queue(db, plan_id, actor.account_id)]
    return [one.id or 0 for one in (*open_jobs, *year)]


def _add_files(db: Session, settings: Settings, actor: Actor, files: Sequence[SampleFile]) -> list[Added]:
    by_title: dict[str, Added] = {}
    for file in files:
        document = file.document
        by_title[document.title] = library.add(
            db,
            settings,
            actor,
            document.path.name,
            file.content,
            DocumentKind(document.kind),
            title=document.title,
            supersedes=by_title[document.supersedes].document_id if document.supersedes else None,
            sample=True,
        )
    return list(by_title.values())


def _add_interview(db: Session, settings: Settings, actor: Actor, source: InterviewSource) -> Added:
    interview = InterviewRecord(source.person, source.role, source.date, source.notes, tuple(source.quotes))
    return library.add_interview(db, settings, actor, interview, sample=True)
