"""Random tokens for links and cookies. The token goes to the person; only its SHA-256 is stored."""

from __future__ import annotations

import hashlib
import secrets


def fresh() -> str:
    """A new token of 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored for `token`: 64 hexadecimal digits. Its entropy makes a salt or a slow hash needless."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
