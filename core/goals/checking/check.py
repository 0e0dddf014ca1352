"""The whole check of a goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from core.goals.checking import figures, metrics, relation
from core.goals.checking.behaviours import no_behaviour, vague_behaviour
from core.goals.checking.metrics import Read
from core.goals.checking.names import named
from core.goals.checking.pain_points import no_pain_point, vague_pain_point
from core.goals.checking.verdict import Problem
from core.goals.goal import Goal
from core.strategy.environment.indicators import Indicator

# Gravest first: what the goal is about, then what is measured, then its figures.
_OF_TEXTS: tuple[Callable[[Goal], Problem | None], ...] = (no_behaviour, vague_behaviour, no_pain_point, vague_pain_point)
_OF_INDICATORS: tuple[Callable[[Goal, list[Read]], Iterator[Problem]], ...] = (
    metrics.no_metric,
    metrics.satisfaction_only,
    relation.unrelated,
    metrics.no_value,
    metrics.no_unit,
    figures.percent_or_points,
    figures.out_of_range,
    figures.target_below_baseline,
    figures.arithmetic,
    figures.no_baseline,
    metrics.no_deadline,
    metrics.no_data_source,
)

RULES = tuple(rule.__name__ for rule in (*_OF_TEXTS, *_OF_INDICATORS))
"""The names of all rules that look at a goal alone."""


def problems(goal: Goal, library: Sequence[Indicator]) -> tuple[Problem, ...]:
    """Everything that is wrong with a goal, gravest first; `library` is what the bank measures."""
    read = [(kind, path, named(one, library)) for kind, path, one in goal.indicators()]
    of_texts = (rule(goal) for rule in _OF_TEXTS)
    found = [one for one in of_texts if one is not None]
    return (*found, *(problem for rule in _OF_INDICATORS for problem in rule(goal, read)))
