"""What answers come to. What nobody answered is unknown: it counts neither as zero nor at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.strategy.readiness.checklist import Dimension

# Below the middle of the scale a dimension asks for something to be done; fewer than half its answers say too little about it.
_WEAK = 2.0
_MOST_SUGGESTED = 2

Answers = Mapping[str, int]
"""The answered statements' codes with their steps."""


@dataclass(frozen=True)
class Score:
    """A dimension: the mean of its answers (None without any), and how many of its statements were answered."""

    dimension: Dimension
    mean: float | None
    answered: int

    @property
    def asked(self) -> int:
        """How many statements there are."""
        return len(self.dimension.statements)


@dataclass(frozen=True)
class Shift:
    """How a dimension moved between two rounds, over the statements answered in both: `change` is None where there are none."""

    change: float | None
    compared: int


def scores(dimensions: Sequence[Dimension], answers: Answers) -> list[Score]:
    """A score for each dimension, in the order of the checklist."""
    return [_score(one, answers) for one in dimensions]


def overall(dimensions: Sequence[Dimension], answers: Answers) -> Score:
    """All statements taken together, each counting alike."""
    statements = tuple(statement for one in dimensions for statement in one.statements)
    first = dimensions[0]
    everything = Dimension("", "", statements, "", "", first.perspective, first.layer)
    return _score(everything, answers)


def weakest(found: Sequence[Score]) -> list[Score]:
    """The dimensions to look at first, weakest first, two at most (more where they tie): mean below 2 and at least half answered."""
    known = [one for one in found if one.mean is not None and 2 * one.answered >= one.asked]
    weak = sorted((one for one in known if one.mean is not None and one.mean < _WEAK), key=lambda one: one.mean or 0.0)
    if len(weak) <= _MOST_SUGGESTED:
        return weak
    return [one for one in weak if (one.mean or 0.0) <= (weak[_MOST_SUGGESTED - 1].mean or 0.0)]


def shift(dimension: Dimension, now: Answers, before: Answers) -> Shift:
    """How the same statements were answered now and before."""
    common = [statement.code for statement in dimension.statements if statement.code in now and statement.code in before]
    if not common:
        return Shift(None, 0)
    return Shift(sum(now[code] - before[code] for code in common) / len(common), len(common))


def _score(dimension: Dimension, answers: Answers) -> Score:
    given = [answers[statement.code] for statement in dimension.statements if statement.code in answers]
    return Score(dimension, sum(given) / len(given) if given else None, len(given))
