"""A process of its own that works on a library. Tests start it, and some kill it."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core import settings
from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents.search import search
from core.documents.service import add
from core.documents.tables import DocumentKind
from core.instance import Instance

SIZE = 64


class NumberEmbedder:
    """Vectors that depend on the text alone and cost nothing, so that a test can make thousands."""

    name = "numbers"
    dimensions = SIZE

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text."""
        time.sleep(self.pause)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a text."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        vector = np.random.default_rng(seed).normal(size=SIZE).astype(np.float32)
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit

    def answering(self, question: str, sentences: Sequence[str]) -> None:
        """Numbers read nothing."""


def open_with_numbers(data: Path, pause: float = 0.0) -> Instance:
    """The copy of the product in `data`, with vectors that cost nothing."""
    instance = Instance(settings.load(data=data))
    instance.index.change_embedder(lambda: NumberEmbedder(pause))
    return instance


def main(data: str, action: str, *rest: str) -> None:
    """Do `action` and tell on standard output how far it is."""
    instance = open_with_numbers(Path(data), pause=0.05 if action == "work" else 0.0)
    match action:
        case "work":
            instance.worker.recover()
            instance.worker.run(watch=lambda job, stage, done, total: print(stage, done, total, flush=True))
        case "add":
            with instance.database.writing() as db:
                added = add(db, instance.settings, LOCAL_ADMINISTRATOR, rest[0], Path(rest[1]).read_bytes(), DocumentKind.HQ)
            instance.worker.finish([added.job_id or 0])
            instance.indexing.tidy()
        case "store":
            for line in sys.stdin:
                keys = range(*(int(part) for part in line.split()))
                with instance.index.writing():
                    instance.index.add(keys.start // 100_000, keys, NumberEmbedder().passages([str(key) for key in keys]))
                print("stored", flush=True)
        case "search":
            for line in sys.stdin:
                with instance.database.reading() as db:
                    hits = search(db, instance.index, LOCAL_ADMINISTRATOR, line.strip(), 1)
                print(hits[0].document_id if hits else 0, bool(hits and hits[0].dense is not None), flush=True)
    instance.close()
