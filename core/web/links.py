"""What the doors of links share: whoever comes with a token is shown what it opens, and all others the same page.

What a link opens, for whom and how long, is told by its own room; a token is made and hashed in core/access/tokens.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from core.i18n import Message
from core.settings import Settings
from core.storage import Session
from core.web.desk import Desk

Found = TypeVar("Found")


class Links(Generic[Found]):
    """Links of one kind, at one door.

    `find` is what a token opens now, None for one that is unknown, used, revoked or expired; `gone` the page for all of these;
    `elsewhere` what is said of a form that was not sent from here; `on` whether such links are switched on at all.
    """

    def __init__(
        self,
        desk: Desk,
        find: Callable[[Session, str], Found | None],
        gone: Callable[[Request], Response],
        elsewhere: Message | None = None,
        on: Callable[[Settings], bool] = lambda _settings: True,
    ) -> None:
        self._desk, self._find, self._gone, self._elsewhere, self._on = desk, find, gone, elsewhere, on

    async def find(self, request: Request) -> Found | None:
        """What the link of this address opens now. Counts nothing."""
        house, token = self._desk.house, request.path_params["token"]
        if not self._on(house.settings):
            return None

        def look_up() -> Found | None:
            with house.database.reading() as db:
                return self._find(db, token)

        return await self._desk.work(look_up)

    async def open(self, request: Request) -> Found | Response:
        """What the link opens, or the page that answers. Only links that open nothing count as tries."""
        if answer := self._desk.barred(request):
            return answer
        found = await self.find(request)
        if found is None:
            self._desk.wrong(request)
            return self._gone(request)
        return found

    async def enter(self, request: Request) -> Found | Response:
        """The same for a form that somebody sends. Each counts as a try, until the door takes the count back."""
        if answer := self.refused(request) or self._desk.too_many(request):
            return answer
        found = await self.find(request)
        return self._gone(request) if found is None else found

    def refused(self, request: Request) -> Response | None:
        """The page that answers a form sent from elsewhere, None for one of ours."""
        return self._desk.refusal(request, self._elsewhere)
