"""The words in which the timetable is spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message

SLOTS_PER_DAY = 2
"""Half days: `core/delivery/halves.py` has their names."""


class Origin(StrEnum):
    """Where a class comes from: a project of the plan with its blended design, a list of the bank's own, a person."""

    PROJECT = "project"
    LIST = "list"
    HAND = "hand"


class TimetableState(StrEnum):
    """How far a timetable is: asked for, a draft, the published one, an earlier published one, or one of which nothing came."""

    WAITING = "waiting"
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    FAILED = "failed"


class Policy(StrEnum):
    """What happens when somebody moves a session against a rule."""

    OFF = "off"
    WARN = "warn"
    BLOCK = "block"
    REASON = "reason"


class Part(StrEnum):
    """What of a session can be held fast: when it is, who gives it, where it is."""

    TIME = "time"
    TRAINER = "trainer"
    VENUE = "venue"


STATE_NAMES = {
    TimetableState.WAITING: Message("排期中"),
    TimetableState.DRAFT: Message("草稿"),
    TimetableState.PUBLISHED: Message("已发布"),
    TimetableState.SUPERSEDED: Message("已被新版取代"),
    TimetableState.FAILED: Message("没有排成"),
}
POLICY_NAMES = {
    Policy.WARN: Message("提醒，但照样保存"),
    Policy.REASON: Message("写明理由才能保存"),
    Policy.BLOCK: Message("不许保存"),
    Policy.OFF: Message("不检查"),
}
PART_NAMES = {Part.TIME: Message("时间"), Part.TRAINER: Message("讲师"), Part.VENUE: Message("场地")}
STATUS_NAMES = {
    "OPTIMAL": Message("全部排上，且已证明不能再好"),
    "FEASIBLE": Message("全部排上"),
    "PARTIAL": Message("有的没有排上"),
    "INFEASIBLE": Message("已证明不能全部排上"),
    "OUT_OF_TIME": Message("时间用完，还没有排出来"),
}
TERM_NAMES = {
    "late": Message("迟于期限"),
    "start": Message("开始得晚"),
    "cost": Message("讲师和场地费用"),
    "overload": Message("负荷过高"),
    "capacity": Message("座位不够"),
    "spread": Message("课排得太挤"),
    "compact": Message("课排得太散"),
    "same_venue": Message("换场地"),
    "move": Message("与已发布的不同"),
    "trainer_change": Message("换讲师"),
    "unplaced": Message("没有排上"),
}
