"""Texts → vectors whose dot product says how close two meanings are.

Three sources with one interface: the model of the installed wheel in this process (`local_embedder`, the default), a
model folder (`folder_embedder`), an endpoint (`EndpointEmbedder`).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.endpoint import EndpointEmbedder
from core.documents.embedding.folder import folder_embedder
from core.documents.embedding.local import local_embedder
from core.documents.embedding.wheel import WheelModel, wheel_model

__all__ = ["Embedder", "EndpointEmbedder", "WheelModel", "folder_embedder", "local_embedder", "wheel_model"]


class Embedder(Hashable, Protocol):
    """Where vectors come from. Safe to share between threads; a query does not wait for passages."""

    @property
    def name(self) -> str:
        """A stamp to be stored with an index: vectors under another name cannot be compared with these."""

    @property
    def dimensions(self) -> int:
        """The length d of every vector."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of passages to be found: float32 (len(texts), d), each of length 1."""

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: float32 (d,), of length 1."""

    def answering(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32] | None:
        """How likely each sentence answers the question, as log-odds: float32 (len(sentences),); None from a model that cannot tell."""
