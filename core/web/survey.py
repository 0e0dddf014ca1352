"""The door of surveys: `/survey/{token}`, where those who were taught say what they thought, without account and script; what it may is
told by core/review/surveys/service.py."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from core.access.limits import TryLimit
from core.clock import ZONE
from core.errors import BadInput, CexunError, NotFound
from core.i18n import Message
from core.review.surveys import service as surveys
from core.review.surveys.service import Open
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import language_of, message_page, template_page

# A class of a hundred answers within minutes; names are not guessed that slowly.
_SENDINGS, _SECONDS = 400, 600.0
_ANSWERED = Message("问卷已提交，谢谢。再交一次会替换这一次。")
_MARK = "q"


class SurveyDoor:
    """The handlers of surveys' links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk, surveys.opened, _gone, Message("这次提交不是从问卷页面发出的，已被拒绝。请重新打开链接。"))
        self._sendings = TryLimit(_SENDINGS, _SECONDS)

    async def show(self, request: Request) -> Response:
        """The form behind a link; the same page for unknown, revoked and expired ones."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        return self._desk.with_language(request, _page(request, found, {}))

    async def enter(self, request: Request) -> Response:
        """Answer. A number or name that is not on the list counts as a try."""
        found = await self._links.enter(request)
        if isinstance(found, Response):
            return found
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            if not self._sendings.allows(str(found.project_id)):
                raise BadInput(Message("这个链接提交得太频繁。请 10 分钟后再试。"))
            await self._act(request, found, given)
        except NotFound:
            return _gone(request)
        except CexunError as error:
            return _page(request, found, given, error=error.message, status=422)
        self._desk.not_a_try(request)
        return _page(request, found, given, done=_ANSWERED)

    async def _act(self, request: Request, found: Open, given: Mapping[str, str]) -> None:
        house, token, address = self._desk.house, request.path_params["token"], address_of(request.client)
        who = (given.get("employee_no", ""), given.get("name", ""))

        def do() -> None:
            with house.database.writing() as db:
                surveys.answer(db, token, *who, _marks(found, given), given.get("remark", ""), address)

        await self._desk.work(do)


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
    marks = _marks(found, given)
    until = Message("课后问卷，{day} 前可以填写", day=f"{found.closes_at.astimezone(ZONE):%Y-%m-%d %H:%M}")
    return template_page(
        request,
        "survey.html",
        status,
        title=found.name,
        subtitle=until.render(language),
        done=done.render(language) if done else "",
        error=error.render(language) if error else "",
        action=request.url.path,
        employee_no=given.get("employee_no", ""),
        name=given.get("name", ""),
        remark=given.get("remark", ""),
        questions=[
            {"name": f"{_MARK}{one.measure_id}", "label": one.text, "value": marks.get(one.measure_id, 0)} for one in found.questions
        ],
    )


def _marks(found: Open, given: Mapping[str, str]) -> dict[int, int]:
    said = {one.measure_id: given.get(f"{_MARK}{one.measure_id}", "") for one in found.questions}
    return {number: int(mark) for number, mark in said.items() if mark in {"1", "2", "3", "4", "5"}}


def _gone(request: Request) -> Response:
    text = Message("这个问卷链接不存在、已作废或已过期。请找班主任要新的二维码。")
    return message_page(request, Message("链接无效"), text, 404)
