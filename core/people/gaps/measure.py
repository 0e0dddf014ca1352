"""The rule by which gaps are measured, on columns of numbers: what somebody can do now, what is missing, what disagrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.people.terms import LEVELS

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Two yearly rounds: somebody who missed one is still known, and what is older tells more of the past than of now.
MONTHS = 24
# A level is what people act on: sources closer than that say the same.
APART = 1.0
# Of people, posts, units: there is none.
NONE = 0
_TOP = float(LEVELS[-1])
_ROUNDED = 6
# How many bits of a number are its own.
_LONGEST = 63


@dataclass(frozen=True)
class Readings:
    """Every assessment there is, as columns, by person, competency, source and day; a day of 0 is one that nobody knows.

    `pair` is the place of the person and the competency of a reading in `employee` and `competency`. The last `proofs` of the sources are
    certificates, which count `until` a day of their own where that is not 0.
    """

    employee: Ints
    competency: Ints
    pair: Ints
    source: NDArray[np.int16]
    day: Ints
    score: NDArray[np.float32]
    scale: NDArray[np.float32]
    sources: tuple[str, ...]
    proofs: int = 0
    until: Ints | None = None

    def proving(self, source: NDArray[np.int16]) -> Flags:
        """Which of these sources are certificates."""
        certificates: Flags = source >= len(self.sources) - self.proofs
        return certificates

    @property
    def keys(self) -> Longs:
        """A number for each pair of person and competency, ascending."""
        return keys(self.employee, self.competency)

    @cached_property
    def begins(self) -> Longs:
        """Where the readings of each pair begin, and where the last ones end."""
        places = np.arange(len(self.employee) + 1, dtype=self.pair.dtype)  # of another type the whole column would be copied
        return np.searchsorted(self.pair, places)

    def of_pair(self, place: int) -> slice:
        """Where the readings of a pair stand."""
        return slice(int(self.begins[place]), int(self.begins[place + 1]))


@dataclass(frozen=True)
class People:
    """Everybody who has not left, by id, with unit and post."""

    employee: Ints
    unit: Ints
    post: Ints


@dataclass(frozen=True)
class Requirements:
    """What posts require of competencies that are not archived, by post; `weight` is the share of the post's whole, 0–1."""

    post: Ints
    competency: Ints
    level: Ints
    weight: Floats


@dataclass(frozen=True)
class Current:
    """What is known now of each pair of person and competency: the level (nan: nothing that counts), and whether sources disagree."""

    level: Floats
    disagree: Flags


@dataclass(frozen=True)
class Cells:
    """Each requirement of each person: who, of which unit and post, what is required, what is known now."""

    employee: Ints
    unit: Ints
    post: Ints
    competency: Ints
    required: Ints
    weight: Floats
    pair: Ints
    level: Floats
    disagree: Flags

    def known_by(self, now: Current) -> Cells:
        """The same with what is known at some moment."""
        there = self.pair >= 0
        level, disagree = np.full(len(self.pair), np.nan), np.zeros(len(self.pair), dtype=np.bool_)
        level[there], disagree[there] = now.level[self.pair[there]], now.disagree[self.pair[there]]
        return replace(self, level=level, disagree=disagree)

    def where(self, chosen: Flags) -> Cells:
        """Some of these."""
        return Cells(**{name: column[chosen] for name, column in vars(self).items()})

    @property
    def gap(self) -> Floats:
        """What lacks to the required level, nan where nothing is known."""
        missing: Floats = np.maximum(0.0, self.required - self.level)
        return missing


def keys(employee: Ints, competency: Ints) -> Longs:
    """One number for a person and a competency."""
    return employee.astype(np.int64) << 32 | competency


def months_before(day: date, months: int) -> date:
    """The day that many months before; the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def latest(readings: Readings, as_of: date, *, undated: bool = True, among: Longs | None = None) -> Longs:
    """Where the last reading of each source stands up to that day, of all or `among` some places in order.

    One without a day is the last only where no other is.
    """
    day = readings.day if among is None else readings.day[among]
    able = day <= as_of.toordinal()
    if not undated:
        able &= day > 0
    places = np.flatnonzero(able) if among is None else among[able]
    pair, source = readings.pair[places], readings.source[places]
    last = np.ones(len(places), dtype=np.bool_)
    last[:-1] = (pair[1:] != pair[:-1]) | (source[1:] != source[:-1])
    return places[last]


def counting(readings: Readings, places: Longs, as_of: date, months: int = MONTHS) -> Flags:
    """Which of these readings are not out of date. One without a day cannot be shown to be, and counts."""
    day = readings.day[places]
    fresh: Flags = (day == 0) | (day >= months_before(as_of, months).toordinal())
    if readings.until is not None:
        until = readings.until[places]
        fresh = np.where(until > 0, until >= as_of.toordinal(), fresh)
    return fresh


def telling(readings: Readings, places: Longs) -> Flags:
    """Which of these readings, those of a pair beside each other, say more than the others.

    A certificate proves at least its level: of several the highest tells, and none where what was measured is as high on the mean.
    """
    told = np.ones(len(places), dtype=np.bool_)
    if not readings.proofs or not len(places):
        return told
    pair, level = readings.pair[places], levels_of(readings.score[places], readings.scale[places])
    proof = readings.proving(readings.source[places])
    starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(places))))
    proved = np.maximum.reduceat(np.where(proof, level, -1.0), starts)
    total, count = np.add.reduceat(np.where(proof, 0.0, level), starts), np.add.reduceat((~proof).astype(np.int64), starts)
    mean = np.divide(total, count, out=np.full(len(starts), -1.0), where=count > 0)
    best = proof & (level == proved[group]) & (level > np.round(mean, _ROUNDED)[group])
    order = np.cumsum(best)
    before = order[starts] - best[starts]
    first: Flags = best & (order - before[group] == 1)
    return ~proof | first


def levels_of(score: NDArray[np.float32], scale: NDArray[np.float32]) -> Floats:
    """Scores as levels: 70 of 100 is level 3.5."""
    levels: Floats = np.round(_TOP * score.astype(np.float64) / scale.astype(np.float64), _ROUNDED)
    return levels


def level_of(score: float, scale: float) -> float:
    """The same of one score."""
    return round(_TOP * score / scale, _ROUNDED)


def current(readings: Readings, as_of: date, *, months: int = MONTHS, undated: bool = True) -> Current:
    """What each pair stands at: the mean of the last reading of each source that is not out of date, of certificates the highest."""
    places = latest(readings, as_of, undated=undated)
    places = places[counting(readings, places, as_of, months)]
    places = places[telling(readings, places)] if readings.proofs else places
    pair, level = readings.pair[places], levels_of(readings.score[places], readings.scale[places])
    count = len(readings.employee)
    total, known = np.bincount(pair, weights=level, minlength=count), np.bincount(pair, minlength=count)
    mean = np.full(count, np.nan)
    np.divide(total, known, out=mean, where=known > 0)
    disagree = np.zeros(count, dtype=np.bool_)
    if len(pair):
        starts = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
        spread = np.maximum.reduceat(level, starts) - np.minimum.reduceat(level, starts)
        disagree[pair[starts]] = np.round(spread, _ROUNDED) >= APART
    return Current(np.round(mean, _ROUNDED), disagree)


def ascending(*columns: Ints) -> Longs:
    """The order of rows by the first of these columns, then by the others: as one number a row where they fit into one."""
    bits = [int(column.max()).bit_length() for column in columns]
    if sum(bits) > _LONGEST:
        return np.lexsort(columns[::-1])
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column, width in zip(columns, bits, strict=True):
        key = key << width | column
    return np.argsort(key, kind="stable")


def cells(people: People, requirements: Requirements, readings: Readings) -> Cells:
    """What is required of everybody, with the place of what is known of it (-1: nothing is)."""
    first = np.searchsorted(requirements.post, people.post)
    after = np.searchsorted(requirements.post, people.post, side="right")
    count = np.where(people.post == NONE, 0, after - first)
    person = np.repeat(np.arange(len(people.employee)), count)
    begin = np.repeat(np.cumsum(count) - count, count)
    rule = np.repeat(first, count) + np.arange(len(person)) - begin
    employee, competency = people.employee[person], requirements.competency[rule]
    wanted, there = keys(employee, competency), readings.keys
    place = np.searchsorted(there, wanted)
    found = np.zeros(len(wanted), dtype=np.bool_)
    inside = place < len(there)
    found[inside] = there[place[inside]] == wanted[inside]
    pair = np.where(found, place, -1).astype(np.int32)
    return Cells(
        employee,
        people.unit[person],
        people.post[person],
        competency,
        requirements.level[rule],
        requirements.weight[rule],
        pair,
        np.full(len(wanted), np.nan),
        np.zeros(len(wanted), dtype=np.bool_),
    )


@dataclass(frozen=True)
class Sums:
    """Sums by group and competency (rows × columns). `below`, `lacking` (levels) are of the measured; `weight` of all required."""

    groups: Ints
    competencies: Ints
    required: Longs
    measured: Longs
    below: Longs
    lacking: Floats
    weight: Floats

    @property
    def missing(self) -> Longs:
        """Those of whom it is required and nothing is known."""
        return self.required - self.measured


def sums(chosen: Cells, by: Ints) -> Sums:
    """Add up cells by group: `by` names the group of each."""
    groups, row = np.unique(by, return_inverse=True)
    competencies, column = np.unique(chosen.competency, return_inverse=True)
    shape = (len(groups), len(competencies))
    place = row * shape[1] + column
    known = ~np.isnan(chosen.level)

    def added(weights: Floats | Flags | None = None) -> Floats:
        amounts = None if weights is None else weights.astype(np.float64)
        found: Floats = np.bincount(place, weights=amounts, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
        return found

    gap = np.where(known, chosen.gap, 0.0)
    return Sums(
        groups.astype(np.int32),
        competencies.astype(np.int32),
        added().astype(np.int64),
        added(known).astype(np.int64),
        added(gap > 0).astype(np.int64),
        added(gap),
        added(chosen.weight),
    )
