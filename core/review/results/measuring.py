"""What is measured: a measure as people write it, checked, and one made of an indicator of a goal. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import BadInput
from core.goals.checking.names import Named
from core.goals.draft import Line
from core.goals.goal import OPERATORS, Kind, KirkpatrickLevel
from core.i18n import Message
from core.review.results.terms import Aggregation, Direction, Frequency, SourceKind
from core.sheets.reading import folded

LONGEST_NAME, LONGEST_SOURCE, LONGEST_UNIT, LONGEST_OWNER = 60, 80, 20, 80
_LARGEST = 1e12
_SOURCES = (
    (SourceKind.PRACTICE, ("演练", "陪练", "对练", "practice", "roleplay", "role-play")),
    (SourceKind.BEHAVIOUR, ("crm", "行为", "拜访", "埋点", "系统日志", "visit", "log")),
    (SourceKind.TEST, ("考试", "测验", "测评", "考核", "通关", "test", "exam", "assessment")),
    (SourceKind.SURVEY, ("问卷", "满意", "评价", "survey", "feedback", "satisf")),
    (SourceKind.XAPI, ("xapi", "学习平台", "lms", "platform")),
)
_OF_LEVEL = {
    KirkpatrickLevel.REACTION: (SourceKind.SURVEY, Frequency.SESSION),
    KirkpatrickLevel.LEARNING: (SourceKind.TEST, Frequency.ONCE),
    KirkpatrickLevel.BEHAVIOUR: (SourceKind.BEHAVIOUR, Frequency.MONTH),
    KirkpatrickLevel.RESULTS: (SourceKind.PERFORMANCE, Frequency.MONTH),
}


@dataclass(frozen=True)
class MeasureDraft:
    """A measure as somebody wrote it; `id` None: it is new. `version` is the one that they saw."""

    name: str
    level: KirkpatrickLevel
    kind: SourceKind
    project_id: int | None = None
    source: str = ""
    unit: str = ""
    direction: Direction = Direction.UP
    frequency: Frequency = Frequency.ONCE
    aggregation: Aggregation = Aggregation.MEAN
    baseline: float | None = None
    operator: str = ">="
    target: float | None = None
    weight: float | None = None
    due: date | None = None
    owner: str = ""
    id: int | None = None
    version: int = 0


def check(one: MeasureDraft) -> None:
    """Raises `BadInput` for what a measure cannot be."""
    name = one.name.strip()
    if not name:
        raise BadInput(Message("请填写指标名称。"))
    for text, most, title in (
        (name, LONGEST_NAME, Message("指标名称")),
        (one.source, LONGEST_SOURCE, Message("数据来源")),
        (one.unit, LONGEST_UNIT, Message("单位")),
        (one.owner, LONGEST_OWNER, Message("责任人")),
    ):
        if len(text.strip()) > most:
            raise BadInput(Message("“{name}”的{field}最多 {most} 个字。", name=name[:20], field=title, most=most))
    if one.operator not in OPERATORS:
        raise BadInput(Message("“{name}”的要求只能是 ≥、≤、=、+ 或 −。", name=name))
    for figure in (one.baseline, one.target, one.weight):
        if figure is not None and (not math.isfinite(figure) or abs(figure) > _LARGEST):
            raise BadInput(Message("“{name}”的数值太大或不是数字。", name=name))
    if one.weight is not None and not 0 <= one.weight <= 100:
        raise BadInput(Message("“{name}”的权重应在 0 到 100 之间。", name=name))


def key_of(project_id: int, line: Line) -> str:
    """What a goal's indicator is known by, whatever place it stands in."""
    return f"{project_id}:{line.kind.value}:{folded(line.indicator.name)}"[:120]


def of_indicator(project_id: int, line: Line, last_day: date | None, due_days: int | None) -> MeasureDraft:
    """The measure of a goal's indicator. Its source, frequency and way of adding up are told from its words; people may correct them.

    What is learned is due when the training ends (`last_day`), what is done and what comes of it `due_days` later.
    """
    one, named = line.indicator, Named(line.indicator)
    level = one.level or (KirkpatrickLevel.BEHAVIOUR if line.kind is Kind.PROCESS else KirkpatrickLevel.RESULTS)
    kind, frequency = _OF_LEVEL[level]
    told = folded(f"{one.source} {one.name}")
    if level is not KirkpatrickLevel.RESULTS:
        kind = next((found for found, words in _SOURCES if any(word in told for word in words)), kind)
    down = one.operator in ("<=", "-") or (not one.operator and named.better < 0)
    later = timedelta(days=(due_days or 0) if level >= KirkpatrickLevel.BEHAVIOUR else 0)
    return MeasureDraft(
        name=one.name.strip(),
        level=level,
        kind=kind,
        project_id=project_id,
        source=one.source,
        unit=one.unit,
        direction=Direction.DOWN if down else Direction.UP,
        frequency=frequency,
        aggregation=_aggregation(named, one.unit),
        baseline=one.baseline,
        operator=one.operator,
        target=one.value,
        weight=line.weight,
        due=last_day + later if last_day else None,
        owner=line.owner,
    )


def reach(baseline: float | None, operator: str, target: float | None) -> float | None:
    """The figure that is to be reached: the target, or for a change the baseline with it."""
    if target is None:
        return None
    if operator in ("+", "-"):
        return (baseline or 0.0) + (target if operator == "+" else -target)
    return target


def figure(aggregation: Aggregation, total: float, count: int) -> float | None:
    """The one figure that results add up to; of none, none."""
    if not count:
        return None
    if aggregation is Aggregation.SUM:
        return total
    return total / count * (100 if aggregation is Aggregation.SHARE else 1)


def _aggregation(named: Named, unit: str) -> Aggregation:
    if "/" in unit or "每" in unit:
        # So many for each head or month: adding them up says nothing.
        return Aggregation.MEAN
    if named.in_percent or named.in_points or named.is_rate:
        return Aggregation.SHARE
    if named.is_score or named.is_time or named.is_nps or named.says("per_person"):
        return Aggregation.MEAN
    return Aggregation.SUM
