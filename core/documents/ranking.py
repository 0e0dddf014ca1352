"""Hybrid search: which passages answer a question, best first, among the documents this person may see.

Both halves score only those. Each half's top 100 scores are stretched to 0…1 and added: for the wheel's own model 0.3 dense and 0.7 BM25
found more on public question sets than either half alone and than reciprocal rank fusion. Those questions share words with their passages.
People also ask in other words, or in another language, so the encoder is taught the field's (`embedding/adapter.py`) and has half of the
say, the question is widened by the field's equivalents (`vocabulary.py`), and BM25 weighs less where even its best passage holds little of
what was asked. Measured on the dev half of tests/evals: R@5 .67 → .91.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from core.documents.grams import grams, normalise
from core.documents.index import Index
from core.documents.lexical import LexicalIndex
from core.documents.vocabulary import equivalents, in_other_words, without_function_words

TOP = 100
LEXICAL_SHARE = 0.5
# A passage means many things; the sentence that answers means one. What the nearest sentence's cosine counts within the dense half.
_SENTENCE_SHARE = 0.7
_SENTENCES = 3 * TOP
# The part of a question that BM25's best passage must hold for BM25 to have its whole share.
_HELD_ENOUGH = 0.5
# What an equivalent counts beside the asker's own word. A question in English has none of its own words in a Chinese library.
_EQUIVALENTS = 0.5
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Ranked:
    """A passage with its fused score (0…1), its cosine (None without a dense model) and its BM25 score."""

    passage_id: int
    score: float
    dense: float | None
    lexical: float


def rank(question: str, index: Index, documents: Sequence[int], count: int) -> list[Ranked]:
    """The best `count` passages of `documents` for `question`, best first; fewer when fewer have anything in common with it."""
    lexical = index.lexical
    asked = without_function_words(normalise(question))
    by_words = _best(lexical, asked, documents)
    vector = index.question_vector(question)
    by_meaning = {} if vector is None else index.nearest(vector, documents, TOP)
    by_sentence = {} if vector is None else index.nearest_by_sentence(vector, documents, _SENTENCES)
    fused = fuse(by_meaning, by_sentence, by_words, _lexical_share(asked, lexical, by_words) if by_meaning else 1.0)
    best = sorted(fused, key=lambda passage: (-fused[passage], passage))[:count]
    cosines = dict(by_meaning)
    if vector is not None:
        cosines.update(index.cosines(vector, [passage for passage in best if passage not in by_meaning]))
    return [Ranked(passage, fused[passage], cosines.get(passage), by_words.get(passage, 0.0)) for passage in best]


def fuse(
    by_meaning: Mapping[int, float], by_sentence: Mapping[int, float], by_words: Mapping[int, float], lexical_share: float
) -> dict[int, float]:
    """All scores, each stretched to 0…1 over its own range, weighted and added, by passage id. Where no sentence has a vector yet, the
    passages' own cosines are the whole of the dense half."""
    passages, sentences, words = _stretch(by_meaning), _stretch(by_sentence), _stretch(by_words)
    within = _SENTENCE_SHARE if sentences else 0.0
    return {
        passage: (1.0 - lexical_share) * ((1.0 - within) * passages.get(passage, 0.0) + within * sentences.get(passage, 0.0))
        + lexical_share * words.get(passage, 0.0)
        for passage in passages.keys() | sentences.keys() | words.keys()
    }


def held(question: str, passage: frozenset[str], lexical: LexicalIndex) -> float:
    """How much of a (normalised) question a passage with these grams holds, in words or equivalents: 0…1 by idf."""
    asked = set(grams(question))
    covered = {gram for gram in asked if gram in passage}
    for word in equivalents(question):
        if any(passage.issuperset(grams(other)) for other in word.words):
            covered.update(grams(question[word.start : word.end]))
    # Sums that are rounded once: a set has another order in every process, and the same question must get the same score.
    total = fsum(lexical.idf(gram) for gram in asked)
    return fsum(lexical.idf(gram) for gram in asked & covered) / total if total else 0.0


def _lexical_share(question: str, lexical: LexicalIndex, by_words: Mapping[int, float]) -> float:
    if not by_words:
        return 0.0
    best = max(by_words, key=lambda passage: (by_words[passage], -passage))
    wanted = set(grams(f"{question} {in_other_words(question)}"))
    return LEXICAL_SHARE * min(1.0, held(question, lexical.grams_of(best, wanted), lexical) / _HELD_ENOUGH)


def _best(lexical: LexicalIndex, question: str, documents: Sequence[int]) -> dict[int, float]:
    allowed = np.isin(lexical.documents, documents)
    scores = lexical.scores(question, allowed)
    others = in_other_words(question)
    if others:
        scores = scores + (_EQUIVALENTS if _HAN.search(question) else 1.0) * lexical.scores(others, allowed)
    best = np.argsort(-scores, kind="stable")[:TOP]
    return {int(lexical.passages[i]): float(scores[i]) for i in best if scores[i] > 0}


def _stretch(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {passage: (score - low) / (high - low) for passage, score in scores.items()}
