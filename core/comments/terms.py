"""What people may say something about."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Subject(StrEnum):
    """A kind of item."""

    PLAN = "plan"
    PROJECT = "project"
    GOAL = "goal"
    THEME = "theme"
    FINDING = "finding"
    SESSION = "session"
    NEED = "need"
    MEASURE = "measure"
    WARNING = "warning"
    CONCLUSION = "conclusion"
    DECISION = "decision"


SUBJECT_NAMES = {
    Subject.PLAN: Message("年度计划"),
    Subject.PROJECT: Message("项目"),
    Subject.GOAL: Message("目标"),
    Subject.THEME: Message("主题"),
    Subject.FINDING: Message("发现"),
    Subject.SESSION: Message("课次"),
    Subject.NEED: Message("需求"),
    Subject.MEASURE: Message("评估指标"),
    Subject.WARNING: Message("预警"),
    Subject.CONCLUSION: Message("结论"),
    Subject.DECISION: Message("会议决定"),
}
PLACES = {
    Subject.PLAN: ("approval", ""),
    Subject.PROJECT: ("content", "project"),
    Subject.GOAL: ("goals", "project"),
    Subject.THEME: ("themes", "theme"),
    Subject.FINDING: ("decode", "finding"),
    Subject.SESSION: ("session", "id"),
    Subject.NEED: ("needs", "need"),
    Subject.MEASURE: ("results", "measure"),
    Subject.WARNING: ("warnings", "programme"),
    Subject.CONCLUSION: ("conclusions", "conclusion"),
    Subject.DECISION: ("meetings", "decision"),
}
"""The page where an item is shown, and by which parameter of the address it is found there ("": the plan's own page)."""
