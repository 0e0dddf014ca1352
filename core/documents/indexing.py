"""The background job that takes a document into the search: parse, cut into passages, embed, done.

It saves as it goes: a text that was extracted is not extracted again, a passage that was embedded is not embedded again, so a job goes on
where a stop, a restart or a kill left it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from time import monotonic
from typing import Any

from core.documents import files, repository
from core.documents.answers.sentences import units_of
from core.documents.chunks import Passage, split
from core.documents.index import Index
from core.documents.parsed import ParsedDocument
from core.documents.parsing.sandbox import Limits, ParsingStopped, parse_file
from core.documents.tables import Document, DocumentText, IndexState
from core.errors import CexunError
from core.jobs import repository as jobs
from core.jobs.tables import Job
from core.jobs.worker import FAULT, Report, Stopped, is_given_up, refuse_lost
from core.logs import logger
from core.settings import Settings
from core.storage import Database

log = logger(__name__)

INDEX_JOB = "index_document"
FORGET_JOB = "forget_document"
REFINE_JOB = "refine_document"
"""Gives a document that is searchable already the vectors of its sentences: twice the work, so every document is ready first."""
READER = 3
"""Counts the ways in which files have been read: to be raised with every change after which the same file gives another text."""
PARSING, INDEXING, REFINING = "parsing", "indexing", "refining"
_BATCH = 16
_LEXICAL_SECONDS = 20.0
_PASSES = 3
_READER = re.compile(rb'\{"reader":(\d+),')


class Indexing:
    """The handler of `index_document` jobs, and the tidying that follows them.

    `follow` takes over the settings that another process has stored: with the vectors of an earlier embedder nothing is made or deleted.
    """

    def __init__(self, database: Database, index: Index, settings: Settings, follow: Callable[[], None]) -> None:
        self._database = database
        self._index = index
        self.settings = settings
        self._follow = follow
        self._lexical_built = monotonic()

    def handle(self, job: Job, report: Report) -> None:
        """Take the document `job.subject_id` into the index. Raises `CexunError` for a file that cannot be read."""
        try:
            refuse_lost(job)
            self._take_in(job.subject_id, report)
        except (Stopped, ParsingStopped):
            self._set_state(job.subject_id, IndexState.WAITING if report.paused else IndexState.STOPPED)
            raise Stopped from None
        except CexunError as failure:
            self._set_state(job.subject_id, IndexState.FAILED, failure.message.to_json())
            raise
        except Exception:
            self._set_state(job.subject_id, IndexState.FAILED, FAULT.to_json())
            raise

    def _take_in(self, document_id: int, report: Report) -> None:
        with self._database.reading() as db:
            document = repository.by_id(db, document_id)
            known = repository.text(db, document_id) is not None
        if document is None or document.removed_at is not None:
            return
        if not known:
            self._set_state(document_id, IndexState.PARSING)
            self._save(document_id, self._parse(document, report))
        self._set_state(document_id, IndexState.INDEXING)
        self._embed(document_id, report)
        self._make_ready(document_id)
        self._refine_later([document_id])
        log.info("document_indexed", document=document_id)
        if monotonic() - self._lexical_built > _LEXICAL_SECONDS:
            self.tidy()

    def _parse(self, document: Document, report: Report) -> ParsedDocument:
        settings = self.settings
        limits = Limits(
            ocr_seconds=settings.ocr_seconds_per_page,
            memory_mb=settings.parse_memory_megabytes,
            max_pages=settings.max_pages,
            max_bytes=settings.max_file_megabytes * 1024 * 1024,
        )
        return parse_file(
            files.stored(settings.uploads, document.sha256),
            limits=limits,
            on_progress=lambda done, total: report.progress(PARSING, done, total),
            should_stop=report.should_stop,
            name=document.file_name,
        )

    def _save(self, document_id: int, parsed: ParsedDocument) -> None:
        passages = split(parsed)
        with self._database.writing() as db:
            document = repository.by_id(db, document_id)
            if document is None:
                return
            stored = DocumentText(document_id=document_id, text=parsed.text, structure=pack(parsed))
            repository.save_text(db, stored, passages, {page.number: page.label for page in parsed.pages})
            repository.note(db, document, **described(parsed, passages))

    def _embed(self, document_id: int, report: Report) -> bool:
        """Give a document's passages the vectors that they lack; whether any did."""
        lacked = False
        # Again until nothing is missing: while this ran, somebody may have chosen another embedder.
        for _ in range(_PASSES):
            self._follow()
            with self._database.reading() as db:
                stored = repository.text(db, document_id)
                rows = {row.id: row for row in repository.passage_rows(db, document_id) if row.id is not None}
                generation = repository.stamp(db).generation
            if stored is None:
                return lacked
            with self._index.writing():
                self._index.follow(generation)
                missing = self._index.settle(document_id, list(rows))
            report.progress(INDEXING, len(rows) - len(missing), len(rows))
            if not missing:
                return lacked
            lacked = True
            texts = {passage: repository.as_passage(rows[passage]).indexed(stored.text) for passage in missing}
            self._embed_missing(document_id, texts, len(rows), report)
        raise RuntimeError("the index did not keep the vectors it was given")

    def _embed_missing(self, document_id: int, texts: dict[int, str], total: int, report: Report) -> None:
        missing, stamp = list(texts), self._index.stamp
        for start in range(0, len(missing), _BATCH):
            part = missing[start : start + _BATCH]
            vectors = self._index.embed([texts[passage] for passage in part])
            with self._index.writing():
                if self._index.stamp != stamp:
                    return
                # Another process may be forgetting the document right now: what is added after that would stay for ever.
                if not self._wanted(document_id):
                    raise Stopped
                self._index.add(document_id, part, vectors)
            report.progress(INDEXING, total - len(missing) + start + len(part), total)

    def _wanted(self, document_id: int) -> bool:
        with self._database.reading() as db:
            document = repository.by_id(db, document_id)
        return document is not None and document.removed_at is None

    def _make_ready(self, document_id: int) -> None:
        with self._database.writing() as db:
            document = repository.by_id(db, document_id)
            if document is None or document.removed_at is not None:
                return
            repository.note(db, document, state=IndexState.READY, error=None)
            repository.make_newest_current(db, document.family)
            generation = repository.next_generation(db, embedder=self._index.stamp)
        self._index.wrote(generation)

    def refine(self, job: Job, report: Report) -> None:
        """Give the document `job.subject_id` the vectors of its sentences and table rows; what is there already is kept.

        Its passages first, where another model made theirs, as after an update: until then it is found by its words.
        """
        refuse_lost(job)
        anew = self._embed(job.subject_id, report)
        with self._database.reading() as db:
            stored = repository.text(db, job.subject_id)
            rows = {row.id: repository.as_passage(row) for row in repository.passage_rows(db, job.subject_id) if row.id is not None}
        if stored is None:
            return
        parsed = unpack(stored.structure)
        found = {
            (passage_id, unit.start): unit.text
            for passage_id, passage in rows.items()
            for unit in units_of(passage_id, job.subject_id, passage, parsed)
        }
        missing, stamp = self._index.missing_sentences(job.subject_id, list(found)), self._index.stamp
        for start in range(0, len(missing), _BATCH):
            report.progress(REFINING, start, len(missing))
            part = missing[start : start + _BATCH]
            vectors = self._index.embed([found[sentence] for sentence in part])
            with self._index.writing():
                # Removed, extracted anew or embedded by another model meanwhile: another job sees to it.
                if self._index.stamp != stamp or not self._has_passages(job.subject_id, {passage for passage, _ in part}):
                    return
                self._index.add_sentences(job.subject_id, part, vectors)
        if missing or anew:
            self._changed()

    def _has_passages(self, document_id: int, passages: set[int]) -> bool:
        with self._database.reading() as db:
            document = repository.by_id(db, document_id)
            have = repository.passage_ids(db, document_id)
        return document is not None and document.removed_at is None and passages <= have

    def _changed(self) -> None:
        """Tell other processes to reopen their vectors. BM25 stays as fresh as it was."""
        with self._database.writing() as db:
            before = repository.stamp(db)
            fresh = before.lexical_generation == before.generation
            generation = repository.next_generation(db)
            if fresh:
                repository.set_lexical_generation(db, generation)
        self._index.wrote(generation)

    def catch_up(self) -> None:
        """Queue the searchable documents whose sentences have no vectors, and so what else they lack: indexed by an earlier version or with
        another model."""
        with self._database.reading() as db:
            ready = [row.id for row in repository.in_state(db, [IndexState.READY]) if row.id is not None]
            # A new job would count anew: what ends its process would do so after each start.
            given_up = {job.subject_id for job in jobs.last_of(db, REFINE_JOB, ready) if is_given_up(job)}
        self._refine_later(self._index.without_sentences([one for one in ready if one not in given_up]))

    def _refine_later(self, document_ids: Sequence[int]) -> None:
        if document_ids and self._index.embedder is not None:
            with self._database.writing() as db:
                queued = {job.subject_id for job in jobs.open_of(db, REFINE_JOB, document_ids)}
                for document_id in document_ids:
                    if document_id not in queued:
                        jobs.add(db, REFINE_JOB, document_id, None)

    def forget(self, job: Job, report: Report) -> None:
        """Take the removed document `job.subject_id` out of the index."""
        refuse_lost(job)
        report.progress(INDEXING, 0, 1)
        with self._database.reading() as db:
            document = repository.by_id(db, job.subject_id)
        if document is not None and document.removed_at is None:
            return
        with self._index.writing():
            self._index.remove(job.subject_id)
        with self._database.writing() as db:
            generation = repository.next_generation(db)
        self._index.wrote(generation)
        self.tidy()
        report.progress(INDEXING, 1, 1)

    def _set_state(self, document_id: int, state: IndexState, error: list[object] | None = None) -> None:
        with self._database.writing() as db:
            document = repository.by_id(db, document_id)
            if document is not None:
                repository.note(db, document, state=state, error=error)

    def tidy(self) -> None:
        """Bring BM25 up to date with the documents that are ready, if it is behind or lost."""
        with self._database.reading() as db:
            stamp = repository.stamp(db)
        self._index.follow(stamp.generation)
        if stamp.generation == 0 or (stamp.lexical_generation == stamp.generation and self._index.has_lexical):
            return
        with self._index.writing():
            self._follow()
            with self._database.reading() as db:
                present = repository.stamp(db).generation
                self._index.follow(present)
                generation = present + 1
                self._index.rebuild_lexical(repository.indexed_texts(db), generation)
            self._index.drop_other_vectors()
            with self._database.writing() as db:
                reached = repository.next_generation(db)
                repository.set_lexical_generation(db, reached if reached == generation else 0)
        self._lexical_built = monotonic()


def described(parsed: ParsedDocument, passages: Sequence[Passage]) -> dict[str, Any]:
    """What parsing found out about a document, as the columns of its row."""
    return {
        "file_type": parsed.kind,
        "language": parsed.language,
        "pages": len(parsed.pages),
        "scanned_pages": sum(page.ocr for page in parsed.pages),
        "characters": len(parsed.text),
        "passages": len(passages),
        "fingerprint": fingerprint(parsed),
    }


def fingerprint(parsed: ParsedDocument) -> str:
    """What tells one extraction of a document from another."""
    return sha256(parsed.to_json().encode("utf-8")).hexdigest()


def pack(parsed: ParsedDocument) -> bytes:
    """A parsed document as bytes for the database, which begin with the reader that it comes from."""
    return zlib.compress(f'{{"reader":{READER},{parsed.to_json().removeprefix("{")}'.encode(), level=6)


def reader_of(beginning: bytes) -> int:
    """The reader that a packed document comes from, by the first bytes of it; 1 for those of before readers were counted."""
    found = _READER.match(zlib.decompressobj().decompress(beginning, 40))
    return int(found[1]) if found else 1


@lru_cache(maxsize=32)
def unpack(structure: bytes) -> ParsedDocument:
    """The parsed document that `pack` made. Whoever reads on in a document unpacks it once."""
    return ParsedDocument.from_json(zlib.decompress(structure).decode("utf-8"))
