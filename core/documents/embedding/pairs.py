"""Question and sentence read together, by the encoder taught to say whether one answers the other.

Two vectors that are made apart tell what is alike; whether a sentence about the day of a payment or one about its amount answers 几号发
takes both texts at once (cross-encoder: Nogueira and Cho, 2019). `python -m tests.evals.fit_pairs` makes the file.
"""

from __future__ import annotations

from pathlib import Path

from core.documents.embedding.unigram import UnigramTokeniser

FILE = Path(__file__).with_name("pairs.npz")

_QUESTION_TOKENS, _SENTENCE_TOKENS = 40, 72


def paired(tokeniser: UnigramTokeniser, question: str, sentence: str) -> list[int]:
    """The tokens of both as one text: begin, question, end, end, sentence, end; the longer part of either is cut."""
    asked = tokeniser.encode(f"query: {question}", _QUESTION_TOKENS)
    said = tokeniser.encode(f"passage: {sentence}", _SENTENCE_TOKENS)
    return [*asked, asked[-1], *said[1:]]
