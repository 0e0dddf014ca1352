"""Phillips ROI: what a change is worth, less others' part in it, against what it cost. Pure.

B = Σ Δ × value of a unit × isolation × confidence; ROI = (B − C) / C; BCR = B / C (Phillips and Phillips, Handbook of Training Evaluation
and Measurement Methods, 4th ed. 2016). The naive figure leaves isolation and confidence out; it is only ever shown beside the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from core.review.returns.terms import Factor

SWING = 0.2
"""By which share each factor is moved up and down."""


@dataclass(frozen=True)
class Benefit:
    """A change that is worth money: by how much (`low` to `high` is its interval, None: nobody has one), what a unit of it is worth in
    yuan, which part of it is the training's, and how sure its estimator is of that (both 0 to 1)."""

    delta: float
    value: float
    isolation: float
    confidence: float
    low: float | None = None
    high: float | None = None

    @property
    def naive(self) -> float:
        """What the whole change is worth, as if nothing else had moved it."""
        return self.delta * self.value

    @property
    def share(self) -> float:
        """The part of it that is credited."""
        return self.isolation * self.confidence

    @property
    def credited(self) -> float:
        """What the training's part is worth."""
        return self.naive * self.share


@dataclass(frozen=True)
class Return:
    """What was returned for `cost`. `low` to `high` is the interval of the credited money that follows from those of the changes, None
    where no change has one; `open` says how many changes have none."""

    naive: float
    credited: float
    cost: float
    low: float | None
    high: float | None
    open: int

    @property
    def roi(self) -> float:
        """(B − C) / C, as a share: 0.6 is 60 %."""
        return ratio(self.credited, self.cost)

    @property
    def naive_roi(self) -> float:
        """The same of the whole change."""
        return ratio(self.naive, self.cost)

    @property
    def bcr(self) -> float:
        """B / C."""
        return self.credited / self.cost

    @property
    def net(self) -> float:
        """B − C."""
        return self.credited - self.cost

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ROI at both ends of the interval."""
        if self.low is None or self.high is None:
            return None
        return ratio(self.low, self.cost), ratio(self.high, self.cost)


@dataclass(frozen=True)
class Swing:
    """The ROI when a factor is a fifth lower and a fifth higher than it was entered, whatever is better of the two; a share stays at most
    1, which `capped` says."""

    factor: Factor
    down: float
    up: float
    capped: bool

    @property
    def width(self) -> float:
        """How far the ROI moves."""
        return abs(self.up - self.down)


def ratio(benefit: float, cost: float) -> float:
    """(B − C) / C."""
    return (benefit - cost) / cost


def returned(benefits: Sequence[Benefit], cost: float) -> Return | None:
    """What these changes return; None where nothing was spent, or no change is named: neither has a return."""
    if cost <= 0 or not benefits:
        return None
    credited = sum(one.credited for one in benefits)
    low, high = _interval(benefits, credited)
    return Return(sum(one.naive for one in benefits), credited, cost, low, high, sum(one.low is None for one in benefits))


def swings(benefits: Sequence[Benefit], cost: float) -> list[Swing]:
    """How the ROI moves with each factor, what moves it most first."""
    if returned(benefits, cost) is None:
        return []
    found = [_swing(benefits, cost, one) for one in Factor]
    return sorted(found, key=lambda one: -one.width)


def break_even(benefits: Sequence[Benefit], cost: float) -> float | None:
    """The isolation factor at which B = C, were it the same for all changes; above 1: the training does not pay even if all is its doing.
    None where nothing is gained at all."""
    whole = sum(one.naive * one.confidence for one in benefits)
    return cost / whole if whole > 0 else None


def _interval(benefits: Sequence[Benefit], credited: float) -> tuple[float | None, float | None]:
    # The changes are measured apart from each other: their errors add up as squares do, on each side by itself.
    known = [(one, one.low, one.high) for one in benefits if one.low is not None and one.high is not None]
    if not known:
        return None, None
    below = sqrt(sum(((one.delta - low) * one.value * one.share) ** 2 for one, low, _high in known))
    above = sqrt(sum(((high - one.delta) * one.value * one.share) ** 2 for one, _low, high in known))
    return credited - below, credited + above


def _swing(benefits: Sequence[Benefit], cost: float, factor: Factor) -> Swing:
    ends = []
    for share in (1 - SWING, 1 + SWING):
        moved = [_moved(one, factor, share) for one in benefits]
        ends.append(ratio(sum(one.credited for one in moved), cost * share if factor is Factor.COST else cost))
    down, up = sorted(ends)
    capped = any(getattr(one, factor.value, 0) * (1 + SWING) > 1 for one in benefits if factor in (Factor.ISOLATION, Factor.CONFIDENCE))
    return Swing(factor, down, up, capped)


def _moved(one: Benefit, factor: Factor, share: float) -> Benefit:
    match factor:
        case Factor.DELTA:
            return replace(one, delta=one.delta * share)
        case Factor.VALUE:
            return replace(one, value=one.value * share)
        case Factor.ISOLATION:
            return replace(one, isolation=min(1.0, one.isolation * share))
        case Factor.CONFIDENCE:
            return replace(one, confidence=min(1.0, one.confidence * share))
        case Factor.COST:
            return one
