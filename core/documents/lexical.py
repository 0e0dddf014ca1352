"""The lexical half of the search: BM25 over character grams, kept on disk beside the vectors."""

from __future__ import annotations

import math
import secrets
import shutil
from collections.abc import Iterable, Set
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.documents.grams import grams
from core.logs import logger

if TYPE_CHECKING:
    import bm25s

log = logger(__name__)

_PRESENT = "present"

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


class LexicalIndex:
    """BM25 scores of all passages for a question. Built whole, never changed: a new one takes its place."""

    def __init__(self, scorer: bm25s.BM25 | None, passages: IntArray, documents: IntArray) -> None:
        self._scorer = scorer
        self.passages = passages
        self.documents = documents

    @classmethod
    def build(cls, rows: Iterable[tuple[int, int, str]]) -> LexicalIndex:
        """The index of `(passage id, document id, text)`."""
        passages: list[int] = []
        documents: list[int] = []
        tokens: list[list[int]] = []
        vocabulary: dict[str, int] = {}
        for passage, document, text in rows:
            passages.append(passage)
            documents.append(document)
            tokens.append([vocabulary.setdefault(gram, len(vocabulary)) for gram in grams(text)])
        scorer = None
        if vocabulary:
            import bm25s  # with numba it takes half a second, which a command that searches nothing does not spend

            scorer = bm25s.BM25()
            scorer.index((tokens, vocabulary), show_progress=False)
        return cls(scorer, np.array(passages, dtype=np.int64), np.array(documents, dtype=np.int64))

    def scores(self, question: str, allowed: NDArray[np.bool_]) -> FloatArray:
        """A score for every passage, in the order of `passages`; 0 where `allowed` is False or nothing is shared."""
        known = self._scorer.get_tokens_ids(grams(question)) if self._scorer else []
        if self._scorer is None or not known:
            return np.zeros(len(self.passages), dtype=np.float32)
        found: FloatArray = self._scorer.get_scores_from_ids(known, weight_mask=allowed.astype(np.float32))
        return found

    def idf(self, gram: str) -> float:
        """How rare a gram is: ln(1 + (N − df + ½) / (df + ½)), Robertson's form, N passages of which df hold it."""
        total, frequency = len(self.passages), self.frequency(gram)
        return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))

    def frequency(self, gram: str) -> int:
        """In how many passages a gram occurs."""
        token = self._scorer.vocab_dict.get(gram) if self._scorer and gram else None
        if self._scorer is None or token is None:
            return 0
        starts = self._scorer.scores["indptr"]
        return int(starts[token + 1] - starts[token])

    def grams_of(self, passage: int, asked: Set[str]) -> frozenset[str]:
        """Those of the `asked` grams that a passage holds."""
        place = int(np.flatnonzero(self.passages == passage)[0])
        return frozenset(gram for gram in asked if self._holds(gram, place))

    def _holds(self, gram: str, place: int) -> bool:
        token = self._scorer.vocab_dict.get(gram) if self._scorer and gram else None
        if self._scorer is None or token is None:
            return False
        starts, rows = self._scorer.scores["indptr"], self._scorer.scores["indices"]
        holders = rows[starts[token] : starts[token + 1]]
        return bool((holders == place).any())

    def save(self, folder: Path) -> None:
        """Write the index to `folder`, whole or not at all. Whoever is reading the one before it can finish."""
        fresh = folder / secrets.token_hex(6)
        fresh.mkdir(parents=True)
        np.save(fresh / "passages.npy", self.passages)
        np.save(fresh / "documents.npy", self.documents)
        if self._scorer is not None:
            self._scorer.save(fresh / "bm25", show_progress=False)
        before = _present(folder)
        pointer = folder / f"{_PRESENT}.new"
        pointer.write_text(fresh.name, encoding="utf-8")
        pointer.replace(folder / _PRESENT)
        for other in folder.iterdir():
            if other.is_dir() and other.name not in (fresh.name, before):
                shutil.rmtree(other, ignore_errors=True)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex | None:
        """The index in `folder`; None when there is none that can be read, so that it is built again."""
        while name := _present(folder):
            whole = folder / name
            import bm25s  # as in `build`

            try:
                scorer = bm25s.BM25.load(whole / "bm25", show_progress=False) if (whole / "bm25").exists() else None
                return cls(scorer, np.load(whole / "passages.npy"), np.load(whole / "documents.npy"))
            except (OSError, ValueError, EOFError) as error:
                # Replaced twice while it was being read: then the new one is to be read.
                if _present(folder) == name:
                    log.warning("lexical_index_unreadable", reason=type(error).__name__)
                    return None
        return None


def _present(folder: Path) -> str:
    try:
        return (folder / _PRESENT).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
