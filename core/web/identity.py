"""Who is calling. The one place where a cookie becomes a person.

Streamlit takes the person of a page from the headers named in `server.trustedUserHeaders`. Here whatever a client
sent under those names is thrown away, the cookie (ours or that of the bank's own sign-in) is looked up, and the
headers are written anew, for HTTP requests and for the page's web socket alike. A stranger who asks for a page is
sent to the sign-in page, who asks for the page of shared links is told that theirs opens nothing, and one who asks for
a file gets nothing. Who came by a shared link is let through to its page alone, under the link's number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import quote

from anyio import move_on_after, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.access import service as access
from core.access.present import Present
from core.shares import service as shares
from core.web.addresses import address_of
from core.web.bank_cookie import claims_of
from core.web.cookies import SIGN_IN, clear_sign_in, cookies_of, share_of, token_of
from core.web.house import House
from core.web.share import SHARED, gone

ACCOUNT_HEADER = b"x-remote-user"
SIGN_IN_HEADER = b"x-remote-sign-in"
SHARE_HEADER = b"x-remote-share"

# Open to strangers: the browser's own files, Streamlit's handshake, and the routes that check for themselves.
_OPEN = (
    "/_stcore/",
    "/static/",
    "/component/",
    "/favicon",
    "/oauth2callback",
    "/auth/",
    "/sign-in",
    "/sign-out",
    "/welcome/",
    "/answer/",
    "/check-in/",
    "/survey/",
    "/feed/",
    "/share/",
    "/join/",
    "/board/",
    "/healthz",
)
# An open page is closed so long after its link or sign-in at the latest. A hundred pages cost ten quick looks a second.
LOOK_AGAIN_SECONDS = 10.0
# People's own files. Matched anywhere in the path, so that a base path in front opens nothing.
_FILES = re.compile(r"(^|/)(media|_stcore/upload_file|_stcore/agent)(/|$)")
# What of these a page shows: a shared link opens them, and takes no uploads.
_SHOWN = re.compile(r"(^|/)media(/|$)")
_CLOSED = re.compile(r"(^|/)_stcore/(upload_file|agent)(/|$)")
# The address under which Streamlit's page loads for a stranger, so that it can start the bank's own sign-in.
BANK_SIGN_IN = "/?sign-in=bank"


class PageMemory(Protocol):
    """What is remembered of an open page, so that it can be made to run once more."""

    def heard(self, sent: bytes) -> None:
        """The page sent this over its socket."""

    def once_more(self) -> bytes | None:
        """What the page would send to run anew as it stands; None as long as it has never run."""


class Identity:
    """The middleware. `instance` gives the running copy of the product; `memory` makes what remembers one open page."""

    def __init__(self, app: ASGIApp, instance: Callable[[], House], memory: Callable[[], PageMemory] | None = None) -> None:
        self._app = app
        self._instance = instance
        self._memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = {**scope, "headers": [header for header in scope["headers"] if not _claims_identity(header[0])]}
        wants_page, wants_file = _wants_page(scope), bool(_FILES.search(scope["path"]))
        if scope["type"] == "http" and not wants_page and not wants_file:
            await self._app(scope, receive, send)
            return
        house, cookies = self._instance(), cookies_of(scope["headers"])
        caller = await to_thread.run_sync(_look_up, house, cookies, scope, not wants_file)
        if caller.person is not None or caller.may_as_guest(scope):
            scope["headers"] = [*scope["headers"], *_headers(caller)]
            watched = receive
            if scope["type"] == "websocket":
                memory = self._memory() if self._memory is not None else None
                watched = _while_let_in(receive, lambda: _lets_in(house, cookies, scope), memory, by_link=caller.person is None)
            await self._app(scope, watched, send)
        elif wants_file:
            await PlainTextResponse("401", status_code=401)(scope, receive, send)
        elif wants_page and not caller.comes_by_the_bank:
            await _elsewhere(scope, cookies)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


@dataclass(frozen=True)
class _Caller:
    person: Present | None
    # Whether Streamlit's own sign-in has to run or to explain a refusal, so that its page must load.
    comes_by_the_bank: bool = False
    # The shared link that the browser came by, if it opens its page now.
    link_id: int | None = None

    def may_as_guest(self, scope: Scope) -> bool:
        """Whether a link opens this: its own page, that page's socket, and the pictures and files that it shows."""
        path = str(scope["path"]).rstrip("/")
        # Whoever sends a file chooses its name, which is the end of the address: what is closed is asked first.
        if self.link_id is None or _CLOSED.search(path):
            return False
        if scope["type"] == "websocket":
            return True
        return scope["method"] in ("GET", "HEAD") and (path.endswith(SHARED) or bool(_SHOWN.search(path)))


def _look_up(house: House, cookies: dict[str, str], scope: Scope, in_use: bool) -> _Caller:
    caller = _signed_in(house, cookies, scope, in_use)
    token = share_of(cookies, house.settings) if house.settings.shares else None
    if token is None:
        return caller
    with house.database.reading() as db:
        row = shares.link_of(db, token)
    return caller if row is None else replace(caller, link_id=row.id)


def _lets_in(house: House, cookies: dict[str, str], scope: Scope) -> bool:
    caller = _look_up(house, cookies, scope, False)
    return caller.person is not None or caller.link_id is not None


def _while_let_in(receive: Receive, lets_in: Callable[[], bool], memory: PageMemory | None, *, by_link: bool) -> Receive:
    """What an open page hears over its socket, until whoever reads it may see it no longer: the link was revoked or has expired, the
    sign-in has ended, the account was disabled or deleted. Then it runs once more within seconds and without a click, which shows why
    there is nothing to see; and from then on it is as if they had left: neither a new run nor what an earlier one prepared (files made on
    demand, rows further down) is given. Of people a page asks at every run by itself; of who came by a link all is asked here (`by_link`).
    """
    ended = False

    async def received() -> Message:
        nonlocal ended
        while True:
            message: Message | None = None
            with move_on_after(None if ended else LOOK_AGAIN_SECONDS):
                message = await receive()
            sent = message is not None and message["type"] == "websocket.receive"
            if sent and ended:
                return {"type": "websocket.disconnect", "code": 1008}
            if (message is None or (sent and by_link)) and not await to_thread.run_sync(lets_in):
                ended, last = True, memory.once_more() if memory is not None else None
                return {"type": "websocket.receive", "bytes": last} if last else {"type": "websocket.disconnect", "code": 1008}
            if message is not None:
                if sent and memory is not None and message.get("bytes"):
                    memory.heard(message["bytes"])
                return message

    return received


def _signed_in(house: House, cookies: dict[str, str], scope: Scope, in_use: bool) -> _Caller:
    address, settings = address_of(scope.get("client")), house.settings
    if token := token_of(cookies, settings):
        with house.database.reading() as db:
            person = access.present_by_token(db, token, address)
        if person is not None:
            return _Caller(_noted(house, person, in_use))
    if claims := claims_of(cookies, settings):
        return _Caller(_by_claims(house, claims, scope, in_use), comes_by_the_bank=True)
    return _Caller(None, comes_by_the_bank=settings.has_oidc and _wanted(scope) == BANK_SIGN_IN)


def _by_claims(house: House, claims: dict[str, Any], scope: Scope, in_use: bool) -> Present | None:
    address, days = address_of(scope.get("client")), house.settings.sign_in_days
    with house.database.reading() as db:
        person = access.present_by_claims(db, claims, days, address)
    if person is not None and person.sign_in_id is not None:
        return _noted(house, person, in_use)
    browser = dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1")
    with house.database.writing() as db:
        if person is None:
            access.record_refusal(db, claims, address)
            return None
        return access.admit_claims(db, claims, days, browser, address)


def _noted(house: House, person: Present, in_use: bool) -> Present:
    if in_use and person.sign_in_id is not None:
        access.seen(house.database, person.sign_in_id)
    return person


def _claims_identity(name: bytes) -> bool:
    # Some servers hand on underscores as hyphens, so both spellings are the same header to whoever reads it.
    return name.lower().replace(b"_", b"-") in (ACCOUNT_HEADER, SIGN_IN_HEADER, SHARE_HEADER)


def _headers(caller: _Caller) -> list[tuple[bytes, bytes]]:
    found = [(SHARE_HEADER, caller.link_id)]
    if caller.person is not None:
        found += [(ACCOUNT_HEADER, caller.person.actor.account_id), (SIGN_IN_HEADER, caller.person.sign_in_id)]
    return [(name, str(value).encode("ascii")) for name, value in found if value is not None]


def asks_for_page(scope: Scope) -> bool:
    """Whether a browser asks for one of Streamlit's pages, to show it; not for a file, nor for what is open to strangers."""
    return _wants_page(scope) and not _FILES.search(scope["path"])


def _wants_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_OPEN):
        return False
    headers = dict(scope["headers"])
    return b"text/html" in headers.get(b"accept", b"") or headers.get(b"sec-fetch-dest") in (b"document", b"iframe")


def _elsewhere(scope: Scope, cookies: dict[str, str]) -> Response:
    # Whoever reads this page has no account to sign in with: to them their link has ended.
    return gone(Request(scope)) if str(scope["path"]).rstrip("/") == SHARED else _to_sign_in(scope, cookies)


def _to_sign_in(scope: Scope, cookies: dict[str, str]) -> Response:
    wanted = _wanted(scope)
    target = "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='/')}"
    response = RedirectResponse(target, status_code=303, headers={"Cache-Control": "no-store"})
    if SIGN_IN in cookies:
        clear_sign_in(response, cookies)
    return response


def _wanted(scope: Scope) -> str:
    return str(scope["path"]) + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
