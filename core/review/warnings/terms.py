"""The words in which warnings are spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Link(StrEnum):
    """The chain from a course to a result: people come, use it at work, and it shows in the business."""

    PARTICIPATION = "participation"
    APPLICATION = "application"
    CONVERSION = "conversion"


class Standing(StrEnum):
    """How a link stands: nothing can be said yet; fine; below the floor, which may be chance; weak beyond chance."""

    UNKNOWN = "unknown"
    FINE = "fine"
    DOUBT = "doubt"
    WEAK = "weak"


class Status(StrEnum):
    """How a project stands, the most urgent first."""

    STOP = "stop"
    WARN = "warn"
    WATCH = "watch"
    ON_TRACK = "on_track"
    NO_JUDGEMENT = "no_judgement"


class Advice(StrEnum):
    """What is suggested, or was decided, to do."""

    KEEP = "keep"
    REPAIR = "repair"
    STOP = "stop"


class CaseState(StrEnum):
    """How far what was decided about a warning is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Threshold(StrEnum):
    """A number that the rule goes by."""

    PARTICIPATION = "participation"
    APPLICATION = "application"
    CONVERSION = "conversion"
    STOP = "stop"
    CONFIDENCE = "confidence"
    PEOPLE = "people"
    CHANCES = "chances"
    READINGS = "readings"
    ELAPSED = "elapsed"
    WINDOW = "window"
    WEEKS = "weeks"
    ATTENDANCE = "attendance"
    ACTIONS = "actions"


ALARMS = frozenset({Status.WARN, Status.STOP})
URGENCY = tuple(Status)

LINK_NAMES = {
    Link.PARTICIPATION: Message("参与度"),
    Link.APPLICATION: Message("技能应用率"),
    Link.CONVERSION: Message("业务转化"),
}
STATUS_NAMES = {
    Status.STOP: Message("建议止损"),
    Status.WARN: Message("预警"),
    Status.WATCH: Message("关注"),
    Status.ON_TRACK: Message("正常"),
    Status.NO_JUDGEMENT: Message("还不能判断"),
}
STANDING_NAMES = {
    Standing.UNKNOWN: Message("还不能判断"),
    Standing.FINE: Message("跟得上"),
    Standing.DOUBT: Message("偏低，可能是偶然"),
    Standing.WEAK: Message("偏弱，不像偶然"),
}
ADVICE_NAMES = {Advice.KEEP: Message("继续"), Advice.REPAIR: Message("补救"), Advice.STOP: Message("止损")}
CASE_STATE_NAMES = {CaseState.OPEN: Message("处理中"), CaseState.DONE: Message("已办结"), CaseState.DROPPED: Message("不再处理")}
