"""A form that a class sends from its phones, without account and script: number and name, marks from 1 to 5, a remark.

What such a form is for, and what it may do, is told by its own door.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic

from starlette.requests import Request
from starlette.responses import Response

from core.access.limits import TryLimit
from core.errors import BadInput, CexunError, NotFound
from core.i18n import Language, Message
from core.storage import Session
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.desk import Desk
from core.web.links import Found, Links
from core.web.pages import language_of, message_page, template_page

_MARKS = frozenset("12345")
# A class of a hundred sends within minutes; names are not guessed that slowly.
_SENDINGS, _SECONDS = 400, 600.0
_PERSON = ("employee_no", "name", "remark")
_ASKED_TOO_OFTEN = Message("这个链接提交得太频繁。请 10 分钟后再试。")


@dataclass(frozen=True)
class Question:
    """What is marked from 1 to 5: the name of its field and its words."""

    name: str
    label: str


@dataclass(frozen=True)
class Sheet:
    """What a form shows in one language: its heads, its questions, and what else its template wants."""

    title: str
    subtitle: str
    questions: Sequence[Question]
    more: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """What somebody sent: the button, `who` (number and name), the marks by question, a remark, and the address that it came from."""

    act: str
    who: tuple[str, str]
    marks: dict[str, int]
    remark: str
    address: str


class ClassForm(Generic[Found]):
    """The handlers of links of one kind.

    `find` is what a token opens now, `gone` the page for what opens nothing, `elsewhere` what is said of a form that was not sent from
    here; `subject` is what the sendings are counted by; `sheet` is what the form shows; `take` does what was asked and says what was done.
    """

    def __init__(
        self,
        desk: Desk,
        template: str,
        *,
        find: Callable[[Session, str], Found | None],
        gone: Message,
        elsewhere: Message,
        subject: Callable[[Found], Hashable],
        sheet: Callable[[Found, Language], Sheet],
        take: Callable[[Session, str, Found, Given], Message],
    ) -> None:
        self._desk, self._template, self._subject, self._sheet, self._take = desk, template, subject, sheet, take
        self._links = Links(desk, find, self._gone, elsewhere)
        self._why_gone = gone
        self._sendings = TryLimit(_SENDINGS, _SECONDS)

    async def show(self, request: Request) -> Response:
        """The form behind a link; the same page for unknown, revoked and expired ones."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        return self._desk.with_language(request, self._page(request, found, {}))

    async def enter(self, request: Request) -> Response:
        """Take what was sent. A number or name that is not on the list counts as a try."""
        found = await self._links.enter(request)
        if isinstance(found, Response):
            return found
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            if not self._sendings.allows(str(self._subject(found))):
                raise BadInput(_ASKED_TOO_OFTEN)
            done = await self._taken(request, found, given)
        except NotFound:
            return self._gone(request)
        except CexunError as error:
            return self._page(request, found, given, error=error.message, status=422)
        self._desk.not_a_try(request)
        # Sending it again changes nothing, and whoever goes on from here need not write their name again.
        return self._page(request, found, given, done=done)

    async def _taken(self, request: Request, found: Found, given: dict[str, str]) -> Message:
        house, token = self._desk.house, request.path_params["token"]
        number, name, remark = (given.get(one, "") for one in _PERSON)
        sent = Given(given.get("act", ""), (number, name), _marks(given), remark, address_of(request.client))

        def take() -> Message:
            with house.database.writing() as db:
                return self._take(db, token, found, sent)

        return await self._desk.work(take)

    def _page(
        self,
        request: Request,
        found: Found,
        given: dict[str, str],
        *,
        done: Message | None = None,
        error: Message | None = None,
        status: int = 200,
    ) -> Response:
        language, marks = language_of(request), _marks(given)
        sheet = self._sheet(found, language)
        return template_page(
            request,
            self._template,
            status,
            title=sheet.title,
            subtitle=sheet.subtitle,
            done=done.render(language) if done else "",
            error=error.render(language) if error else "",
            action=request.url.path,
            questions=[{"name": one.name, "label": one.label, "value": marks.get(one.name, 0)} for one in sheet.questions],
            employee_no=given.get("employee_no", ""),
            name=given.get("name", ""),
            remark=given.get("remark", ""),
            more=sheet.more,
        )

    def _gone(self, request: Request) -> Response:
        return message_page(request, Message("链接无效"), self._why_gone, 404)


def _marks(given: dict[str, str]) -> dict[str, int]:
    return {name: int(mark) for name, mark in given.items() if mark in _MARKS and name not in _PERSON}
