"""Cause and effect between themes: which links may be drawn, and which the findings suggest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.documents.grams import normalise
from core.strategy.findings import Perspective
from core.strategy.themes.likeness import Likeness
from core.strategy.themes.tags import CAUSAL_ORDER

RULE = "causes 1"

Pair = tuple[int, int]

_ALIKE = 0.08
_MOST_EFFECTS = 2


@dataclass(frozen=True)
class Side:
    """A theme as suggesting sees it: its words, and the metrics that its targets measure."""

    id: int
    perspective: Perspective
    words: str
    metrics: frozenset[str]


@dataclass(frozen=True)
class SuggestedLink:
    """A link that the findings speak for: `metrics` that both measure, else their `likeness`."""

    cause: int
    effect: int
    metrics: tuple[str, ...]
    likeness: float


def way_back(links: Iterable[Pair], cause: int, effect: int) -> tuple[int, ...]:
    """The themes by which `effect` already leads to `cause`, both included; empty when a link from cause to effect closes no circle."""
    onward: dict[int, list[int]] = {}
    for start, end in links:
        onward.setdefault(start, []).append(end)
    paths: list[tuple[int, ...]] = [(effect,)]
    seen = {effect}
    while paths:
        path = paths.pop(0)
        if path[-1] == cause:
            return path
        for following in sorted(onward.get(path[-1], ())):
            if following not in seen:
                seen.add(following)
                paths.append((*path, following))
    return ()


def suggest_links(sides: Sequence[Side], known: Collection[Pair] = ()) -> list[SuggestedLink]:
    """Links from each theme to at most two of the next perspective above it (in the scorecard's order) that holds themes.

    A shared metric speaks louder than alike words. Pairs in `known` are not suggested again, whichever way they point.
    """
    likeness = Likeness([side.words for side in sides])
    present = [one for one in CAUSAL_ORDER if any(side.perspective is one for side in sides)]
    found: list[SuggestedLink] = []
    for lower, upper in pairwise(present):
        for i, cause in enumerate(sides):
            if cause.perspective is not lower:
                continue
            ranked = [
                _link(cause, effect, likeness.between(i, j))
                for j, effect in enumerate(sides)
                if effect.perspective is upper and not {(cause.id, effect.id), (effect.id, cause.id)} & set(known)
            ]
            worthy = [link for link in ranked if link.metrics or link.likeness >= _ALIKE]
            worthy.sort(key=lambda link: (-len(link.metrics), -link.likeness, link.effect))
            found.extend(worthy[:_MOST_EFFECTS])
    return found


def chains(links: Iterable[Pair], starts: Collection[int], ends: Collection[int]) -> int:
    """How many of the themes in `starts` lead, by one link or many, to one of `ends`."""
    onward: dict[int, set[int]] = {}
    for cause, effect in links:
        onward.setdefault(cause, set()).add(effect)
    return sum(bool(_reached(onward, start) & set(ends)) for start in starts)


def _reached(onward: dict[int, set[int]], start: int) -> set[int]:
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        for following in onward.get(waiting.pop(), set()) - reached:
            reached.add(following)
            waiting.append(following)
    return reached


def _link(cause: Side, effect: Side, likeness: float) -> SuggestedLink:
    shared = {normalise(metric) for metric in cause.metrics} & {normalise(metric) for metric in effect.metrics}
    metrics = tuple(sorted(metric for metric in cause.metrics if normalise(metric) in shared))
    return SuggestedLink(cause.id, effect.id, metrics, round(likeness, 2))
