"""A target, what was expected of it and how it stands, in words and figures."""

from __future__ import annotations

from core.i18n import Message
from core.strategy.checking.progress import LACK_NAMES, Expected, Goal, How, Standing, difference_unit
from core.strategy.findings import OPERATOR_SIGNS
from pages.shared.text import _


def figure(value: float | None) -> str:
    """A number for people: thousands parted, at most two decimals."""
    if value is None:
        return "—"
    # Adding nothing makes zero of what rounds to less than nothing.
    return f"{round(value, 2) + 0.0:,.2f}".rstrip("0").rstrip(".").replace("-", "−")


def with_unit(value: float | None, unit: str) -> str:
    """A value with its unit: 553 亿元, 95%."""
    if value is None:
        return "—"
    return figure(value) + (unit if unit in ("%", "‰") else f" {unit}" if unit else "")


def target(goal: Goal) -> str:
    """What is to be reached: ≥ 553 亿元, +40 名."""
    if goal.target is None:
        return _("没有量化目标")
    sign = OPERATOR_SIGNS[goal.operator]
    return f"{sign}{'' if sign in '+−' else ' '}{with_unit(abs(goal.target) if goal.operator == '-' else goal.target, goal.unit)}"


def difference(standing: Standing, unit: str) -> str:
    """Actual less expected, signed, in the unit of a difference: −3.5 个百分点."""
    if standing.difference is None:
        return "—"
    return f"{'+' if standing.difference > 0 else ''}{figure(standing.difference)} {unit_of_difference(unit)}".rstrip()


def unit_of_difference(unit: str) -> str:
    """The unit of a difference for people: between percentages, percentage points."""
    named = difference_unit(unit)
    return _(named) if isinstance(named, Message) else named


def lack(standing: Standing) -> str:
    """What is missing for a judgement, "" where nothing is."""
    return _(LACK_NAMES[standing.lack]) if standing.lack else ""


def how(goal: Goal, due: Expected) -> str:
    """How the expected value was computed, with its numbers."""
    value = with_unit(due.value, goal.unit)
    if due.how is How.MILESTONE:
        return _("应达 = 里程碑 {value}（人工设定，代替按日折算）", value=value)
    if due.how is How.LIMIT:
        return (
            _("应达 = 下限 {value}（全程适用）", value=value)
            if goal.operator == ">="
            else _("应达 = 上限 {value}（全程适用）", value=value)
        )
    if due.how is How.DUE:
        return _("应达 = 目标 {value}（已到期）", value=value)
    return _(
        "应达 = {baseline} +（{target} − {baseline}）× {elapsed} 天 ÷ {total} 天 = {value}",
        baseline=figure(goal.baseline),
        target=figure(goal.target),
        elapsed=due.elapsed,
        total=due.total,
        value=value,
    )
