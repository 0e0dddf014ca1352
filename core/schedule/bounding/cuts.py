"""Rows that several people's monthly limits imply together, found where the prices' average plan breaks them.

Three sessions of which any two share a person with room for one fit into no month together, though each person's own row lets half of each
in. For a few sessions around such a spot all that fits into a month is listed, and a linear programme finds the row that holds for every
such choice and that the average plan breaks most (local cuts: Applegate, Bixby, Chvátal and Cook, TSP cuts which do not conform to the
template paradigm, 2001). A row holds in every month.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from core.schedule.bounding.relaxation import Floats, Ints
from core.schedule.bounding.rows import Row, greatest_sets, sessions_of_people
from core.schedule.entities import Problem

_MOST_TOGETHER = 12
_SEEN = 0.03
_UNDECIDED = 0.05
_BROKEN = 1.02
_SMALL = 1e-6

Known = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Packing:
    """What fits into one month: of every set of sessions, at most `limit` slots; `around[i]`: the sets that session i is in."""

    dur: Ints
    limit: int
    sets: tuple[frozenset[int], ...]
    around: tuple[tuple[int, ...], ...]


def packing_of(problem: Problem, dur: Ints) -> Packing | None:
    """The sets of sessions of people who cannot attend all of theirs in one month; None without such a rule."""
    rule = problem.rules.person_month
    if rule is None or rule.mode == "soft" or rule.limit < 1 or problem.calendar.dates is None:
        return None
    possible = (frozenset(at for at in one if dur[at] <= rule.limit) for one in sessions_of_people(problem).values())
    sets = tuple(one for one in greatest_sets(possible) if sum(int(dur[at]) for at in one) > rule.limit)
    around: list[list[int]] = [[] for _ in dur]
    for number, one in enumerate(sets):
        for at in one:
            around[at].append(number)
    return Packing(dur, rule.limit, sets, tuple(tuple(one) for one in around))


def broken_rows(packing: Packing, present: Floats, known: set[Known], seconds: float) -> list[Row]:
    """Rows that hold in every month and that `present` (how much of each session lies in each month) breaks in some, in so much time.
    `known` are those found before; the new ones are added to it."""
    until = time.monotonic() + seconds
    found: list[Row] = []
    for month, seed in _undecided(present):
        if time.monotonic() > until:
            break
        row = _most_broken(packing, _neighbourhood(packing, present[:, month], seed), present[:, month])
        key = tuple(sorted((at, round(coef, 6)) for at, coef in row.items()))
        if row and key not in known:
            known.add(key)
            found.append(row)
    return found


def _undecided(present: Floats) -> list[tuple[int, int]]:
    """The months and sessions that are in part there, the most undecided first."""
    doubt = np.minimum(present, 1.0 - present)
    at, month = np.nonzero(doubt > _UNDECIDED)
    order = np.argsort(-doubt[at, month], kind="stable")
    return [(int(month[one]), int(at[one])) for one in order]


def _neighbourhood(packing: Packing, here: Floats, seed: int) -> list[int]:
    """A few sessions of the month, each of which shares full people with those before it."""
    chosen, score = [seed], defaultdict[int, float](float)
    while len(chosen) < _MOST_TOGETHER:
        for number in packing.around[chosen[-1]]:
            members = [at for at in packing.sets[number] if here[at] > _SEEN]
            load = sum(float(packing.dur[at] * here[at]) for at in members)
            for at in members:
                score[at] += max(load - 0.6 * packing.limit, 0.01) * float(here[at])
        open_ = [(value, at) for at, value in score.items() if at not in chosen]
        if not open_:
            break
        chosen.append(max(open_)[1])
    return chosen


def _most_broken(packing: Packing, chosen: list[int], here: Floats) -> dict[int, float]:
    """The row over the chosen sessions that all that fits keeps and that is broken most; empty where none is."""
    if len(chosen) < 3:
        return {}
    choices = _fullest(packing, chosen)
    found = linprog(-here[chosen], A_ub=choices, b_ub=np.ones(len(choices)), bounds=(0.0, 1.0), method="highs")
    if not found.success or -found.fun < _BROKEN:
        return {}
    return _safe({at: float(coef) for at, coef in zip(chosen, found.x, strict=True) if coef > _SMALL}, choices, chosen)


def _safe(row: dict[int, float], choices: Floats, chosen: list[int]) -> dict[int, float]:
    """The row, scaled so that it holds for every choice to the last digit."""
    coefs = np.array([row.get(at, 0.0) for at in chosen])
    most = float((choices * coefs).sum(axis=1).max()) + 1e-12
    return {at: coef / max(most, 1.0) for at, coef in row.items()}


def _fullest(packing: Packing, chosen: list[int]) -> Floats:
    """All choices of these sessions that fit into one month and to which none of them can be added, one a line."""
    count = len(chosen)
    number = np.arange(1 << count)
    fits = np.ones(1 << count, dtype=np.bool_)
    for weights in _limits(packing, chosen):
        load = sum((number >> bit & 1) * weight for bit, weight in weights.items())
        fits &= load <= packing.limit
    full = fits.copy()
    for bit in range(count):
        without = number[(number >> bit & 1) == 0]
        full[without] &= ~fits[without | (1 << bit)]
    lines: Floats = (number[full][:, None] >> np.arange(count) & 1).astype(np.float64)
    return lines


def _limits(packing: Packing, chosen: list[int]) -> Iterator[dict[int, int]]:
    """Of everybody in two or more of the chosen sessions: which of them (by place), and how long they are."""
    place = {at: bit for bit, at in enumerate(chosen)}
    met: Iterable[frozenset[int]] = (
        frozenset(place[at] for at in packing.sets[number] if at in place) for at in chosen for number in packing.around[at]
    )
    for one in greatest_sets(met):
        yield {bit: int(packing.dur[chosen[bit]]) for bit in one}
