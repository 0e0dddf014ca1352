"""People of one unit or class are alike: what that costs, and the comparison of a few whole units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.review.effects.regression import Fit
from core.review.effects.sample import Bools, Floats, Ints

FEW = 10
"""With fewer whole units their means are compared; clustered errors need more."""


@dataclass(frozen=True)
class Alike:
    """How alike the people of a cluster are: intraclass correlation, mean size, and by how much that widens an interval's square."""

    icc: float
    size: float
    effect: float
    clusters: int


def design_effect(size: float, icc: float) -> float:
    """1 + (m − 1) × ICC: how many people are worth one who is independent."""
    return 1.0 + (size - 1.0) * icc


def alike(values: Floats, clusters: Ints, arms: Bools | None = None) -> Alike | None:
    """The intraclass correlation of `values` within arms, by analysis of variance; None with fewer than three clusters of two and more."""
    found, which, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    count = len(found)
    if count < 3 or int(np.sum(sizes > 1)) < 2 or len(values) <= count:
        return None
    centred = values.astype(np.float64)
    groups = 1
    if arms is not None:
        groups = len(np.unique(arms))
        for arm in np.unique(arms):
            centred = np.where(arms == arm, values - values[arms == arm].mean(), centred)
    means = np.bincount(which, weights=centred) / sizes
    between = float(np.sum(sizes * means**2)) / max(count - groups, 1)
    within = float(np.sum((centred - means[which]) ** 2)) / (len(values) - count)
    size = (len(values) - float(np.sum(sizes**2)) / len(values)) / max(count - groups, 1)
    spread = between + (size - 1) * within
    icc = max(0.0, (between - within) / spread) if spread > 0 else 0.0
    mean_size = float(np.sum(sizes**2)) / len(values)
    return Alike(icc, mean_size, design_effect(mean_size, icc), count)


def of_means(values: Floats, trained: Bools, clusters: Ints) -> Fit | None:
    """The difference of the means of whole clusters, each counted once, with G − 2 degrees of freedom; None with fewer than three."""
    found, which, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    means = np.bincount(which, weights=values) / sizes
    arm = np.bincount(which, weights=trained) / sizes > 0.5
    g1, g0 = int(arm.sum()), int((~arm).sum())
    if len(found) < 3 or not g1 or not g0:
        return None
    rest = float(np.sum((means[arm] - means[arm].mean()) ** 2) + np.sum((means[~arm] - means[~arm].mean()) ** 2))
    freedom = len(found) - 2
    error = float(np.sqrt(rest / freedom * (1 / g1 + 1 / g0)))
    return Fit(float(means[arm].mean() - means[~arm].mean()), error, float(freedom))


def whole(trained: Bools, clusters: Ints) -> bool:
    """Whether every cluster is of one arm: it is units then that were chosen, not people."""
    known = clusters >= 0
    if not known.all() or len(np.unique(clusters)) < 2:
        return False
    _found, which, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    share = np.bincount(which, weights=trained) / sizes
    return bool(np.all((share == 0) | (share == 1)))
