"""What of the timetable a calendar holds."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class About(StrEnum):
    """Whose or what's sessions a calendar holds."""

    PLAN = "plan"
    PROGRAMME = "programme"
    TRAINER = "trainer"
    VENUE = "venue"
    PERSON = "person"


ABOUT_NAMES = {
    About.PLAN: Message("全年培训"),
    About.PROGRAMME: Message("一个项目"),
    About.TRAINER: Message("一位讲师"),
    About.VENUE: Message("一处场地"),
    About.PERSON: Message("一名员工"),
}
