"""The door of shared links: `/share/{token}` lets a browser in to one page, with a password where the link has one. What a link opens is
told by core/shares."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access.limits import TryLimit
from core.i18n import Message
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.storage import Session
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.cookies import set_share
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import Field, Form, form_page, message_page

# Where the page of a link is; the one that many open at once is a light one of its own.
SHARED, PAGE_OF_YEAR = "/shared", "/share/page/year"
STILL_OPEN, SCRIPT = f"{PAGE_OF_YEAR}/open", "/share/live.js"
# So many passwords may be tried on one link, from wherever: guessing is hopeless, and a room of people who mistype gets in.
_PASSWORDS, _SECONDS = 60, 600.0


@dataclass(frozen=True)
class _Link:
    id: int
    seconds: int
    locked: bool
    leads_to: str


class ShareDoor:
    """The handlers of shared links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        elsewhere = Message("这次提交不是从本系统的页面发出的，已被拒绝。请重新打开链接。")
        self._links = Links(desk, _link_of, gone, elsewhere, lambda settings: settings.shares)
        self._passwords = TryLimit(_PASSWORDS, _SECONDS)

    async def show(self, request: Request) -> Response:
        """On to the page, or the form that asks for the password; one answer for unknown, expired and revoked links."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        if found.locked:
            return self._desk.with_language(request, _asking(request))
        return await self._let_in(request, found)

    async def enter(self, request: Request) -> Response:
        """Let whoever knows the password in."""
        if answer := self._links.refused(request):
            return answer
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        if not self._passwords.allows(str(found.id)):
            return _asking(request, Message("试的次数过多。请 10 分钟后再试。"), 429)
        password = (await fields(request)).get("password", "")
        if not await self._unlocks(request, password):
            self._desk.wrong(request)
            return _asking(request, Message("密码不对。"), 422)
        self._passwords.give_back(str(found.id))
        return await self._let_in(request, found)

    async def _let_in(self, request: Request, found: _Link) -> Response:
        house, address = self._desk.house, address_of(request.client)

        def note() -> None:
            with house.database.writing() as db:
                shares.enter(db, found.id, address)

        await self._desk.work(note)
        response = RedirectResponse(
            found.leads_to, status_code=303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        )
        set_share(response, request.path_params["token"], found.seconds, self._desk.settings)
        return self._desk.with_language(request, response)

    async def _unlocks(self, request: Request, password: str) -> bool:
        house, token = self._desk.house, request.path_params["token"]

        def compare() -> bool:
            with house.database.reading() as db:
                row = shares.link_of(db, token)
            return row is not None and shares.unlocks(row, password)

        return await self._desk.work(compare)


def _link_of(db: Session, token: str) -> _Link | None:
    row = shares.link_of(db, token)
    if row is None:
        return None
    leads_to = PAGE_OF_YEAR if row.page is SharedPage.EXECUTIVE else SHARED
    return _Link(row.id or 0, shares.seconds_left(row), bool(row.password_hash), leads_to)


def _asking(request: Request, error: Message | None = None, status: int = 200) -> Response:
    form = Form(
        title=Message("请输入密码"),
        subtitle=Message("这个共享链接设了密码，请向发给您的人询问。"),
        action=request.url.path,
        fields=[Field("password", Message("密码"), "password", autocomplete="off")],
        button=Message("打开"),
    )
    return form_page(request, form, error, status)


def gone(request: Request) -> Response:
    """The one answer for links that open nothing."""
    text = Message("这个共享链接不存在、已作废或已过期。请向发给您的人要一个新的链接。")
    return message_page(request, Message("链接无效"), text, 404)
