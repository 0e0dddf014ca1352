"""How many people a goal needs before anybody can prove that it was reached by the training: 80 % power, 5 % error."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from statsmodels.stats.power import NormalIndPower, TTestIndPower, TTestPower
from statsmodels.stats.proportion import proportion_effectsize

from core.review.effects.clusters import design_effect
from core.review.effects.evaluation import LEAST
from core.review.effects.terms import Unit

POWER, ALPHA = 0.8, 0.05
CLASS_SIZE, CLASS_ICC = 20, 0.05
"""What is assumed of people who sit in one class, until data say more."""
_MOST = 1_000_000
_PLAIN = 1.25


@dataclass(frozen=True)
class Needed:
    """People in each group so that a goal can be proved; `clustered` the same where they sit in classes of so many.

    `enough`: whether so many take part as planned; None where that is not known.
    """

    start: float
    end: float
    unit: Unit
    each: int
    clustered: int
    headcount: int | None = None

    @property
    def enough(self) -> bool | None:
        """Whether the planned people suffice for the trained group."""
        return None if self.headcount is None else self.headcount >= self.each


def paired(d_z: float) -> int:
    """People who are measured before and after, for a change of d_z standard deviations of the changes."""
    return _whole(TTestPower().solve_power(effect_size=abs(d_z), alpha=ALPHA, power=POWER, alternative="two-sided"))


def two_arms(d: float) -> int:
    """People in each of two groups, for a difference of d standard deviations."""
    return _whole(TTestIndPower().solve_power(effect_size=abs(d), alpha=ALPHA, power=POWER, alternative="two-sided"))


def shares(start: float, end: float) -> int:
    """People in each of two groups, of whom `start` and `end` (fractions) reach it."""
    size = abs(float(proportion_effectsize(end, start)))
    if size > _PLAIN:
        # So few suffice that the search finds no number of them: those that the gates ask for are enough.
        return LEAST
    return _whole(NormalIndPower().solve_power(effect_size=size, alpha=ALPHA, power=POWER, alternative="two-sided"))


def clustered(each: int, size: float = CLASS_SIZE, icc: float = CLASS_ICC) -> int:
    """The same people where they sit in classes of `size` and are that much alike."""
    return ceil(each * design_effect(size, icc))


def for_share(start: float, end: float, headcount: int | None = None) -> Needed | None:
    """What a goal needs that moves a share from `start` to `end`, both in per cent; None where there is nothing to prove or no share."""
    if not (0 <= start <= 100 and 0 <= end <= 100) or abs(end - start) < 0.5:
        return None
    # At nothing and at all of them the formula has no spread to reckon with: the nearest share that has one stands for it.
    each = shares(min(max(start, 0.5), 99.5) / 100, min(max(end, 0.5), 99.5) / 100)
    return Needed(start, end, Unit.POINTS, each, clustered(each), headcount)


def provable(n_trained: int, n_comparison: int) -> float:
    """The smallest difference, in standard deviations, that these two groups can prove."""
    if min(n_trained, n_comparison) < 2:
        return float("inf")
    found = TTestIndPower().solve_power(nobs1=n_trained, ratio=n_comparison / n_trained, alpha=ALPHA, power=POWER)
    return float(found)


def _whole(found: object) -> int:
    return max(LEAST, min(ceil(float(found) - 1e-9), _MOST))  # type: ignore[arg-type]
