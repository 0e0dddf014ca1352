"""From days to weeks: what was planned, seen and done of a link of a project, added up by week. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from core.review.results.terms import Aggregation, Direction
from core.review.warnings.signals import WEEK, Track
from core.review.warnings.terms import Link

_LEAST_EXPECTED, _MOST_ATTAINED = 0.1, 2.0


@dataclass(frozen=True)
class Run:
    """The weeks of a project: from the Monday of its first day to the week of its last, and how many have passed."""

    start: date
    weeks: int
    now: int

    def week(self, day: date) -> int:
        """The place of a day's week, from 0; what lies outside the run counts in its first or last."""
        return max(0, min(self.weeks - 1, (day - self.start) // WEEK))


@dataclass(frozen=True)
class Reading:
    """What a measure came to in a span that ended on a day."""

    until: date
    value: float


@dataclass(frozen=True)
class Aim:
    """What a measure is to reach: from `baseline` (None: nobody knows) to `reach` by `due`, and how much it counts beside others."""

    aggregation: Aggregation
    direction: Direction
    baseline: float | None
    reach: float
    due: date
    weight: float
    readings: tuple[Reading, ...]


def run_of(first: date, last: date, today: date) -> Run:
    """The weeks from the first day to the last; the week that is running has not passed."""
    start = first - timedelta(days=first.weekday())
    weeks = max(1, ceil(((last - start).days + 1) / 7))
    return Run(start, weeks, max(0, min(weeks, (today - start) // WEEK)))


def of_chances(
    link: Link, run: Run, target: float, planned: Iterable[tuple[date, float]], known: Iterable[tuple[date, float, float]], people: int
) -> Track | None:
    """A link counted in chances: those `planned` by day, and those `known` by day with how many were used; None where none is planned."""
    due, seen, done = ([0.0] * run.weeks for _ in range(3))
    for day, number in planned:
        due[run.week(day)] += number
    if not sum(due):
        return None
    for day, number, used in known:
        seen[run.week(day)] += number
        done[run.week(day)] += used
    return Track(link, target, tuple(accumulate(due)), *_sums(run, seen, done), people, counted=True)


def of_amounts(link: Link, run: Run, aims: Sequence[Aim], people: int) -> Track | None:
    """A link measured by what measures came to against the way from their baselines to their targets; None where none has a target.

    Each counts by its weight. A sum is planned to grow evenly until it is due. A mean or a share is planned to go evenly from its baseline
    to its target, and counts for the time since the reading before; without a baseline it is held against its target from the first.
    """
    usable = [one for one in aims if one.weight > 0 and one.due > run.start and _way(one) != 0]
    whole = sum(one.weight for one in usable)
    if not usable:
        return None
    planned, seen, done = ([0.0] * run.weeks for _ in range(3))
    for one in usable:
        ramp = [min(1.0, (place + 1) * 7 / (one.due - run.start).days) for place in range(run.weeks)]
        share = one.weight / whole
        for place, value in enumerate(ramp):
            planned[place] += share * value
        last = 0.0
        for reading in sorted(one.readings, key=lambda each: each.until):
            at = run.week(reading.until)
            if (reading.until - run.start) // WEEK >= run.now:
                continue
            due = max(0.0, ramp[at] - last)
            last = max(last, ramp[at])
            seen[at] += share * due
            done[at] += share * _attained(one, reading.value, ramp[at], due)
    return Track(link, 1.0, tuple(planned), *_sums(run, seen, done), people, counted=False)


def _sums(run: Run, seen: Sequence[float], done: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return tuple(accumulate(seen[: run.now])), tuple(accumulate(done[: run.now]))


def _way(one: Aim) -> float:
    if one.aggregation is Aggregation.SUM or one.baseline is None:
        return one.reach
    return one.reach - one.baseline


def _attained(one: Aim, value: float, expected: float, due: float) -> float:
    """How much of the plan a reading adds: of a sum its share of the whole, else what was reached of what was expected by then."""
    if one.aggregation is Aggregation.SUM:
        return value / one.reach
    if one.baseline is not None:
        reached = (value - one.baseline) / (one.reach - one.baseline) / max(_LEAST_EXPECTED, expected)
    else:
        reached = one.reach / value if one.direction is Direction.DOWN and value > 0 else value / one.reach
    return due * max(-_MOST_ATTAINED, min(_MOST_ATTAINED, reached))
