"""Signing in with a password, and what follows: who is present, which browsers are signed in, signing out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.access import passwords, repository, tokens
from core.access.accounts import clean_login, role_set
from core.access.actor import Actor
from core.access.audit import record
from core.access.present import Present
from core.access.tables import Account, SignIn
from core.errors import BadInput, NotAllowed, NotFound
from core.i18n import Message
from core.storage import Database, Session, now

FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=15)
SEEN_GRAIN = timedelta(minutes=1)
# How long an ended sign-in stays readable for questions about it.
KEPT_AFTER_END = timedelta(days=90)


@dataclass(frozen=True)
class Admission:
    """A browser has just been let in: `token` goes into its cookie and is kept nowhere else."""

    account_id: int
    sign_in_id: int
    token: str
    language: str


@dataclass(frozen=True)
class OpenSignIn:
    """One of a person's own signed-in browsers."""

    id: int
    browser: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    here: bool


def sign_in(database: Database, login: str, password: str, browser: str, address: str, days: int) -> Admission:
    """Let a browser in for `days` days.

    Raises `NotAllowed` with one and the same sentence for an unknown login, a wrong password, a disabled and a locked
    account, after the same time: an answer never tells which logins exist.
    """
    with database.reading() as db:
        stored = _by_login(db, login)
        account_id, password_hash = (stored.id, stored.password_hash) if stored else (None, "")
    right = passwords.matches(password_hash, password)
    renewed = passwords.hashed(password) if right and passwords.outdated(password_hash) else None
    with database.writing() as db:
        admission = _admit(db, account_id, right, renewed, browser, address, days)
    if admission is None:
        raise NotAllowed(
            Message(
                "登录名或密码不正确。连续 {failures} 次失败后，账户会锁定 {minutes} 分钟，其间正确的密码也不能登录。",
                failures=FAILURES_BEFORE_LOCK,
                minutes=int(LOCK.total_seconds() // 60),
            )
        )
    return admission


def open_for(db: Session, account: Account, browser: str, address: str, days: int) -> Admission:
    """Write down a new sign-in of `account`, whoever has proved to be that person."""
    assert account.id is not None
    moment, token = now(), tokens.fresh()
    repository.drop_old_sign_ins(db, moment - KEPT_AFTER_END)
    row = SignIn(
        account_id=account.id,
        token_hash=tokens.digest(token),
        browser=browser[:300],
        address=address[:64],
        expires_at=moment + timedelta(days=days),
    )
    db.add(row)
    db.flush()
    assert row.id is not None
    return Admission(account.id, row.id, token, account.language)


def present(db: Session, account_id: int, sign_in_id: int, address: str = "") -> Present | None:
    """Who a sign-in belongs to, or None when it was revoked, has expired, or its account is disabled."""
    found = repository.sign_in_with_account(db, sign_in_id)
    if found is None or found[1].id != account_id:
        return None
    return present_of(*found, address)


def present_by_token(db: Session, token: str, address: str = "") -> Present | None:
    """The same for the token of a cookie."""
    row = repository.sign_in_by_hash(db, tokens.digest(token))
    return present(db, row.account_id, row.id, address) if row is not None and row.id is not None else None


def present_of(row: SignIn, account: Account, address: str) -> Present | None:
    """The person of an account by one of its sign-ins, if both still hold."""
    if row.revoked_at is not None or row.expires_at <= now() or not account.enabled:
        return None
    return Present(actor_of(account, address), account.language, account.plan_id, row.id)


def actor_of(account: Account, address: str) -> Actor:
    """The account as somebody who acts."""
    return Actor(account.id, account.name, role_set(account.roles), address)


def seen(database: Database, sign_in_id: int) -> None:
    """Note that a sign-in is in use, at most once a minute."""
    moment = now()
    with database.reading() as db:
        found = repository.sign_in_with_account(db, sign_in_id)
        fresh = found is None or found[0].last_seen_at > moment - SEEN_GRAIN
    if fresh:
        return
    with database.writing() as db:
        repository.touch(db, sign_in_id, moment, SEEN_GRAIN)


def own_sign_ins(db: Session, person: Present) -> list[OpenSignIn]:
    """The person's signed-in browsers, last seen first."""
    rows = repository.open_sign_ins(db, _account_id(person), now())
    return [
        OpenSignIn(
            row.id or 0,
            row.browser,
            row.address,
            row.created_at,
            row.last_seen_at,
            row.expires_at,
            row.id == person.sign_in_id,
        )
        for row in rows
    ]


def revoke_own(db: Session, person: Present, sign_in_id: int) -> None:
    """End one of one's own sign-ins; that browser is out at its next click. Raises `NotFound` for anybody else's."""
    if not repository.revoke(db, _account_id(person), now(), only=sign_in_id):
        raise NotFound(Message("这次登录已经结束。"))
    record(db, person.actor, "sign_in_revoked", "sign_in", sign_in_id)


def revoke_all(db: Session, person: Present, keep_this: bool = True) -> int:
    """End one's own sign-ins everywhere, or everywhere else. Returns how many ended."""
    keep = person.sign_in_id if keep_this else None
    count = repository.revoke(db, _account_id(person), now(), keep=keep)
    if not keep_this:
        repository.set_unversioned(db, _account_id(person), sign_ins_valid_from=now())
    record(db, person.actor, "sign_in_revoked", "sign_in", None, count=count)
    return count


def sign_out(db: Session, person: Present) -> None:
    """End the sign-in by which the person is present."""
    if person.sign_in_id is not None:
        repository.revoke(db, _account_id(person), now(), only=person.sign_in_id)
    record(db, person.actor, "sign_out", "sign_in", person.sign_in_id)


def _admit(
    db: Session, account_id: int | None, right: bool, renewed: str | None, browser: str, address: str, days: int
) -> Admission | None:
    account = repository.account_for_update(db, account_id) if account_id is not None else None
    stranger = Actor(account_id, account.name if account else "", frozenset(), address)
    if account is None or account.id is None:
        record(db, stranger, "sign_in_refused", reason="login")
        return None
    moment = now()
    # Read again inside the write lock: guesses sent at the same time all saw the account unlocked before.
    locked = account.locked_until is not None and account.locked_until > moment
    if locked or not account.enabled or not right:
        if not locked and not right:
            repository.count_failure(db, account.id, FAILURES_BEFORE_LOCK, moment + LOCK)
        reason = "locked" if locked else "password" if not right else "disabled"
        record(db, stranger, "sign_in_refused", "account", account.id, reason=reason)
        return None
    cleared: dict[str, object] = {"failures": 0, "locked_until": None}
    if renewed:
        cleared["password_hash"] = renewed
    repository.set_unversioned(db, account.id, **cleared)
    admission = open_for(db, account, browser, address, days)
    record(db, actor_of(account, address), "sign_in", "sign_in", admission.sign_in_id, by="password")
    return admission


def _by_login(db: Session, login: str) -> Account | None:
    try:
        return repository.account_by_login(db, clean_login(login))
    except BadInput:
        return None


def _account_id(person: Present) -> int:
    assert person.actor.account_id is not None
    return person.actor.account_id
