"""A goal: a pain point of the business, a behaviour, and the indicators by which both can be checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal

from core.i18n import Language, Message

Operator = Literal[">=", "<=", "=", "+", "-", ""]
"""How a value binds: at least, at most, exactly, grow by, shrink by; "" where nothing says so yet."""

OPERATORS: tuple[Operator, ...] = (">=", "<=", "=", "+", "-", "")


class Kind(StrEnum):
    """Which part of a goal an indicator belongs to, and the goal's field of it: what is watched on the way, or the result that counts."""

    PROCESS = "process"
    PERFORMANCE = "performance"


KIND_NAMES = {Kind.PROCESS: Message("过程指标"), Kind.PERFORMANCE: Message("绩效指标")}


class KirkpatrickLevel(IntEnum):
    """What an indicator shows (Kirkpatrick): reaction, learning, behaviour, results. Kept apart from the part of the goal it stands in."""

    REACTION = 1
    LEARNING = 2
    BEHAVIOUR = 3
    RESULTS = 4


LEVEL_NAMES = {
    KirkpatrickLevel.REACTION: Message("反应层"),
    KirkpatrickLevel.LEARNING: Message("学习层"),
    KirkpatrickLevel.BEHAVIOUR: Message("行为层"),
    KirkpatrickLevel.RESULTS: Message("结果层"),
}


@dataclass(frozen=True)
class GoalIndicator:
    """One indicator of a goal. `value` is what is to be reached, or, with + and -, by how much `baseline`, today's figure, is to change.

    `per_head` is each participant's part of `value`. `source` is where the figure will be looked up.
    """

    name: str = ""
    operator: Operator = ""
    value: float | None = None
    unit: str = ""
    baseline: float | None = None
    per_head: float | None = None
    source: str = ""
    level: KirkpatrickLevel | None = None


@dataclass(frozen=True)
class Goal:
    """A training project's goal. `due_days` are the days after the training by which `performance` is reached."""

    pain_point: str = ""
    behaviour: str = ""
    process: tuple[GoalIndicator, ...] = field(default=())
    performance: tuple[GoalIndicator, ...] = field(default=())
    headcount: int | None = None
    due_days: int | None = None
    language: Language = "zh"

    def indicators(self) -> list[tuple[Kind, str, GoalIndicator]]:
        """All indicators, each with its part and its path (`performance[0]`)."""
        return [
            (kind, f"{kind.value}[{place}]", one)
            for kind, some in ((Kind.PROCESS, self.process), (Kind.PERFORMANCE, self.performance))
            for place, one in enumerate(some)
        ]
