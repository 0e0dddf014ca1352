"""The door of calendars: `/feed/{token}.ics`, which calendar programs read by themselves; what it holds is told by core/delivery/feeds."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.delivery.feeds import service
from core.i18n import Message
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import message_page


class CalendarDoor:
    """The handler of calendar addresses."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk, service.read_feed, _gone)

    async def show(self, request: Request) -> Response:
        """The calendar, or nothing new where the program has it already; one answer for unknown, revoked and expired addresses."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        feed_id, made = found
        await self._note(feed_id)
        headers = {"ETag": f'"{made.digest}"', "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(made.content, media_type="text/calendar; charset=utf-8", headers=headers)

    async def _note(self, feed_id: int) -> None:
        house = self._desk.house

        def note() -> None:
            with house.database.writing() as db:
                service.note_read(db, feed_id)

        await self._desk.work(note)


def _gone(request: Request) -> Response:
    text = Message("这个日历地址不存在、已作废或已过期。如需订阅，请联系本行人力资源要一个新的地址。")
    return message_page(request, Message("地址无效"), text, 404)
