"""How fast files become a library, and how fast the library answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import service as library
from core.documents.parsing.sandbox import parse_file
from core.documents.search import search
from core.documents.tables import DocumentKind
from core.instance import Instance
from tests.bench.measuring import Figure, percentile
from tests.evals.labels import Question

_LENGTH = 300
_EMBEDDED = 256
_PARSED = 3


def fill(instance: Instance, paths: Sequence[Path]) -> list[Figure]:
    """Take the files in through the product's own jobs, timed as a whole."""
    began = perf_counter()
    with instance.database.writing() as db:
        for path in paths:
            library.add(db, instance.settings, LOCAL_ADMINISTRATOR, path.name, path.read_bytes(), DocumentKind.BRANCH)
    instance.worker.run()
    instance.indexing.tidy()
    seconds = perf_counter() - began
    pages, passages = size(instance)
    whole = f"{pages} pages, {passages} passages"
    return [
        Figure("index the library", seconds, "s", size=whole),
        Figure("index the library", pages / seconds, "pages/s"),
        Figure("index the library", passages / seconds, "passages/s"),
    ]


def size(instance: Instance) -> tuple[int, int]:
    """Pages and passages of what is in the library."""
    with instance.database.reading() as db:
        rows = [entry.document for entry in library.entries(db, LOCAL_ADMINISTRATOR)]
    return sum(row.pages or 0 for row in rows), sum(row.passages or 0 for row in rows)


def parts(instance: Instance, paths: Sequence[Path]) -> list[Figure]:
    """Parsing alone, and embedding alone: passages of exactly 300 characters."""
    began = perf_counter()
    parsed = [parse_file(path, name=path.name) for path in paths[:_PARSED]]
    parsing = perf_counter() - began
    pages = sum(len(one.pages) for one in parsed)
    text = "".join(one.text for one in parsed)
    texts = [text[at : at + _LENGTH] for at in range(0, _EMBEDDED * _LENGTH, _LENGTH)]
    instance.index.embed(texts[:16])
    began = perf_counter()
    instance.index.embed(texts)
    embedding = perf_counter() - began
    return [
        Figure("parse", pages / parsing, "pages/s", size=f"{pages} pages"),
        Figure("embed", len(texts) / embedding, "passages/s", 35, True, f"{len(texts)} passages of {_LENGTH} characters"),
    ]


def answering(instance: Instance, questions: Sequence[Question]) -> list[Figure]:
    """Search and extractive answers, one question after another, after a warm-up."""

    def find(question: Question) -> object:
        with instance.database.reading() as db:
            return search(db, instance.index, LOCAL_ADMINISTRATOR, question.query, 10)

    def ask(question: Question) -> object:
        return instance.assistant.ask(LOCAL_ADMINISTRATOR, question.query, question.earlier)

    return [*_timed("search", find, questions, 60), *_timed("ask, extractive", ask, questions, 300)]


def _timed(name: str, run: Callable[[Question], object], questions: Sequence[Question], limit: float) -> list[Figure]:
    for question in questions[:5]:
        run(question)
    seconds = []
    for question in questions:
        began = perf_counter()
        run(question)
        seconds.append(perf_counter() - began)
    return [
        Figure(f"{name}, p50", percentile(seconds, 50), "ms", size=f"{len(questions)} questions"),
        Figure(f"{name}, p95", percentile(seconds, 95), "ms", limit),
    ]
