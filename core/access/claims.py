"""People who come in by the bank's own sign-in (OpenID Connect): the claims of their token, matched to an account.

The account is found by its e-mail address; nobody gets an account by signing in elsewhere. The first visit with a
token is written down as a sign-in like any other, under a hash of who and when the token is for, so that it is
listed, revoked and expires like one.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import repository, tokens
from core.access.actor import Actor
from core.access.audit import record
from core.access.limits import TryLimit
from core.access.present import Present
from core.access.sign_ins import actor_of, present_of
from core.access.tables import Account, SignIn
from core.storage import Session, now

# A refused person's page asks again at every rerun; one line in the log for each token is enough.
_refusals = TryLimit(tries=1, seconds=24 * 3600)
# The provider's clock may run a little ahead of ours.
_LEEWAY = timedelta(minutes=5)


def present_by_claims(db: Session, claims: Mapping[str, Any], days: int, address: str = "") -> Present | None:
    """Who the claims of a verified identity token stand for now, or None.

    None when no single enabled account has the e-mail address, the address is unverified (`email_verified` false),
    the token is older than `days` days or than the account's `sign_ins_valid_from`, has no `iat`, or its sign-in was
    revoked. Writes nothing.
    """
    account, issued = _account(db, claims), _issued(claims)
    if account is None or issued is None or not _in_time(account, issued, days):
        return None
    row = repository.sign_in_by_hash(db, _token_hash(claims))
    if row is None:
        return Present(actor_of(account, address), account.language, account.plan_id, None)
    return present_of(row, account, address) if row.account_id == account.id else None


def admit_claims(db: Session, claims: Mapping[str, Any], days: int, browser: str = "", address: str = "") -> Present | None:
    """The same, and the first visit with these claims becomes a sign-in that can be seen and revoked."""
    person = present_by_claims(db, claims, days, address)
    if person is None or person.sign_in_id is not None or person.actor.account_id is None:
        return person
    issued = _issued(claims) or now()
    row = SignIn(
        account_id=person.actor.account_id,
        token_hash=_token_hash(claims),
        browser=browser[:300],
        address=address[:64],
        expires_at=issued + timedelta(days=days),
    )
    db.add(row)
    db.flush()
    record(db, person.actor, "sign_in", "sign_in", row.id, by="oidc")
    return Present(person.actor, person.language, person.plan_id, row.id)


def record_refusal(db: Session, claims: Mapping[str, Any], address: str = "") -> None:
    """Write down, once for each token, that somebody whom the bank knows was not let in here."""
    if _refusals.allows(_token_hash(claims)):
        stranger = Actor(None, str(claims.get("name") or ""), frozenset(), address)
        record(db, stranger, "sign_in_refused", reason="oidc", email=_email(claims)[:200])


def _account(db: Session, claims: Mapping[str, Any]) -> Account | None:
    email = _email(claims)
    verified = claims.get("email_verified")
    if not email or verified is False or str(verified).casefold() == "false":
        return None
    found = repository.accounts_by_email(db, email)
    return found[0] if len(found) == 1 and found[0].enabled else None


def _email(claims: Mapping[str, Any]) -> str:
    return unicodedata.normalize("NFKC", str(claims.get("email") or "")).strip().casefold()


def _issued(claims: Mapping[str, Any]) -> datetime | None:
    seconds = claims.get("iat")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < time.time() + 1e9:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _in_time(account: Account, issued: datetime, days: int) -> bool:
    if issued > now() + _LEEWAY or issued + timedelta(days=days) <= now():
        return False
    # `iat` counts whole seconds: a token of the very second in which sign-ins were ended is refused with the older
    # ones.
    return account.sign_ins_valid_from is None or issued >= account.sign_ins_valid_from


def _token_hash(claims: Mapping[str, Any]) -> str:
    return tokens.digest("\n".join(str(claims.get(name, "")) for name in ("iss", "sub", "iat")))
