"""The questions that the encoder's adapter is fitted on, and the passages and sentences that they are about.

`training/*.jsonl` holds them, a file for each hand, one JSON object a line: `document`, `quote` (what answers, or the most tempting words
where nothing does), `query` and `type` (paraphrase, partial, literal, english, chinese_on_english, unanswerable). The documents are
those of `decoding/texts` and `training/texts`: none that the labelled questions of `questions/` are asked of.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import logs
from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import service as library
from core.documents.answers.in_context import in_context
from core.documents.answers.sentences import units
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument
from core.documents.tables import DocumentKind
from core.instance import Instance, open_instance
from tests.evals import labels
from tests.evals.matching import plain

FOLDER = Path(__file__).parent / "training"
CALIBRATING = ("seventh", "eighth")
"""Hands whose questions no network is taught with, so that what it makes of them is what it makes of anybody's: the model that decides
whether there is an answer is fitted on them."""
BLIND = ("ninth", "tenth")
"""Hands on whose questions nothing at all is fitted: `everyday.py` measures with them."""
TEXTS = (Path(__file__).parent / "decoding" / "texts", FOLDER / "texts")


@dataclass(frozen=True)
class Asked:
    """One question for training; `quote` answers it unless it is unanswerable. `hand` is who wrote it."""

    hand: str
    document: str
    quote: str
    query: str
    type: str

    @property
    def answerable(self) -> bool:
        """Whether its document holds the answer."""
        return self.type != labels.UNANSWERABLE


@dataclass(frozen=True)
class Corpus:
    """What is searched: `passages` and `sentences` as texts, `documents[p]` the name of passage p's, `of[i]` the passage of sentence i,
    `seen[i]` the sentence as the joint reader sees it. `holding[q]` and `answering[q]` are the passages and sentences with the quote of
    question q."""

    passages: list[str]
    documents: list[str]
    sentences: list[str]
    of: list[int]
    seen: list[str]
    holding: list[frozenset[int]]
    answering: list[frozenset[int]]


@cache
def read() -> list[Asked]:
    """All questions, in the order of their files."""
    lines = [(path.stem, line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Asked(hand, **json.loads(line)) for hand, line in lines]


def taught() -> list[Asked]:
    """The questions that networks are taught with."""
    return [one for one in read() if one.hand not in (*CALIBRATING, *BLIND)]


def sources(hands: Sequence[str] = ()) -> dict[str, Path]:
    """The files of the documents that these hands ask about (none: all), by name; other texts of decoding are nobody's training."""
    named = {one.document for one in read() if not hands or one.hand in hands}
    return {path.name: path for folder in TEXTS for path in sorted(folder.iterdir()) if path.name in named}


@contextmanager
def opened(folder: Path | None = None, hands: Sequence[str] = ()) -> Iterator[Instance]:
    """A library with the documents of these hands (none: all), in `folder` (built on first use) or in a temporary one that is deleted."""
    logs.configure("WARNING")
    with tempfile.TemporaryDirectory(prefix="cexun-training-") as temporary:
        instance = open_instance(folder or Path(temporary))
        try:
            with instance.database.reading() as db:
                known = {entry.document.file_name for entry in library.entries(db, LOCAL_ADMINISTRATOR)}
            with instance.database.writing() as db:
                for name, path in sources(hands).items():
                    if name not in known:
                        library.add(db, instance.settings, LOCAL_ADMINISTRATOR, name, path.read_bytes(), DocumentKind.BRANCH)
            instance.worker.run()
            instance.indexing.tidy()
            yield instance
        finally:
            instance.close()


def documents(instance: Instance) -> dict[int, ParsedDocument]:
    """What was extracted from each document, by id."""
    with instance.database.reading() as db:
        opened = {
            entry.document.id: library.open_document(db, LOCAL_ADMINISTRATOR, entry.document.id).parsed
            for entry in library.entries(db, LOCAL_ADMINISTRATOR)
            if entry.document.id is not None
        }
    return {one: parsed for one, parsed in opened.items() if parsed is not None}


def corpus(instance: Instance, asked: Iterable[Asked]) -> Corpus:
    """The library's passages and their sentences, and which of them answer."""
    parsed = documents(instance)
    hits = _hits(instance)
    found = Corpus([], [], [], [], [], [], [])
    by_document: dict[str, list[int]] = defaultdict(list)
    sentences: list[list[int]] = []
    for number, hit in enumerate(hits):
        by_document[hit.document].append(number)
        found.passages.append(hit.text)
        found.documents.append(hit.document)
        there = units(hit, parsed[hit.document_id])
        sentences.append(list(range(len(found.sentences), len(found.sentences) + len(there))))
        found.sentences.extend(unit.text for unit in there)
        found.seen.extend(in_context(unit) for unit in there)
        found.of.extend([number] * len(there))
    for one in asked:
        quote = plain(one.quote)
        holding = [number for number in by_document[one.document] if quote in plain(found.passages[number])]
        found.holding.append(frozenset(holding))
        found.answering.append(
            frozenset(at for number in holding for at in sentences[number] if _overlap(quote, plain(found.sentences[at])))
        )
    return found


def _hits(instance: Instance) -> list[Hit]:
    """Every passage of the library, as a search would bring it."""
    from core.documents import repository, search
    from core.documents.ranking import Ranked

    with instance.database.reading() as db:
        instance.index.follow(repository.stamp(db).generation)
        ids = sorted(int(one) for one in instance.index.lexical.passages)
        placed = repository.placed(db, ids)
    return [search._hit(Ranked(one, 0.0, None, 0.0), placed[one]) for one in ids]


def _overlap(quote: str, sentence: str) -> bool:
    return quote in sentence or (len(sentence) > 6 and sentence in quote)
