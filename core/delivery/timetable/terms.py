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
    "move": Message("与原排期的不同"),
    "trainer_change": Message("换讲师"),
    "unplaced": Message("没有排上"),
}
RULE_NAMES = {
    "trainer_exclusive": Message("讲师同时有课"),
    "venue_exclusive": Message("场地同时有课"),
    "cohort_exclusive": Message("班上同时有课"),
    "group_exclusive": Message("项目同时有课"),
    "person_exclusive": Message("学员同时有课"),
    "capacity": Message("座位不够"),
    "max_absent": Message("机构离岗上限"),
    "person_month": Message("每人每月上限"),
    "trainer_month": Message("讲师当月上限"),
    "trainer_year": Message("讲师全年上限"),
    "trainer_unavailable": Message("讲师没空"),
    "venue_unavailable": Message("场地没空"),
    "budget_year": Message("全年预算"),
    "budget_quarter": Message("当季预算"),
    "blackout": Message("禁排期"),
    "starts": Message("允许的开始时间"),
    "earliest": Message("最早日期"),
    "no_crossing": Message("跨休息日"),
    "morning": Message("要从上午开始"),
    "calendar": Message("年内放不下"),
    "after": Message("前后课的间隔"),
    "pinned": Message("已固定"),
    "trainer_eligible": Message("没有能讲的讲师"),
    "venue_eligible": Message("没有合适的场地"),
}
