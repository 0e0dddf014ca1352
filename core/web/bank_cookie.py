"""The identity that Streamlit keeps in the browser after the bank's own sign-in (OpenID Connect).

Streamlit verifies the identity token and signs its claims into a cookie (itsdangerous, the cookie's name as salt; a
long one holds `chunks-N` and lies in N numbered cookies). It is read here too, so that files and pages open for
exactly the same people.
"""

from __future__ import annotations

import json
import re
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from core.settings import Settings, own_secret
from core.web.cookies import STREAMLIT_USER

# Only a trial on one's own machine goes without a public address.
_LOCAL = "http://localhost:8501"
_PIECES = re.compile(r"chunks-(\d{1,2})")


def secret_of(settings: Settings) -> str:
    """The secret by which Streamlit signs its identity cookie."""
    return own_secret(settings.keys, "bank_cookie")


def bank_secrets(settings: Settings) -> dict[str, Any]:
    """What Streamlit needs for the bank's own sign-in: its `[auth]` secrets, or nothing when that is not configured."""
    if not settings.has_oidc:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url.rstrip('/') or _LOCAL}/oauth2callback",
            "cookie_secret": secret_of(settings),
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_client_secret,
            "server_metadata_url": settings.oidc_metadata_url,
        }
    }


def claims_of(cookies: dict[str, str], settings: Settings) -> dict[str, Any] | None:
    """The claims in the cookies, or None when there are none, they are not Streamlit's own, or they are too old."""
    if not settings.has_oidc or STREAMLIT_USER not in cookies:
        return None
    whole = _piece(cookies, STREAMLIT_USER, settings)
    if whole is not None and (pieces := _PIECES.fullmatch(whole)):
        found = [_piece(cookies, f"{STREAMLIT_USER}_{n + 1}", settings) for n in range(int(pieces.group(1)))]
        whole = None if None in found else "".join(piece for piece in found if piece)
    try:
        claims = json.loads(whole) if whole else None
    except ValueError:
        return None
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else None


def _piece(cookies: dict[str, str], name: str, settings: Settings) -> str | None:
    try:
        value = URLSafeTimedSerializer(secret_of(settings), salt=name).loads(cookies.get(name, ""), max_age=settings.sign_in_days * 86_400)
    except BadData:
        return None
    return value if isinstance(value, str) else None
