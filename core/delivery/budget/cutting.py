"""What a cut would drop: whole programmes, so that what is lost is least. Pure.

A 0/1 knapsack turned round: of all sets of programmes that save enough, the one with the least value, worked out exactly by dynamic
programming over the money saved in steps of `STEP` yuan (Kellerer, Pferschy, Pisinger: Knapsack Problems, 2004, ch. 2 and 13.3.3,
minimisation form).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

STEP = 100.0
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class Candidate:
    """A programme: what dropping it saves (planned money that is not yet bound), and what is lost: its priority × its people."""

    id: int
    saves: float
    value: float


@dataclass(frozen=True)
class Cut:
    """Which programmes go, what that saves, what was asked, and the share of all value that goes with them.

    `enough` False: even all of what can still be saved is less than what was asked.
    """

    dropped: tuple[int, ...]
    saved: float
    asked: float
    value_share: float
    enough: bool


def cut(candidates: Sequence[Candidate], asked: float) -> Cut:
    """The programmes to drop so as to save `asked` yuan at the least loss; ties go to the smaller saving, then to the earlier."""
    worth = [one for one in candidates if one.saves > 0]
    total = sum(one.saves for one in worth)
    whole = sum(one.value for one in candidates) or 1.0
    if asked <= 0 or not worth:
        return Cut((), 0.0, max(asked, 0.0), 0.0, asked <= 0)
    chosen = worth if total < asked else _least(worth, asked)
    lost = sum(one.value for one in chosen)
    return Cut(tuple(one.id for one in chosen), sum(one.saves for one in chosen), asked, lost / whole, total >= asked)


def _least(worth: Sequence[Candidate], asked: float) -> list[Candidate]:
    # Savings are rounded down, so that what the steps say is saved is saved.
    step = max(STEP, asked / _MOST_STEPS)
    goal = ceil(asked / step)
    steps = [int(one.saves // step) for one in worth]
    if sum(steps) < goal:
        return list(worth)
    best = np.full(goal + 1, np.inf)
    best[0] = 0.0
    taken = np.zeros((len(worth), goal + 1), dtype=bool)
    for number, (one, saves) in enumerate(zip(worth, steps, strict=True)):
        source = np.maximum(np.arange(goal + 1) - saves, 0)
        offered = best[source] + one.value
        offered[0] = np.inf
        taken[number] = offered < best
        best = np.minimum(best, offered)
    chosen: list[Candidate] = []
    at = goal
    for number in range(len(worth) - 1, -1, -1):
        if taken[number, at]:
            chosen.append(worth[number])
            at = max(at - steps[number], 0)
    return sorted(chosen, key=lambda one: one.id)
