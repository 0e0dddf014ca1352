"""Links to one page: made, listed and revoked by those who may; looked up by whoever comes with one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.access import passwords, tokens
from core.access.actor import GUEST, Actor, Right, Role, require
from core.access.audit import record
from core.errors import BadInput, NotFound
from core.i18n import Message
from core.plans import service as plans
from core.shares import repository
from core.shares.tables import ShareLink
from core.shares.terms import SharedPage
from core.storage import Session, now

MOST_DAYS = 366
# What somebody is who comes by a link: an executive who reads sums, nobody by name (core/people/scope.py), and changes nothing.
_GUEST_ROLES = frozenset({Role.EXECUTIVE})


@dataclass(frozen=True)
class LinkView:
    """A link and what it leads to. `open`: it opens its page now."""

    row: ShareLink
    plan: str
    open: bool

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id or 0


@dataclass(frozen=True)
class Guest:
    """Somebody who has come by a link: who they are to the services, and the one page of the one plan that they may see."""

    link_id: int
    plan_id: int
    page: SharedPage
    actor: Actor
    made_at: datetime
    expires_at: datetime


def create(db: Session, actor: Actor, plan_id: int, page: SharedPage, *, days: int, password: str = "", note: str = "") -> str:
    """Make a link that opens `page` of a plan for `days` days, by a password where one is given. Returns its token, never to be had again.

    Needs `SHARE_PAGES`. Raises `BadInput` for a number of days outside 1–366 or a password that is too easy, `NotFound` for the plan.
    """
    require(actor, Right.SHARE_PAGES)
    plans.find(db, actor, plan_id)
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(Message("有效天数应在 1 到 {most} 之间。", most=MOST_DAYS))
    if password:
        passwords.check(password, "")
    token = tokens.fresh()
    row = ShareLink(
        plan_id=plan_id,
        page=page,
        note=note.strip()[:80],
        token_hash=tokens.digest(token),
        password_hash=passwords.hashed(password) if password else "",
        expires_at=now() + timedelta(days=days),
        created_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    record(db, actor, "share_created", "share_link", row.id, page=page.value, plan=plan_id, days=days, password=bool(password))
    return token


def links(db: Session, actor: Actor) -> list[LinkView]:
    """All links, the newest first, closed ones too: who could see what is part of the record. Needs `SHARE_PAGES`."""
    require(actor, Right.SHARE_PAGES)
    return [LinkView(row, f"{plan.unit} {plan.year}", _stands(row) and plan.archived_at is None) for row, plan in repository.links(db)]


def revoke(db: Session, actor: Actor, link_id: int) -> None:
    """Close a link at once and for good: open pages show nothing more when they next ask. Needs `SHARE_PAGES`. Raises `NotFound`."""
    require(actor, Right.SHARE_PAGES)
    row = repository.link(db, link_id)
    if row is None or row.revoked_at is not None:
        raise NotFound(Message("没有找到这个共享链接，它可能已被作废。请刷新后再选。"))
    row.revoked_at, row.revoked_by = now(), actor.name[:80]
    record(db, actor, "share_revoked", "share_link", link_id)


def link_of(db: Session, token: str) -> ShareLink | None:
    """The link with this token, if it opens its page now; None for one that is unknown, expired or revoked, or whose plan was put away."""
    row = repository.by_hash(db, tokens.digest(token))
    return row if row is not None and _opens(db, row) else None


def seconds_left(row: ShareLink) -> int:
    """How long a link still opens."""
    return max(1, int((row.expires_at - now()).total_seconds()))


def unlocks(row: ShareLink, password: str) -> bool:
    """Whether a link opens with this password. One without a password opens with anything."""
    return not row.password_hash or passwords.matches(row.password_hash, password)


def enter(db: Session, link_id: int, address: str) -> None:
    """Note that somebody came in by a link, in its list and in the audit log."""
    repository.note_used(db, link_id, now())
    record(db, visitor(address), "share_used", "share_link", link_id)


def guest(db: Session, link_id: int, address: str) -> Guest | None:
    """Who has come by a link, asked anew whenever their page asks; None once the link opens nothing any more."""
    row = repository.link(db, link_id)
    if row is None or not _opens(db, row):
        return None
    return Guest(link_id, row.plan_id, row.page, visitor(address), row.created_at, row.expires_at)


def closed(db: Session, link_ids: Collection[int]) -> set[int]:
    """Those of these links that open nothing any more for good: revoked or expired."""
    return {one for one in link_ids if (row := repository.link(db, one)) is None or not _stands(row)}


def visitor(address: str = "") -> Actor:
    """Whoever comes by a link, as the services know them."""
    return Actor(account_id=None, name=GUEST, roles=_GUEST_ROLES, address=address)


def _stands(row: ShareLink) -> bool:
    return row.revoked_at is None and row.expires_at > now()


def _opens(db: Session, row: ShareLink) -> bool:
    plan = repository.plan(db, row.plan_id)
    return _stands(row) and plan is not None and plan.archived_at is None
