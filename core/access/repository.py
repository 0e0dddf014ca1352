"""Queries on people, sign-ins, one-time links and the audit log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from core.access.tables import Account, AuditEntry, Invitation, SignIn


def account(db: Session, account_id: int) -> Account | None:
    """The account with this id."""
    return db.get(Account, account_id)


def account_for_update(db: Session, account_id: int) -> Account | None:
    """The account as it is now, held until the transaction ends (SQLite holds the whole database anyway)."""
    return db.get(Account, account_id, with_for_update=True, populate_existing=True)


def account_to_edit(db: Session, account_id: int, version: int | None) -> Account | None:
    """The account, to be changed by somebody who saw `version` of it.

    A newer row then makes the flush fail with a conflict.
    """
    row = db.get(Account, account_id)
    if row is not None and version is not None:
        set_committed_value(row, "version", version)
    return row


def account_by_login(db: Session, login: str) -> Account | None:
    """The account with this (already normalised) login."""
    return db.exec(select(Account).where(Account.login == login)).first()


def accounts_by_email(db: Session, email: str) -> Sequence[Account]:
    """All accounts with this (already normalised) e-mail address."""
    return db.exec(select(Account).where(Account.email == email)).all()


def accounts(db: Session, *, deleted: bool = False) -> Sequence[Account]:
    """Everybody, in the order of their names; `deleted`: also those whose account is no more."""
    chosen = select(Account) if deleted else select(Account).where(col(Account.deleted_at).is_(None))
    return db.exec(chosen.order_by(Account.name, Account.login)).all()


def accounts_for_update(db: Session) -> Sequence[Account]:
    """Everybody, held until the transaction ends."""
    return db.exec(select(Account).order_by(col(Account.id)).with_for_update()).all()


def set_unversioned(db: Session, account_id: int, **values: object) -> None:
    """Write columns that no form shows. The version stays, so that nobody's open form becomes stale by a sign-in."""
    db.connection().execute(sa.update(Account).where(col(Account.id) == account_id).values(**values))


def count_failure(db: Session, account_id: int, limit: int, locked_until: datetime) -> None:
    """Count one wrong password; the `limit`th locks until `locked_until` and the count starts again."""
    locks = col(Account.failures) + 1 >= limit
    db.connection().execute(
        sa.update(Account)
        .where(col(Account.id) == account_id)
        .values(
            failures=sa.case((locks, 0), else_=col(Account.failures) + 1),
            locked_until=sa.case(
                (locks, sa.literal(locked_until, Account.__table__.c.locked_until.type)),  # type: ignore[attr-defined]
                else_=col(Account.locked_until),
            ),
        )
    )


def sign_in_with_account(db: Session, sign_in_id: int) -> tuple[SignIn, Account] | None:
    """A sign-in and whose it is."""
    return db.exec(select(SignIn, Account).join(Account, col(Account.id) == col(SignIn.account_id)).where(SignIn.id == sign_in_id)).first()


def sign_in_by_hash(db: Session, token_hash: str) -> SignIn | None:
    """The sign-in whose token has this hash."""
    return db.exec(select(SignIn).where(SignIn.token_hash == token_hash)).first()


def open_sign_ins(db: Session, account_id: int, moment: datetime) -> Sequence[SignIn]:
    """The account's sign-ins that still hold at `moment`, last seen first."""
    return db.exec(
        select(SignIn)
        .where(SignIn.account_id == account_id, col(SignIn.revoked_at).is_(None), SignIn.expires_at > moment)
        .order_by(col(SignIn.last_seen_at).desc(), col(SignIn.id).desc())
    ).all()


def last_seen(db: Session) -> dict[int, datetime]:
    """When each account was last seen, by account id."""
    found = db.exec(select(SignIn.account_id, sa.func.max(SignIn.last_seen_at)).group_by(col(SignIn.account_id)))
    return {account_id: moment for account_id, moment in found}


def revoke(db: Session, account_id: int, moment: datetime, only: int | None = None, keep: int | None = None) -> int:
    """Revoke sign-ins of the account: one (`only`), all but one (`keep`), or all. Returns how many."""
    change = sa.update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.revoked_at).is_(None))
    if only is not None:
        change = change.where(col(SignIn.id) == only)
    if keep is not None:
        change = change.where(col(SignIn.id) != keep)
    return db.connection().execute(change.values(revoked_at=moment)).rowcount


def touch(db: Session, sign_in_id: int, moment: datetime, grain: timedelta) -> None:
    """Note that a sign-in was used at `moment`, unless that was noted less than `grain` ago."""
    db.connection().execute(
        sa.update(SignIn).where(col(SignIn.id) == sign_in_id, col(SignIn.last_seen_at) <= moment - grain).values(last_seen_at=moment)
    )


def drop_old_sign_ins(db: Session, before: datetime) -> None:
    """Remove sign-ins that ended before `before`; they could not be used again."""
    db.connection().execute(sa.delete(SignIn).where(col(SignIn.expires_at) < before))


def invitation(db: Session, token_hash: str) -> Invitation | None:
    """The one-time link whose token has this hash."""
    return db.exec(select(Invitation).where(Invitation.token_hash == token_hash)).first()


def open_invitations(db: Session, moment: datetime) -> dict[int | None, datetime]:
    """Until when each account's unused link works, by account id (None: the link that creates the owner)."""
    found = db.exec(select(Invitation).where(col(Invitation.used_at).is_(None), Invitation.expires_at > moment))
    return {row.account_id: row.expires_at for row in found}


def void_invitations(db: Session, account_id: int | None, moment: datetime) -> None:
    """Make all unused links of the account (None: of the owner to be) useless."""
    owner = col(Invitation.account_id).is_(None) if account_id is None else col(Invitation.account_id) == account_id
    db.connection().execute(sa.update(Invitation).where(owner, col(Invitation.used_at).is_(None)).values(used_at=moment))


def use_invitation(db: Session, invitation_id: int, moment: datetime) -> bool:
    """Take a link for oneself; False when somebody else was faster."""
    change = sa.update(Invitation).where(col(Invitation.id) == invitation_id, col(Invitation.used_at).is_(None))
    return db.connection().execute(change.values(used_at=moment)).rowcount == 1


def audit_entries(
    db: Session,
    since: datetime | None,
    until: datetime | None,
    account_id: int | None,
    action: str,
    offset: int,
    limit: int,
) -> tuple[Sequence[AuditEntry], int]:
    """A stretch of the audit log, newest first, and how many entries the filters leave in all."""
    conditions = []
    if since is not None:
        conditions.append(AuditEntry.at >= since)
    if until is not None:
        conditions.append(AuditEntry.at < until)
    if account_id is not None:
        conditions.append(AuditEntry.account_id == account_id)
    if action:
        conditions.append(AuditEntry.action == action)
    total = db.exec(select(sa.func.count()).select_from(AuditEntry).where(*conditions)).one()
    newest = select(AuditEntry).where(*conditions).order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    return db.exec(newest.offset(offset).limit(limit)).all(), total


def newest_entry(db: Session, subject: str, subject_id: int, actions: Collection[str]) -> AuditEntry | None:
    """What was done last to one thing; of the `actions` alone, where there are any."""
    conditions = [col(AuditEntry.subject) == subject, col(AuditEntry.subject_id) == subject_id]
    if actions:
        conditions.append(col(AuditEntry.action).in_(actions))
    return db.exec(select(AuditEntry).where(*conditions).order_by(col(AuditEntry.id).desc()).limit(1)).first()


def newest_audit_id(db: Session) -> int:
    """The number of the newest entry; 0 where there is none."""
    return db.exec(select(sa.func.max(AuditEntry.id))).one() or 0


def audit_actions(db: Session) -> Sequence[str]:
    """Every action that the log holds."""
    return db.exec(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def audit_actions_of(db: Session, account_id: int, among: Collection[str]) -> Sequence[str]:
    """Which of these actions the log holds of an account."""
    wanted = select(AuditEntry.action).where(AuditEntry.account_id == account_id, col(AuditEntry.action).in_(among))
    return db.exec(wanted.distinct()).all()


def audit_actors(db: Session) -> dict[int, str]:
    """Who appears in the log, by account id, under the newest name."""
    newest = select(sa.func.max(AuditEntry.id)).where(col(AuditEntry.account_id).is_not(None))
    found = db.exec(
        select(AuditEntry.account_id, AuditEntry.actor).where(col(AuditEntry.id).in_(newest.group_by(col(AuditEntry.account_id))))
    )
    return {account_id: name for account_id, name in found if account_id is not None}
