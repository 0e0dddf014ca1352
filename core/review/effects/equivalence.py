"""“No worse than”: two one-sided tests, for instance of self-study with AI against a class."""

from __future__ import annotations

from dataclasses import dataclass

from statsmodels.stats.weightstats import CompareMeans, DescrStatsW, ttost_ind, ttost_paired

from core.i18n import Message
from core.review.effects.evaluation import LEAST
from core.review.effects.sample import Floats


@dataclass(frozen=True)
class Equivalence:
    """The difference of the new way from the old with its 90 % interval, which is that of two one-sided tests at 5 %, and the margin."""

    value: float
    low: float
    high: float
    margin: float
    p: float

    @property
    def same(self) -> bool:
        """Whether the difference lies within the margin on both sides."""
        return -self.margin < self.low and self.high < self.margin

    @property
    def no_worse(self) -> bool:
        """Whether the new way is worse by less than the margin."""
        return self.low > -self.margin

    @property
    def verdict(self) -> Message:
        """What can be said, in words."""
        values = {"low": f"{self.low:+.1f}", "high": f"{self.high:+.1f}", "margin": f"{self.margin:g}"}
        if self.same:
            return Message("可以说两种方式效果相当：相差在 {low} 到 {high} 之间，不超过约定的 {margin}（90% 区间）。", **values)
        if self.no_worse:
            return Message("可以说新方式不比原来差：相差在 {low} 到 {high} 之间，差不过约定的 {margin}（90% 区间）。", **values)
        return Message("不能说新方式不比原来差：相差在 {low} 到 {high} 之间，约定最多差 {margin}（90% 区间）。", **values)


def of_pairs(new: Floats, old: Floats, margin: float) -> Equivalence | None:
    """The same people in both ways; None with fewer than five."""
    if len(new) < LEAST or margin <= 0:
        return None
    p = float(ttost_paired(new, old, -margin, margin)[0])
    low, high = DescrStatsW(new - old).tconfint_mean(alpha=0.1)
    return Equivalence(float((new - old).mean()), float(low), float(high), margin, p)


def of_groups(new: Floats, old: Floats, margin: float) -> Equivalence | None:
    """Different people in each way, whose spreads may differ; None with fewer than five in one."""
    if min(len(new), len(old)) < LEAST or margin <= 0:
        return None
    p = float(ttost_ind(new, old, -margin, margin, usevar="unequal")[0])
    low, high = CompareMeans(DescrStatsW(new), DescrStatsW(old)).tconfint_diff(alpha=0.1, usevar="unequal")
    return Equivalence(float(new.mean() - old.mean()), float(low), float(high), margin, p)
