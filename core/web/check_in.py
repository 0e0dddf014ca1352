"""The door of sessions: `/check-in/{token}`, where people check in and say what they thought; what it may is told by
core/delivery/attendance/check_in.py."""

from __future__ import annotations

from core.delivery.attendance import check_in
from core.delivery.attendance.check_in import Open
from core.delivery.attendance.terms import ASKED_NAMES, Asked
from core.i18n import Language, Message
from core.storage import Session
from core.web.class_form import ClassForm, Given, Question, Sheet
from core.web.desk import Desk

_IN, _LATE, _ANSWERED = Message("已签到。"), Message("已签到，记为迟到。"), Message("评价已提交，谢谢。")
_GUEST = Message("已签到。您不在这个班的名单上，记为名单外到课；走错了班，请找班主任更正。")


def check_in_door(desk: Desk) -> ClassForm[Open]:
    """The handlers of sessions' links."""
    return ClassForm(
        desk,
        "check_in.html",
        find=check_in.opened,
        gone=Message("这个签到链接不存在、已作废或已过期。请找班主任要新的二维码。"),
        elsewhere=Message("这次提交不是从签到页面发出的，已被拒绝。请重新扫码。"),
        subject=lambda found: found.session.id,
        sheet=_sheet,
        take=_take,
    )


def _sheet(found: Open, language: Language) -> Sheet:
    days = found.first.isoformat() if found.first == found.last else f"{found.first.isoformat()} – {found.last.isoformat()}"
    return Sheet(
        found.session.name,
        f"{found.programme} · {days}",
        [Question(one.value, ASKED_NAMES[one].render(language)) for one in Asked],
        {"may_check_in": found.may_check_in, "may_answer": found.may_answer},
    )


def _take(db: Session, token: str, _found: Open, given: Given) -> Message:
    if given.act == "answer":
        marks = {one: given.marks[one.value] for one in Asked if one.value in given.marks}
        check_in.answer(db, token, *given.who, marks, given.remark, given.address)
        return _ANSWERED
    done = check_in.check_in(db, token, *given.who, given.address)
    return _GUEST if done.guest else _LATE if done.late else _IN
