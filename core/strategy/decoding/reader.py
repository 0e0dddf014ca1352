"""A second opinion on the sentences of which the small network is least sure: a large reader, in this process.

The encoder of search (`core.documents.embedding`), all twelve layers taught with labelled sentences, and a head for what labels say. It is
right more often than `wording.py` and takes fifty times as long, some milliseconds a sentence, so a document has only so many of its
sentences read. The small network was taught by it (`tests/evals/teacher.py`, `tests/evals/fit_wording.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from core.documents.embedding.heads import read_head
from core.documents.embedding.wheel import WheelModel
from core.documents.tables import DocumentKind
from core.strategy.decoding.clauses import Sentence
from core.strategy.decoding.in_context import laid_out
from core.strategy.decoding.naming import Namer
from core.strategy.decoding.wording import Evidence, spoken_for
from core.strategy.findings import Finding

FILE = Path(__file__).with_name("reader.npz")
MOST, NAMED = 120, 50
"""How many sentences of a document are read, and how many of its targets named: all of one of seven pages, of a longer one the sentences
that are least sure and the first targets. Each costs some 7 ms of one core."""

_KIND = "reader-of-e5-small-int8"


class SentenceReader:
    """The large reader and the one who names figures, on so many threads."""

    def __init__(self, model: WheelModel, threads: int) -> None:
        self._model = model
        self._namer = Namer(model)
        self._threads = max(1, threads)

    def second_opinion(self, sentences: Sequence[Sentence], said: Sequence[Evidence], title: str, kind: DocumentKind) -> list[Evidence]:
        """What is `said` of each sentence, in place of which stands what the reader makes of it where that was least sure."""
        unsure = np.argsort([_sureness(one) for one in said], kind="stable")[:MOST].tolist()
        if not unsure:
            return list(said)
        head = read_head(FILE)
        network = head.network(self._model, _KIND)
        laid = [laid_out(network.words.tokeniser, sentences[at], title, kind) for at in unsure]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="reading") as pool:
            states = list(pool.map(network.run, [one.tokens for one in laid]))
        made = spoken_for(np.array([head.scores(seen[one.own].mean(axis=0), seen[0]) for seen, one in zip(states, laid, strict=True)]))
        read = {at: replace(evidence, before=said[at]) for at, evidence in zip(unsure, made, strict=True)}
        return [read.get(at, one) for at, one in enumerate(said)]

    def named(self, targets: Sequence[tuple[Finding, Sentence]], title: str, kind: DocumentKind) -> list[Finding]:
        """Targets with their sentences, under the names that are meant."""
        with ThreadPoolExecutor(self._threads, thread_name_prefix="naming") as pool:
            read = pool.map(lambda one: self._namer.named(one[0], one[1], title, kind), targets[:NAMED])
            return [*read, *(target for target, _ in targets[NAMED:])]


def _sureness(said: Evidence) -> float:
    """How sure the small network is of what it is least sure of."""
    return min(abs(odds) for odds in said.kinds.values())
