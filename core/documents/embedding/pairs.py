"""Question and sentence read together, by the encoder taught to say whether one answers the other.

Two vectors that are made apart tell what is alike; whether a sentence about the day of a payment or one about its amount answers 几号发
takes both texts at once (cross-encoder: Nogueira and Cho, 2019). The layers and their small changes are as in `adapter.py`; on top lies one
weight for each number of the mean and of the first state. `python -m tests.evals.fit_pairs` makes the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.adapter import Adapter, read_adapter
from core.documents.embedding.unigram import UnigramTokeniser

FILE = Path(__file__).with_name("pairs.npz")

_QUESTION_TOKENS, _SENTENCE_TOKENS = 40, 72
_EPSILON = 1e-5

Array = NDArray[np.float32]


@dataclass(frozen=True)
class PairHead:
    """What is made of the states that a pair ends in: `weights` (2 · hidden,) and a constant. `adapter` holds the changes of the layers."""

    adapter: Adapter
    weights: Array = field(repr=False)
    constant: float = 0.0

    def log_odds(self, states: Array) -> float:
        """How likely the sentence answers the question, as log-odds; `states` (tokens, hidden) are those of the pair."""
        return float(np.concatenate([even(states.mean(axis=0)), even(states[0])]) @ self.weights) + self.constant


def even(state: Array) -> Array:
    """A state (hidden,) with mean 0 and variance 1."""
    level = state - state.mean()
    made: Array = level / np.sqrt(level @ level / len(level) + _EPSILON)
    return made


def read_head(path: Path = FILE) -> PairHead:
    """The head in a file, with its adapter."""
    with np.load(path, allow_pickle=False) as arrays:
        return PairHead(read_adapter(path), arrays["head"].astype(np.float32), float(arrays["bias"]))


def paired(tokeniser: UnigramTokeniser, question: str, sentence: str) -> list[int]:
    """The tokens of both as one text: begin, question, end, end, sentence, end; the longer part of either is cut."""
    asked = tokeniser.encode(f"query: {question}", _QUESTION_TOKENS)
    said = tokeniser.encode(f"passage: {sentence}", _SENTENCE_TOKENS)
    return [*asked, asked[-1], *said[1:]]
