"""Least squares with standard errors that hold for unequal spread, for clusters, and for few of either.

The errors are CR2 with the degrees of freedom of Bell and McCaffrey (2002): with every person a cluster of their own they are HC2 with
Satterthwaite's degrees. HC3 and the plain cluster errors of most programs cover too much or too little when there are few of a kind.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from core.review.effects.sample import Floats, Ints

_TINY = 1e-9


@dataclass(frozen=True)
class Fit:
    """A coefficient: its value, standard error and degrees of freedom; nan where nothing can be said of its error."""

    value: float
    error: float
    freedom: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval that holds the true value in `level` of such studies."""
        half = float(special.stdtrit(self.freedom, 0.5 + level / 2)) * self.error
        return self.value - half, self.value + half

    @property
    def p(self) -> float:
        """How often chance alone gives a value at least this far from 0."""
        if self.error <= 0:
            return 0.0 if self.value else 1.0
        return float(2 * special.stdtr(self.freedom, -abs(self.value / self.error)))


def coefficients(x: Floats, y: Floats) -> Floats:
    """The least squares coefficients of `y` on the columns of `x`."""
    return np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], dtype=np.float64)


def fit(x: Floats, y: Floats, clusters: Ints | None = None, at: int = -1) -> Fit:
    """The coefficient of column `at` of `x`, which has full rank. `clusters` None: every row is its own; a cluster −1 is one row's own."""
    n, k = x.shape
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ (x.T @ y)
    rest = y - x @ beta
    z = x @ np.linalg.cholesky(inverse)
    c = x @ inverse[:, at]
    group, count = _groups(clusters, n)
    gram = _sums(np.einsum("ij,ik->ijk", z, z).reshape(n, k * k), group, count).reshape(count, k, k)
    shares, vectors = np.linalg.eigh(gram)
    shares = np.clip(shares, 0.0, 1.0)
    left = 1.0 - shares
    root = np.where(left > _TINY, 1.0 / np.sqrt(np.maximum(left, _TINY)), 0.0)
    # (root − 1) / share, which tends to one half where a cluster has no share in that direction.
    weight = np.where(shares > _TINY, (root - 1.0) / np.maximum(shares, _TINY), 0.5)
    seen = np.einsum("gkj,gk->gj", vectors, _sums(z * c[:, None], group, count))
    v = c + np.einsum("ik,ik->i", z, np.einsum("gkj,gj->gk", vectors, weight * seen)[group])
    error = float(np.sqrt(np.sum(_sums((v * rest)[:, None], group, count) ** 2)))
    own = _sums((v * v)[:, None], group, count)[:, 0]
    q = _sums(z * v[:, None], group, count)
    lengths = np.sum(q * q, axis=1)
    trace = float(np.sum(own - lengths))
    square = float(np.sum(own**2) - 2 * np.sum(own * lengths) + np.sum((q.T @ q) ** 2))
    if trace <= _TINY * max(float(np.sum(own)), _TINY) or square <= 0:
        return Fit(float(beta[at]), float("nan"), float("nan"))
    return Fit(float(beta[at]), error, trace * trace / square)


def _groups(clusters: Ints | None, n: int) -> tuple[Ints, int]:
    if clusters is None:
        return np.arange(n, dtype=np.int64), n
    own = np.where(clusters < 0, clusters.max(initial=0) + 1 + np.arange(n), clusters)
    found, which = np.unique(own, return_inverse=True)
    return which.astype(np.int64), len(found)


def _sums(values: Floats, group: Ints, count: int) -> Floats:
    """The sums of the rows of each group."""
    if count == len(values):
        return values[np.argsort(group, kind="stable")] if not np.array_equal(group, np.arange(count)) else values
    found = np.zeros((count, values.shape[1]))
    np.add.at(found, group, values)
    return found
