"""What an evaluation says: an effect with its interval, the other estimates, on how many, and in words what can and cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.i18n import Language, Message
from core.review.effects.terms import Design, Estimator, Figure, Unit


@dataclass(frozen=True)
class Effect:
    """A figure with its 95 % interval. `low` and `high` are None where the data give none."""

    figure: Figure
    value: float
    low: float | None
    high: float | None
    unit: Unit
    called: str = ""


@dataclass(frozen=True)
class Counts:
    """On how many a figure rests. None: too few to be told. Attendances (人次) are rows, people (人数) are counted once."""

    trained: int | None
    comparison: int | None
    people: int | None
    attendances: int | None


@dataclass(frozen=True)
class Caution:
    """Something that whoever reads the figure has to know; `rule` names it for programs."""

    rule: str
    message: Message


@dataclass(frozen=True)
class Level:
    """A mean of a group before and after, with its interval: what the effect is based on. None: not known."""

    trained: bool
    before: float | None
    after: float


@dataclass(frozen=True)
class Evaluation:
    """The whole answer. `causal`: whether the design lets the effect be called one of the training.

    `p` is that of the effect and is None below thirty people, where the interval alone is shown; `evidence` is the same without that
    gate, for the correction over several indicators only.
    """

    design: Design
    estimator: Estimator
    effect: Effect | None
    also: tuple[Effect, ...]
    n: Counts
    causal: bool
    can: Message
    cannot: Message
    warnings: tuple[Caution, ...] = ()
    levels: tuple[Level, ...] = ()
    evidence: float | None = None

    @property
    def p(self) -> float | None:
        """How often chance alone gives such an effect; None where it is not to be shown."""
        return self.evidence if (self.n.people or 0) >= LEAST_FOR_P else None

    @property
    def open(self) -> bool:
        """Whether the interval holds 0, so that nobody can tell whether anything changed at all."""
        effect = self.effect
        return effect is None or effect.low is None or effect.high is None or effect.low <= 0 <= effect.high

    @property
    def standing(self) -> Message:
        """What the effect may be called in a word: one of the training only where the design and the interval both allow it."""
        if not self.causal:
            return Message("只能描述")
        return Message("区间含 0，看不出有没有效果") if self.open else Message("可以归因于培训")

    @property
    def verdict(self) -> Message:
        """What can be said and what cannot, in one text."""
        return Message("可以说：{can}不能说：{cannot}", can=self.can, cannot=self.cannot)


LEAST = 5
"""Below so many people in a group no figure is given."""
LEAST_FOR_P = 30
"""Below so many people the interval stands alone."""


def as_json(found: Evaluation, file: str, language: Language) -> dict[str, Any]:
    """The document of `core evaluate`."""
    return {
        "file": file,
        "design": found.design.value,
        "estimator": found.estimator.value,
        "effect": _effect(found.effect) if found.effect else None,
        "also": [_effect(one) for one in found.also],
        "n": {
            "trained": found.n.trained,
            "comparison": found.n.comparison,
            "people": found.n.people,
            "attendances": found.n.attendances,
        },
        "causal": found.causal,
        "verdict": found.verdict.render(language),
        "warnings": [{"rule": one.rule, "message": one.message.render(language)} for one in found.warnings],
    }


def _effect(one: Effect) -> dict[str, Any]:
    low, high = (None if value is None else _rounded(value) for value in (one.low, one.high))
    return {"name": one.figure.value, "value": _rounded(one.value), "low": low, "high": high, "unit": one.unit.value}


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")
