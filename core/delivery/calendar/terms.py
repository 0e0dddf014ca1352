"""The words of the calendar."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class DayKind(StrEnum):
    """What a day is. `AVOID`: people work as far as is known, but the notice that is still to come often takes such a day off."""

    WORK = "work"
    MAKEUP = "makeup"
    AVOID = "avoid"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


KIND_NAMES = {
    DayKind.WORK: Message("工作日"),
    DayKind.MAKEUP: Message("调休上班"),
    DayKind.AVOID: Message("可能调休，避开"),
    DayKind.WEEKEND: Message("休息日"),
    DayKind.HOLIDAY: Message("节假日"),
}
USABLE = frozenset({DayKind.WORK, DayKind.MAKEUP})
WORKING = USABLE | {DayKind.AVOID}


class YearSource(StrEnum):
    """Where the days of a year come from."""

    PACKAGE = "package"
    NOTICE = "notice"
    PROVISIONAL = "provisional"
