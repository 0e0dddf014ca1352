"""The words in which attendance is spoken of."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class Presence(StrEnum):
    """Whether somebody came. Who was late came; who was excused is still to make it up."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class Via(StrEnum):
    """How it became known: a planner's list, or the person's own check-in by the session's link."""

    LIST = "list"
    LINK = "link"


CAME = frozenset({Presence.PRESENT, Presence.LATE})

PRESENCE_NAMES = {
    Presence.PRESENT: Message("到课"),
    Presence.LATE: Message("迟到"),
    Presence.ABSENT: Message("缺席"),
    Presence.EXCUSED: Message("请假"),
}
VIA_NAMES = {Via.LIST: Message("名单登记"), Via.LINK: Message("本人签到")}


class Asked(StrEnum):
    """What those who came are asked afterwards, each from 1 to 5."""

    CONTENT = "content"
    TRAINER = "trainer"
    USE = "use"


ASKED_NAMES = {
    Asked.CONTENT: Message("内容对我的工作有针对性"),
    Asked.TRAINER: Message("讲师讲得清楚，能带着练"),
    Asked.USE: Message("我知道回岗后怎么用"),
}
LOWEST, HIGHEST = 1, 5
