"""Goals by scenario, to begin from: examples of the method that people edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.goals.goal import Goal, GoalIndicator, KirkpatrickLevel
from core.i18n import Language
from core.strategy.environment.indicators import Indicator, seeds

_SEED = Path(__file__).parents[2] / "data" / "seed" / "goal_templates.toml"


@dataclass(frozen=True)
class Template:
    """A scenario and its goal. `topics` are the subjects that it fits. What only a bank knows (values, baselines) is None."""

    code: str
    name: str
    topics: frozenset[str]
    goal: Goal


@cache
def templates(language: Language) -> tuple[Template, ...]:
    """All scenarios, in `language`."""
    known = {one.code: one for one in seeds(language)}
    spoken = 0 if language == "zh" else 1
    return tuple(
        Template(one["code"], one["name"][spoken], frozenset(one["topics"]), _goal(one, known, spoken, language))
        for one in tomllib.loads(_SEED.read_text(encoding="utf-8"))["templates"]
    )


def of_library(known: Indicator) -> GoalIndicator:
    """An indicator of the library as one of a goal; its figures are still to be given."""
    facts = known.facts
    return GoalIndicator(
        facts.name,
        ">=" if facts.higher_is_better else "<=",
        unit=facts.unit,
        source=facts.source,
        level=KirkpatrickLevel(facts.level),
    )


def _goal(one: Mapping[str, Any], known: Mapping[str, Indicator], spoken: int, language: Language) -> Goal:
    def listed(part: str) -> tuple[GoalIndicator, ...]:
        return tuple(_indicator(given, known[given["code"]], spoken) for given in one[part])

    return Goal(
        one["pain_point"][spoken],
        one["behaviour"][spoken],
        listed("process"),
        listed("performance"),
        one.get("headcount"),
        one["due_days"],
        language,
    )


def _indicator(given: Mapping[str, Any], known: Indicator, spoken: int) -> GoalIndicator:
    base = of_library(known)
    name = given["name"][spoken] if "name" in given else base.name
    return GoalIndicator(name, given["operator"], given.get("value"), base.unit, None, given.get("per_head"), base.source, base.level)
