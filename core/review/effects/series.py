"""A long series with no comparison: the level and the slope before and after the training (segmented regression)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm

from core.i18n import Message
from core.review.effects.sample import Floats
from core.review.effects.terms import Unit
from core.review.effects.verdict import amount

LEAST_POINTS = 8
"""With fewer points on either side a series is only described."""


@dataclass(frozen=True)
class Change:
    """A figure of a series with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Segments:
    """How level and slope changed at the training; both None: too few points, so only the means are told. It is no proof of a cause."""

    before: int
    after: int
    mean_before: float | None
    mean_after: float | None
    level: Change | None = None
    slope: Change | None = None
    unit: Unit = Unit.SCORE

    @property
    def verdict(self) -> Message:
        """What can be said, in words."""
        if self.level is None or self.slope is None:
            return Message(
                "训前 {before} 期、训后 {after} 期，两边各不足 {least} 期：只能看图，不能说有没有变化，更不能说是培训带来的。",
                before=self.before,
                after=self.after,
                least=LEAST_POINTS,
            )
        return Message(
            "可以说：与训前走势相比，训后水平变化 {level}（95% 区间 {low} 到 {high}，{points} 期）。不能说：这是培训带来的。",
            level=amount(self.level.value, self.unit, signed=True),
            low=f"{self.level.low:+.2f}",
            high=f"{self.level.high:+.2f}",
            points=self.before + self.after,
        )


def segments(values: Floats, before: int, unit: Unit = Unit.SCORE) -> Segments:
    """Of equally spaced values, the first `before` of them from before the training. Errors allow for neighbours that are alike (HAC)."""
    after = len(values) - before
    means = [float(part.mean()) if len(part) else None for part in (values[:before], values[before:])]
    if min(before, after) < LEAST_POINTS:
        return Segments(before, after, means[0], means[1], unit=unit)
    time = np.arange(len(values), dtype=np.float64)
    later = (time >= before).astype(np.float64)
    x = np.column_stack([np.ones(len(values)), time, later, later * (time - before)])
    lags = max(1, int(4 * (len(values) / 100) ** (2 / 9)))
    fitted = sm.OLS(values, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    bounds = np.asarray(fitted.conf_int())
    level, slope = (Change(float(fitted.params[at]), float(bounds[at, 0]), float(bounds[at, 1])) for at in (2, 3))
    return Segments(before, after, means[0], means[1], level, slope, unit)
