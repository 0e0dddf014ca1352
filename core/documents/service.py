"""What people do with the library: add, look, read, change, remove, search. Permission first, then the rule, then storage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from core.access.actor import Actor, Right, Role, require
from core.access.audit import record
from core.documents import files, repository
from core.documents.deletion import UNDO_DAYS, delete_row
from core.documents.indexing import FORGET_JOB, INDEX_JOB, unpack
from core.documents.interviews import InterviewRecord, as_markdown, checked
from core.documents.parsed import ParsedDocument
from core.documents.tables import Document, DocumentKind, IndexState, Interview
from core.errors import BadInput, Conflict, NotFound
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress
from core.settings import Settings
from core.storage import Session, now

_GONE = Message("没有找到这份文件：它可能已被移除，或者您没有查看它的权限。")
_CHANGED = Message("这份文件刚被别人修改过，您的改动没有覆盖它。请刷新后再改。")

KIND_NAMES = {
    DocumentKind.HQ: Message("总行战略"),
    DocumentKind.BRANCH: Message("分行文件"),
    DocumentKind.POLICY: Message("制度"),
    DocumentKind.INTERVIEW: Message("访谈记录"),
    DocumentKind.APPRAISAL: Message("考核办法"),
}

# Interviews name people and quote them: until a planner says otherwise, only human resources read them.
DEFAULT_READERS = {
    kind: frozenset({Role.HR_LEADER}) if kind is DocumentKind.INTERVIEW else frozenset({Role.HR_LEADER, Role.UNIT_MANAGER, Role.EXECUTIVE})
    for kind in DocumentKind
}


class Outcome(StrEnum):
    """What adding a file came to."""

    ADDED = "added"
    NEW_EDITION = "new_edition"
    UNCHANGED = "unchanged"
    RESTORED = "restored"


@dataclass(frozen=True)
class Added:
    """The document a file became or already was, and the job that takes it in (None when there is nothing to do)."""

    document_id: int
    title: str
    outcome: Outcome
    job_id: int | None


@dataclass(frozen=True)
class Entry:
    """A line of the library. `progress` while background work is on; `error` when it failed."""

    document: Document
    readers: frozenset[Role]
    progress: Progress | None
    error: Message | None
    editions: int


@dataclass(frozen=True)
class Opened:
    """A document to read: its row, its whole text and structure (None until it has been parsed), its other editions."""

    document: Document
    parsed: ParsedDocument | None
    editions: list[Document]
    interview: InterviewRecord | None


@dataclass(frozen=True)
class Removed:
    """A removed document and the moment after which it can no longer come back."""

    document: Document
    until: datetime


def add(
    db: Session,
    settings: Settings,
    actor: Actor,
    file_name: str,
    content: bytes,
    kind: DocumentKind,
    *,
    readers: Iterable[Role] | None = None,
    title: str = "",
    supersedes: int | None = None,
    apart_from: Collection[int] = (),
    sample: bool = False,
) -> Added:
    """Take a file into the library.

    The same content twice is one document; if it never got into the search, it is tried again. A file with the name and kind of one that
    is there becomes its new edition, as does a file that names the document it `supersedes` (also when it goes back to an older text).
    Documents in `apart_from` (those of the same batch) are no predecessors: two folders may each hold a file of the same name.
    `readers` are the roles that may see it (human resources always may); a removed document that comes back takes them over.
    Raises `BadInput` for an empty or too large file and `NotFound` when `supersedes` is not there.
    """
    require(actor, Right.EDIT_LIBRARY)
    name = files.safe_name(file_name)
    files.check_size(name, len(content), settings.max_file_megabytes)
    older = find(db, actor, supersedes) if supersedes is not None else None
    known = _already_there(db, actor, sha256 := files.fingerprint(content), older)
    files.keep(settings.uploads, content)  # after the query, which takes the writer's lock: nobody discards it meanwhile
    if known is not None:
        if known.outcome is Outcome.RESTORED and readers is not None:
            # Nobody saw it meanwhile: whoever adds it again says anew who may, and must not open it wider unawares.
            repository.set_readers(db, known.document_id, _roles(readers))
        return known
    older = older or _namesake(repository.newest_named(db, name, kind, sample=sample), apart_from)
    row = Document(
        title=(title.strip() or _title_of(name))[:300],
        file_name=name,
        kind=kind,
        sha256=sha256,
        size=len(content),
        sample=sample,
        added_by=actor.account_id,
        current=older is None,
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    row.family = older.family if older else row.id
    row.edition = repository.last_edition(db, older.family) + 1 if older else 1
    repository.set_readers(db, row.id, _roles(readers or (_readers_of(db, older) if older else DEFAULT_READERS[kind])))
    job = jobs.add(db, INDEX_JOB, row.id, actor.account_id)
    record(db, actor, "document_added", "document", row.id, file=name, kind=kind.value, edition=row.edition)
    return Added(row.id, row.title, Outcome.NEW_EDITION if older else Outcome.ADDED, job.id)


def add_interview(
    db: Session, settings: Settings, actor: Actor, interview: InterviewRecord, *, replaces: int | None = None, sample: bool = False
) -> Added:
    """Take an interview record into the library, as a document made from what was typed. `replaces`: the record that it corrects."""
    require(actor, Right.EDIT_LIBRARY)
    interview = checked(interview)
    title = str(interview.title)
    content = as_markdown(interview).encode("utf-8")
    # A slash in somebody's title is not a folder.
    name = f"{title.replace('/', '／').replace(chr(92), '＼')}.md"
    added = add(db, settings, actor, name, content, DocumentKind.INTERVIEW, title=title, supersedes=replaces, sample=sample)
    db.merge(
        Interview(
            document_id=added.document_id,
            person=interview.person,
            role=interview.role,
            held_on=interview.held_on,
            notes=interview.notes,
            quotes=list(interview.quotes),
        )
    )
    return added


def entries(db: Session, actor: Actor) -> list[Entry]:
    """The library as the actor may see it: the newest edition of each document, newest first."""
    require(actor, Right.READ_LIBRARY)
    rows = repository.documents(db, actor)
    newest: dict[int, Document] = {}
    count: dict[int, int] = {}
    for row in rows:
        count[row.family] = count.get(row.family, 0) + 1
        if row.family not in newest or row.edition > newest[row.family].edition:
            newest[row.family] = row
    ids = [row.id for row in newest.values() if row.id is not None]
    working = job_service.progress(db, INDEX_JOB, ids)
    readers = repository.readers(db, ids)
    return [_entry(row, readers[row.id or 0], working.get(row.id or 0), count[row.family]) for row in newest.values()]


def find(db: Session, actor: Actor, document_id: int) -> Document:
    """One document. Raises `NotFound` when it is not there for this person."""
    require(actor, Right.READ_LIBRARY)
    row = repository.document(db, actor, document_id)
    if row is None:
        raise NotFound(_GONE)
    return row


def visible(db: Session, actor: Actor, document_ids: Iterable[int]) -> frozenset[int]:
    """Those of these documents that the actor may see now."""
    return frozenset(repository.visible(db, actor, list(document_ids)))


def open_document(db: Session, actor: Actor, document_id: int) -> Opened:
    """A document with its text, to be read. Raises `NotFound`."""
    row = find(db, actor, document_id)
    stored = repository.text(db, document_id)
    interview = repository.interview(db, document_id)
    return Opened(
        document=row,
        parsed=unpack(stored.structure) if stored else None,
        editions=repository.editions(db, actor, row.family),
        interview=_interview(interview) if interview else None,
    )


def open_newest(db: Session, actor: Actor, document_id: int) -> Opened:
    """The newest edition of a document, to be read or corrected. Raises `NotFound`."""
    opened = open_document(db, actor, document_id)
    newest = opened.editions[0].id if opened.editions else None
    return opened if newest in (None, document_id) else open_document(db, actor, newest or document_id)


def text_of(db: Session, actor: Actor, document_id: int) -> ParsedDocument | None:
    """A document's text and structure alone; None until it has been parsed. Raises `NotFound`."""
    find(db, actor, document_id)
    stored = repository.text(db, document_id)
    return unpack(stored.structure) if stored else None


def note_reading(db: Session, actor: Actor, document_id: int) -> None:
    """Write into the audit log that this person opened a document."""
    find(db, actor, document_id)
    record(db, actor, "document_read", "document", document_id)


def original(db: Session, settings: Settings, actor: Actor, document_id: int) -> tuple[str, Path]:
    """The file name and the place of a document's original. Raises `NotFound`."""
    row = find(db, actor, document_id)
    path = files.stored(settings.uploads, row.sha256)
    record(db, actor, "document_downloaded", "document", document_id)
    return row.file_name, path


def change(
    db: Session, actor: Actor, document_id: int, seen: int, *, title: str, kind: DocumentKind, readers: Iterable[Role], dated: date | None
) -> None:
    """Change what people decide about a document; `dated`: the day it was written on, None: its text says so, or nobody knows. `seen` is
    the version they saw. Raises `Conflict` when it has moved on."""
    require(actor, Right.EDIT_LIBRARY)
    row = find(db, actor, document_id)
    if row.version != seen:
        raise Conflict(_CHANGED)
    if not title.strip():
        raise BadInput(Message("标题不能为空。"))
    row.title, row.kind, row.dated = title.strip()[:300], kind, dated
    repository.mark_edited(row)
    repository.set_readers(db, document_id, _roles(readers))
    record(db, actor, "document_changed", "document", document_id)


def set_predecessor(db: Session, actor: Actor, document_id: int, older_id: int) -> None:
    """Say that a document, with its own older editions, is the new edition of another: that stays readable and is no longer searched."""
    require(actor, Right.EDIT_LIBRARY)
    newer, older = find(db, actor, document_id), find(db, actor, older_id)
    if newer.family == older.family:
        raise BadInput(Message("这两份文件已经是同一文件的不同版本。"))
    last = repository.last_edition(db, older.family)
    for number, member in enumerate(repository.family_members(db, newer.family), start=last + 1):
        member.family, member.edition = older.family, number
    db.flush()
    repository.make_newest_current(db, older.family)
    repository.next_generation(db)
    record(db, actor, "document_superseded", "document", document_id, older=older_id)


def separate(db: Session, actor: Actor, document_id: int) -> None:
    """Undo `set_predecessor`: the document stands alone again."""
    require(actor, Right.EDIT_LIBRARY)
    row = find(db, actor, document_id)
    former, row.family, row.edition = row.family, document_id, 1
    if former == document_id:
        raise BadInput(Message("这是该文件的第一个版本，请在较新的版本上操作。"))
    db.flush()
    repository.make_newest_current(db, former)
    repository.make_newest_current(db, document_id)
    repository.next_generation(db)
    record(db, actor, "document_separated", "document", document_id)


def index_again(db: Session, actor: Actor, document_ids: Sequence[int], *, from_file: bool = False) -> list[int]:
    """Queue documents for the index again; `from_file` also extracts the text anew. Returns the job ids."""
    require(actor, Right.EDIT_LIBRARY)
    busy = job_service.progress(db, INDEX_JOB, document_ids)
    queued = []
    for document_id in document_ids:
        row = find(db, actor, document_id)
        if document_id in busy:
            continue
        if from_file:
            repository.delete_text(db, document_id)
        repository.note(db, row, state=IndexState.WAITING, error=None)
        queued.append(jobs.add(db, INDEX_JOB, document_id, actor.account_id).id or 0)
    return queued


def stop(db: Session, actor: Actor, document_ids: Sequence[int]) -> int:
    """Stop the background work on documents; what is done is kept. Returns how many were stopped."""
    require(actor, Right.EDIT_LIBRARY)
    waiting = [i for i, job in job_service.progress(db, INDEX_JOB, document_ids).items() if not job.running]
    for document_id in waiting:
        repository.note(db, find(db, actor, document_id), state=IndexState.STOPPED)
    return job_service.request_stop(db, INDEX_JOB, document_ids)


def remove(db: Session, actor: Actor, document_id: int) -> int:
    """Remove a document from everything that people see and search. It can come back for 30 days. Returns the job id."""
    require(actor, Right.EDIT_LIBRARY)
    row = find(db, actor, document_id)
    stop(db, actor, [document_id])
    row.removed_at = now()
    db.flush()
    repository.make_newest_current(db, row.family)
    repository.next_generation(db)
    record(db, actor, "document_removed", "document", document_id)
    return jobs.add(db, FORGET_JOB, document_id, actor.account_id).id or 0


def removed(db: Session, actor: Actor) -> list[Removed]:
    """What was removed and can still come back."""
    require(actor, Right.EDIT_LIBRARY)
    return [Removed(row, row.removed_at + timedelta(days=UNDO_DAYS)) for row in repository.removed(db, actor) if row.removed_at]


def restore(db: Session, actor: Actor, document_id: int) -> int:
    """Bring a removed document back. Returns the job id. Raises `NotFound`."""
    require(actor, Right.EDIT_LIBRARY)
    row = repository.removed_document(db, actor, document_id)
    if row is None:
        raise NotFound(_GONE)
    row.removed_at = None
    repository.note(db, row, state=IndexState.WAITING, error=None)
    repository.make_newest_current(db, row.family)
    record(db, actor, "document_restored", "document", document_id)
    return jobs.add(db, INDEX_JOB, document_id, actor.account_id).id or 0


def remove_for_good(db: Session, settings: Settings, actor: Actor, document_id: int) -> int:
    """Delete a removed document with its file and text; nothing of it can come back. Returns the job id. Raises `NotFound`."""
    require(actor, Right.EDIT_LIBRARY)
    row = repository.removed_document(db, actor, document_id)
    if row is None:
        raise NotFound(_GONE)
    record(db, actor, "document_deleted", "document", document_id, file=row.file_name)
    delete_row(db, settings, row)
    return jobs.add(db, FORGET_JOB, document_id, actor.account_id).id or 0


def _already_there(db: Session, actor: Actor, sha256: str, older: Document | None) -> Added | None:
    same = repository.same_content(db, sha256)
    here = next((row for row in same if row.removed_at is None), None)
    if here is not None and older is not None and here.family == older.family and here.edition < older.edition:
        return None
    if here is not None and here.id is not None:
        return Added(here.id, here.title, Outcome.UNCHANGED, _unfinished(db, actor, here))
    if same and same[0].id is not None:
        return Added(same[0].id, same[0].title, Outcome.RESTORED, restore(db, actor, same[0].id))
    return None


def _unfinished(db: Session, actor: Actor, row: Document) -> int | None:
    assert row.id is not None
    if row.state is IndexState.READY:
        return None
    open_job = job_service.progress(db, INDEX_JOB, [row.id]).get(row.id)
    return open_job.job_id if open_job else index_again(db, actor, [row.id])[0]


def _namesake(found: Document | None, apart_from: Collection[int]) -> Document | None:
    return None if found is not None and found.id in apart_from else found


def _title_of(name: str) -> str:
    return name.rpartition(".")[0] or name


def _roles(readers: Iterable[Role]) -> list[str]:
    return [role.value for role in {*readers, Role.HR_LEADER}]


def _readers_of(db: Session, row: Document) -> frozenset[Role]:
    return frozenset(Role(role) for role in repository.readers(db, [row.id or 0])[row.id or 0])


def _entry(row: Document, readers: Sequence[str], progress: Progress | None, editions: int) -> Entry:
    error = Message.from_json(row.error) if row.error else None
    return Entry(row, frozenset(Role(role) for role in readers), progress, error, editions)


def _interview(row: Interview) -> InterviewRecord:
    return InterviewRecord(person=row.person, role=row.role, held_on=row.held_on, notes=row.notes, quotes=tuple(row.quotes))
