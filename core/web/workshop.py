"""The door of workshops: `/join/{token}` seats a guest under a nickname, `/board/{id}` is their page, for phones and without an account.

What a guest may is told by core/workshops. The page works as plain forms; its one script counts points, and asks every few seconds
whether the facilitator has led on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.access.limits import TryLimit
from core.errors import BadInput, CexunError, NotFound
from core.i18n import Message
from core.storage import Session, now
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.cookies import cookies_of, seat_of, set_seat
from core.web.desk import Desk
from core.web.links import Links
from core.web.pages import language_of, message_page, template_page
from core.web.workshop_page import Mine, mine, page_values, scene_of
from core.workshops import seats, voices
from core.workshops.seats import Seat
from core.workshops.service import link_stands
from core.workshops.snapshot import SNAPSHOTS
from core.workshops.terms import Reaction

_SCRIPT = (Path(__file__).parent / "templates" / "board.js").read_text(encoding="utf-8")
# A room of a hundred joins within a minute; nobody fills a board with invented guests much faster.
_JOINS, _JOIN_SECONDS = 300, 600.0
# Two acts a second are more than a thumb needs.
_ACTS, _ACT_SECONDS = 20, 10.0
_FIELDS = 60
_MARK = "i"


@dataclass(frozen=True)
class _Found:
    board_id: int
    title: str
    by_code: bool
    seconds: int


class WorkshopDoor:
    """The handlers of workshop boards."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        elsewhere = Message("这次提交不是从共创页面发出的，已被拒绝。请重新扫码。")
        self._links = Links(desk, _board_of, _gone, elsewhere, lambda settings: settings.workshops)
        self._joins = TryLimit(_JOINS, _JOIN_SECONDS)
        self._acts = TryLimit(_ACTS, _ACT_SECONDS)

    async def show(self, request: Request) -> Response:
        """The form that asks for a nickname, or on to the board for a browser that has a seat; one answer for links that open nothing."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        if await self._seat(request, found.board_id) is not None:
            return _to_board(found.board_id)
        return self._desk.with_language(request, _joining(request, found, {}))

    async def enter(self, request: Request) -> Response:
        """Take a seat. A code that is wrong counts as a try."""
        found = await self._links.enter(request)
        if isinstance(found, Response):
            return found
        if await self._seat(request, found.board_id) is not None:
            self._desk.not_a_try(request)
            return _to_board(found.board_id)
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            if not self._joins.allows(str(found.board_id)):
                raise BadInput(Message("加入的人太多，请过几分钟再试。"))
            secret = await self._join(request, given)
        except NotFound:
            return _gone(request)
        except CexunError as error:
            return _joining(request, found, given, error.message, 422)
        self._desk.not_a_try(request)
        response = _to_board(found.board_id)
        set_seat(response, found.board_id, secret, found.seconds, self._desk.settings)
        return self._desk.with_language(request, response)

    async def board(self, request: Request) -> Response:
        """The page of whoever has a seat at this board."""
        found = await self._mine(request)
        if found is None:
            return _gone(request)
        done = Message("已提交。") if request.query_params.get("done") else None
        return self._desk.with_language(request, _board(request, found, {}, done=done))

    async def act(self, request: Request) -> Response:
        """Say something at this board."""
        if answer := self._links.refused(request):
            return answer
        found = await self._mine(request)
        if found is None:
            return _gone(request)
        given: dict[str, str] = {}
        try:
            given = await fields(request, _FIELDS)
            if not self._acts.allows(str(found.seat.guest_id)):
                raise BadInput(Message("提交得太快，请过几秒再试。"))
            await self._desk.work(lambda: self._do(found.seat, given))
        except CexunError as error:
            return _board(request, await self._mine(request) or found, given, error=error.message, status=422)
        return _to_board(found.seat.board_id, "?done=1")

    async def scene(self, request: Request) -> Response:
        """What tells the script whether the page is still the right one. It costs one look at the board's revision."""
        board_id, house = request.path_params["board_id"], self._desk.house
        if not house.settings.workshops or seat_of(cookies_of(request.scope["headers"]), board_id, house.settings) is None:
            return JSONResponse({}, 404)

        def look() -> str | None:
            with house.database.reading() as db:
                found = SNAPSHOTS.of(db, board_id, guest=True)
            return scene_of(found) if found is not None and link_stands(found.board) else None

        scene = await self._desk.work(look)
        return JSONResponse({"scene": scene}, 200 if scene else 404, {"Cache-Control": "no-store"})

    def _do(self, seat: Seat, given: dict[str, str]) -> None:
        act, round_id, item = given.get("act", ""), _number(given.get("round")), _number(given.get("item"))
        marked = {_number(name.removeprefix(_MARK)): value for name, value in given.items() if name.startswith(_MARK) and name != "item"}
        with self._desk.house.database.writing() as db:
            doing: dict[str, Callable[[], object]] = {
                "points": lambda: voices.give_points(db, seat, round_id, {one: _points(value) for one, value in marked.items()}),
                "choose": lambda: voices.choose(db, seat, round_id, [one for one, value in marked.items() if value]),
                "pain": lambda: voices.add_pain(db, seat, round_id, given.get("text", "")),
                "back": lambda: voices.take_back_pain(db, seat, round_id, item),
                "too": lambda: voices.second(db, seat, round_id, item, too=True),
                "not": lambda: voices.second(db, seat, round_id, item, too=False),
                "react": lambda: voices.react(db, seat, round_id, item, _reaction(given.get("reaction")), given.get("text", "")),
            }
            if act not in doing:
                raise BadInput(Message("提交的内容无法读取。请刷新页面后重试。"))
            doing[act]()

    async def _join(self, request: Request, given: dict[str, str]) -> str:
        house, token, address = self._desk.house, request.path_params["token"], address_of(request.client)

        def do() -> str:
            with house.database.writing() as db:
                return seats.join(db, token, given.get("nickname", ""), given.get("code", ""), address)[1]

        return await self._desk.work(do)

    async def _seat(self, request: Request, board_id: int) -> Seat | None:
        found = await self._mine(request, board_id)
        return found.seat if found is not None else None

    async def _mine(self, request: Request, board_id: int | None = None) -> Mine | None:
        house = self._desk.house
        number = request.path_params["board_id"] if board_id is None else board_id
        secret = seat_of(cookies_of(request.scope["headers"]), number, house.settings)
        if secret is None or not house.settings.workshops:
            return None

        def look_up() -> Mine | None:
            with house.database.reading() as db:
                return mine(db, number, secret)

        return await self._desk.work(look_up)


def _board_of(db: Session, token: str) -> _Found | None:
    row = seats.board_of(db, token)
    if row is None or row.link_ends_at is None:
        return None
    return _Found(row.id or 0, row.title, row.by_code, max(1, int((row.link_ends_at - now()).total_seconds())))


def script(_request: Request) -> Response:
    """The script of the board."""
    return Response(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _to_board(board_id: int, query: str = "") -> Response:
    return RedirectResponse(
        f"/board/{board_id}{query}", status_code=303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    )


def _board(
    request: Request,
    found: Mine,
    given: dict[str, str],
    *,
    done: Message | None = None,
    error: Message | None = None,
    status: int = 200,
) -> Response:
    language = language_of(request)
    return template_page(
        request,
        "board.html",
        status,
        script=True,
        done=done.render(language) if done else "",
        error=error.render(language) if error else "",
        action=f"/board/{found.seat.board_id}",
        **page_values(found, given, language),
    )


def _joining(request: Request, found: _Found, given: dict[str, str], error: Message | None = None, status: int = 200) -> Response:
    language = language_of(request)
    return template_page(
        request,
        "join.html",
        status,
        title=found.title,
        error=error.render(language) if error else "",
        action=request.url.path,
        by_code=found.by_code,
        nickname=given.get("nickname", ""),
        code=given.get("code", ""),
    )


def _gone(request: Request) -> Response:
    text = Message("这个共创链接不存在、已作废、已过期，或这场共创已结束。请向主持人要新的二维码。")
    return message_page(request, Message("链接无效"), text, 404)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else 0


def _points(value: str) -> int:
    """Points as they were sent. What is no whole number is too much, so that it is refused and not read as nothing."""
    try:
        return int(value or "0") if len(value) < 6 else 99
    except ValueError:
        return 99


def _reaction(value: str | None) -> Reaction:
    known = {str(int(one)): one for one in Reaction}
    if value not in known:
        raise BadInput(Message("请先选同意、不清楚或不同意。"))
    return known[value]
