"""The columns of the table of all goals: what they are called, in the order in which they are exported and pasted."""

from __future__ import annotations

from core.i18n import Message

PROJECT, STANDING, PROBLEMS, REASON = "project", "standing", "problems", "reason"
GOAL_FIELDS = ("pain_point", "behaviour", "headcount", "due_days")
"""What a goal has once."""
LINE_FIELDS = ("kind", "name", "operator", "value", "unit", "baseline", "per_head", "source", "level", "owner", "weight")
"""What each of its indicators has."""
NUMBERS = ("value", "baseline", "per_head", "weight")

TITLES = {
    PROJECT: Message("项目"),
    STANDING: Message("状态"),
    "pain_point": Message("业务痛点"),
    "behaviour": Message("行为目标"),
    "headcount": Message("参训人数"),
    "due_days": Message("训后多少天达成"),
    "kind": Message("类别"),
    "name": Message("指标"),
    "operator": Message("关系"),
    "value": Message("目标值"),
    "unit": Message("单位"),
    "baseline": Message("基线"),
    "per_head": Message("人均"),
    "source": Message("数据来源"),
    "level": Message("柯氏层级"),
    "owner": Message("负责人"),
    "weight": Message("权重"),
    PROBLEMS: Message("问题"),
    REASON: Message("例外的理由"),
}
