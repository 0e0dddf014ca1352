"""The search index of one library: vectors and BM25 together, one writer at a time, and readers that notice what others wrote.

Everything in it is made from the database's passages and can be made again. A number in the database, the generation, grows with every
change; a process that sees a newer one reopens its files.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from core.documents.embedding import Embedder
from core.documents.lexical import LexicalIndex
from core.documents.vectors import FloatArray, Sentence, VectorStore
from core.errors import Unavailable
from core.i18n import Message

_LOCK_SECONDS = 120.0
_NO_VECTORS = "none"


class Index:
    """`embedder` makes the dense model when it is first needed (None where there is none: BM25 alone)."""

    def __init__(self, folder: Path, chroma_url: str, embedder: Callable[[], Embedder | None]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._chroma_url = chroma_url
        self._make_embedder = embedder
        self._made: list[Embedder | None] = []
        self._vectors: VectorStore | None = None
        self._lexical: LexicalIndex | None = None
        self._generation = -1
        self._guard = threading.RLock()
        self._lock = FileLock(folder / "writer.lock")
        self._last_writer = folder / "writer"
        self._name = secrets.token_hex(8)

    @property
    def embedder(self) -> Embedder | None:
        """The dense model, made on first use."""
        with self._guard:
            if not self._made:
                self._made.append(self._make_embedder())
            return self._made[0]

    def change_embedder(self, embedder: Callable[[], Embedder | None]) -> None:
        """Make vectors with another model from now on."""
        with self._guard:
            self.close()
            self._make_embedder = embedder
            self._made = []

    @property
    def stamp(self) -> str:
        """What makes this index's vectors."""
        return self.embedder.name if self.embedder else _NO_VECTORS

    @property
    def lexical(self) -> LexicalIndex:
        """The BM25 half; empty before anything was indexed."""
        with self._guard:
            return self._lexical or LexicalIndex.build(())

    def warm_up(self, generation: int) -> None:
        """Load the model and open the files before the first question comes."""
        self.follow(generation)
        if self.embedder is not None:
            self.embedder.query("预热")
            if len(self.lexical.passages):
                # Where there is nothing to ask about, its memory is left to others.
                self.embedder.answering("预热", ["预热"])
            with self._guard:
                self._store()

    @property
    def has_lexical(self) -> bool:
        """Whether the files of the BM25 half were there and whole when they were last looked for."""
        with self._guard:
            return self._lexical is not None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock. Raises `Unavailable` when another process keeps it for minutes."""
        try:
            with self._lock.acquire(timeout=_LOCK_SECONDS):
                self._go_on_after_others()
                yield
        except Timeout as error:
            raise Unavailable(Message("另一个进程正在更新索引，这一步稍后会自动重试。")) from error

    def _go_on_after_others(self) -> None:
        """Write into the files as they are now. Two who add in turn to what each has in memory leave a graph that nobody can search."""
        last = ""
        with suppress(FileNotFoundError):
            last = self._last_writer.read_text(encoding="ascii")
        if last == self._name:
            return
        with self._guard:
            if self._vectors is not None:
                self._vectors.reopen()
        self._last_writer.write_text(self._name, encoding="ascii")

    def follow(self, generation: int) -> None:
        """Reopen what another process has changed since this one last looked."""
        with self._guard:
            if generation == self._generation:
                return
            self._lexical = LexicalIndex.load(self._folder / "lexical")
            if self._vectors is not None:
                self._vectors.reopen()
            self._generation = generation

    def wrote(self, generation: int) -> None:
        """This process made the change that led to `generation`: nothing needs to be reopened for it."""
        with self._guard:
            if self._generation == generation - 1:
                self._generation = generation

    def settle(self, document: int, passages: Sequence[int]) -> list[int]:
        """Forget the vectors of passages that the document no longer has; returns the `missing` ones. Call within `writing()`."""
        if self.embedder is None:
            return []
        with self._guard:
            have = self._store().have(document)
            self._store().remove_passages(sorted(have.difference(passages)))
        return [passage for passage in passages if passage not in have]

    def missing(self, document: int, passages: Sequence[int]) -> list[int]:
        """Those of a document's passages that have no vector yet; none where there is no dense model."""
        if self.embedder is None:
            return []
        with self._guard:
            have = self._store().have(document)
        return [passage for passage in passages if passage not in have]

    def embed(self, texts: Sequence[str]) -> FloatArray:
        """The vectors of passages' texts, one row each. Takes its time; needs no lock."""
        if self.embedder is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return np.asarray(self.embedder.passages(texts), dtype=np.float32)

    def add(self, document: int, passages: Sequence[int], vectors: FloatArray) -> None:
        """Store the vectors of passages. Call within `writing()`."""
        if passages:
            with self._guard:
                self._store().add(document, passages, vectors)

    def missing_sentences(self, document: int, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Those of a document's sentences that have no vector yet; none where there is no dense model."""
        if self.embedder is None:
            return []
        with self._guard:
            have = self._store().sentences_of(document)
        return [sentence for sentence in sentences if sentence not in have]

    def without_sentences(self, documents: Sequence[int]) -> list[int]:
        """Those of these documents of which no sentence has a vector; none where there is no dense model."""
        if self.embedder is None:
            return []
        with self._guard:
            return [document for document in documents if not self._store().has_sentences(document)]

    def add_sentences(self, document: int, sentences: Sequence[Sentence], vectors: FloatArray) -> None:
        """Store the vectors of sentences. Call within `writing()`."""
        with self._guard:
            self._store().add_sentences(document, sentences, vectors)

    def remove(self, document: int) -> None:
        """Forget a document's vectors. Call within `writing()`, then `rebuild_lexical`."""
        if self.embedder is not None:
            with self._guard:
                self._store().remove(document)

    def rebuild_lexical(self, rows: Iterable[tuple[int, int, str]], generation: int) -> None:
        """Build BM25 anew from `(passage id, document id, text)` and store it. Call within `writing()`."""
        fresh = LexicalIndex.build(rows)
        fresh.save(self._folder / "lexical")
        with self._guard:
            self._lexical = fresh
            self._generation = generation

    def drop_other_vectors(self) -> None:
        """Delete the vectors of embedders that were used before. Call within `writing()`."""
        if self.embedder is not None:
            with self._guard:
                self._store().drop_others()

    def nearest(self, vector: FloatArray, documents: Sequence[int], count: int) -> dict[int, float]:
        """Cosines of the nearest passages of `documents`, by passage id."""
        with self._guard:
            return self._store().nearest(vector, documents, count)

    def nearest_by_sentence(self, vector: FloatArray, documents: Sequence[int], count: int) -> dict[int, float]:
        """The passages of the `count` nearest sentences of `documents`: the cosine of the nearest one, by passage id."""
        with self._guard:
            return self._store().nearest_sentences(vector, documents, count)

    def sentence_vectors(self, passages: Sequence[int]) -> dict[Sentence, FloatArray]:
        """The vectors of the sentences of these passages, as far as there are any."""
        if self.embedder is None:
            return {}
        with self._guard:
            return self._store().sentence_vectors(passages)

    def cosines(self, vector: FloatArray, passages: Sequence[int]) -> dict[int, float]:
        """Cosines of given passages, by passage id."""
        with self._guard:
            return self._store().cosines(vector, passages)

    def question_vector(self, question: str) -> FloatArray | None:
        """The question as a vector, None where there is no dense model."""
        return None if self.embedder is None else np.asarray(self.embedder.query(question), dtype=np.float32)

    def close(self) -> None:
        """Let go of the files."""
        with self._guard:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None

    def _store(self) -> VectorStore:
        if self._vectors is None:
            self._vectors = VectorStore(self._folder / "chroma", self._chroma_url, self.stamp)
        return self._vectors
