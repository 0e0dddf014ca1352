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


SUBJECT_NAMES = {
    Subject.PLAN: Message("年度计划"),
    Subject.PROJECT: Message("项目"),
    Subject.GOAL: Message("目标"),
    Subject.THEME: Message("主题"),
    Subject.FINDING: Message("发现"),
    Subject.SESSION: Message("课次"),
}
