"""One-time links: the one that creates the owner at the first start, and those by which a person chooses a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.access import passwords, repository, tokens
from core.access.accounts import clean_login, clean_name, new_account, role_set
from core.access.actor import RIGHTS, Actor, Right, Role, require
from core.access.audit import record
from core.access.sign_ins import Admission, actor_of, open_for
from core.access.tables import Account, Invitation
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.storage import Database, Session, now

VALID = timedelta(days=7)
# Whoever sets the product up plans the training and looks after the machine until other people are added.
OWNER_ROLES = (Role.HR_LEADER, Role.IT_ADMINISTRATOR)
# What the first visitor finds filled in; the name is offered in their language by the page.
OWNER_LOGIN = "admin"
OWNER_NAME = Message("管理员")


@dataclass(frozen=True)
class Welcome:
    """What an unused link leads to: creating the owner, or choosing the password of the account `login`."""

    kind: Literal["owner", "account"]
    login: str
    name: str
    expires_at: datetime


def owner_link(db: Session) -> str | None:
    """The token of a new link for whoever starts the product, or None when no link is needed.

    None is needed when somebody who manages accounts can come in without one.

    Without any account the link creates the owner, and earlier ones of this kind become void. An owner who never chose a
    password and is signed in nowhere gets a link to their own account instead, so that a lost cookie never locks the
    house for good; a link that somebody was given for that account stays good until one of them is used.
    """
    moment = now()
    everybody = repository.accounts_for_update(db)
    managers = [row for row in everybody if row.enabled and role_set(row.roles) & RIGHTS[Right.MANAGE_ACCOUNTS]]
    if any(_can_come_in(db, row, moment) for row in managers) or (everybody and not managers):
        return None
    account_id = managers[0].id if managers else None
    if account_id is None:
        repository.void_invitations(db, None, moment)
    return _new_link(db, account_id)


def invite(db: Session, actor: Actor, account_id: int) -> str:
    """The token of a link by which the person chooses a password, once, within seven days.

    Earlier links of theirs become void.

    The password they have works until then. Needs `MANAGE_ACCOUNTS`.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    row = repository.account(db, account_id)
    if row is None:
        raise NotFound(Message("没有这个账户。"))
    if not row.enabled:
        raise BadInput(Message("{name} 的账户已停用。请先启用，再生成链接。", name=row.name))
    repository.void_invitations(db, account_id, now())
    record(db, actor, "link_made", "account", account_id, login=row.login)
    return _new_link(db, account_id)


def welcome(db: Session, token: str) -> Welcome | None:
    """What a link leads to; None for an unknown, used, expired or void one, which are not told apart."""
    found = _valid(db, token)
    if found is None:
        return None
    link, account = found
    if account is None:
        return Welcome("owner", OWNER_LOGIN, "", link.expires_at)
    return Welcome("account", account.login, account.name, link.expires_at)


def create_owner(database: Database, token: str, login: str, name: str, password: str, browser: str, address: str, days: int) -> Admission:
    """Use a link of the first start: the owner exists and this browser is signed in.

    An empty `password` leaves that for later.

    Raises `NotFound` when the link does not hold (any more), `BadInput` for a login, name or password that cannot be
    used: the link then still works.
    """
    login, name = clean_login(login), clean_name(name)
    password_hash = _checked_hash(password, login) if password else ""
    with database.writing() as db:
        link, account = _take(db, token)
        if account is not None:
            raise _gone()
        owner = new_account(db, login, name, OWNER_ROLES)
        owner.password_hash = password_hash
        db.flush()
        repository.void_invitations(db, None, now())
        record(db, actor_of(owner, address), "account_added", "account", owner.id, login=login, roles=owner.roles)
        return _come_in(db, owner, link, browser, address, days)


def choose_password(database: Database, token: str, password: str, browser: str, address: str, days: int) -> Admission:
    """Use a link of an account: the password is set and this browser is in.

    All other sign-ins of the account end, and a lock is lifted.

    Raises like `create_owner`.
    """
    with database.reading() as db:
        found = welcome(db, token)
    if found is None or found.kind != "account":
        raise _gone()
    password_hash = _checked_hash(password, found.login)
    with database.writing() as db:
        link, account = _take(db, token)
        if account is None or account.id is None:
            raise _gone()
        repository.set_unversioned(db, account.id, password_hash=password_hash, failures=0, locked_until=None)
        repository.revoke(db, account.id, now())
        repository.void_invitations(db, account.id, now())
        record(db, actor_of(account, address), "password_changed", "account", account.id)
        return _come_in(db, account, link, browser, address, days)


def _checked_hash(password: str, login: str) -> str:
    passwords.check(password, login)
    return passwords.hashed(password)


def _take(db: Session, token: str) -> tuple[Invitation, Account | None]:
    found = _valid(db, token)
    if found is None or not repository.use_invitation(db, found[0].id or 0, now()):
        raise _gone()
    return found


def _valid(db: Session, token: str) -> tuple[Invitation, Account | None] | None:
    link = repository.invitation(db, tokens.digest(token))
    if link is None or link.used_at is not None or link.expires_at <= now():
        return None
    if link.account_id is None:
        # A link of the first start is worthless as soon as anybody exists.
        return None if repository.accounts(db) else (link, None)
    account = repository.account(db, link.account_id)
    return (link, account) if account is not None and account.enabled else None


def _come_in(db: Session, account: Account, link: Invitation, browser: str, address: str, days: int) -> Admission:
    admission = open_for(db, account, browser, address, days)
    actor = actor_of(account, address)
    record(db, actor, "link_used", "account", account.id, link=link.id)
    record(db, actor, "sign_in", "sign_in", admission.sign_in_id, by="link")
    return admission


def _new_link(db: Session, account_id: int | None) -> str:
    token = tokens.fresh()
    db.add(Invitation(account_id=account_id, token_hash=tokens.digest(token), expires_at=now() + VALID))
    return token


def _can_come_in(db: Session, row: Account, moment: datetime) -> bool:
    return bool(row.password_hash or row.email or repository.open_sign_ins(db, row.id or 0, moment))


def _gone() -> NotFound:
    return NotFound(Message("这个链接不存在、已经用过或已过期。"))
