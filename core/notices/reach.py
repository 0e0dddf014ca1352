"""In which ways people are reached, to be said to whoever has just had them told; and trying a way out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.access import repository as accounts
from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import BadInput, CexunError
from core.i18n import LANGUAGES, Message
from core.notices import groups, mail, repository
from core.notices.courier import channels
from core.notices.inbox import unwanted
from core.notices.templates import book
from core.notices.terms import CHANNEL_NAMES, GROUPS, Channel, Kind
from core.plans import repository as plans
from core.settings import Settings
from core.storage import Session


@dataclass(frozen=True)
class Reach:
    """Of the people who were told, who they are by name, how many get an e-mail too, and which groups are told."""

    names: tuple[str, ...]
    mailed: int
    groups: tuple[Channel, ...]


def reach(
    db: Session, settings: Settings, kind: Kind, plan_id: int | None, account_ids: Collection[int], *, to_groups: bool = False
) -> Reach:
    """How a notice of a plan that was just written reaches these accounts, and (`to_groups`) the groups."""
    rows = repository.accounts(db, account_ids)
    leaves = settings.notices_outside and plan_id not in {plan.id for plan in plans.samples(db)}
    outside = channels(settings) if leaves else ()
    choices = repository.choices(db, [row.id or 0 for row in rows])
    mailed = [row for row in rows if row.email and kind not in unwanted(choices.get(row.id or 0))] if Channel.EMAIL in outside else []
    words = book(db)
    posted = to_groups and any(words[kind, language].group for language in LANGUAGES)
    return Reach(tuple(row.name for row in rows), len(mailed), tuple(one for one in outside if one in GROUPS) if posted else ())


@dataclass(frozen=True)
class Tried:
    """Whether a way out works, and the sentence that says so."""

    ok: bool
    message: Message


def try_out(db: Session, actor: Actor, settings: Settings, channel: Channel) -> str:
    """Note that a way out is tried, and return the e-mail address that it is tried with ("" for a group).

    Needs `CHANGE_SETTINGS`. Raises `BadInput` while nothing may leave the house, and where something is missing for it.
    """
    require(actor, Right.CHANGE_SETTINGS)
    if not settings.notices_outside:
        raise BadInput(Message("请先打开“允许把通知发到系统外”并保存，再试发。"))
    if channel not in channels(settings):
        raise BadInput(Message("请先填写并保存这种渠道。"))
    row = accounts.account(db, actor.account_id) if actor.account_id is not None else None
    if channel is Channel.EMAIL and (row is None or not row.email):
        raise BadInput(Message("试发的邮件发给您自己。请先在“我的账户”里填写邮箱。"))
    record(db, actor, "notice_channel_tried", "notice", None, channel=channel.value)
    return row.email if row is not None and channel is Channel.EMAIL else ""


def try_now(settings: Settings, actor: Actor, channel: Channel, address: str, text: str) -> Tried:
    """Send a text in a way out, here and now: to the actor's own `address`, or into the group. Raises nothing expected."""
    try:
        if channel is Channel.EMAIL:
            mail.send(settings, actor.name, address, text, text)
        else:
            groups.send(settings, channel, text)
    except CexunError as failure:
        return Tried(False, failure.message)
    if channel is Channel.EMAIL:
        return Tried(True, Message("邮件服务器已收下试发的信，请到 {address} 查看。", address=address))
    return Tried(True, Message("{where}已收下试发的消息。", where=CHANNEL_NAMES[channel]))
