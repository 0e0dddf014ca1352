"""The sample branch in the library: loaded and cleared as a whole, labelled as sample everywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.access.actor import Actor, Right, require
from core.access.audit import record
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
from core.plans import repository as plan_rows
from core.plans import service as plans
from core.plans.tables import AnnualPlan
from core.settings import Settings
from core.storage import Session

if TYPE_CHECKING:
    from core.demo.build import BuiltDocument
    from core.demo.interviews import InterviewSource

BRANCH = "示例银行滨海分行"
YEAR = 2027


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
    """The sample's plan, and what its documents came to."""

    plan: AnnualPlan
    added: tuple[Added, ...]


def build_files() -> Sample:
    """Make the sample's files from `data/demo` (seconds)."""
    # What writes PDF, Word and the like takes seconds to import, and is needed only here.
    from core.demo.build import build, interviews

    with tempfile.TemporaryDirectory(prefix="cexun-demo-") as folder:
        files = tuple(SampleFile(document, document.path.read_bytes()) for document in build(Path(folder)))
    return Sample(files, tuple(interviews()))


def load(db: Session, settings: Settings, actor: Actor, sample: Sample) -> Loaded:
    """Take the sample into the library and give it a plan. Loading it twice changes nothing."""
    require(actor, Right.EDIT_LIBRARY)
    plan = next(iter(plan_rows.samples(db)), None) or plans.create(db, actor, BRANCH, YEAR, sample=True)
    added = [*_add_files(db, settings, actor, sample.files), *(_add_interview(db, settings, actor, one) for one in sample.interviews)]
    record(db, actor, "sample_loaded", "plan", plan.id)
    return Loaded(plan, tuple(added))


def clear(db: Session, settings: Settings, actor: Actor) -> list[int]:
    """Delete the sample branch for good: documents, files, plan and all that hangs on it. Returns the job ids."""
    require(actor, Right.EDIT_LIBRARY)
    rows = documents.samples(db)
    plan = plan_rows.samples(db)
    if not rows and not plan:
        raise BadInput(Message("示例分行没有载入，不需要移除。"))
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
    record(db, actor, "sample_cleared")
    return queued


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
