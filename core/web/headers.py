"""Security headers on every answer, and no figures of the server for outsiders."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.web.house import House

# The one inline script of Streamlit's page (it sets `window.prerenderReady`). A new version may change it; then it is
# refused without harm, and tests/browser/test_sign_in.py says so.
_INLINE = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
# What a page may load and do. Styles are inline in Streamlit's page and in charts; nothing else may be.
CONTENT_POLICY = (
    f"default-src 'self'; script-src 'self' {_INLINE}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
ONE_YEAR = "max-age=31536000; includeSubDomains"

_FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via"}


class Headers:
    """The middleware. It adds what an answer does not say itself; a route with a stricter policy keeps its own."""

    def __init__(self, app: ASGIApp, instance: Callable[[], House]) -> None:
        self._app = app
        self._instance = instance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message))
            await send(message)

        if scope["path"].rstrip("/").endswith("/_stcore/metrics") and not _on_this_machine(scope):
            await PlainTextResponse("404", status_code=404)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _complete(self, headers: MutableHeaders) -> None:
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if self._instance().settings.secure_cookies:
            headers.setdefault("Strict-Transport-Security", ONE_YEAR)
        if headers.get("content-type", "").startswith("text/html"):
            headers["Cache-Control"] = "no-store"


def _on_this_machine(scope: Scope) -> bool:
    client = scope.get("client")
    if client is None or any(name.lower() in _FORWARDED for name, _value in scope["headers"]):
        return False
    try:
        address = ip_address(client[0])
    except ValueError:
        return False
    # A server that listens on both protocols sees 127.0.0.1 as ::ffff:127.0.0.1.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
