"""Deleting an account for good. What its person did stays in the records under the name that it bore, and in the audit log."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import accounts
from core.access.actor import RIGHTS, Actor, Right, require
from core.approvals import repository as approvals
from core.approvals.chain import of_stored
from core.errors import BadInput, Conflict
from core.i18n import Message
from core.people import repository as people
from core.privacy import repository
from core.storage import Session


@dataclass(frozen=True)
class Leaving:
    """What goes with an account: browsers that are signed in, talks with the assistant, notices, the units in its charge. `waiting`: plans
    that wait for its decision and that nobody else can decide."""

    browsers: int
    conversations: int
    notices: int
    units: tuple[str, ...]
    waiting: tuple[str, ...]


def leaving(db: Session, actor: Actor, account_id: int) -> Leaving:
    """What will go if this account is deleted. Needs `MANAGE_ACCOUNTS`. Raises `NotFound`."""
    require(actor, Right.MANAGE_ACCOUNTS)
    accounts.found(db, account_id)
    held = {name: repository.count_of_account(db, table, account_id) for name, table in repository.tables_of_accounts().items()}
    units = {row.id: row.name for row in people.units(db)}
    return Leaving(
        browsers=repository.count_signed_in(db, account_id),
        conversations=held["conversation"],
        notices=held["notice"],
        units=tuple(units[row.unit_id] for row in people.charges(db) if row.account_id == account_id and row.unit_id in units),
        waiting=tuple(_waiting(db, account_id)),
    )


def delete(db: Session, actor: Actor, account_id: int, version: int | None, typed_login: str) -> None:
    """Delete an account for good: nobody comes in by it, and what belongs to it alone goes (browsers, one-time links, talks with the
    assistant, notices, its units). Records that name its person and the audit log stay as they are; its login may be given anew.

    `typed_login` is the login, typed by who asks for it. Needs `MANAGE_ACCOUNTS`. Raises `BadInput` for another login; `Conflict` for
    one's own account, the last one that manages accounts, and where it was changed since `version`; `NotFound`.
    """
    require(actor, Right.MANAGE_ACCOUNTS)
    if account_id == actor.account_id:
        raise Conflict(Message("不能删除自己的账户。请由另一位管理员来删除。"))
    if typed_login.strip().casefold() != accounts.found(db, account_id).login:
        raise BadInput(Message("输入的登录名和这个账户的不一致，没有删除。"))
    accounts.close_for_good(db, actor, account_id, version)
    for table in repository.tables_of_accounts().values():
        repository.drop_of_account(db, table, account_id)
    db.expire_all()


def _waiting(db: Session, account_id: int) -> list[str]:
    deciding = RIGHTS[Right.DECIDE_PLANS]
    able = {row.id for row in people.accounts(db) if accounts.role_set(row.roles) & deciding} - {account_id}
    layers = ((plan, of_stored(row.layers)[row.layer], row.submitted_account) for row, plan in approvals.waiting(db))
    return [
        f"{plan.unit} {plan.year}"
        for plan, layer, by in layers
        if account_id in layer.accounts and not any(one in able and one != by for one in layer.accounts)
    ]
