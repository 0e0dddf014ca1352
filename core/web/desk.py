"""What the doors share: refusing forms from elsewhere and too many tries, letting a browser in, languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access import service as access
from core.access.limits import TryLimit
from core.access.present import Present
from core.access.service import Admission
from core.errors import CexunError
from core.i18n import LANGUAGES, Message
from core.settings import Settings
from core.web.addresses import address_of, from_here
from core.web.cookies import cookies_of, set_language, set_sign_in, token_of
from core.web.faults import note_fault
from core.web.house import House
from core.web.pages import Link, message_page

T = TypeVar("T")

BACK = Link("/sign-in", Message("返回登录页"))


class Desk:
    """One door's way to the product, with its own count of failed tries by address."""

    def __init__(self, instance: Callable[[], House], limit: TryLimit) -> None:
        self._instance = instance
        self._limit = limit

    @property
    def house(self) -> House:
        """The running copy of the product."""
        return self._instance()

    @property
    def settings(self) -> Settings:
        """Its settings now."""
        return self.house.settings

    @cached_property
    def _few(self) -> CapacityLimiter:
        # Passwords take a while; those who wait for one must not use up the threads that serve everybody else.
        return CapacityLimiter(4)

    async def work(self, task: Callable[[], T]) -> T:
        """Do something slow beside the event loop, a few at a time."""
        return await to_thread.run_sync(task, limiter=self._few)

    def refusal(self, request: Request, said: Message | None = None) -> Response | None:
        """The page that answers a form sent from elsewhere, or None for one of ours. It says so in the words of a door (`said`) that is no
        way to the sign-in page."""
        if from_here(request.headers, self.settings):
            return None
        text = said or Message("这次提交不是从本系统的页面发出的，已被拒绝。请回到登录页重试。")
        return message_page(request, Message("无法受理"), text, 403, None if said else BACK)

    def too_many(self, request: Request) -> Response | None:
        """Count a try from this address; the page that answers when there were too many, else None."""
        return None if self._limit.allows(address_of(request.client)) else self._wait(request)

    def barred(self, request: Request) -> Response | None:
        """The page that answers when too many wrong links came from this address, else None. Counts nothing: a whole branch that opens a
        right link at once comes from one address."""
        return None if self._limit.has_left(address_of(request.client)) else self._wait(request)

    def wrong(self, request: Request) -> None:
        """Count a wrong link from this address."""
        self._limit.allows(address_of(request.client))

    def _wait(self, request: Request) -> Response:
        text = Message("从您的网络地址尝试的次数过多。请 10 分钟后再试。")
        response = message_page(request, Message("请稍候"), text, 429, BACK)
        response.headers["Retry-After"] = "600"
        return response

    def not_a_try(self, request: Request) -> None:
        """Take the count back: it was a good one."""
        self._limit.give_back(address_of(request.client))

    def let_in(self, request: Request, admission: Admission, target: str) -> Response:
        """Send the browser on with its sign-in, and the language that the person chose once."""
        response = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
        set_sign_in(response, admission.token, self.settings)
        if admission.language:
            set_language(response, admission.language, self.settings)
        return response

    async def present(self, request: Request) -> Present | None:
        """Who sends the request, by our own cookie."""
        token = token_of(cookies_of(request.scope["headers"]), self.settings)
        if token is None:
            return None
        house, address = self.house, address_of(request.client)

        def look_up() -> Present | None:
            with house.database.reading() as db:
                return access.present_by_token(db, token, address)

        return await self.work(look_up)

    async def end(self, person: Present | None) -> None:
        """End the sign-in by which somebody was present in this browser."""
        if person is None:
            return
        house = self.house

        def leave() -> None:
            with house.database.writing() as db:
                access.sign_out(db, person)

        await self.work(leave)

    def with_language(self, request: Request, response: Response) -> Response:
        """Remember the language that the person has just chosen."""
        chosen = request.query_params.get("lang")
        if chosen in LANGUAGES:
            set_language(response, chosen, self.settings)
        return response


def browser_of(request: Request) -> str:
    """What the browser says it is."""
    return request.headers.get("user-agent", "")


async def refused(request: Request, error: Exception) -> Response:
    """The page for an expected failure that a door does not explain itself."""
    text = error.message if isinstance(error, CexunError) else Message("请稍后再试。")
    return message_page(request, Message("暂时无法完成"), text, 503, BACK)


async def broken(request: Request, fault: Exception) -> Response:
    """The page for anything else, with the number under which it stands in the log."""
    text = Message("页面出了问题，已记录为 {number}。您的数据没有受影响；请刷新页面，若仍出现请告诉系统管理员。", number=note_fault(fault))
    return message_page(request, Message("暂时无法完成"), text, 500)


FAILURES: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {CexunError: refused, Exception: broken}
"""What answers for a failure; `app.py` registers them."""
