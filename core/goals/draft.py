"""A goal as people write it: the goal itself, and of each indicator who answers for it, its weight and where it is from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.errors import BadInput
from core.goals.goal import Goal, GoalIndicator, Kind
from core.i18n import Language, Message

LONGEST_TEXT, LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT = 600, 60, 80, 20
LONGEST_MADE_BY = 120
MOST_INDICATORS = 12
# Halves and thirds leave a hundredth.
_SUM, _SLACK = 100.0, 0.5
_LARGEST = 1e15


@dataclass(frozen=True)
class Line:
    """An indicator with what the product keeps beside it. `weight` is its share of the results, in per cent."""

    kind: Kind
    indicator: GoalIndicator
    owner: str = ""
    weight: float | None = None
    code: str = ""


@dataclass(frozen=True)
class Draft:
    """What is written of a goal. `made_by` is what made its words where a model did (prompt and model), "" where people did."""

    pain_point: str = ""
    behaviour: str = ""
    lines: tuple[Line, ...] = ()
    headcount: int | None = None
    due_days: int | None = None
    language: Language = "zh"
    made_by: str = ""

    @property
    def goal(self) -> Goal:
        """The goal that is to be checked."""

        def of(kind: Kind) -> tuple[GoalIndicator, ...]:
            return tuple(line.indicator for line in self.lines if line.kind is kind)

        process, performance = of(Kind.PROCESS), of(Kind.PERFORMANCE)
        return Goal(self.pain_point, self.behaviour, process, performance, self.headcount, self.due_days, self.language)


def of_goal(goal: Goal, known: Iterable[Line] = ()) -> Draft:
    """A goal as a draft; owners, weights and codes are those of the `known` lines of the same name."""
    by_name = {(line.kind, line.indicator.name): line for line in known}
    lines = tuple(
        replace(by_name.get((kind, one.name), Line(kind, one)), indicator=one)
        for kind, one in ((kind, one) for kind, _, one in goal.indicators())
    )
    return Draft(goal.pain_point, goal.behaviour, lines, goal.headcount, goal.due_days, goal.language)


def checked(draft: Draft) -> Draft:
    """The draft with blanks taken off. Raises `BadInput` for what cannot be kept; what a goal lacks is no reason, drafts may lack it."""
    lines = tuple(_checked(line, place) for place, line in enumerate(draft.lines, 1))
    if len(lines) > MOST_INDICATORS:
        raise BadInput(Message("一个目标最多 {most} 个指标，请只留最能说明问题的。", most=MOST_INDICATORS))
    for text in (draft.pain_point, draft.behaviour):
        _at_most(text.strip(), LONGEST_TEXT)
    given = [line.weight for line in lines if line.kind is Kind.PERFORMANCE and line.weight is not None]
    results = sum(line.kind is Kind.PERFORMANCE for line in lines)
    if given and (len(given) < results or abs(sum(given) - _SUM) > _SLACK):
        raise BadInput(Message("绩效指标的权重合计应为 100，现在是 {sum}。每个绩效指标都要有权重，或都不填。", sum=f"{sum(given):g}"))
    return replace(draft, pain_point=draft.pain_point.strip(), behaviour=draft.behaviour.strip(), lines=lines)


def _checked(line: Line, place: int) -> Line:
    one = line.indicator
    name, unit, source = one.name.strip(), one.unit.strip(), one.source.strip()
    for text, most in ((name, LONGEST_NAME), (unit, LONGEST_UNIT), (source, LONGEST_SOURCE), (line.owner, LONGEST_SOURCE)):
        _at_most(text, most)
    for number in (one.value, one.baseline, one.per_head):
        if number is not None and not (math.isfinite(number) and abs(number) < _LARGEST):
            raise BadInput(Message("第 {place} 个指标有一个数太大，请核对。", place=place))
    if line.weight is not None and not 0 <= line.weight <= _SUM:
        raise BadInput(Message("第 {place} 个指标的权重应在 0 到 100 之间。", place=place))
    weight = line.weight if line.kind is Kind.PERFORMANCE else None
    return replace(line, indicator=replace(one, name=name, unit=unit, source=source), owner=line.owner.strip(), weight=weight)


def _at_most(text: str, most: int) -> None:
    if len(text) > most:
        raise BadInput(Message("“{text}…”太长，最多 {most} 个字。", text=text[:12], most=most))
