"""Questions on addresses: is this one our own, where may a person be sent, where does a request come from."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from core.settings import Settings

# Where nobody is sent after signing in: these would lead in a circle or answer with something that is no page.
_NO_DESTINATION = (
    *("/sign-in", "/sign-out", "/welcome", "/auth/", "/oauth2callback"),
    *("/answer/", "/check-in/", "/survey/", "/join/", "/board/", "/feed/", "/_stcore", "/media", "/healthz"),
)


def local_path(wanted: str) -> str:
    """`wanted` if it is a path of this server that a person may be sent to, else "/".

    Browsers read `//host`, `/\\host` and paths with control characters in them as other servers' addresses.
    """
    harmless = wanted.isprintable() and "\\" not in wanted and " " not in wanted
    if not harmless or not wanted.startswith("/") or wanted.startswith("//") or len(wanted) > 2000:
        return "/"
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or parts.path.startswith(_NO_DESTINATION):
        return "/"
    return wanted


def from_here(headers: Mapping[str, str], settings: Settings) -> bool:
    """Whether a form was sent from one of our own pages.

    Browsers set these headers; a request without them is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if not origin:
        return False
    ours = {headers.get("host", ""), urlsplit(settings.public_url).netloc} - {""}
    return urlsplit(origin).netloc in ours


def address_of(client: tuple[str, int] | None) -> str:
    """Where a request comes from, as text ("" when the server does not know)."""
    return client[0] if client else ""
