"""The words in which quality and meetings are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Dimension(StrEnum):
    """Where training is good or bad: how it was designed, how it was taught, what became of it at work."""

    DESIGN = "design"
    TEACHING = "teaching"
    TRANSFER = "transfer"


class WorkState(StrEnum):
    """How far something that was decided is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Item(StrEnum):
    """What a point of an agenda is about."""

    DECISION = "decision"
    WARNING = "warning"
    MISSED = "missed"
    OWED = "owed"
    BUDGET = "budget"
    SESSION = "session"
    FINDING = "finding"
    OTHER = "other"


DIMENSION_NAMES = {
    Dimension.DESIGN: Message("课程设计"),
    Dimension.TEACHING: Message("教学实施"),
    Dimension.TRANSFER: Message("效果转化"),
}
WORK_STATE_NAMES = {WorkState.OPEN: Message("待办"), WorkState.DONE: Message("已完成"), WorkState.DROPPED: Message("不再做")}
ITEM_NAMES = {
    Item.DECISION: Message("上次的决定"),
    Item.WARNING: Message("未处理的预警"),
    Item.MISSED: Message("到期未达成"),
    Item.OWED: Message("欠交的结果"),
    Item.BUDGET: Message("预算偏差"),
    Item.SESSION: Message("没上的课"),
    Item.FINDING: Message("质量改进"),
    Item.OTHER: Message("其他"),
}
