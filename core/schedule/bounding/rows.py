"""What couples sessions, as rows Σ coefficient × session ≤ 1 that hold in every month, or in every slot.

A row of whole numbers Σ a x ≤ b is made as strong as whole sessions allow: b falls to the greatest sum that is reached at all, and the row
is joined by its images under dual feasible functions (Fekete and Schepers, New classes of fast lower bounds for bin packing, 2001), which
say for example that of sessions longer than half the limit a person has one a month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.schedule.bounding.kernels import grow
from core.schedule.bounding.relaxation import Floats, Ints, absent
from core.schedule.entities import Id, Problem

Row = Mapping[int, float]


@dataclass(frozen=True)
class Rows:
    """Rows by session: those of session i are at `first[i]` … `first[i + 1] − 1` of `row` and `coef`."""

    count: int
    first: Ints
    row: Ints
    coef: Floats

    @property
    def arrays(self) -> tuple[Any, ...]:
        """As the compiled part takes it."""
        return self.first, self.row, self.coef


def by_session(rows: list[Row], sessions: int) -> Rows:
    """Rows, turned over."""
    entries: list[list[tuple[int, float]]] = [[] for _ in range(sessions)]
    for number, row in enumerate(rows):
        for at, coef in row.items():
            entries[at].append((number, coef))
    first = np.concatenate([[0], np.cumsum([len(one) for one in entries])]).astype(np.int64)
    flat = [entry for one in entries for entry in one]
    return Rows(
        len(rows), first, np.array([number for number, _ in flat], dtype=np.int64), np.array([coef for _, coef in flat], dtype=np.float64)
    )


def strengthened(weights: Mapping[int, int], limit: int) -> Iterator[Row]:
    """The rows that Σ weight × session ≤ limit implies for whole sessions, none of which another makes needless. 1 ≤ weight ≤ limit."""
    if sum(weights.values()) <= limit:
        return
    reached = 1
    for weight in weights.values():
        reached |= reached << weight
    limit = (reached & ((1 << (limit + 1)) - 1)).bit_length() - 1
    sizes = tuple(sorted(set(weights.values())))
    for image in _images(sizes, limit):
        values = dict(zip(sizes, image, strict=True))
        if sum(values[weight] for weight in weights.values()) > 1 + 1e-9:
            yield {at: values[weight] for at, weight in weights.items() if values[weight]}


@lru_cache(maxsize=4096)
def _images(sizes: tuple[int, ...], limit: int) -> tuple[tuple[float, ...], ...]:
    """What the dual feasible functions make of these sizes, less what another makes needless."""
    made = dict.fromkeys(tuple(function(Fraction(size, limit)) for size in sizes) for function in _feasible_functions(limit))
    best = [one for one in made if not any(other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in made)]
    return tuple(tuple(float(value) for value in one) for one in best)


def _feasible_functions(limit: int) -> Iterator[Callable[[Fraction], Fraction]]:
    """The identity, the roundings by k, and the thresholds: f(x) summed over sizes that fit into 1 is at most 1."""
    yield partial(_rounding, 1, 0)
    for k in range(1, min(limit, 6)):
        yield partial(_rounding, k + 1, k)
    for step in range(1, min(limit // 2, 12) + 1):
        yield partial(_threshold, Fraction(step, limit))


def _rounding(times: int, by: int, size: Fraction) -> Fraction:
    return size if (size * times).denominator == 1 or by == 0 else Fraction((size * times).__floor__(), by)


def _threshold(least: Fraction, size: Fraction) -> Fraction:
    return Fraction(1) if size > 1 - least else (Fraction(0) if size < least else size)


def greatest_sets(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """The distinct sets of at least two that no other contains, the largest first."""
    kept: list[frozenset[int]] = []
    holding: dict[int, list[frozenset[int]]] = {}
    for one in sorted(set(sets), key=lambda one: (-len(one), sorted(one))):
        if len(one) < 2:
            continue
        rarest = min(one, key=lambda at: len(holding.get(at, ())))
        if not any(one < other for other in holding.get(rarest, ())):
            kept.append(one)
            for at in one:
                holding.setdefault(at, []).append(one)
    return kept


def sessions_of_people(problem: Problem) -> dict[Id, frozenset[int]]:
    """The session numbers of everybody who is in any."""
    found: dict[Id, set[int]] = {}
    for at, session in enumerate(problem.sessions):
        for person in session.people:
            found.setdefault(person, set()).add(at)
    return {person: frozenset(one) for person, one in found.items()}


def a_person_keeps_the_monthly_limit(problem: Problem, dur: Ints) -> Iterator[Row]:
    """Rows for every month: of people whose sessions are among another's, the other's row says it all."""
    rule = problem.rules.person_month
    if rule is None or rule.mode == "soft" or problem.calendar.dates is None or rule.limit < 1:
        return
    for sessions in greatest_sets(sessions_of_people(problem).values()):
        yield from strengthened({at: int(dur[at]) for at in sessions if dur[at] <= rule.limit}, rule.limit)


def a_department_spares_so_many(problem: Problem) -> Iterator[Row]:
    """Rows for every slot. Only where nobody is in two sessions at once is the number away the sum over sessions."""
    if not problem.rules.person_exclusive:
        return
    for cap, away in departments(problem):
        yield from strengthened({int(at): int(away[at]) for at in np.flatnonzero((away > 0) & (away <= cap))}, cap)


def departments(problem: Problem) -> Iterator[tuple[int, Ints]]:
    """Of each department that may miss only so many: how many, and how many of its people each session takes."""
    homes = {one.id: one.department for one in problem.people}
    taken: dict[Id, Ints] = {}
    for at, session in enumerate(problem.sessions):
        for home, away in absent(session, homes).items():
            taken.setdefault(home, np.zeros(len(problem.sessions), dtype=np.int64))[at] = away
    for department in problem.departments:
        if department.max_absent and department.id in taken:
            yield department.max_absent, taken[department.id]


def rooms_are_as_many_as_there_are(problem: Problem) -> Iterator[Row]:
    """Rows for every slot: of the sessions that fit only into rooms of so many seats, no more than there are such rooms."""
    if not problem.rules.venue_exclusive:
        return
    place = {one.id: at for at, one in enumerate(problem.venues)}
    fitting = {
        at: frozenset(place[venue.id] for venue in problem.venues_for(session))
        for at, session in enumerate(problem.sessions)
        if problem.needs_venue(session)
    }
    for rooms in sorted(set(fitting.values()), key=sorted):
        inside = [at for at, one in fitting.items() if one and one <= rooms]
        if rooms and len(inside) > len(rooms):
            yield dict.fromkeys(inside, 1.0 / len(rooms))


def never_together(problem: Problem) -> NDArray[np.bool_]:
    """For every two sessions, whether a rule keeps them out of the same slot: a person, cohort, group or only trainer in
    both, or a department that cannot spare the people of both."""
    count = len(problem.sessions)
    apart = np.zeros((count, count), dtype=np.bool_)
    for members in _exclusive_sets(problem):
        one = np.fromiter(members, dtype=np.int64)
        apart[np.ix_(one, one)] = True
    if problem.rules.person_exclusive:
        for cap, away in departments(problem):
            sent = np.flatnonzero(away)
            apart[np.ix_(sent, sent)] |= away[sent][:, None] + away[sent][None, :] > cap
    np.fill_diagonal(apart, val=False)
    return apart


def _exclusive_sets(problem: Problem) -> Iterator[list[int]]:
    rules = problem.rules
    found: dict[tuple[str, Any], list[int]] = {}
    for at, session in enumerate(problem.sessions):
        names: list[tuple[str, Any]] = []
        if rules.person_exclusive:
            names += [("person", one) for one in dict.fromkeys(session.people)]
        if rules.cohort_exclusive:
            names += [("cohort", one) for one in dict.fromkeys(session.cohorts)]
        if rules.group_exclusive and session.group is not None:
            names.append(("group", session.group))
        if rules.trainer_exclusive and len(session.trainers) == 1:
            names.append(("trainer", session.trainers[0]))
        for name in names:
            found.setdefault(name, []).append(at)
    return (one for one in found.values() if len(one) > 1)


def cliques(apart: NDArray[np.bool_], weight: Floats, most: int) -> list[frozenset[int]]:
    """Sets of sessions of which any two keep apart, grown greedily from every session by weight: the heaviest `most` distinct ones."""
    found: set[frozenset[int]] = set()
    possible, members = np.empty(len(weight), dtype=np.int64), np.empty(len(weight), dtype=np.int64)
    for seed in range(len(weight)):
        size = grow(apart, weight, seed, possible, members)
        found.add(frozenset(members[:size].tolist()))
    ranked = sorted(found, key=lambda one: (-float(weight[list(one)].sum()), sorted(one)))
    return [one for one in ranked if len(one) > 2][:most]
