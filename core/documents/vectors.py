"""The dense half of the search: vectors of passages and of their sentences in Chroma, on disk or on a server. No text, only numbers.

Chroma loses vectors without a word when two processes write at once, its graph breaks when they write in turn to what each has in memory,
and a reader in another process goes stale: `index.py` holds the lock and says when to reopen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
_BATCH = 2_000
# Recall@10 against exact search is 0.989 at Chroma's defaults and 0.9994 with this.
_EF_SEARCH = 400
_SPARE = 2
_PASSAGES, _SENTENCES = "passages", "sentences"

Sentence = tuple[int, int]
"""A sentence or table row: its passage's id and where it begins in the document's text."""


class VectorStore:
    """The vectors of one embedder. `embedder` is its stamp: vectors of different embedders never mix."""

    def __init__(self, folder: Path, url: str, embedder: str) -> None:
        self._folder = folder
        self._url = url
        self._stamp = hashlib.sha256(embedder.encode()).hexdigest()[:16]
        self._client: Any = None
        self._passages: Any = None
        self._sentences: Any = None
        self.reopen()

    def reopen(self) -> None:
        """See what other processes have written since."""
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        # Of two processes that open new files at once one would find them locked. Readers open too, and do not wait for writers.
        with FileLock(self._folder / "open.lock"):
            self._client = _client(self._folder, self._url)
            self._passages, self._sentences = (self._open(of) for of in (_PASSAGES, _SENTENCES))

    def _open(self, of: str) -> Any:
        how: Any = {"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH}}
        return self._client.get_or_create_collection(f"{of}-{self._stamp}", embedding_function=None, configuration=how)

    def close(self) -> None:
        """Let go of the files."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def have(self, document: int) -> set[int]:
        """The passages of a document that have a vector already."""
        return {int(key) for key in self._passages.get(where={"document": document}, include=[])["ids"]}

    def add(self, document: int, passages: Sequence[int], vectors: FloatArray) -> None:
        """Store one vector a passage; a vector that is there already is replaced."""
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            self._passages.upsert(
                ids=[str(passage) for passage in part],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[{"document": document}] * len(part),
            )

    def remove(self, document: int) -> None:
        """Forget all vectors of a document."""
        self._passages.delete(where={"document": document})
        self._sentences.delete(where={"document": document})

    def remove_passages(self, passages: Sequence[int]) -> None:
        """Forget the vectors of these passages."""
        for start in range(0, len(passages), _BATCH):
            part = list(passages[start : start + _BATCH])
            self._passages.delete(ids=[str(passage) for passage in part])
            self._sentences.delete(where={"passage": {"$in": part}})

    def sentences_of(self, document: int) -> set[Sentence]:
        """The sentences of a document that have a vector already."""
        return {_sentence(key) for key in self._sentences.get(where={"document": document}, include=[])["ids"]}

    def has_sentences(self, document: int) -> bool:
        """Whether any sentence of a document has a vector."""
        return bool(self._sentences.get(where={"document": document}, include=[], limit=1)["ids"])

    def add_sentences(self, document: int, sentences: Sequence[Sentence], vectors: FloatArray) -> None:
        """Store one vector a sentence; a vector that is there already is replaced."""
        for start in range(0, len(sentences), _BATCH):
            part = sentences[start : start + _BATCH]
            self._sentences.upsert(
                ids=[f"{passage}:{begin}" for passage, begin in part],
                embeddings=vectors[start : start + _BATCH],
                metadatas=[{"document": document, "passage": passage} for passage, _ in part],
            )

    def nearest_sentences(self, vector: FloatArray, documents: Sequence[int], count: int) -> dict[int, float]:
        """The passages of the `count` sentences of `documents` that are nearest to `vector`, each with its nearest sentence's cosine."""
        nearest: dict[int, float] = {}
        for key, cosine in self._found(lambda: _query(self._sentences, vector, documents, count)):
            nearest.setdefault(_sentence(key)[0], cosine)
        return nearest

    def sentence_vectors(self, passages: Sequence[int]) -> dict[Sentence, FloatArray]:
        """The vectors of the sentences of these passages; those that have none yet are left out."""
        if not passages:
            return {}
        found = self._sentences.get(where={"passage": {"$in": list(passages)}}, include=["embeddings"])
        return {_sentence(key): row for key, row in zip(found["ids"], found["embeddings"], strict=True)}

    def nearest(self, vector: FloatArray, documents: Sequence[int], count: int) -> dict[int, float]:
        """The cosines of the `count` passages of `documents` that are nearest to `vector`, by passage id."""
        return {int(key): cosine for key, cosine in self._found(lambda: _query(self._passages, vector, documents, count))}

    def _found(self, ask: Callable[[], list[tuple[str, float]]]) -> list[tuple[str, float]]:
        from chromadb.errors import ChromaError

        try:
            return ask()
        except ChromaError:
            # Another process has written meanwhile, and what was read in of the files no longer agrees with the rest of them.
            self.reopen()
            return ask()

    def cosines(self, vector: FloatArray, passages: Sequence[int]) -> dict[int, float]:
        """The cosines of given passages, by passage id; one without a vector is left out."""
        if not passages:
            return {}
        found = self._passages.get(ids=[str(passage) for passage in passages], include=["embeddings"])
        return {int(key): float(np.dot(row, vector)) for key, row in zip(found["ids"], found["embeddings"], strict=True)}

    def drop_others(self) -> None:
        """Delete the vectors of embedders that are no longer used."""
        for collection in self._client.list_collections():
            kind, _, stamp = collection.name.partition("-")
            if kind in (_PASSAGES, _SENTENCES) and stamp != self._stamp:
                self._client.delete_collection(collection.name)


def _query(collection: Any, vector: FloatArray, documents: Sequence[int], count: int) -> list[tuple[str, float]]:
    """The keys of the nearest vectors of these documents with their cosines, nearest first.

    With a filter Chroma looks at every vector that passes it, which takes ten times as long. So the nearest of all are asked for first,
    more of them than are wanted, and those of other documents left out; only where too few are left does the filter have to find them.
    """
    held = collection.count()
    if not documents or held == 0:
        return []
    allowed, asked = set(documents), min(held, _SPARE * count)
    found = collection.query(query_embeddings=vector[None, :], n_results=asked, include=["distances", "metadatas"])
    near = zip(found["ids"][0], found["distances"][0], found["metadatas"][0], strict=True)
    own = [(key, 1.0 - float(distance)) for key, distance, of in near if of["document"] in allowed]
    if len(own) >= count or asked == held == len(found["ids"][0]):
        return own[:count]
    found = collection.query(
        query_embeddings=vector[None, :], n_results=count, where={"document": {"$in": list(documents)}}, include=["distances"]
    )
    return [(key, 1.0 - float(distance)) for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)]


def _sentence(key: str) -> Sentence:
    passage, _, start = key.partition(":")
    return int(passage), int(start)


def _client(folder: Path, url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    if url:
        address = urlsplit(url)
        secure = address.scheme == "https"
        return chromadb.HttpClient(host=address.hostname or "localhost", port=address.port or 8000, ssl=secure, settings=quiet)
    return chromadb.PersistentClient(path=str(folder), settings=quiet)
