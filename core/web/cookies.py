"""The product's own cookies: which browser is signed in, which shared link it came by, which language it reads."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import cookie_parser
from starlette.responses import Response

from core.settings import Settings, own_secret

SIGN_IN = "cexun_sign_in"
SHARE = "cexun_share"
# One for each workshop board, with its number behind it.
SEAT = "cexun_seat"
LANGUAGE = "cexun_language"
# Streamlit keeps the identity of the bank's own sign-in in these, the longer ones in numbered pieces.
STREAMLIT_USER = "_streamlit_user"

_DAY = 86_400
_YEAR = 365 * _DAY


def cookies_of(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies of an ASGI request, by name."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name.lower() == b"cookie":
            found.update(cookie_parser(value.decode("latin-1")))
    return found


def token_of(cookies: dict[str, str], settings: Settings) -> str | None:
    """The sign-in token in the cookies, if the cookie was signed by this copy of the product."""
    return _signed(cookies, SIGN_IN, settings)


def share_of(cookies: dict[str, str], settings: Settings) -> str | None:
    """The token of the shared link that this browser has been let in by, if this copy of the product let it in."""
    return _signed(cookies, SHARE, settings)


def set_sign_in(response: Response, token: str, settings: Settings) -> None:
    """Let the browser keep `token` while the sign-in lasts, out of reach of scripts and of other sites' requests."""
    response.set_cookie(
        SIGN_IN,
        str(_signer(settings, SIGN_IN).dumps(token)),
        max_age=settings.sign_in_days * _DAY,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def set_share(response: Response, token: str, seconds: int, settings: Settings) -> None:
    """Let the browser keep the token of a shared link for `seconds`: that it has one says that the link's password was given."""
    value = str(_signer(settings, SHARE).dumps(token))
    response.set_cookie(SHARE, value, max_age=seconds, httponly=True, samesite="lax", secure=settings.secure_cookies)


def seat_of(cookies: dict[str, str], board_id: int, settings: Settings) -> str | None:
    """The secret of the seat that this browser took at a workshop board, if this copy of the product gave it."""
    return _signed(cookies, f"{SEAT}_{board_id}", settings)


def set_seat(response: Response, board_id: int, secret: str, seconds: int, settings: Settings) -> None:
    """Let the browser keep the secret of its seat at a workshop board for `seconds`."""
    name = f"{SEAT}_{board_id}"
    value = str(_signer(settings, name).dumps(secret))
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=settings.secure_cookies)


def clear_sign_in(response: Response, cookies: dict[str, str]) -> None:
    """Make the browser forget its sign-in, the product's and the one that Streamlit keeps for the bank's own."""
    response.delete_cookie(SIGN_IN, httponly=True, samesite="lax")
    for name in cookies:
        if name == STREAMLIT_USER or name.startswith(f"{STREAMLIT_USER}_"):
            response.delete_cookie(name, httponly=True, samesite="lax")


def set_language(response: Response, language: str, settings: Settings) -> None:
    """Remember the language for a year."""
    response.set_cookie(LANGUAGE, language, max_age=_YEAR, httponly=True, samesite="lax", secure=settings.secure_cookies)


def _signed(cookies: dict[str, str], name: str, settings: Settings) -> str | None:
    value = cookies.get(name)
    if not value:
        return None
    try:
        token = _signer(settings, name).loads(value)
    except BadSignature:
        return None
    return token if isinstance(token, str) else None


def _signer(settings: Settings, name: str) -> URLSafeSerializer:
    return URLSafeSerializer(own_secret(settings.keys, "cookie"), salt=name)
