"""The sign-in door: `/sign-in` and `/sign-out`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access import service as access
from core.errors import CexunError, NotAllowed
from core.i18n import Message
from core.web.addresses import address_of, local_path
from core.web.bodies import fields
from core.web.cookies import clear_sign_in, cookies_of
from core.web.desk import Desk, browser_of
from core.web.identity import BANK_SIGN_IN
from core.web.pages import Field, Form, Link, form_page

_LEFT = "out"


class SignInDoor:
    """The handlers of signing in and out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, request: Request) -> Response:
        """The sign-in page, or straight on for somebody who is signed in already."""
        target = local_path(request.query_params.get("next", "/"))
        if await self._desk.present(request) is not None:
            return RedirectResponse(target, status_code=303)
        form = await self._form(target, "", left=_LEFT in request.query_params)
        return self._desk.with_language(request, form_page(request, form))

    async def enter(self, request: Request) -> Response:
        """Check login and password; on success the browser gets its cookie and goes where it wanted."""
        if answer := self._desk.refusal(request) or self._desk.too_many(request):
            return answer
        login, target = "", "/"
        try:
            given = await fields(request)
            login, target = given.get("login", ""), local_path(given.get("next", "/"))
            admission = await self._sign_in(request, login, given.get("password", ""))
        except CexunError as error:
            status = 401 if isinstance(error, NotAllowed) else 422
            return form_page(request, await self._form(target, login[:80]), error.message, status)
        self._desk.not_a_try(request)
        # The browser's earlier sign-in would stay valid for whoever copied its cookie.
        await self._desk.end(await self._desk.present(request))
        return self._desk.let_in(request, admission, target)

    async def ask_to_leave(self, request: Request) -> Response:
        """A page with one button: a mere link must sign nobody out."""
        form = Form(
            title=Message("退出登录"),
            subtitle=Message("退出后，这个浏览器需要重新登录才能进入。"),
            action="/sign-out",
            fields=(),
            button=Message("退出登录"),
            link=Link("/", Message("留在系统中")),
        )
        return self._desk.with_language(request, form_page(request, form))

    async def leave(self, request: Request) -> Response:
        """End this browser's sign-in."""
        if answer := self._desk.refusal(request):
            return answer
        await self._desk.end(await self._desk.present(request))
        response = RedirectResponse(f"/sign-in?{_LEFT}=1", status_code=303, headers={"Cache-Control": "no-store"})
        clear_sign_in(response, cookies_of(request.scope["headers"]))
        return response

    async def _sign_in(self, request: Request, login: str, password: str) -> access.Admission:
        house, browser, address = self._desk.house, browser_of(request), address_of(request.client)
        days = house.settings.sign_in_days
        return await self._desk.work(lambda: access.sign_in(house.database, login, password, browser, address, days))

    async def _form(self, target: str, login: str, left: bool = False) -> Form:
        settings = self._desk.settings
        link = None
        if settings.has_oidc:
            link = Link(BANK_SIGN_IN, settings.oidc_label or Message("使用行内统一身份登录"))
        return Form(
            title=Message("登录"),
            subtitle=Message("年度培训计划：从总行战略到一线行动"),
            note=await self._note(left),
            action="/sign-in",
            hidden=(("next", target),),
            fields=(
                Field("login", Message("登录名"), value=login, autocomplete="username"),
                Field("password", Message("密码"), kind="password", autocomplete="current-password"),
            ),
            button=Message("登录"),
            link=link,
        )

    async def _note(self, left: bool) -> Message | None:
        if left:
            return Message("您已退出登录。")
        house = self._desk.house

        def nobody_yet() -> bool:
            with house.database.reading() as db:
                return access.nobody_yet(db)

        if await self._desk.work(nobody_yet):
            return Message("系统刚刚安装，还没有账户。请打开启动窗口中显示的一次性链接，创建第一个账户。")
        return None
