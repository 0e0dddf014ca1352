"""Who stands out in both: among the best fifth by score and the best tenth by result of a job family. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from core.review.talent.terms import LEAST_LISTED, TOP_RESULT, TOP_SCORE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Top:
    """The best by one figure: how many `places` there are, who is `inside`, at which figure it ends (`border`).

    Whoever is level with the last place is in: `tied` says how many more than there are places that makes. `parts` is False where so many
    are level that the figure does not tell the best from the others; then nobody is inside.
    """

    places: int
    border: float
    inside: Flags
    tied: int
    parts: bool


@dataclass(frozen=True)
class Potentials:
    """A job family of `people` with both figures; `found` marks those at the top of both. Without `score` and `result`: too few people."""

    people: int
    found: Flags
    score: Top | None = None
    result: Top | None = None


def top(values: Floats, share: float, *, up: bool = True) -> Top:
    """The best `share` of these figures, rounded down to whole people, at least one. Who is level with the last of them is in too."""
    places = max(1, floor(len(values) * share + 1e-9))
    ranked = values if up else -values
    border = float(np.sort(ranked)[-places])
    inside = ranked >= border
    tied = int(inside.sum()) - places
    parts = tied <= places
    return Top(places, border if up else -border, inside if parts else np.zeros(len(values), dtype=np.bool_), tied, parts)


def potentials(score: Floats, result: Floats, *, up: bool) -> Potentials:
    """Who of a job family is at the top of both; nobody below twenty people."""
    people = len(score)
    if people < LEAST_LISTED:
        return Potentials(people, np.zeros(people, dtype=np.bool_))
    scored, did = top(score, TOP_SCORE), top(result, TOP_RESULT, up=up)
    return Potentials(people, scored.inside & did.inside, scored, did)
