"""How long until what was learnt is first used: those who have not used it yet are counted as such, and not dropped (Kaplan and Meier)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

from core.i18n import Message
from core.review.effects.sample import Floats

LEAST_PEOPLE = 5


@dataclass(frozen=True)
class Step:
    """The share that had used it by a day, with its 95 % interval."""

    day: float
    used: float
    low: float
    high: float


@dataclass(frozen=True)
class FirstUse:
    """The curve of first use. `median` None: fewer than half have used it, so that the half is not known; its interval may be open."""

    people: int
    used: int
    steps: tuple[Step, ...]
    median: float | None
    low: float | None
    high: float | None

    @property
    def never(self) -> int:
        """People who have not used it so far."""
        return self.people - self.used

    @property
    def verdict(self) -> Message:
        """What can be said, in words."""
        values = {"people": self.people, "never": self.never, "share": round(100 * self.never / self.people)}
        if self.median is None:
            return Message("{people} 人中 {never} 人（{share}%）到现在还没有用过：用过的不到一半，说不出多久才用上。", **values)
        between = (
            Message("{low} 到 {high} 天", low=round(self.low or 0), high=round(self.high))
            if self.high is not None
            else Message("至少 {low} 天", low=round(self.low or 0))
        )
        return Message(
            "一半的人在 {median} 天内第一次用上（95% 区间 {between}）；{people} 人中 {never} 人（{share}%）到现在还没有用过。",
            median=round(self.median),
            between=between,
            **values,
        )


def first_use(days: Sequence[float], used: Sequence[bool]) -> FirstUse | None:
    """Of days until the first use, or, for those who have not used it, days until now. None with fewer than five people."""
    if len(days) < LEAST_PEOPLE:
        return None
    time, event = np.asarray(days, dtype=np.float64), np.asarray(used, dtype=np.int64)
    if not event.any():
        return FirstUse(len(time), 0, (), None, None, None)
    found = SurvfuncRight(np.maximum(time, 0.5), event)
    left, error = np.asarray(found.surv_prob), np.asarray(found.surv_prob_se)
    low, high = _bounds(left, error)
    steps = tuple(
        Step(float(day), 1 - float(one), 1 - float(up), 1 - float(down))
        for day, one, down, up in zip(found.surv_times, left, low, high, strict=True)
    )
    # The median's interval holds the days on which one half lies within the curve's own (Brookmeyer and Crowley 1982).
    median, first, last = (_day(found.surv_times, part) for part in (left, low, high))
    return FirstUse(len(time), int(event.sum()), steps, median, first, last)


def _bounds(left: Floats, error: Floats) -> tuple[Floats, Floats]:
    """The interval of what is left, on the complementary log-log scale, which stays between 0 and 1."""
    inner = (left > 0) & (left < 1) & np.isfinite(error)
    safe = np.where(inner, left, 0.5)
    spread = 1.959964 * np.where(inner, error, 0.0) / (safe * np.abs(np.log(safe)))
    low, high = safe ** np.exp(spread), safe ** np.exp(-spread)
    return np.where(inner, low, left), np.where(inner, high, left)


def _day(days: Floats, left: Floats) -> float | None:
    """The first day on which no more than half are left, None where there is none."""
    at = np.flatnonzero(left <= 0.5 + 1e-9)
    return float(days[at[0]]) if len(at) else None
