"""The priority of business lines × key posts: a weighted sum that can be checked by hand.

    score = w_importance · importance / 5  +  w_gap · gap  +  w_people · people / most people of any row

Weights are brought to a sum of 100, so a score lies between 0 and 100. What is unknown is never taken for zero: a row is ranked by its
known parts alone (their weights brought to 100), and `low` … `high` is what its score may become once the unknown is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_IMPORTANT = 5
CHANGE = 0.2
"""By how much each weight is moved to see whether the order depends on it."""

_DIGITS = 9


class Part(StrEnum):
    """What the score is made of."""

    IMPORTANCE = "importance"
    GAP = "gap"
    PEOPLE = "people"


@dataclass(frozen=True)
class Weights:
    """How much each part counts. Any numbers that are not negative and not all zero."""

    importance: float = 40
    gap: float = 40
    people: float = 20

    @property
    def total(self) -> float:
        """Their sum as entered."""
        return self.importance + self.gap + self.people

    def of(self, part: Part) -> float:
        """The weight of one part, brought to a sum of 100."""
        return 100 * self._entered[part] / self.total

    def moved(self, part: Part, change: float) -> Weights:
        """The weights with one of them raised by the share `change` (lowered when negative); the others give way in proportion."""
        here = self.of(part)
        others = 100 - here
        if not here or not others:
            return self
        there = min(100.0, here * (1 + change))
        rescaled = {one: self.of(one) * (100 - there) / others for one in Part}
        return Weights(**{one.value: there if one is part else rescaled[one] for one in Part})

    @property
    def _entered(self) -> Mapping[Part, float]:
        return {Part.IMPORTANCE: self.importance, Part.GAP: self.gap, Part.PEOPLE: self.people}


@dataclass(frozen=True)
class Candidate:
    """A post in a business line. `gap` is the share of what the post requires that is missing, 0 … 1. None is unknown."""

    id: int
    importance: int | None
    gap: float | None
    people: int | None


@dataclass(frozen=True)
class Term:
    """One summand: the weight (of 100) and the part's value, 0 … 1, or None when it is unknown."""

    part: Part
    weight: float
    value: float | None


@dataclass(frozen=True)
class Ranked:
    """A candidate in its place. `best` … `worst` are the places that the unknown leaves open, all rows taken together."""

    candidate: Candidate
    terms: tuple[Term, ...]
    score: float
    low: float
    high: float
    place: int
    best: int
    worst: int

    @property
    def open(self) -> bool:
        """Whether something unknown could still move the score."""
        return self.high > self.low


@dataclass(frozen=True)
class Shift:
    """What becomes of the order when the weight of `part` goes `before` → `after`.

    `swaps` are pairs of former places that change their order, as far as one of the two was or comes among the first. `first` is the
    order of the first rows afterwards, as candidate ids.
    """

    part: Part
    before: float
    after: float
    swaps: tuple[tuple[int, int], ...]
    first: tuple[int, ...]


def rank(candidates: Sequence[Candidate], weights: Weights) -> list[Ranked]:
    """The candidates whose importance somebody has judged, first first. Equal scores share a place; among them, the more important leads.

    A candidate none of whose known parts has a weight cannot be ranked and is left out.
    """
    judged = [one for one in candidates if one.importance is not None]
    most = max((one.people or 0 for one in judged), default=0)
    scored = []
    for one in judged:
        terms = _terms(one, weights, most)
        known = sum(term.weight for term in terms if term.value is not None)
        if known:
            low = sum(term.weight * term.value for term in terms if term.value is not None)
            score, high = 100 * low / known, low + sum(term.weight for term in terms if term.value is None)
            scored.append((one, terms, round(score, _DIGITS), round(low, _DIGITS), round(high, _DIGITS)))
    scored.sort(key=lambda row: (-row[2], -(row[0].importance or 0), -(row[0].people or 0), row[0].id))
    scores, lows, highs = sorted(row[2] for row in scored), sorted(row[3] for row in scored), sorted(row[4] for row in scored)
    return [
        Ranked(
            candidate=one,
            terms=terms,
            score=score,
            low=low,
            high=high,
            place=1 + _above(scores, score),
            best=1 + _above(lows, high),
            # A row that is open is above its own low.
            worst=1 + _above(highs, low) - (high > low),
        )
        for one, terms, score, low, high in scored
    ]


def sensitivity(candidates: Sequence[Candidate], weights: Weights, first: int = 3) -> list[Shift]:
    """What each weight, raised and lowered by 20 % while the others give way, does to the order of the `first` rows.

    Empty when there are fewer than two rows to compare. A weight that is zero, or alone, cannot be moved and is left out.
    """
    order = [one.candidate.id for one in rank(candidates, weights)]
    if len(order) < 2:
        return []
    found = []
    for part in Part:
        for change in (CHANGE, -CHANGE):
            moved = weights.moved(part, change)
            if moved is not weights:
                then = [one.candidate.id for one in rank(candidates, moved)]
                found.append(Shift(part, weights.of(part), moved.of(part), _swaps(order, then, first), tuple(then[:first])))
    return found


def _above(ascending: Sequence[float], figure: float) -> int:
    return len(ascending) - bisect_right(ascending, figure)


def _terms(one: Candidate, weights: Weights, most: int) -> tuple[Term, ...]:
    values = {
        Part.IMPORTANCE: None if one.importance is None else one.importance / MOST_IMPORTANT,
        Part.GAP: one.gap,
        Part.PEOPLE: None if one.people is None else one.people / most if most else 0.0,
    }
    return tuple(Term(part, weights.of(part), values[part]) for part in Part)


def _swaps(before: Sequence[int], after: Sequence[int], first: int) -> tuple[tuple[int, int], ...]:
    place = {candidate: number for number, candidate in enumerate(after)}
    # A row may drop out of the ranking when a weight becomes zero; what is left keeps its former places.
    kept = [(number, candidate) for number, candidate in enumerate(before, 1) if candidate in place]
    leading = [pair for pair in kept if pair[0] <= first or place[pair[1]] < first]
    pairs = {(min(one, other), max(one, other)) for one in leading for other in kept}
    return tuple(sorted((ahead[0], behind[0]) for ahead, behind in pairs if place[ahead[1]] > place[behind[1]]))
