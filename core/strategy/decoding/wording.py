"""What the wording of labelled sentences says of a new one: evidence beside the rules, learned and not written.

A linear model over hashed n-grams of characters, fitted by `tests/evals/fit_wording.py` and kept in `wording.npz`. It knows neither
grammar nor figures, only which words stood where people saw a theme, a task or an ability.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.findings import FindingKind, Perspective

WEIGHTS = Path(__file__).with_name("wording.npz")
KINDS = (FindingKind.THEME, FindingKind.TASK, FindingKind.CAPABILITY)
VIEWS = tuple(Perspective)
SIZE = 1 << 15
"""How many weights each score has: signs share one where their hashes meet."""
_HEADING, _BEFORE, _EDGE, _LONG = 40, 30, 6, 50
# A sentence's own words say more than its ends and what stands around it.
_OWN = 3.0
_CUES = 3
_WORDS = lazily(r"[\u4e00-\u9fff]{2,}|[A-Za-z]{3,}")
_DIGIT = lazily(r"\d")
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Evidence:
    """`kinds`: the log-odds that a sentence is of a kind, if it were as likely as not beforehand; `views`: the logarithm of how likely
    each perspective is, if it is a theme or a task."""

    kinds: dict[FindingKind, float]
    views: dict[Perspective, float]


def evidence(sentence: Sentence) -> Evidence:
    """What the wording of `sentence` and of what stands around it speaks for."""
    places, counts = signs(sentence)
    scores = np.array(counts) @ _weights()[places]
    kinds, views = scores[: len(KINDS)], scores[len(KINDS) :]
    views = views - np.logaddexp.reduce(views)
    return Evidence(dict(zip(KINDS, kinds.tolist(), strict=True)), dict(zip(VIEWS, views.tolist(), strict=True)))


def telling(sentence: Sentence, kind: FindingKind) -> tuple[str, ...]:
    """The words of `sentence` that speak most for `kind`, the strongest first; none overlaps another."""
    column = _weights()[:, KINDS.index(kind)]
    runs = [(run.start(), run.group()) for run in _WORDS.finditer(sentence.text)]
    words = [(start, run) for start, run in runs if run.isascii()]
    words += [(start + at, run[at : at + 2]) for start, run in runs if not run.isascii() for at in range(len(run) - 1)]
    speaking = sorted((-sum(column[_place("text", gram)] for gram in _grams(word.lower(), 3)), start, word) for start, word in words)
    found: list[tuple[int, str]] = []
    for score, start, word in speaking:
        if score < 0 and all(start + len(word) <= at or at + len(other) <= start for at, other in found):
            found.append((start, word))
    return tuple(word for _, word in found[:_CUES])


def signs(sentence: Sentence) -> tuple[list[int], list[float]]:
    """What the model sees of a sentence: places among the weights, and how much each counts."""
    text = " ".join(sentence.text.split()).lower()
    seen = (
        ("text", text, 3, _OWN),
        ("heading", " / ".join(sentence.path)[-_HEADING:], 2, 1.0),
        ("before", sentence.before[-_BEFORE:], 2, 1.0),
        ("first", f"^{text[:_EDGE]}", 3, 1.0),
        ("last", f"{text[-_EDGE:]}$", 3, 1.0),
    )
    places: list[int] = []
    counts: list[float] = []
    for name, words, longest, share in seen:
        found = Counter(_grams(words, longest))
        often = [1 + math.log(number) for number in found.values()]
        norm = share / math.hypot(*often) if often else 0.0
        places += [_place(name, gram) for gram in found]
        counts += [norm * one for one in often]
    shape = {"constant": 1.0, sentence.block: 1.0, "length": len(text) / _LONG, "digit": float(bool(_DIGIT.search(text)))}
    places += [_place("shape", name) for name in shape]
    counts += shape.values()
    return places, counts


def _grams(words: str, longest: int) -> Iterator[str]:
    return chain.from_iterable((words[at : at + n] for at in range(len(words) - n + 1)) for n in range(1, longest + 1))


def _place(name: str, gram: str) -> int:
    return crc32(f"{name} {gram}".encode()) % SIZE


@cache
def _weights() -> Array:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return np.asarray(kept["weights"], dtype=np.float64)
