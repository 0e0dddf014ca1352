"""Changing one's own password."""

from __future__ import annotations

from core.access import passwords, repository
from core.access.audit import record
from core.access.limits import TryLimit
from core.access.present import Present
from core.errors import BadInput, NotAllowed, NotFound
from core.i18n import Message
from core.storage import Session, now

_MINUTES = 15
_tries = TryLimit(tries=5, seconds=_MINUTES * 60)


def change_password(db: Session, person: Present, current: str, new: str) -> None:
    """Another password for oneself; every other sign-in of the person ends.

    `current` is asked for when there is a password already. Raises `BadInput` when it is wrong or `new` is not good
    enough, and `NotAllowed` after too many tries: an unattended screen is no place to guess.
    """
    account = repository.account(db, person.actor.account_id) if person.actor.account_id is not None else None
    if account is None or account.id is None:
        raise NotFound(Message("没有这个账户。"))
    if not _tries.allows(str(account.id)):
        raise NotAllowed(Message("尝试次数过多，密码没有修改。请 {minutes} 分钟后再试。", minutes=_MINUTES))
    if account.password_hash and not passwords.matches(account.password_hash, current):
        raise BadInput(Message("当前密码不正确，密码没有修改。"))
    _tries.give_back(str(account.id))
    passwords.check(new, account.login)
    repository.set_unversioned(db, account.id, password_hash=passwords.hashed(new), failures=0, locked_until=None)
    repository.revoke(db, account.id, now(), keep=person.sign_in_id)
    repository.void_invitations(db, account.id, now())
    record(db, person.actor, "password_changed", "account", account.id)
