"""The sample branch in an instance, with all that follows from loading it; its files are made and parsed once for all test processes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from core.access.actor import Actor
from core.demo import service as demo
from core.demo.service import Loaded, Sample
from core.documents import files, repository
from core.documents.chunks import split
from core.documents.indexing import described, pack
from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.tables import DocumentText
from core.instance import Instance
from tests.library import settle

Load = Callable[[Instance, Actor], Loaded]
Made = TypeVar("Made")


def built(folder: Path) -> Sample:
    """The sample's files. `folder` is shared by all test processes: the first that asks makes them."""
    return _once(folder / "sample", demo.build_files)


def loader(sample: Sample, folder: Path) -> Load:
    """A function that takes `sample` into an instance and does all the work that waits then; `folder` is shared by all test processes."""

    @cache
    def parsed(sha256: str, name: str, content: bytes) -> ParsedDocument:
        path = folder / sha256

        def read() -> ParsedDocument:
            path.write_bytes(content)
            return parse(path, name, Progress(100, lambda event: None))

        return _once(path, read)

    def load(house: Instance, actor: Actor) -> Loaded:
        with house.database.writing() as db:
            taken = demo.load(db, house.settings, actor, sample)
        with house.database.reading() as db:
            rows = [row for row in repository.samples(db) if repository.text(db, row.id or 0) is None]
        for row in rows:
            content = Path(files.stored(house.settings.uploads, row.sha256)).read_bytes()
            found = parsed(row.sha256, row.file_name, content)
            passages = split(found)
            with house.database.writing() as db:
                document = repository.by_id(db, row.id or 0)
                assert document is not None
                stored = DocumentText(document_id=row.id or 0, text=found.text, structure=pack(found))
                repository.save_text(db, stored, passages, {page.number: page.label for page in found.pages})
                repository.note(db, document, **described(found, passages))
        settle(house)
        return taken

    return load


def _once(path: Path, make: Callable[[], Made]) -> Made:
    kept = path.with_suffix(".pickle")
    with FileLock(path.with_suffix(".lock")):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    made: Made = pickle.loads(kept.read_bytes())
    return made
