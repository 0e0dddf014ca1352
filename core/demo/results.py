"""What came of the sample's years, with the truth behind it, as it stands in `data/demo/results.toml`. Nobody of it is real."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from core.goals.goal import KirkpatrickLevel
from core.review.effects.terms import Design
from core.review.results.terms import Aggregation, Frequency, SourceKind
from core.review.returns.terms import Isolation

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "results.toml"


@dataclass(frozen=True)
class StudySource:
    """People measured before and after, those who were trained and `others` (posts) who were not; `apart`: those of other units alone.

    What somebody is able to do scatters by `spread` about `mean`, a measurement by `noise` about that. All change by `trend`, the trained
    by `effect` more. `ahead` is how much better the trained were from the first, `eager` how much more they would have gained untrained,
    `lost` the share of them who did not come to the second test. `months`: monthly figures, so many before and after. `passes`: how many
    pass before and after. `people`: of at most so many trained there are figures.
    """

    project: str
    measure: str
    design: Design
    reason: str
    others: tuple[str, ...]
    unit: str = "分"
    mean: float = 0.0
    spread: float = 0.0
    noise: float = 0.0
    effect: float = 0.0
    trend: float = 0.0
    ahead: float = 0.0
    eager: float = 0.0
    lost: float = 0.0
    apart: bool = False
    people: int | None = None
    months: tuple[int, int] | None = None
    passes: tuple[int, int] | None = None


@dataclass(frozen=True)
class SeriesSource:
    """The course of a measure until it is due: what it really comes to in the end (a sum: in all), how fast in each part of the time
    (1: as planned), by `person` or `unit`, every `month`, `week`, `session`, or `once`."""

    project: str
    measure: str
    final: float
    noise: float = 0.0
    by: str = "unit"
    every: str = "month"
    pace: tuple[float, ...] = (1.0,)


@dataclass(frozen=True)
class RetainedSource:
    """A test right after the training, and the share of it that was left so many days later."""

    project: str
    measure: str
    mean: float
    spread: float
    kept: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class GaugeSource:
    """A measure beside those of the goals; due so many days after the last session."""

    project: str
    name: str
    level: KirkpatrickLevel
    kind: SourceKind
    unit: str
    aggregation: Aggregation
    frequency: Frequency
    operator: str
    target: float
    days: int


@dataclass(frozen=True)
class BenefitSource:
    """A benefit of a project; `measure` "": none that is measured."""

    project: str
    name: str
    measure: str
    delta: float
    low: float
    high: float
    unit: str
    value: float
    value_source: str
    value_by: str
    isolation: float
    method: Isolation
    reason: str
    isolation_by: str
    confidence: float


@dataclass(frozen=True)
class ResultSources:
    """All of it, drawn with `seed`. `satisfaction`: the mean marks of projects that were liked more or less than usual."""

    seed: int
    studies: tuple[StudySource, ...]
    series: tuple[SeriesSource, ...]
    retained: tuple[RetainedSource, ...]
    gauges: tuple[GaugeSource, ...]
    benefits: tuple[BenefitSource, ...]
    satisfaction: Mapping[str, Sequence[float]]
    before: tuple[SeriesSource, ...]


@cache
def results() -> ResultSources:
    """The sample's results, the same every time."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return ResultSources(
        seed=content["seed"],
        studies=tuple(_study(row) for row in content["studies"]),
        series=tuple(SeriesSource(**{**row, "pace": tuple(row.get("pace", (1.0,)))}) for row in content["series"]),
        retained=tuple(
            RetainedSource(**{**row, "kept": tuple((days, share) for days, share in row["kept"])}) for row in content["retained"]
        ),
        gauges=tuple(_gauge(one["project"], row) for one in content["gauges"] for row in one["rows"]),
        benefits=tuple(_benefit(one["project"], row) for one in content["benefits"] for row in one["rows"]),
        satisfaction=content["satisfaction"],
        before=tuple(SeriesSource(*row) for row in content["last_year"]["series"]),
    )


def _study(row: dict[str, Any]) -> StudySource:
    pairs: dict[str, Any] = {name: (row[name][0], row[name][1]) for name in ("months", "passes") if name in row}
    return StudySource(**{**row, **pairs, "design": Design(row["design"]), "others": tuple(row["others"])})


def _gauge(project: str, row: Sequence[Any]) -> GaugeSource:
    name, level, kind, unit, aggregation, frequency, operator, target, days = row
    ways = (SourceKind(kind), unit, Aggregation(aggregation), Frequency(frequency))
    return GaugeSource(project, name, KirkpatrickLevel(level), *ways, operator, float(target), days)


def _benefit(project: str, row: Sequence[Any]) -> BenefitSource:
    names = [one.name for one in fields(BenefitSource)][1:]
    told = dict(zip(names, row, strict=True))
    return BenefitSource(project=project, **{**told, "method": Isolation(told["method"])})
