"""How far a measure has come towards what was wanted, and how far measures together have. Pure.

A measure's achievement is its actual as a part of its target; of what should be low, the target as a part of the actual; of a change, what
the baseline has moved as a part of what it was to move. A level's is the mean of its measures' by weight, each counted as 1 at most: what
went better than wanted in one cannot hide what fell short in another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import Message

MOST = 1.0

FORMULAS = {
    ">=": Message("实际 ÷ 目标"),
    "<=": Message("实际不高于目标记 100%，否则 目标 ÷ 实际"),
    "=": Message("1 − |实际 − 目标| ÷ 目标"),
    "+": Message("（实际 − 基线）÷ 要增加的量"),
    "-": Message("（基线 − 实际）÷ 要减少的量"),
}


@dataclass(frozen=True)
class Measured:
    """What a measure was to come to and came to; `target` with + and - is a change of `baseline`."""

    operator: str
    target: float | None
    baseline: float | None
    actual: float | None
    weight: float | None = None


def achievement(one: Measured) -> float | None:
    """The part of the target that was reached: 1 is all of it, more is more; never below 0. None where target or actual is not known."""
    if one.target is None or one.actual is None:
        return None
    if one.operator in ("+", "-"):
        return _moved(one.actual - (one.baseline or 0.0), one.target, 1 if one.operator == "+" else -1)
    if one.operator == "<=":
        if one.actual <= one.target:
            return 1.0
        return max(0.0, one.target / one.actual) if one.actual > 0 else 0.0
    if one.operator == "=":
        if not one.target:
            return float(one.actual == one.target)
        return max(0.0, 1 - abs(one.actual - one.target) / abs(one.target))
    if one.target <= 0:
        return float(one.actual >= one.target)
    return max(0.0, one.actual / one.target)


def met(one: Measured) -> bool | None:
    """Whether the target is reached."""
    found = achievement(one)
    return None if found is None else found >= 1 - 1e-9


def progress(one: Measured) -> float | None:
    """How much of the way from the baseline to the target is behind, which may be none or back; None without a baseline or a way."""
    if one.baseline is None or one.target is None or one.actual is None:
        return None
    way = one.target if one.operator == "+" else -one.target if one.operator == "-" else one.target - one.baseline
    return (one.actual - one.baseline) / way if way else None


@dataclass(frozen=True)
class Together:
    """The achievement of several measures: `score` from 0 to 100 over those `measured` of `wanted`; `equal`: none had a weight."""

    score: float | None
    measured: int
    wanted: int
    equal: bool

    @property
    def formula(self) -> Message:
        """How the score was worked out."""
        if self.equal:
            return Message("各指标达成率（每项最多计 100%）的简单平均 × 100")
        return Message("Σ 权重 × 达成率（每项最多计 100%）÷ Σ 权重 × 100，只计已有结果的指标；没有权重的按平均权重计")


def together(some: Iterable[Measured]) -> Together:
    """How far measures have come together. Those without a target say nothing; those without a result are missing, not zero."""
    aimed = [one for one in some if one.target is not None]
    known = [(one, found) for one in aimed if (found := achievement(one)) is not None]
    weights = [one.weight for one in aimed if one.weight]
    usual = sum(weights) / len(weights) if weights else 1.0
    total = sum(one.weight or usual for one, _found in known)
    score = 100 * sum((one.weight or usual) * min(MOST, found) for one, found in known) / total if total else None
    return Together(score, len(known), len(aimed), not weights)


def _moved(change: float, wanted: float, way: int) -> float:
    return max(0.0, way * change / wanted) if wanted > 0 else float(way * change >= wanted)
