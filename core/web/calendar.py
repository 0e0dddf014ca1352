"""The door of calendars: `/feed/{token}.ics`, which calendar programs read by themselves; what it holds is told by core/delivery/feeds."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.delivery.feeds import service
from core.delivery.feeds.service import CalendarFile
from core.i18n import Message
from core.web.desk import Desk
from core.web.pages import message_page


class CalendarDoor:
    """The handler of calendar addresses."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        """The calendar, or nothing new where the program has it already; one answer for unknown, revoked and expired addresses."""
        if answer := self._desk.barred(request):
            return answer
        found = await self._found(request)
        if found is None:
            self._desk.wrong(request)
            text = Message("这个日历地址不存在、已作废或已过期。如需订阅，请联系本行人力资源要一个新的地址。")
            return message_page(request, Message("地址无效"), text, 404)
        headers = {"ETag": f'"{found.digest}"', "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type="text/calendar; charset=utf-8", headers=headers)

    async def _found(self, request: Request) -> CalendarFile | None:
        house, token = self._desk.house, request.path_params["token"]

        def look_up() -> CalendarFile | None:
            with house.database.reading() as db:
                found = service.read_feed(db, token)
            if found is None:
                return None
            with house.database.writing() as db:
                service.note_read(db, found[0])
            return found[1]

        return await self._desk.work(look_up)
