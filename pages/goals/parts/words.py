"""How the page names the parts of a goal, its indicators and how it stands."""

from __future__ import annotations

import re

from core.goals.goal import Goal, GoalIndicator
from core.i18n import Message
from core.strategy.findings import OPERATOR_SIGNS
from pages.shared.text import _

RULE_NAMES = {
    "no_behaviour": Message("没有行为目标"),
    "vague_behaviour": Message("行为目标看不见"),
    "no_pain_point": Message("没有业务痛点"),
    "vague_pain_point": Message("业务痛点空泛"),
    "no_metric": Message("没有绩效指标"),
    "satisfaction_only": Message("只有满意度一类的反应"),
    "unrelated": Message("行为和指标不相干"),
    "no_value": Message("没有目标值"),
    "no_unit": Message("没有单位"),
    "percent_or_points": Message("% 与百分点混用"),
    "out_of_range": Message("数值不可能"),
    "target_below_baseline": Message("目标不比现在好"),
    "arithmetic": Message("人均与总数对不上"),
    "no_baseline": Message("没有基线"),
    "no_deadline": Message("没有期限"),
    "no_data_source": Message("没有数据来源"),
    "no_gap_or_theme": Message("没有主题或短板"),
}
FIELD_NAMES = {
    "pain_point": Message("业务痛点"),
    "behaviour": Message("行为目标"),
    "process": Message("过程指标"),
    "performance": Message("绩效指标"),
    "headcount": Message("参训人数"),
    "due_days": Message("训后多少天达成"),
    "name": Message("名称"),
    "operator": Message("关系"),
    "value": Message("目标值"),
    "unit": Message("单位"),
    "baseline": Message("基线"),
    "per_head": Message("人均"),
    "source": Message("数据来源"),
    "level": Message("柯氏层级"),
}
_PATH = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


def where(field: str, goal: Goal) -> str:
    """A field's path in words: 绩效指标 1“新增有效客户” · 单位."""
    found = _PATH.fullmatch(field)
    if not found:
        return _(FIELD_NAMES[field]) if field else _("项目")
    some: tuple[GoalIndicator, ...] = getattr(goal, found[1])
    place = int(found[2])
    name = some[place].name if place < len(some) else ""
    named = _("{part} {place}“{name}”", part=_(FIELD_NAMES[found[1]]), place=place + 1, name=name or _("未命名"))
    return f"{named} · {_(FIELD_NAMES[found[3]])}" if found[3] else named


def one_line(one: GoalIndicator) -> str:
    """An indicator as a line: 新增有效客户 ≥ 60 户（人均 2，CRM）."""
    value = "？" if one.value is None else f"{one.value:g}"
    beside = [_("基线 {value}", value=f"{one.baseline:g}")] if one.baseline is not None else []
    beside += [_("人均 {value}", value=f"{one.per_head:g}")] if one.per_head is not None else []
    beside += [one.source] if one.source else []
    told = f"{one.name} {OPERATOR_SIGNS.get(one.operator, '')} {value} {one.unit}".replace("  ", " ")
    return told + (_("（{beside}）", beside=_("，").join(beside)) if beside else "")
