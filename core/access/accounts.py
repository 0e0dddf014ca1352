"""The people who may sign in.

Added, renamed, given roles, disabled, deleted. At least one enabled person can always manage the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.access import passwords, repository
from core.access.actor import RIGHTS, Actor, Right, Role, require
from core.access.audit import record
from core.access.tables import Account
from core.errors import BadInput, Conflict, NotAllowed, NotFound
from core.i18n import LANGUAGES, Message
from core.storage import Session, now

_LOGIN = re.compile(r"[\w.@+-]{2,80}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Person:
    """An account as a page or a command shows it.

    `version` goes back with a change, so that two editors never overwrite each other.
    """

    id: int
    login: str
    name: str
    email: str
    roles: frozenset[Role]
    enabled: bool
    has_password: bool
    locked_until: datetime | None
    link_until: datetime | None
    last_seen_at: datetime | None
    version: int


def people(db: Session, actor: Actor) -> list[Person]:
    """Everybody, by name. Needs `MANAGE_ACCOUNTS`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    seen, links = repository.last_seen(db), repository.open_invitations(db, now())
    return [_person(row, links.get(row.id), seen.get(row.id or 0)) for row in repository.accounts(db)]


def names(db: Session, actor: Actor) -> dict[int, str]:
    """What everybody is called, by account id, also who was deleted: for whoever works on a plan and sees who decided what.

    Needs `READ_PLANS`.
    """
    require(actor, Right.READ_PLANS)
    return {row.id or 0: row.name for row in repository.accounts(db, deleted=True)}


def own(db: Session, actor: Actor) -> Person:
    """The actor's own account."""
    return _person(_own_row(db, actor), None, None)


def tour_away(db: Session, actor: Actor) -> bool:
    """Whether the actor has put the first steps on their home page away."""
    return _own_row(db, actor).tour_away


def add(
    db: Session,
    actor: Actor,
    login: str,
    name: str,
    roles: Iterable[Role],
    email: str = "",
    password: str | None = None,
) -> Person:
    """A new person, enabled.

    Without a password they come in by a one-time link (`invite`) or by the bank's own sign-in.

    Needs `MANAGE_ACCOUNTS`. Raises `BadInput` for a login that cannot be used or is taken.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    row = new_account(db, login, name, roles, email, password)
    record(db, actor, "account_added", "account", row.id, login=row.login, roles=row.roles)
    return _person(row, None, None)


def new_account(db: Session, login: str, name: str, roles: Iterable[Role], email: str = "", password: str | None = None) -> Account:
    """The row of a new person, checked and stored. Asks for no right: its callers do, or hold a one-time link."""
    login = clean_login(login)
    if repository.account_by_login(db, login):
        raise BadInput(Message("登录名“{login}”已被使用，请换一个。", login=login))
    if password is not None:
        passwords.check(password, login)
    row = Account(
        login=login,
        name=clean_name(name),
        email=_clean_email(db, email, None),
        roles=_clean_roles(roles),
        password_hash=passwords.hashed(password) if password is not None else "",
    )
    db.add(row)
    db.flush()
    return row


def nobody_yet(db: Session) -> bool:
    """Whether no account exists, so that the house waits for its owner."""
    return not repository.accounts(db)


def rename(db: Session, actor: Actor, account_id: int, version: int | None, name: str, email: str) -> None:
    """Another name and e-mail address.

    Needs `MANAGE_ACCOUNTS`; `Conflict` when somebody changed the account since `version`.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    row = _to_edit(db, account_id, version)
    row.name, row.email = clean_name(name), _clean_email(db, email, account_id)
    record(db, actor, "account_renamed", "account", account_id, login=row.login)


def rename_self(db: Session, actor: Actor, name: str) -> None:
    """Another name for oneself."""
    row = _own_row(db, actor)
    row.name = clean_name(name)
    record(db, actor, "account_renamed", "account", row.id, login=row.login)


def change_own_email(db: Session, actor: Actor, email: str, *, signs_in: bool) -> None:
    """Another e-mail address for oneself; "" for none. `signs_in`: the bank's own sign-in finds people by it, and only others change it.

    Raises `BadInput`, `NotAllowed`.
    """
    if signs_in:
        raise NotAllowed(Message("您用行内统一登录，邮箱是登录的凭据。要改请找人力资源负责人或系统管理员。"))
    row = _own_row(db, actor)
    row.email = _clean_email(db, email, row.id)
    record(db, actor, "account_email_changed", "account", row.id, login=row.login)


def change_roles(db: Session, actor: Actor, account_id: int, version: int, roles: Iterable[Role]) -> None:
    """Other roles, in force from the person's next click.

    Needs `MANAGE_ACCOUNTS`; the last manager of accounts keeps that right.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    row = _to_edit(db, account_id, version)
    before, row.roles = row.roles, _clean_roles(roles)
    _somebody_manages(db)
    record(db, actor, "account_roles_changed", "account", account_id, login=row.login, before=before, after=row.roles)


def disable(db: Session, actor: Actor, account_id: int, version: int | None = None) -> None:
    """Keep a person out from now on: every sign-in and unused link of theirs ends. Needs `MANAGE_ACCOUNTS`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    row = _to_edit(db, account_id, version)
    moment = now()
    row.enabled, row.sign_ins_valid_from = False, moment
    _somebody_manages(db)
    repository.revoke(db, account_id, moment)
    repository.void_invitations(db, account_id, moment)
    record(db, actor, "account_disabled", "account", account_id, login=row.login)


def enable(db: Session, actor: Actor, account_id: int, version: int | None = None) -> None:
    """Let a person in again, with the password and roles they had, and lift a lock. Needs `MANAGE_ACCOUNTS`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    row = _to_edit(db, account_id, version)
    row.enabled, row.failures, row.locked_until = True, 0, None
    record(db, actor, "account_enabled", "account", account_id, login=row.login)


def found(db: Session, account_id: int) -> Person:
    """The account of this number, for whoever has asked for the right already. Raises `NotFound`; a deleted one is not found."""
    return _person(_to_edit(db, account_id, None), None, None)


def close_for_good(db: Session, actor: Actor, account_id: int, version: int | None) -> None:
    """Leave of an account nothing but its number and name, by which records say who did what. What belongs to it elsewhere is deleted by
    core/privacy, which asks first. Needs `MANAGE_ACCOUNTS`. Raises `Conflict` for the last one that manages accounts.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    row = _to_edit(db, account_id, version)
    login = row.login
    # No login can be written so: nobody signs in by it, and the one that it was is free.
    row.login, row.email, row.password_hash, row.roles = f"#{account_id}", "", "", []
    row.enabled, row.deleted_at, row.sign_ins_valid_from, row.plan_id = False, now(), now(), None
    _somebody_manages(db)
    record(db, actor, "account_deleted", "account", account_id, login=login, name=row.name)


def prefer(db: Session, account_id: int, language: str | None = None, plan_id: int | None = None, tour_away: bool | None = None) -> None:
    """Remember a person's language, the plan they work on, and whether they put their first steps away; what is None stays as it is."""
    if language is not None and language not in LANGUAGES:
        raise BadInput(Message("不支持的语言：{language}", language=language))
    values = {"language": language, "plan_id": plan_id, "tour_away": tour_away}
    chosen = {name: value for name, value in values.items() if value is not None}
    if chosen:
        repository.set_unversioned(db, account_id, **chosen)


def clean_login(login: str) -> str:
    """The one spelling of a login under which it is stored and looked up. Raises `BadInput` when it cannot be one."""
    plain = unicodedata.normalize("NFKC", login).strip().casefold()
    if not _LOGIN.fullmatch(plain):
        raise BadInput(Message("登录名需要 2 至 80 个字符，只能用文字、数字和 . _ - + @，不能有空格。"))
    return plain


def clean_name(name: str) -> str:
    """A person's name without stray spaces. Raises `BadInput` for an empty or overlong one."""
    plain = " ".join(name.split())
    if not 1 <= len(plain) <= 80:
        raise BadInput(Message("姓名需要 1 至 80 个字符。"))
    return plain


def role_set(stored: Iterable[str]) -> frozenset[Role]:
    """The roles of a row; a role that this version does not know gives nothing."""
    values = set(stored)
    return frozenset(role for role in Role if role.value in values)


def _clean_roles(roles: Iterable[Role]) -> list[str]:
    chosen = set(roles)
    if not chosen:
        raise BadInput(Message("请至少选择一个角色。"))
    return [role.value for role in Role if role in chosen]


def _clean_email(db: Session, email: str, account_id: int | None) -> str:
    plain = unicodedata.normalize("NFKC", email).strip().casefold()
    if not plain:
        return ""
    if len(plain) > 200 or not _EMAIL.fullmatch(plain):
        raise BadInput(Message("邮箱地址“{email}”的写法不对。", email=plain[:80]))
    # The bank's own sign-in finds the account by this address, so it must lead to one person only.
    if any(row.id != account_id for row in repository.accounts_by_email(db, plain)):
        raise BadInput(Message("邮箱地址“{email}”已属于另一个账户。", email=plain))
    return plain


def _to_edit(db: Session, account_id: int, version: int | None) -> Account:
    row = repository.account_to_edit(db, account_id, version)
    if row is None or row.deleted_at is not None:
        raise NotFound(Message("没有这个账户。"))
    return row


def _own_row(db: Session, actor: Actor) -> Account:
    row = repository.account(db, actor.account_id) if actor.account_id is not None else None
    if row is None:
        raise NotFound(Message("没有这个账户。"))
    return row


def _somebody_manages(db: Session) -> None:
    db.flush()
    managers = RIGHTS[Right.MANAGE_ACCOUNTS]
    if not any(row.enabled and role_set(row.roles) & managers for row in repository.accounts_for_update(db)):
        raise Conflict(Message("这是最后一个可以管理账户的人。请先让另一个人担任人力资源负责人或系统管理员，再做这项修改。"))


def _person(row: Account, link_until: datetime | None, last_seen_at: datetime | None) -> Person:
    assert row.id is not None and row.version is not None
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        email=row.email,
        roles=role_set(row.roles),
        enabled=row.enabled,
        has_password=bool(row.password_hash),
        locked_until=row.locked_until if row.locked_until and row.locked_until > now() else None,
        link_until=link_until,
        last_seen_at=last_seen_at,
        version=row.version,
    )
