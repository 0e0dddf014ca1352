"""How far a target has come by a day: what should have been reached, what was, and what the difference means.

Nothing that is unknown is ever on track: without an actual, or without anything to hold it against, there is no data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.i18n import Message
from core.strategy.findings import Operator

RULE = "progress 1"

# How far behind one may be, as a share of the whole way from baseline to target: on the way, and where the target itself must hold.
ON_THE_WAY = (0.05, 0.15)
AT_THE_END = (0.0, 0.05)


class Status(StrEnum):
    """How a target stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NO_DATA = "no_data"


STATUS_NAMES = {
    Status.ON_TRACK: Message("按计划"),
    Status.AT_RISK: Message("有风险"),
    Status.OFF_TRACK: Message("偏离"),
    Status.NO_DATA: Message("无数据"),
}


class Lack(StrEnum):
    """What is missing for a judgement."""

    ACTUAL = "actual"
    TARGET = "target"
    DEADLINE = "deadline"
    BASELINE = "baseline"


LACK_NAMES = {
    Lack.ACTUAL: Message("缺实际值"),
    Lack.TARGET: Message("主题没有量化目标"),
    Lack.DEADLINE: Message("缺到期日"),
    Lack.BASELINE: Message("缺基线"),
}


class How(StrEnum):
    """Where the expected value comes from: a milestone that a person set, the straight line, the deadline that has come, a limit that
    holds all the time."""

    MILESTONE = "milestone"
    LINEAR = "linear"
    DUE = "due"
    LIMIT = "limit"


@dataclass(frozen=True)
class Goal:
    """A target and the way to it. For an increase or a decrease (+, -) values are the change so far, below zero for a decrease, and the
    baseline is 0."""

    operator: Operator
    target: float | None
    unit: str = ""
    baseline: float | None = None
    baseline_on: date | None = None
    deadline: date | None = None
    milestone: float | None = None

    @property
    def lower_is_better(self) -> bool:
        """Whether less is wanted: a ceiling, a decrease, or a value below the baseline to come down to."""
        down = self.operator == "=" and self.target is not None and self.baseline is not None and self.target < self.baseline
        return self.operator in ("<=", "-") or down

    @property
    def holds_already(self) -> bool:
        """Whether the target is a limit to stay within, not a level to come to: the baseline, where one is known, keeps it already.

        A floor whose baseline is unknown is a level to come to: 覆盖率不低于80% is seldom reached when it is set.
        """
        if self.target is None:
            return False
        if self.operator == "<=":
            return self.baseline is None or self.baseline <= self.target
        return self.operator == ">=" and self.baseline is not None and self.baseline >= self.target


@dataclass(frozen=True)
class Expected:
    """What should have been reached by a day; `elapsed` of `total` days of the way have passed."""

    value: float
    how: How
    elapsed: int = 0
    total: int = 0


@dataclass(frozen=True)
class Standing:
    """How a target stands. `difference` is actual less expected in the target's unit, `percent` the same in percent of the expected;
    `behind` is how far it lags as a share of the whole way (negative: ahead)."""

    status: Status
    expected: Expected | None = None
    difference: float | None = None
    percent: float | None = None
    behind: float | None = None
    lack: Lack | None = None


def expected(goal: Goal, as_of: date) -> Expected | Lack:
    """What should have been reached by `as_of`, or what is missing to say so."""
    if goal.milestone is not None:
        return Expected(goal.milestone, How.MILESTONE)
    if goal.target is None:
        return Lack.TARGET
    if goal.holds_already:
        return Expected(goal.target, How.LIMIT)
    if goal.deadline is None:
        return Lack.DEADLINE
    if as_of >= goal.deadline:
        return Expected(goal.target, How.DUE)
    if goal.baseline is None or goal.baseline_on is None or goal.baseline_on >= goal.deadline:
        return Lack.BASELINE
    total = (goal.deadline - goal.baseline_on).days
    elapsed = min(max((as_of - goal.baseline_on).days, 0), total)
    return Expected(goal.baseline + (goal.target - goal.baseline) * elapsed / total, How.LINEAR, elapsed, total)


def standing(goal: Goal, actual: float | None, as_of: date) -> Standing:
    """How the target stands on `as_of` with `actual` reached."""
    due = expected(goal, as_of)
    if isinstance(due, Lack):
        return Standing(Status.NO_DATA, lack=due)
    if actual is None:
        return Standing(Status.NO_DATA, due, lack=Lack.ACTUAL)
    difference = actual - due.value
    percent = 100 * difference / abs(due.value) if due.value else None
    behind = (difference if goal.lower_is_better else -difference) / _whole_way(goal, due)
    fine, bearable = AT_THE_END if due.how in (How.DUE, How.LIMIT) else ON_THE_WAY
    # What binary fractions add in the last digits decides nothing.
    lag = round(behind, 9)
    status = Status.ON_TRACK if lag <= fine else Status.AT_RISK if lag <= bearable else Status.OFF_TRACK
    return Standing(status, due, difference, percent, behind)


def worst(statuses: Iterable[Status]) -> Status:
    """What a theme stands at: the worst of its targets that are known, no data where none is."""
    known = set(statuses)
    return next((one for one in (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK) if one in known), Status.NO_DATA)


def difference_unit(unit: str) -> Message | str:
    """The unit of a difference: between two shares it is percentage points, never percent."""
    return Message("个百分点") if unit in ("%", "％", "个百分点", "百分点", "pp") else unit


def _whole_way(goal: Goal, due: Expected) -> float:
    if due.how is not How.LIMIT and goal.target is not None and goal.baseline is not None and goal.target != goal.baseline:
        return abs(goal.target - goal.baseline)
    return abs(due.value) or 1.0
