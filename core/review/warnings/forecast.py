"""Where a link stands against its own plan, and where it will be at the end, both with an interval. Pure.

Chances of people: Wilson's interval on as many chances as they are worth, since those of one person go together (design effect
1 + (m − 1) × ICC). An amount: the ratio of what came to what was planned over the last readings; its error from how the readings scatter
around it (ratio estimator, variance in proportion to the plan), with Student's t for few readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from core.review.warnings.signals import Track
from core.review.warnings.thresholds import Thresholds

ICC = 0.1
"""How much more alike the chances of one person are than those of two (statistics of clustered attendances)."""

_PRIOR = 8.0
"""The rate of the whole run so far weighs as much as this many chances beside those of the last readings."""


@dataclass(frozen=True)
class Estimate:
    """A share of the plan with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """A link at the end of a week: reached so far, forecast at the end; `n` chances (of an amount: readings) of `people`, `elapsed` the
    share of its plan that has fallen due."""

    now: Estimate
    end: Estimate
    n: int
    people: int
    elapsed: float


def outlook(track: Track, week: int, numbers: Thresholds) -> Outlook | None:
    """How a link stands at the end of a week; None where nothing is known of it yet, or too little for any interval."""
    at = min(week, len(track.seen)) - 1
    whole = track.planned[-1] if track.planned else 0.0
    if at < 0 or track.seen[at] <= 0 or whole <= 0 or track.target <= 0:
        return None
    steps = _steps(track, at, numbers.window)
    made = _of_chances(track, at, whole, steps, numbers) if track.counted else _of_amount(track, at, whole, steps, numbers)
    if made is None:
        return None
    now, end = made
    n = round(track.seen[at]) if track.counted else _readings(track, at)
    return Outlook(now, end, n, track.people, min(1.0, track.seen[at] / whole))


def enough_from(track: Track, numbers: Thresholds) -> int | None:
    """The first week at whose end this link could be judged if all goes as planned; None: never, there are too few people or chances."""
    whole = track.planned[-1] if track.planned else 0.0
    if track.people < numbers.people or whole <= 0:
        return None
    readings = 0
    for week, due in enumerate(track.planned, 1):
        readings += due > (track.planned[week - 2] if week > 1 else 0.0)
        seen = due >= numbers.chances if track.counted else readings >= numbers.readings
        if seen and due / whole >= numbers.elapsed:
            return week
    return None


def _readings(track: Track, at: int) -> int:
    return sum(track.seen[place] > (track.seen[place - 1] if place else 0.0) for place in range(at + 1))


def _steps(track: Track, at: int, window: int) -> list[tuple[float, float]]:
    """What fell due and what was done between the last readings; weeks without a reading are no step."""
    found: list[tuple[float, float]] = []
    seen, done = track.seen[at], track.done[at]
    for place in range(at - 1, -2, -1):
        before = track.seen[place] if place >= 0 else 0.0
        if before < seen:
            had = track.done[place] if place >= 0 else 0.0
            found.append((seen - before, done - had))
            seen, done = before, had
            if len(found) == window:
                break
    return found


def _of_chances(
    track: Track, at: int, whole: float, steps: list[tuple[float, float]], numbers: Thresholds
) -> tuple[Estimate, Estimate] | None:
    seen, done = track.seen[at], track.done[at]
    clustered = 1 + (max(1.0, seen / max(track.people, 1)) - 1) * ICC
    z = NormalDist().inv_cdf(0.5 + numbers.confidence / 2)
    rate = min(1.0, done / seen)
    low, high = _wilson(rate, seen / clustered, z)
    now = Estimate(rate / track.target, low / track.target, high / track.target)
    recent, came = sum(step[0] for step in steps), sum(step[1] for step in steps)
    ahead = min(1.0, max(0.0, (came + _PRIOR * rate) / (recent + _PRIOR)))
    rest = max(0.0, whole - seen)
    # A share that is 0 or 1 so far is not known to be so: its scatter is that of one chance more on either side.
    careful = (ahead * (recent + _PRIOR) + 1) / (recent + _PRIOR + 2)
    scatter = careful * (1 - careful) * clustered
    error = z * sqrt(rest * scatter + rest * rest * scatter / (recent + _PRIOR))
    reached, full = done + ahead * rest, track.target * whole
    return now, Estimate(reached / full, max(done, reached - error) / full, min(done + rest, reached + error) / full)


def _of_amount(
    track: Track, at: int, whole: float, steps: list[tuple[float, float]], numbers: Thresholds
) -> tuple[Estimate, Estimate] | None:
    if len(steps) < 3:
        return None
    planned, came = sum(step[0] for step in steps), sum(step[1] for step in steps)
    ratio = came / planned
    scatter = sum((got - ratio * due) ** 2 / due for due, got in steps) / (len(steps) - 1)
    t = _student(0.5 + numbers.confidence / 2, len(steps) - 1)
    seen, rest = track.seen[at], max(0.0, whole - track.seen[at])
    so_far = track.done[at] / seen
    error = t * sqrt(scatter / seen)
    reached = track.done[at] + ratio * rest
    spread = t * sqrt(scatter * rest + rest * rest * scatter / planned)
    end = Estimate(reached / whole, (reached - spread) / whole, (reached + spread) / whole)
    return Estimate(so_far, so_far - error, so_far + error), end


def _wilson(rate: float, n: float, z: float) -> tuple[float, float]:
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _student(probability: float, freedom: int) -> float:
    # Abramowitz and Stegun 26.7.5: for two degrees of freedom and more within a few per cent, and no library to wait for.
    z = NormalDist().inv_cdf(probability)
    terms = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))
