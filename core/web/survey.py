"""The door of surveys: `/survey/{token}`, where those who were taught say what they thought; what it may is told by
core/review/surveys/service.py."""

from __future__ import annotations

from core.clock import ZONE
from core.i18n import Language, Message
from core.review.surveys import service as surveys
from core.review.surveys.service import Open
from core.storage import Session
from core.web.class_form import ClassForm, Given, Question, Sheet
from core.web.desk import Desk

_MARK = "q"


def survey_door(desk: Desk) -> ClassForm[Open]:
    """The handlers of surveys' links."""
    return ClassForm(
        desk,
        "survey.html",
        find=surveys.opened,
        gone=Message("这个问卷链接不存在、已作废或已过期。请找班主任要新的二维码。"),
        elsewhere=Message("这次提交不是从问卷页面发出的，已被拒绝。请重新打开链接。"),
        subject=lambda found: found.project_id,
        sheet=_sheet,
        take=_take,
    )


def _sheet(found: Open, language: Language) -> Sheet:
    until = Message("课后问卷，{day} 前可以填写", day=f"{found.closes_at.astimezone(ZONE):%Y-%m-%d %H:%M}")
    return Sheet(found.name, until.render(language), [Question(f"{_MARK}{one.measure_id}", one.text) for one in found.questions])


def _take(db: Session, token: str, found: Open, given: Given) -> Message:
    marks = {one.measure_id: given.marks.get(f"{_MARK}{one.measure_id}", 0) for one in found.questions}
    surveys.answer(db, token, *given.who, marks, given.remark, given.address)
    return Message("问卷已提交，谢谢。再交一次会替换这一次。")
