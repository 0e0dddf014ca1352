"""Passed or not passed: shares, their differences in percentage points, and pairs of the same people."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

# What statsmodels imports takes longer than most evaluations, which have scores and no passes: it is imported where it is called.


@dataclass(frozen=True)
class Share:
    """A share or a difference of shares with its 95 % interval, as a fraction (0.22 are 22 percentage points)."""

    value: float
    low: float
    high: float
    p: float | None = None


def share(passed: int, of: int) -> Share:
    """A share by Wilson's interval."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(passed, of, method="wilson")
    return Share(passed / of, float(low), float(high))


def difference(passed: int, of: int, other_passed: int, other_of: int) -> Share:
    """The first share less the other, of different people (Newcombe's interval)."""
    from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

    low, high = confint_proportions_2indep(passed, of, other_passed, other_of, method="newcomb", compare="diff")
    value = passed / of - other_passed / other_of
    if 0 < passed + other_passed < of + other_of:
        # Where everybody of a group passed, the odds that nobody asked for are a division by zero.
        with np.errstate(divide="ignore", invalid="ignore"):
            p = float(test_proportions_2indep(passed, of, other_passed, other_of, method="agresti-caffo", compare="diff").pvalue)
    else:
        p = 1.0
    return Share(value, float(low), float(high), p)


def paired_difference(both: int, lost: int, won: int, neither: int) -> Share:
    """The share that passes after less the one before, of the same people (Newcombe 1998, method 10), with McNemar's exact p.

    `lost`: passed before and not after; `won`: the other way round.
    """
    n = both + lost + won + neither
    before, after = share(both + lost, n), share(both + won, n)
    margins = (both + lost) * (won + neither) * (both + won) * (lost + neither)
    phi = 0.0
    if margins:
        product = both * neither - lost * won
        # Newcombe's correction where the two go together.
        phi = (max(product - n / 2, 0.0) if product > 0 else float(product)) / sqrt(margins)
    value = after.value - before.value
    down = sqrt(_square(after.value - after.low, before.high - before.value, phi))
    up = sqrt(_square(after.high - after.value, before.value - before.low, phi))
    return Share(value, value - down, value + up, mcnemar_exact(both, lost, won, neither))


def mcnemar_exact(both: int, lost: int, won: int, neither: int) -> float:
    """How often chance alone moves as many people one way rather than the other."""
    from statsmodels.stats.contingency_tables import mcnemar

    return float(mcnemar([[both, lost], [won, neither]], exact=True).pvalue)


def half_width(rate: float, n: int) -> float:
    """Half the width of Wilson's interval about a share of n people, without its move towards one half."""
    z = float(stats.norm.ppf(0.975))
    return z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))


def _square(one: float, other: float, phi: float) -> float:
    return max(one * one - 2 * phi * one * other + other * other, 0.0)
