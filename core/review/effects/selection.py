"""Regression to the mean: who is chosen for a low score scores higher the next time without any training (Barnett 2005)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from core.review.effects.regression import coefficients
from core.review.effects.sample import Bools, Floats

UNLIKELY = 0.7
"""A score that parts the groups less than this is not what people were chosen by."""


@dataclass(frozen=True)
class Regression:
    """What the choice alone does to a raw gain: `allowance` in the unit of the score, from the spread and the reliability `r`."""

    allowance: float
    deviation: float
    r: float
    share: float


def allowance(deviation: float, r: float, share: float) -> float:
    """σ(1 − r)·φ(z)/Φ(z) for those below the cut-off under which `share` of all lie."""
    z = float(stats.norm.ppf(share))
    return deviation * (1 - r) * float(stats.norm.pdf(z)) / share


def regression(pre: Floats, post: Floats, trained: Bools) -> Regression | None:
    """The allowance of people of whom those with low (or high) scores were chosen; None where nothing can be said.

    The reliability is the slope of after on before within the groups: unlike a correlation it does not shrink when only some are looked at.
    """
    share = float(trained.mean())
    deviation = float(np.std(pre, ddof=1))
    if not 0 < share < 1 or not deviation > 1e-12:
        return None
    x = np.column_stack([np.ones(len(pre)), trained.astype(np.float64), pre])
    if np.linalg.matrix_rank(x) < 3:
        return None
    r = float(np.clip(coefficients(x, post)[2], 0.0, 1.0))
    sign = 1.0 if pre[trained].mean() < pre[~trained].mean() else -1.0
    return Regression(sign * allowance(deviation, r, share), deviation, r, share)


def parted(pre: Floats, trained: Bools) -> float:
    """How well the score parts the two groups, 0.5 (not at all) to 1 (a clean cut)."""
    ranks = stats.rankdata(pre)
    n1, n0 = int(trained.sum()), int((~trained).sum())
    area = (float(ranks[trained].sum()) - n1 * (n1 + 1) / 2) / (n1 * n0)
    return max(area, 1 - area)
