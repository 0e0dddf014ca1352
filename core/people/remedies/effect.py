"""What an entry did for those who did it before: the next reading less the last one before it, in levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean

import numpy as np

from core.people.gates import HIDE

# Up to where the distribution lies for an interval of 95 %.
_UPPER = 0.975
_MOST = 0.5


@dataclass(frozen=True)
class Effect:
    """The mean rise of `people` in levels, with its interval. Nobody was compared with: what else happened meanwhile is in it."""

    people: int
    mean: float
    low: float
    high: float

    @property
    def factor(self) -> float:
        """What it counts in the points: only as much of the rise, or of the fall, as is sure; at most half a level."""
        sure = max(0.0, self.low) + min(0.0, self.high)
        return 1.0 + max(-_MOST, min(_MOST, sure))


@dataclass(frozen=True)
class Done:
    """Somebody did an entry on a day, and their dated readings in the competency that it was for: day and level."""

    employee_id: int
    course_id: int
    on: date
    readings: tuple[tuple[date, float], ...]

    @property
    def rise(self) -> float | None:
        """The first reading after it less the last one until it; several of one day count with their mean. None where one is missing."""
        before = [day for day, _ in self.readings if day <= self.on]
        after = [day for day, _ in self.readings if day > self.on]
        return self._on(min(after)) - self._on(max(before)) if before and after else None

    def _on(self, day: date) -> float:
        return fmean(level for when, level in self.readings if when == day)


def effects(done: Iterable[Done]) -> dict[int, Effect]:
    """The effect of each entry that enough people have done; a person who did it twice counts once, with the mean of both."""
    rises: dict[int, dict[int, list[float]]] = {}
    for one in done:
        if (rise := one.rise) is not None:
            rises.setdefault(one.course_id, {}).setdefault(one.employee_id, []).append(rise)
    return {course_id: _effect(people) for course_id, people in rises.items() if len(people) >= HIDE}


def _effect(rises: Mapping[int, list[float]]) -> Effect:
    each = np.array([np.mean(some) for some in rises.values()])
    mean = float(each.mean())
    half = _bound(len(each) - 1) * float(each.std(ddof=1)) / len(each) ** 0.5
    return Effect(len(each), mean, mean - half, mean + half)


def _bound(freedom: int) -> float:
    """Student's t for 95 %, both sides."""
    from scipy.special import stdtrit  # scipy takes a second to import, which only whoever has effects to show waits for

    return float(stdtrit(freedom, _UPPER))
