"""Retrieval measures, and intervals by resampling questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from tests.evals.labels import Gold, Question
from tests.evals.matching import Place

_RESAMPLES = 2000
Holds = Callable[[Place, Gold], bool]


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` questions with the 95 % interval of the bootstrap, as fractions."""

    value: float
    low: float
    high: float
    n: int


def ranks(question: Question, places: Sequence[Place], holds: Holds) -> tuple[int | None, ...]:
    """For each group of the label the rank (from 1) of the first place that holds a member of it."""
    return tuple(
        next((rank for rank, place in enumerate(places, 1) if any(holds(place, gold) for gold in group)), None) for group in question.groups
    )


def recall(found: Sequence[int | None], count: int) -> float:
    """The share of a question's groups that the first `count` places hold."""
    return sum(rank is not None and rank <= count for rank in found) / len(found)


def gain(found: Sequence[int | None], count: int = 10) -> float:
    """nDCG at `count`, each group counted once, where it was first found."""
    got = sum(1 / log2(1 + rank) for rank in found if rank is not None and rank <= count)
    return min(1.0, got / sum(1 / log2(1 + rank) for rank in range(1, len(found) + 1)))


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of `values` with its interval. The resampling is seeded: the same values give the same interval."""
    sample = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(2027).integers(0, len(sample), (_RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))
