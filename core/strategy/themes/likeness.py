"""How alike two demands read: the cosine of their grams, rare grams weighing more than common ones."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.documents.grams import grams


class Likeness:
    """Compares texts of one collection by their numbers. Character pairs and words count, single characters say too little."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(gram for gram in grams(text) if len(gram) > 1) for text in texts]
        spread = Counter(gram for one in counted for gram in one)
        self._vectors = [
            _unit({gram: (1 + math.log(n)) * math.log1p(len(texts) / spread[gram]) for gram, n in one.items()}) for one in counted
        ]

        self._where: dict[str, list[tuple[int, float]]] = {}
        for number, vector in enumerate(self._vectors):
            for gram, weight in vector.items():
                self._where.setdefault(gram, []).append((number, weight))

    def to_others(self, one: int) -> dict[int, float]:
        """The likeness of a text to each of the others that it shares anything with; far quicker than asking `between` for all."""
        found: dict[int, float] = {}
        for gram, weight in self._vectors[one].items():
            for number, other in self._where[gram]:
                found[number] = found.get(number, 0.0) + weight * other
        found.pop(one, None)
        return found

    def between(self, one: int, other: int) -> float:
        """The likeness of two of the texts, 0 to 1."""
        return _cosine(self._vectors[one], self._vectors[other])

    def together(self, texts: Collection[int]) -> Blend:
        """What several of the texts have in common: the middle of their vectors, to be compared by `alike`."""
        total: Counter[str] = Counter()
        for one in texts:
            total.update(self._vectors[one])  # adds weights: a Counter counts with any number
        return Blend(_unit(total))


@dataclass(frozen=True)
class Blend:
    """Several texts as one vector of length 1."""

    weights: Mapping[str, float]

    def alike(self, other: Blend) -> float:
        """The likeness of two blends, 0 to 1."""
        return _cosine(self.weights, other.weights)


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    if len(right) < len(left):
        left, right = right, left
    return sum(weight * right[gram] for gram, weight in left.items() if gram in right)


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {gram: weight / length for gram, weight in vector.items()}
