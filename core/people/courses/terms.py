"""The words of the catalogue: in which form something is learnt, and where."""

from __future__ import annotations

from enum import StrEnum

from core.i18n import Message


class CourseForm(StrEnum):
    """In which form something is learnt."""

    COURSE = "course"
    TASK = "task"
    MENTOR = "mentor"
    PRACTICE = "practice"


FORM_NAMES = {
    CourseForm.COURSE: Message("课程"),
    CourseForm.TASK: Message("任务"),
    CourseForm.MENTOR: Message("导师"),
    CourseForm.PRACTICE: Message("实践"),
}


class CourseMethod(StrEnum):
    """Where it is learnt."""

    ONLINE = "online"
    FACE_TO_FACE = "face_to_face"
    BLENDED = "blended"


METHOD_NAMES = {
    CourseMethod.ONLINE: Message("线上"),
    CourseMethod.FACE_TO_FACE: Message("面授"),
    CourseMethod.BLENDED: Message("线上加面授"),
}
