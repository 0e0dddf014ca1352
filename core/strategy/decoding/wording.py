"""What the wording of labelled sentences says of a new one: evidence beside the rules, learned and not written.

A linear model over hashed n-grams of characters, fitted by `tests/evals/fit_wording.py` and kept in `wording.npz`. It knows neither
grammar nor figures, only which words stood where people saw an ability asked for, and in which perspective they saw a sentence.
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
from core.strategy.findings import Perspective

WEIGHTS = Path(__file__).with_name("wording.npz")
VIEWS = tuple(Perspective)
SIZE = 1 << 15
"""How many weights each score has: signs share one where their hashes meet."""
_HEADING, _BEFORE, _EDGE, _LONG = 40, 30, 6, 50
# A sentence's own words say more than its ends and what stands around it.
_OWN = 3.0
_DIGIT = lazily(r"\d")
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Evidence:
    """`ability`: the log-odds that a sentence asks for an ability, if it were as likely as not beforehand; `views`: the logarithm of how
    likely each perspective is, if it is a theme or a task."""

    ability: float
    views: dict[Perspective, float]


def evidence(sentence: Sentence) -> Evidence:
    """What the wording of `sentence` and of what stands around it speaks for."""
    places, counts = signs(sentence)
    scores = np.array(counts) @ _weights()[places]
    views = scores[1:] - np.logaddexp.reduce(scores[1:])
    return Evidence(float(scores[0]), dict(zip(VIEWS, views.tolist(), strict=True)))


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
