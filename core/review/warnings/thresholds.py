"""The numbers that the rule of warnings goes by, and the defaults of the product (`data/seed/warnings.toml`). Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.i18n import Language, Message
from core.review.warnings.terms import Link, Threshold

_SEED = Path(__file__).parents[3] / "data" / "seed" / "warnings.toml"


@dataclass(frozen=True)
class Thresholds:
    """`participation`, `application`, `conversion`: a link is weak when its forecast is surely below this share of its own plan; `stop`:
    below this share of the result nothing can be mended. `confidence` is that of the intervals. A link is judged from so many `people`
    on, so many `chances` (or `readings` of a result), and once so large a share of its plan has fallen due (`elapsed`); the forecast
    goes by the last `window` readings; an alarm has to hold for so many `weeks` in a row. `attendance` and `actions` are the shares that
    a project without a figure of its own is meant to reach."""

    participation: float
    application: float
    conversion: float
    stop: float
    confidence: float
    people: int
    chances: int
    readings: int
    elapsed: float
    window: int
    weeks: int
    attendance: float
    actions: float

    def floor(self, link: Link) -> float:
        """Below which share of its own plan a link is weak."""
        return float(getattr(self, link.value))


@dataclass(frozen=True)
class Limits:
    """What a threshold may be; `whole`: it is a number of something, otherwise a share."""

    least: float
    most: float
    whole: bool = False


LIMITS: Mapping[Threshold, Limits] = {
    Threshold.PARTICIPATION: Limits(0.1, 1.0),
    Threshold.APPLICATION: Limits(0.1, 1.0),
    Threshold.CONVERSION: Limits(0.1, 1.0),
    Threshold.STOP: Limits(0.1, 1.0),
    Threshold.CONFIDENCE: Limits(0.5, 0.99),
    Threshold.PEOPLE: Limits(5, 100, whole=True),
    Threshold.CHANCES: Limits(5, 500, whole=True),
    Threshold.READINGS: Limits(3, 26, whole=True),
    Threshold.ELAPSED: Limits(0.05, 0.9),
    Threshold.WINDOW: Limits(3, 26, whole=True),
    Threshold.WEEKS: Limits(1, 8, whole=True),
    Threshold.ATTENDANCE: Limits(0.3, 1.0),
    Threshold.ACTIONS: Limits(0.1, 1.0),
}
THRESHOLD_NAMES = {
    Threshold.PARTICIPATION: Message("参与度下限（占计划）"),
    Threshold.APPLICATION: Message("技能应用率下限（占计划）"),
    Threshold.CONVERSION: Message("业务转化下限（占计划）"),
    Threshold.STOP: Message("止损线（预计达成占目标）"),
    Threshold.CONFIDENCE: Message("区间的置信度"),
    Threshold.PEOPLE: Message("至少多少人才判断"),
    Threshold.CHANCES: Message("至少多少人次才判断"),
    Threshold.READINGS: Message("至少多少次业务读数才判断"),
    Threshold.ELAPSED: Message("计划至少到期多大部分才判断"),
    Threshold.WINDOW: Message("预测看最近几次读数"),
    Threshold.WEEKS: Message("连续几周才报警"),
    Threshold.ATTENDANCE: Message("到课率目标（项目没写时）"),
    Threshold.ACTIONS: Message("转化行动完成率目标（项目没写时）"),
}


def defaults() -> Thresholds:
    """The product's own."""
    return of({})


def of(values: Mapping[Threshold, float]) -> Thresholds:
    """Those given, the others as the product has them."""
    seeds = {Threshold(name): float(one["value"]) for name, one in _seed()["thresholds"].items()}
    merged = {name: values.get(name, seeds[name]) for name in Threshold}
    return Thresholds(**{name.value: int(value) if LIMITS[name].whole else value for name, value in merged.items()})  # type: ignore[arg-type]


def source(name: Threshold, language: Language) -> str:
    """Where the product's own value of a threshold comes from."""
    chinese, english = _seed()["thresholds"][name.value]["source"]
    return str(chinese if language == "zh" else english)


@cache
def _seed() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return tomllib.loads(_SEED.read_text(encoding="utf-8"))
