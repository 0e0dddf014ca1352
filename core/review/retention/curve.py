"""Knowledge over time: R = e^(−λt), from the share that is still known so many days after the training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, inf, log

import numpy as np

from core.i18n import Message

LEAST_POINTS = 3
"""With fewer measurements there are points and no curve."""
LEAST_PEOPLE = 5
_FLAT = 1e-9


@dataclass(frozen=True)
class Point:
    """How much was known so many days after the training, 0 to 1 of what was known right after it, and of how many people."""

    days: float
    kept: float
    people: int


@dataclass(frozen=True)
class Curve:
    """The points, and λ a day where there are enough of them; None where there is no curve, or where nothing is lost."""

    points: tuple[Point, ...]
    rate: float | None = None

    @property
    def half_life(self) -> float | None:
        """After how many days half is lost; None without a curve."""
        return None if self.rate is None else half_life(self.rate)

    def at(self, days: float) -> float | None:
        """What the curve says is left after so many days."""
        return None if self.rate is None else exp(-self.rate * days)

    @property
    def verdict(self) -> Message:
        """What can be said, in words."""
        if not self.points:
            return Message("还没有训后一段时间再测的数，说不出留住了多少。")
        last = self.points[-1]
        values = {"days": round(last.days), "share": round(100 * last.kept), "people": last.people}
        if self.rate is None:
            if len(self.points) < LEAST_POINTS:
                return Message(
                    "训后 {days} 天还留住 {share}%（{people} 人）。测量次数不足 {least} 次，画不出曲线，不算半衰期。",
                    least=LEAST_POINTS,
                    **values,
                )
            return Message("训后 {days} 天还留住 {share}%（{people} 人），到现在看不出遗忘。", **values)
        return Message(
            "训后 {days} 天还留住 {share}%（{people} 人）；按 {points} 次测量推算，约 {half} 天后剩一半。",
            points=len(self.points),
            half=round(self.half_life or 0),
            **values,
        )


def half_life(rate: float) -> float:
    """ln 2 / λ."""
    return log(2) / rate if rate > _FLAT else inf


def rate_of(kept: float, days: float) -> float:
    """λ from one measurement: 85 % after 90 days lose one half in 384."""
    return -log(kept) / days


def curve(points: Iterable[Point]) -> Curve:
    """The curve through 100 % at day 0 that fits best, each point by its people; points of fewer than five people are left out."""
    shown = tuple(sorted((one for one in points if one.people >= LEAST_PEOPLE and one.days > 0), key=lambda one: one.days))
    usable = [one for one in shown if one.kept > 0]
    if len(usable) < LEAST_POINTS or len({one.days for one in usable}) < LEAST_POINTS:
        return Curve(shown)
    days, kept = np.array([one.days for one in usable]), np.array([one.kept for one in usable])
    # In the logarithm, a share is the less certain the smaller it is.
    weight = np.array([one.people for one in usable]) * kept**2
    rate = float(-np.sum(weight * days * np.log(kept)) / np.sum(weight * days**2))
    return Curve(shown, rate if rate > _FLAT else None)
