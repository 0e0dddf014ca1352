"""The door of sessions: `/check-in/{token}`, where people check in and say what they thought, without account and script; what it may is
told by core/delivery/attendance/check_in.py."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from core.access.limits import TryLimit
from core.delivery.attendance import check_in
from core.delivery.attendance.check_in import Open
from core.delivery.attendance.terms import ASKED_NAMES, Asked
from core.errors import BadInput, CexunError, NotFound
from core.i18n import Message
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import language_of, message_page, template_page

# A class of a hundred checks in within minutes; names are not guessed that slowly.
_SENDINGS, _SECONDS = 400, 600.0
_IN, _LATE, _ANSWERED = Message("已签到。"), Message("已签到，记为迟到。"), Message("评价已提交，谢谢。")
_GUEST = Message("已签到。您不在这个班的名单上，记为名单外到课；走错了班，请找班主任更正。")


class CheckInDoor:
    """The handlers of sessions' links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk, check_in.opened, _gone, Message("这次提交不是从签到页面发出的，已被拒绝。请重新扫码。"))
        self._sendings = TryLimit(_SENDINGS, _SECONDS)

    async def show(self, request: Request) -> Response:
        """The form behind a link; the same page for unknown, revoked and expired ones."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        return self._desk.with_language(request, _page(request, found, {}))

    async def enter(self, request: Request) -> Response:
        """Check in, or answer. A number or name that is not on the list counts as a try."""
        found = await self._links.enter(request)
        if isinstance(found, Response):
            return found
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            if not self._sendings.allows(str(found.session.id)):
                raise BadInput(Message("这个链接提交得太频繁。请 10 分钟后再试。"))
            done = await self._act(request, given)
        except NotFound:
            return _gone(request)
        except CexunError as error:
            return _page(request, found, given, error=error.message, status=422)
        self._desk.not_a_try(request)
        # Doing it again changes nothing, and whoever has checked in answers next without writing their name again.
        return _page(request, found, given, done=done)

    async def _act(self, request: Request, given: Mapping[str, str]) -> Message:
        house, token, address = self._desk.house, request.path_params["token"], address_of(request.client)
        who = (given.get("employee_no", ""), given.get("name", ""))

        def do() -> Message:
            with house.database.writing() as db:
                if given.get("act") == "answer":
                    check_in.answer(db, token, *who, _marks(given), given.get("remark", ""), address)
                    return _ANSWERED
                done = check_in.check_in(db, token, *who, address)
                return _GUEST if done.guest else _LATE if done.late else _IN

        return await self._desk.work(do)


def _page(
    request: Request,
    found: Open,
    given: Mapping[str, str],
    *,
    done: Message | None = None,
    error: Message | None = None,
    status: int = 200,
) -> Response:
    language = language_of(request)
    days = found.first.isoformat() if found.first == found.last else f"{found.first.isoformat()} – {found.last.isoformat()}"
    marks = _marks(given)
    return template_page(
        request,
        "check_in.html",
        status,
        title=found.session.name,
        subtitle=f"{found.programme} · {days}",
        done=done.render(language) if done else "",
        error=error.render(language) if error else "",
        action=request.url.path,
        employee_no=given.get("employee_no", ""),
        name=given.get("name", ""),
        remark=given.get("remark", ""),
        may_check_in=found.may_check_in,
        may_answer=found.may_answer,
        questions=[{"name": one.value, "label": ASKED_NAMES[one].render(language), "value": marks.get(one, 0)} for one in Asked],
    )


def _marks(given: Mapping[str, str]) -> dict[Asked, int]:
    return {one: int(given[one.value]) for one in Asked if given.get(one.value, "") in {"1", "2", "3", "4", "5"}}


def _gone(request: Request) -> Response:
    text = Message("这个签到链接不存在、已作废或已过期。请找班主任要新的二维码。")
    return message_page(request, Message("链接无效"), text, 404)
