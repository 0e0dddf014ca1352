"""The library that is measured: the sample branch and the texts of `texts/`, taken in through the product's own services."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from core import logs
from core.access.actor import LOCAL_ADMINISTRATOR
from core.demo import markup, word
from core.demo import service as demo
from core.documents import service as library
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind, IndexState
from core.instance import Instance, open_instance
from tests.evals.matching import Place

TEXTS = Path(__file__).parent / "texts"
_AS_WORD = "例会纪要"


@dataclass(frozen=True)
class Library:
    """An instance with everything indexed, and what was extracted from each document that can be searched, by id."""

    instance: Instance
    documents: dict[int, ParsedDocument]
    names: dict[int, str]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The extracted texts by file name."""
        return {self.names[one]: parsed.text for one, parsed in self.documents.items()}

    def parsed(self, document_id: int) -> ParsedDocument:
        """One document's structure."""
        return self.documents[document_id]


@contextmanager
def opened(folder: Path | None = None) -> Iterator[Library]:
    """The library in `folder`, built there on first use; without `folder` in a temporary one that is deleted afterwards."""
    logs.configure("WARNING")
    with tempfile.TemporaryDirectory(prefix="cexun-evals-") as temporary:
        instance = open_instance(folder or Path(temporary))
        try:
            if _is_empty(instance):
                _fill(instance)
            _check(instance)
            yield _library(instance)
        finally:
            instance.close()


def place(hit: Hit) -> Place:
    """A hit as a place."""
    return Place(hit.document, hit.start, hit.end, hit.text)


def sources() -> list[tuple[str, bytes]]:
    """The texts written for the purpose, as files: name and content."""
    with tempfile.TemporaryDirectory(prefix="cexun-evals-") as folder:
        return [_as_file(path, Path(folder)) for path in sorted(TEXTS.iterdir())]


def _as_file(path: Path, folder: Path) -> tuple[str, bytes]:
    if _AS_WORD not in path.name:
        return path.name, path.read_bytes()
    made = folder / f"{path.stem}.docx"
    word.write(made, path.stem, (), markup.read(path.read_text(encoding="utf-8")), date(2026, 10, 16))
    return made.name, made.read_bytes()


def _is_empty(instance: Instance) -> bool:
    with instance.database.reading() as db:
        return not library.entries(db, LOCAL_ADMINISTRATOR)


def _fill(instance: Instance) -> None:
    sample = demo.build_files()
    with instance.database.writing() as db:
        demo.load(db, instance.settings, LOCAL_ADMINISTRATOR, sample)
        for name, content in sources():
            library.add(db, instance.settings, LOCAL_ADMINISTRATOR, name, content, DocumentKind.BRANCH)
    instance.worker.run()
    instance.indexing.tidy()


def _check(instance: Instance) -> None:
    """Refuse to measure half a library: an unread document would look like poor search."""
    with instance.database.reading() as db:
        documents = [entry.document for entry in library.entries(db, LOCAL_ADMINISTRATOR)]
        failed = [document.file_name for document in documents if document.state != IndexState.READY]
    if failed:
        raise RuntimeError(f"not indexed: {', '.join(failed)}")


def _library(instance: Instance) -> Library:
    documents: dict[int, ParsedDocument] = {}
    names: dict[int, str] = {}
    with instance.database.reading() as db:
        for entry in library.entries(db, LOCAL_ADMINISTRATOR):
            assert entry.document.id is not None
            parsed = library.open_document(db, LOCAL_ADMINISTRATOR, entry.document.id).parsed
            if parsed is not None:
                documents[entry.document.id] = parsed
                names[entry.document.id] = entry.document.file_name
    return Library(instance, documents, names)
