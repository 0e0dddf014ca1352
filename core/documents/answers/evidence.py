"""The sentences and table rows that may answer a question, weighed: words first for all of them, then meaning for the best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from core.documents.answers.dense import FloatArray, floor, scaled
from core.documents.answers.expected import fit
from core.documents.answers.in_context import in_context
from core.documents.answers.numbers import years
from core.documents.answers.question import Question, TermLanguage
from core.documents.answers.sentences import Unit, units
from core.documents.answers.support import Lexicon, Support, Weighed, layer, layers, support, weigh
from core.documents.embedding import Embedder
from core.documents.grams import normalise
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument
from core.documents.vectors import Sentence
from core.patterns import lazily

_READ = 12
"""Hits whose sentences are looked at."""
_COMPARED = 10
"""Sentences without a stored vector whose meaning is compared with the question: each costs some 8 ms of one core."""

_TOGETHER = 4
"""Candidates that are read together with the question: each costs some 5 ms of one core."""
_ANSWERING, _SURE = 0.02, 8.0
"""What a unit of log-odds that a candidate answers counts beside its score, and from where on more says no more."""

Stored = Callable[[Sequence[int]], Mapping[Sentence, FloatArray]]
"""The sentence vectors of passages, by their ids."""

_PARTS_OF_YEAR = lazily(r"[一二三四1-4]季度|[上下]半年|前[一二三]季度")
_INSTITUTION = lazily(r"[\u3400-\u9fff]{2}(?:分行|支行|子公司|银行|公司|学院|集团)")
# 各家分行, 一级分行: any of them, no name.
_ANY_INSTITUTION_LINE = (
    "一级 各家 各级 所有 全部 沿海 城区 县域 中部 内陆 哪家 哪些 哪个 多少 几家 总行 一家 每家 每个 有关 "
    "对标 新设 直属 辖内 下属 其他 别的 同业 商业 私人 手机 网上 远程 我们 理财 投资"
)
_ANY_INSTITUTION = frozenset(_ANY_INSTITUTION_LINE.split())

_HAN = lazily(r"[\u3400-\u9fff]")
_LATIN = lazily(r"[a-zA-Z]")


@dataclass(frozen=True)
class Candidate:
    """A sentence or row with all that is known of it as an answer.

    `year` says how near it the years of the question are named (1: in it; 0: nowhere near). `fit` is that of `expected.fit`.
    `likeness` is the scaled cosine between question and sentence, None where there is no embedder; `answering` the log-odds, to a reader of
    both together, that it answers, None where there is none or it was not read. `score` orders candidates of one question.
    """

    unit: Unit
    support: Support
    time: float
    lacks_institution: bool
    fit: float
    language: TermLanguage
    likeness: float | None = None
    answering: float | None = None
    score: float = 0.0


def evidence(
    question: Question,
    hits: Sequence[Hit],
    lexicon: Lexicon,
    embedder: Embedder | None,
    parsed: Callable[[int], ParsedDocument],
    stored: Stored,
) -> list[Candidate]:
    """The best candidates among the sentences and rows of a search's hits, best first; the first few have been read together with the
    question where the embedder can."""
    weighed = weigh(question, lexicon)
    found = [candidate for hit in hits[:_READ] for candidate in _in_passage(question, weighed, hit, parsed(hit.document_id))]
    found.sort(key=lambda candidate: -_by_words(question, candidate))
    if embedder is None:
        found = found[:_COMPARED]
    elif found:
        found = _with_likeness(embedder.query(question.text), found, embedder, stored([hit.passage_id for hit in hits[:_READ]]))
    scored = [replace(candidate, score=_score(candidate)) for candidate in found]
    scored.sort(key=lambda candidate: -candidate.score)
    return scored if embedder is None else _read_together(question, scored, embedder)


def written_in(text: str) -> TermLanguage:
    """The language of a passage, by its letters; a table of figures with Chinese labels is Chinese."""
    return "zh" if 3 * len(_HAN.findall(text)) > len(_LATIN.findall(text)) else "en"


def _in_passage(question: Question, weighed: Sequence[Weighed], hit: Hit, parsed: ParsedDocument) -> list[Candidate]:
    passage = layer(0.5, hit.text)
    language = written_in(hit.text)
    return [
        Candidate(
            unit=unit,
            support=support(question, weighed, layers(unit, passage)),
            time=_time(question, unit),
            lacks_institution=_lacks_institution(question, unit),
            fit=fit(question, unit),
            language=language,
        )
        for unit in units(hit, parsed)
    ]


def _time(question: Question, unit: Unit) -> float:
    """How near the sentence every year and every part of a year is named that the question names; 1 when it names none."""
    wanted = _times(question.text)
    if not wanted:
        return 1.0
    hit = unit.hit
    around = " ".join((unit.before, hit.context, *hit.heading))
    named = [
        (level, _times(text)) for level, text in ((1.0, unit.text), (0.9, around), (0.5, hit.text), (0.3, f"{hit.title} {hit.document}"))
    ]
    return min(max((level for level, found in named if time in found), default=0.0) for time in wanted)


@lru_cache(maxsize=2048)
def _times(text: str) -> frozenset[int | str]:
    plain = normalise(text)
    return frozenset((*years(plain), *_PARTS_OF_YEAR.findall(plain)))


def _lacks_institution(question: Question, unit: Unit) -> bool:
    """Whether the question names a branch, bank or company that neither the sentence nor what it stands in names."""
    names = [name for name in _INSTITUTION.findall(question.text) if name[:2] not in _ANY_INSTITUTION]
    if not names:
        return False
    hit = unit.hit
    text = normalise(" ".join((hit.text, unit.before, hit.context, *hit.heading, hit.title, hit.document)))
    return not all(name in text for name in names)


def _by_words(question: Question, candidate: Candidate) -> float:
    coverage = candidate.support.coverage
    if candidate.language != question.language:
        # Words say little across languages: let the passage's own rank decide which sentences are compared by meaning.
        coverage = max(0.5, coverage)
    return coverage - 0.2 * candidate.lacks_institution + 0.5 * candidate.unit.hit.score + 0.2 * candidate.time + 0.1 * candidate.fit


def _score(candidate: Candidate) -> float:
    """The order of candidates. Weights were set on questions of other texts than the sample bank's; the scale means nothing."""
    score = 0.6 * candidate.support.coverage + 0.15 * candidate.unit.hit.score + 0.4 * candidate.time + 0.4 * candidate.fit
    score -= 0.3 * candidate.lacks_institution
    if candidate.likeness is not None:
        score += 0.8 * candidate.likeness
    return score


def _with_likeness(
    vector: FloatArray, found: Sequence[Candidate], embedder: Embedder, vectors: Mapping[Sentence, FloatArray]
) -> list[Candidate]:
    """Those with a stored vector and the first few of the others, each with its likeness to the question."""
    known = [(one, vectors[_key(one)]) for one in found if _key(one) in vectors]
    others = [one for one in found if _key(one) not in vectors][:_COMPARED]
    made = embedder.passages([one.unit.text for one in others]) if others else ()
    return [
        replace(one, likeness=scaled(float(sentence @ vector), floor(embedder, vector, one.language)))
        for one, sentence in (*known, *zip(others, made, strict=True))
    ]


def likeliest_first(found: Sequence[Candidate]) -> list[Candidate]:
    """Candidates in the order in which they are likely to answer: what was read together with the question comes first, by that as well."""
    read = [one for one in found if one.answering is not None]
    read.sort(key=lambda one: -(one.score + _ANSWERING * max(-_SURE, min(_SURE, one.answering or 0.0))))
    return [*read, *(one for one in found if one.answering is None)]


def _read_together(question: Question, found: Sequence[Candidate], embedder: Embedder) -> list[Candidate]:
    """The same candidates; the first few know how likely they answer, where the embedder can tell."""
    first = found[:_TOGETHER]
    read = embedder.answering(question.text, [in_context(one.unit) for one in first])
    if read is None:
        return list(found)
    return [*(replace(one, answering=float(odds)) for one, odds in zip(first, read, strict=True)), *found[_TOGETHER:]]


def _key(candidate: Candidate) -> Sentence:
    return candidate.unit.hit.passage_id, candidate.unit.start
