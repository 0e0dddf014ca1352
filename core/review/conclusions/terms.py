"""The words in which conclusions are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Choice(StrEnum):
    """What is to become of something next year."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"
    SCALE = "scale"


class ConclusionState(StrEnum):
    """Whether somebody stands by a conclusion: only a confirmed one is carried over."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


class Topic(StrEnum):
    """Which page a piece of evidence is from."""

    LEVELS = "levels"
    EFFECTS = "effects"
    RETENTION = "retention"
    RETURNS = "returns"
    WARNINGS = "warnings"


class CarryKind(StrEnum):
    """What a carry-over made or stated."""

    PLAN = "plan"
    PROJECT = "project"
    GOAL = "goal"
    CONTENT = "content"
    BASELINE = "baseline"
    SHARE = "share"
    STOPPED = "stopped"


CHOICE_NAMES = {
    Choice.KEEP: Message("保持"),
    Choice.CHANGE: Message("调整"),
    Choice.STOP: Message("停办"),
    Choice.SCALE: Message("扩大"),
}
STATE_NAMES = {ConclusionState.DRAFT: Message("草稿"), ConclusionState.CONFIRMED: Message("已确认")}
TOPIC_NAMES = {
    Topic.LEVELS: Message("柯氏四级"),
    Topic.EFFECTS: Message("训练效果"),
    Topic.RETENTION: Message("留存与首用"),
    Topic.RETURNS: Message("投入与回报"),
    Topic.WARNINGS: Message("早期预警"),
}
CARRY_NAMES = {
    CarryKind.PLAN: Message("年度计划"),
    CarryKind.PROJECT: Message("项目"),
    CarryKind.GOAL: Message("目标"),
    CarryKind.CONTENT: Message("内容与设计"),
    CarryKind.BASELINE: Message("指标基线"),
    CarryKind.SHARE: Message("占比目标"),
    CarryKind.STOPPED: Message("不结转"),
}
