"""The same people before and after: the change in their own unit and in standard deviations."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from core.review.effects.sample import Floats

LEAST_SIGNED = 6
"""With fewer differences no two-sided sign test can reach .05: five of five have p = .0625."""
_PAIRS_OF_PAIRS = 600


@dataclass(frozen=True)
class Standardised:
    """A change in standard deviations, with its interval. `name` says of which: the two are never mixed."""

    name: str
    value: float
    low: float
    high: float


def d_av(pre: Floats, post: Floats) -> Standardised | None:
    """The mean change over the mean of both standard deviations (Lakens 2013); None where neither spreads.

    Its interval follows Algina and Keselman (2003): that of the mean change over the same deviation.
    """
    spread = sqrt((float(np.var(pre, ddof=1)) + float(np.var(post, ddof=1))) / 2)
    return _over(post - pre, spread, "d_av")


def d_z(pre: Floats, post: Floats) -> Standardised | None:
    """The mean change over the standard deviation of the changes; None where they are all alike."""
    change = post - pre
    return _over(change, float(np.std(change, ddof=1)), "d_z")


def _over(change: Floats, spread: float, name: str) -> Standardised | None:
    if not spread > 1e-12:
        return None
    n = len(change)
    half = float(stats.t.ppf(0.975, n - 1)) * float(np.std(change, ddof=1)) / sqrt(n)
    mean = float(change.mean())
    return Standardised(name, mean / spread, (mean - half) / spread, (mean + half) / spread)


def wilcoxon_p(change: Floats) -> float | None:
    """Wilcoxon's signed ranks: p for changes that are ordinal or skewed; None where fewer than six changed at all."""
    moved = change[np.abs(change) > 1e-12]
    if len(moved) < LEAST_SIGNED:
        return None
    return float(stats.wilcoxon(moved).pvalue)


def sign_p(up: int, down: int) -> float:
    """The two-sided sign test."""
    return float(stats.binomtest(up, up + down, 0.5).pvalue)


def typical(change: Floats) -> tuple[float, float, float]:
    """The typical change by Hodges and Lehmann with its interval: the middle of the means of all pairs, unmoved by a few extremes."""
    some = change if len(change) <= _PAIRS_OF_PAIRS else np.random.default_rng(1).choice(change, _PAIRS_OF_PAIRS, replace=False)
    n = len(some)
    at = np.triu_indices(n)
    means = np.sort((some[at[0]] + some[at[1]]) / 2)
    reach = n * (n + 1) / 4 - float(stats.norm.ppf(0.975)) * sqrt(n * (n + 1) * (2 * n + 1) / 24)
    cut = max(round(reach) - 1, 0)
    return float(np.median(means)), float(means[cut]), float(means[len(means) - 1 - cut])


def skewed(values: Floats) -> bool:
    """Whether figures lean so far to one side that their mean is no typical value."""
    spread = float(np.std(values))
    if len(values) < LEAST_SIGNED or not spread > 1e-12:
        return False
    return abs(float(np.mean((values - values.mean()) ** 3))) / spread**3 > 1.0
