"""The sample branch in an instance, with all that follows from loading it. Its files are made and parsed once for all test processes,
and it is loaded once for all tests that only need it to be there."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from filelock import FileLock

from core import settings as settings_module
from core.access.actor import Actor, Role
from core.demo import service as demo
from core.demo.service import Loaded, Sample, build_files
from core.documents import files, repository
from core.documents.chunks import split
from core.documents.indexing import described, pack
from core.documents.parsed import ParsedDocument
from core.documents.parsing.__main__ import parse
from core.documents.parsing.progress import Progress
from core.documents.tables import DocumentText
from core.instance import Instance
from tests.conftest import person
from tests.library import settle

Load = Callable[[Instance, Actor], Loaded]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Branch:
    """An instance with the sample branch in it, the HR leader who loaded it, and what loading gave."""

    house: Instance
    leader: Actor
    taken: Loaded


def built(folder: Path) -> Sample:
    """The sample's files. `folder` is shared by all test processes: the first that asks makes them."""
    return once(folder / "sample", build_files)


def parser(folder: Path) -> Callable[..., ParsedDocument]:
    """What `parse_file` does, in this process and once for each content; `folder` is shared by all test processes."""

    def parse_file(path: Path, *, name: str, **_more: Any) -> ParsedDocument:
        return _parsed(folder, path.name, name, path)

    return parse_file


def loader(sample: Sample, folder: Path) -> Load:
    """A function that takes `sample` into an instance and does all the work that waits then; `folder` is shared by all test processes."""

    def load(house: Instance, actor: Actor) -> Loaded:
        with house.database.writing() as db:
            taken = demo.load(db, house.settings, actor, sample)
        with house.database.reading() as db:
            rows = [row for row in repository.samples(db) if repository.text(db, row.id or 0) is None]
        for row in rows:
            found = _parsed(folder, row.sha256, row.file_name, Path(files.stored(house.settings.uploads, row.sha256)))
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


@contextmanager
def branch(sample: Sample, folder: Path, own: Path) -> Iterator[Branch]:
    """The loaded sample branch in `own`, a copy of the one in `folder`, which the first test process that asks loads."""
    kept = folder / "branch"

    def make() -> tuple[Actor, Loaded]:
        house = Instance(settings_module.load(data=kept))
        leader = person(house, "leader", Role.HR_LEADER)
        taken = loader(sample, folder)(house, leader)
        house.close()
        return leader, taken

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CEXUN_EMBEDDING", "none")
        leader, taken = once(folder / "branch-loaded", make)
        shutil.copytree(kept, own)
        house = Instance(settings_module.load(data=own))
        yield Branch(house, leader, taken)
        house.close()


@cache
def _parsed(folder: Path, sha256: str, name: str, content: Path) -> ParsedDocument:
    return once(folder / sha256, lambda: parse(content, name, Progress(100, lambda event: None)))


def once(path: Path, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept in `path` for all test processes that share it: only the first that asks makes it."""
    kept = path.with_suffix(".pickle")
    with FileLock(path.with_suffix(".lock")):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    made: Made = pickle.loads(kept.read_bytes())
    return made
