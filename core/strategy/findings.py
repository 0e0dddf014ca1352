"""A finding: something that a strategy document demands, with the words that demand it.

Findings are values. What people decide about them is kept in rows (`tables.py`); nothing here knows a database or a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from core.i18n import Message

Operator = Literal[">=", "<=", "=", "+", "-"]
"""How a target's value binds: at least, at most, exactly, grow by, shrink by."""

OPERATOR_SIGNS = {">=": "≥", "<=": "≤", "=": "=", "+": "+", "-": "−"}
"""How people write them, in the order in which they are offered."""


BY_MODEL = "model:"
"""What the name of a rule begins with where a model applied it."""


class FindingKind(StrEnum):
    """What a finding is to the planner: 战略主题, 核心任务, 量化目标, 能力要求."""

    THEME = "theme"
    TASK = "task"
    TARGET = "target"
    CAPABILITY = "capability"


class Perspective(StrEnum):
    """The balanced scorecard's four (Kaplan & Norton 1992): 财务, 客户, 内部流程, 学习与成长."""

    FINANCIAL = "financial"
    CUSTOMER = "customer"
    PROCESS = "process"
    LEARNING = "learning"


@dataclass(frozen=True)
class Measure:
    """What a target measures and how much of it: 零售AUM + 300 亿元 by 2026-12-31.

    `value` is the number as it counts in `unit` (5千户 → 5000, 户); `unit` is "" for a bare number; `unit_written` is the unit as the
    document has it (千户). `deadline` is an ISO date, the last day of the period that the document names; a period that depends on
    another event (训后2个月内) stays as written; "" when none is named. `baseline` is today's figure where the document states it beside
    the target.
    """

    metric: str
    operator: Operator
    value: float
    unit: str
    unit_written: str
    deadline: str
    baseline: float | None = None


@dataclass(frozen=True)
class Finding:
    """`text` is what the planner reads and may edit; `quote` is the document's own words: `extracted[start:end]`, beginning on `page`.

    `heading` is the path of headings that it stands under, outermost first. `perspective` is None where nothing speaks for one.
    `competencies` are the abilities of people that the words name or clearly need. `measure` only for targets. `confidence` is 0…1.
    `rule` names the rule that found it (stable identifier), `cues` the words of the document that made the rule fire: together they
    are "why it was found". A rule that begins with `model:` says that a model had a hand in it; `refined_from` is then what the rules had
    made of the same words, None where they had found nothing.
    """

    kind: FindingKind
    text: str
    quote: str
    page: int
    start: int
    end: int
    heading: tuple[str, ...]
    perspective: Perspective | None
    competencies: tuple[str, ...]
    measure: Measure | None
    confidence: float
    rule: str
    cues: tuple[str, ...] = ()
    refined_from: Finding | None = None

    @property
    def metric(self) -> str:
        """What a target measures, else ""."""
        return self.measure.metric if self.measure else ""

    @property
    def by_model(self) -> bool:
        """Whether a model found it, or changed what the rules had found."""
        return self.rule.startswith(BY_MODEL)


@dataclass(frozen=True)
class SetAside:
    """A stretch with a figure that was read as something other than a target (an achieved result, a baseline, a count of aspects), or
    what a model takes for no demand at all.

    Kept so that a planner can see what was left out and why, and take it in after all. `candidate` is what it would be as a target.
    """

    candidate: Finding
    rule: str
    cues: tuple[str, ...] = ()

    @property
    def by_model(self) -> bool:
        """Whether a model set it aside."""
        return self.rule.startswith(BY_MODEL)


@dataclass(frozen=True)
class Decoding:
    """What decoding made of one document. `made_by` is the rules' version; `refined_by` the model and the stamp of its prompt where one
    went over the findings, else "". `notes` say, for people, what came of that.
    """

    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    made_by: str
    refined_by: str = ""
    notes: tuple[Message, ...] = ()

    @property
    def makers(self) -> str:
        """All that had a hand in the document's findings."""
        return f"{self.made_by} + {self.refined_by}" if self.refined_by else self.made_by

    def made(self, finding: Finding | SetAside) -> str:
        """What made one of its findings: the rules alone, or the rules and the model."""
        return self.makers if finding.by_model else self.made_by
