"""How much of a question a sentence and its surroundings hold, character by character.

Pairs of characters stand for words. A character of the question counts as held when a pair that covers it occurs in the evidence,
so that pairs that merely arise where two words meet do no harm. Each character weighs as much as the rarest pair known to the
library that covers it: 不良 weighs more than 目标. What no passage of the library knows (苏州 in a library about another city)
weighs most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from core.documents.answers.question import Question, Term, weak
from core.documents.answers.sentences import Unit
from core.documents.grams import grams, normalise
from core.documents.vocabulary import equivalents
from core.patterns import lazily

_VAGUE = lazily("目标值?|数量|金额|人数|情况|水平|方面|内容|工作|要求|标准|规定|措施|问题")
_VAGUE_WEIGHT = 0.3
_WEAK_WEIGHT = 0.2
_UNKNOWN_WEIGHT = 0.9
_SINGLE_CREDIT = 0.45
_EQUIVALENT = 0.85
_HELD = 0.3
_UNSEEN = "\ue000\ue001"


class Lexicon(Protocol):
    """What the lexical index knows of grams."""

    def idf(self, gram: str) -> float:
        """How rare a gram is in the library; a gram that it does not hold has the highest value."""
        ...


@dataclass(frozen=True)
class Weighed:
    """A term with a weight for each of its characters (one weight for a Latin word). `known`: does the library hold a pair there?"""

    term: Term
    weights: tuple[float, ...]
    known: tuple[bool, ...]


@dataclass(frozen=True)
class Layer:
    """One part of the evidence: its text (normalised), its grams, and how much it counts (1 for the sentence itself)."""

    text: str
    grams: frozenset[str]
    level: float


@dataclass(frozen=True)
class Gap:
    """Words of the question, `[start, end)` of its text, that the evidence lacks. `share` of the question's weight; `known` to the
    library?
    """

    share: float
    start: int
    end: int
    known: bool


@dataclass(frozen=True)
class Support:
    """How evidence holds a question. All values 0 to 1.

    `coverage`: share of the question's weight that is held. `hole`: share of the weight in the heaviest gap. `head`: the coverage
    of what is asked about the subject (`coverage` where the question has no such form). `gaps`: heaviest first.
    """

    coverage: float
    hole: float
    head: float
    gaps: tuple[Gap, ...]


def weigh(question: Question, lexicon: Lexicon) -> tuple[Weighed, ...]:
    """The question's terms with the weights that this library gives them."""
    top = lexicon.idf(_UNSEEN) or 1.0
    return tuple(_weigh_han(term, lexicon, top) if term.han else _weigh_word(term, lexicon, top) for term in question.terms)


def _weigh_word(term: Term, lexicon: Lexicon, top: float) -> Weighed:
    rarity = lexicon.idf(term.text) / top
    return Weighed(term, (2 * max(0.3, rarity),), (rarity < 1,))


def _weigh_han(term: Term, lexicon: Lexicon, top: float) -> Weighed:
    text = term.text
    vague = {i for match in _VAGUE.finditer(text) for i in range(*match.span())}
    rarity = [lexicon.idf(text[i : i + 2]) / top for i in range(len(text) - 1)]
    weights, known = [], []
    for i, char in enumerate(text):
        around = [value for value in rarity[max(0, i - 1) : i + 1] if value < 1]
        weight = max(around) if around else _UNKNOWN_WEIGHT
        if i in vague:
            weight = min(weight, _VAGUE_WEIGHT)
        if weak(char):
            weight = min(weight, _WEAK_WEIGHT)
        weights.append(weight)
        known.append(bool(around))
    return Weighed(term, tuple(weights), tuple(known))


def stem(word: str) -> str:
    """An English word without its commonest endings, so that targets matches target and certified matches certification."""
    for ending in (
        "ications",
        "ication",
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ed",
        "es",
        "s",
        "y",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=2048)
def layer(level: float, *texts: str) -> Layer:
    """The grams of some texts as one layer of evidence."""
    text = normalise("\n".join(texts))
    found = grams(text)
    return Layer(text, frozenset(stem(gram) if gram.isascii() else gram for gram in found), level)


def layers(unit: Unit, passage: Layer) -> tuple[Layer, ...]:
    """The evidence around a sentence: itself, what it stands under, its passage, its document's title."""
    hit = unit.hit
    return (
        layer(1.0, unit.text),
        layer(0.9, unit.before, hit.context, *hit.heading),
        passage,
        layer(0.6, hit.title, hit.document),
    )


def support(question: Question, weighed: Sequence[Weighed], evidence: Sequence[Layer]) -> Support:
    """How the evidence holds the question's terms."""
    total = sum(sum(item.weights) for item in weighed)
    if not total:
        return Support(0.0, 0.0, 0.0, ())
    others = _others(question, evidence)
    held = [(item, _held(item.term, evidence, others)) for item in weighed]
    gaps = sorted((gap for item, marks in held for gap in _gaps(item, marks, total)), key=lambda gap: (-gap.share, gap.start))
    coverage = sum(weight * mark for item, marks in held for weight, mark in zip(item.weights, marks, strict=True)) / total
    return Support(
        coverage=coverage,
        hole=gaps[0].share if gaps else 0.0,
        head=_head(question, held, coverage),
        gaps=tuple(gaps),
    )


def _head(question: Question, held: Iterable[tuple[Weighed, Sequence[float]]], otherwise: float) -> float:
    first, last = question.head
    weight = found = 0.0
    for item, marks in held:
        for i, mark in enumerate(marks):
            if first <= item.term.start + i < last:
                weight += item.weights[i]
                found += item.weights[i] * mark
    return found / weight if weight else otherwise


def _others(question: Question, evidence: Sequence[Layer]) -> list[float]:
    """For each character of the question, how far a word that means the same is in the evidence."""
    found = [0.0] * len(question.text)
    for equivalent in equivalents(question.text):
        level = max(
            (part.level for part in evidence if any(_contains(part.text, word) for word in equivalent.words)),
            default=0.0,
        )
        for i in range(equivalent.start, equivalent.end):
            found[i] = max(found[i], _EQUIVALENT * level)
    return found


def _contains(text: str, word: str) -> bool:
    return f" {word}" in f" {text}" if word[0].isascii() else word in text


def _held(term: Term, evidence: Sequence[Layer], others: Sequence[float]) -> list[float]:
    if not term.han:
        word = stem(term.text)
        return [max(others[term.start], max((part.level for part in evidence if word in part.grams), default=0.0))]
    text = term.text
    marks = list(others[term.start : term.start + len(text)])
    for part in evidence:
        for i in range(len(text) - 1):
            if text[i : i + 2] in part.grams:
                marks[i] = max(marks[i], part.level)
                marks[i + 1] = max(marks[i + 1], part.level)
        for i, char in enumerate(text):
            if part.level >= _NEAR and char in part.grams:
                marks[i] = max(marks[i], _SINGLE_CREDIT * part.level)
    return marks


_NEAR = 0.9


def _gaps(item: Weighed, marks: Sequence[float], total: float) -> Iterable[Gap]:
    """Runs that the evidence does not hold. Single credits do not close a gap of two or more characters."""
    term = item.term
    if not term.han:
        if marks[0] < _HELD:
            yield Gap(item.weights[0] / total, term.start, term.start + len(term.text), item.known[0])
        return
    start = 0
    for i in range(len(marks) + 1):
        if i < len(marks) and marks[i] < 0.5:
            continue
        if i > start and not all(weak(char) for char in term.text[start:i]):
            weight = sum(w * (1 - mark) for w, mark in zip(item.weights[start:i], marks[start:i], strict=True))
            yield Gap(weight / total, term.start + start, term.start + i, any(item.known[start:i]))
        start = i + 1
