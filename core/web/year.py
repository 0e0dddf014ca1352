"""The year on one screen for whoever has a link to it: a light page that a phone paints at once, however many open it in one moment.

It works without a script and needs no socket. Whether the link opens it is asked anew at each request; its one script asks every few
seconds, so that an open page closes by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.clock import ZONE
from core.errors import NotFound
from core.i18n import Message
from core.plans import service as plans
from core.shares import service as shares
from core.shares.terms import SharedPage
from core.web.addresses import address_of
from core.web.cookies import cookies_of, share_of
from core.web.desk import Desk
from core.web.pages import language_of, message_page, template_page
from core.web.share import SCRIPT, SHARED, STILL_OPEN, gone

if TYPE_CHECKING:
    from core.review.executive.service import Executive


_LIVE = (Path(__file__).parent / "templates" / "year.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Seen:
    found: Executive
    sample: bool
    taken: datetime | None
    ends: datetime


class YearDoor:
    """The handler of the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        """The page of the link that this browser came by; to the page of links where the link is to another one."""
        # What sums the year is read in when somebody first asks for it: a server that starts does not wait for it.
        from core.exports.year import across, year_sheet

        try:
            seen = await self._desk.work(lambda: self._look(request))
        except NotFound as failure:
            return message_page(request, Message("链接无效"), failure.message, 404)
        if seen is None:
            return gone(request)
        if isinstance(seen, SharedPage):
            return RedirectResponse(SHARED, status_code=303, headers={"Cache-Control": "no-store"})
        language = language_of(request)
        page = template_page(
            request,
            "year.html",
            200,
            script=True,
            live=SCRIPT,
            still_open=STILL_OPEN,
            title=Message("一页看全年").render(language),
            shared=_shared(seen).render(language),
            sample=seen.sample,
            year=year_sheet(seen.found, language),
            across=across,
        )
        page.headers["Referrer-Policy"] = "no-referrer"
        return self._desk.with_language(request, page)

    async def still_open(self, request: Request) -> Response:
        """Whether the link by which this browser came still opens its page: 200 or 404. It costs one look at the link."""
        house = self._desk.house
        token = share_of(cookies_of(request.scope["headers"]), house.settings) if house.settings.shares else None

        def opens() -> bool:
            with house.database.reading() as db:
                return token is not None and shares.link_of(db, token) is not None

        return JSONResponse({}, 200 if await self._desk.work(opens) else 404, {"Cache-Control": "no-store"})

    def _look(self, request: Request) -> _Seen | SharedPage | None:
        from core.snapshots import service as snapshots

        house = self._desk.house
        token = share_of(cookies_of(request.scope["headers"]), house.settings) if house.settings.shares else None
        if token is None:
            return None
        with house.database.reading() as db:
            row = shares.link_of(db, token)
            guest = shares.guest(db, row.id or 0, address_of(request.client)) if row is not None else None
            if guest is None:
                return None
            if guest.page is not SharedPage.EXECUTIVE:
                return guest.page
            found = snapshots.executive(db, guest.actor, guest.plan_id, guest.link_id)
            sample = plans.find(db, guest.actor, guest.plan_id).sample
            return _Seen(found, sample, snapshots.taken_at(db, guest.link_id), guest.expires_at)


def script(_request: Request) -> Response:
    """The script of the page."""
    return Response(_LIVE, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _shared(seen: _Seen) -> Message:
    ends = seen.ends.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    if seen.taken is None:
        return Message("共享页面 · 只读 · 数据截至打开时 · {when} 失效", when=ends)
    taken = seen.taken.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    return Message("共享页面 · 只读 · 截至 {taken} 的内容，以后的改动不在内 · {when} 失效", taken=taken, when=ends)
