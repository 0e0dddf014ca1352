"""What the check says of a goal."""

from __future__ import annotations

from dataclasses import dataclass

from core.goals.goal import Goal
from core.i18n import Message


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what to do. `field` is a path (`performance[0].value`), `rule` a stable name."""

    field: str
    rule: str
    message: Message


@dataclass(frozen=True)
class Verdict:
    """All problems, gravest first, and a concrete rewrite: None for an acceptable goal and where nothing can be offered."""

    problems: tuple[Problem, ...]
    suggestion: Goal | None = None

    @property
    def acceptable(self) -> bool:
        """Whether no rule found a problem."""
        return not self.problems
