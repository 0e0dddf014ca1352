"""The door of one-time links: `/welcome/{token}`. Opening a link uses nothing up; sending its form does."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from core.access import service as access
from core.access.invitations import OWNER_NAME
from core.access.passwords import MINIMUM_LENGTH
from core.errors import CexunError, NotFound
from core.i18n import Message
from core.web.addresses import address_of
from core.web.bodies import fields
from core.web.desk import BACK, Desk, browser_of
from core.web.links import Links
from core.web.pages import Field, Form, form_page, language_of, message_page

_HINT = Message("至少 {minimum} 个字符。", minimum=MINIMUM_LENGTH)
_LATER = Message("至少 {minimum} 个字符。可以先留空直接进入，以后在“我的账户”中设置。", minimum=MINIMUM_LENGTH)


class WelcomeDoor:
    """The handlers of one-time links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._links = Links(desk, access.welcome, _gone)

    async def show(self, request: Request) -> Response:
        """The form behind a link; the same page for unknown, used and expired ones."""
        found = await self._links.open(request)
        if isinstance(found, Response):
            return found
        name = found.name or OWNER_NAME.render(language_of(request))
        return self._desk.with_language(request, form_page(request, _form(request, found, found.login, name)))

    async def enter(self, request: Request) -> Response:
        """Use the link: the owner or the password comes into being, and this browser is signed in."""
        found = await self._links.enter(request)
        if isinstance(found, Response):
            return found
        given: dict[str, str] = {}
        try:
            given = await fields(request)
            admission = await self._use(request, found, given)
        except NotFound:
            return _gone(request)
        except CexunError as error:
            form = _form(request, found, given.get("login", found.login)[:80], given.get("name", found.name)[:80])
            return form_page(request, form, error.message, 422)
        self._desk.not_a_try(request)
        await self._desk.end(await self._desk.present(request))
        return self._desk.let_in(request, admission, "/")

    async def _use(self, request: Request, found: access.Welcome, given: dict[str, str]) -> access.Admission:
        house, token, days = self._desk.house, request.path_params["token"], self._desk.settings.sign_in_days
        browser, address, password = browser_of(request), address_of(request.client), given.get("password", "")

        def use() -> access.Admission:
            if found.kind == "account":
                return access.choose_password(house.database, token, password, browser, address, days)
            login, name = given.get("login", ""), given.get("name", "")
            return access.create_owner(house.database, token, login, name, password, browser, address, days)

        return await self._desk.work(use)


def _form(request: Request, found: access.Welcome, login: str, name: str) -> Form:
    action = request.url.path
    if found.kind == "account":
        return Form(
            title=Message("设置密码"),
            subtitle=Message("{name}，您的登录名是 {login}。设置密码后即可进入。", name=found.name, login=found.login),
            action=action,
            # The hidden login lets password managers file the password under the right name.
            hidden=(("username", found.login),),
            fields=(Field("password", Message("新密码"), "password", autocomplete="new-password", hint=_HINT),),
            button=Message("保存并进入"),
        )
    return Form(
        title=Message("欢迎使用策训"),
        subtitle=Message("创建第一个账户。它可以制定计划、管理系统，并邀请其他人。"),
        action=action,
        fields=(
            Field("name", Message("姓名"), value=name, autocomplete="name"),
            Field("login", Message("登录名"), value=login, autocomplete="username"),
            Field(
                "password",
                Message("密码（可选）"),
                "password",
                autocomplete="new-password",
                hint=_LATER,
                required=False,
            ),
        ),
        button=Message("创建并进入"),
    )


def _gone(request: Request) -> Response:
    text = Message("这个链接不存在、已经用过或已过期。如需新的链接，请联系管理账户的人；首次安装时请重新启动系统。")
    return message_page(request, Message("链接无效"), text, 404, BACK)
