"""Somebody to tell, something to tell them, and a house that sends it outside."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from core.access.tables import Account
from core.i18n import Message
from core.instance import Instance
from core.notices.outbox import About
from core.notices.tables import Notice, Sending
from core.notices.terms import Channel, Kind, SendState
from core.settings import Settings


def about(cause: str = "1", kind: Kind = Kind.MENTIONED, **values: Any) -> About:
    """Something that happened."""
    return About(kind, cause, values={"plan": "示范分行 2027", "by": "王敏", "about": "目标", **values})


def with_mail(house: Instance, account_id: int | None, email: str) -> None:
    """An account has an e-mail address."""
    with house.database.writing() as db:
        db.connection().execute(sa.update(Account).where(col(Account.id) == account_id).values(email=email))


def set_up(house: Instance, **values: Any) -> None:
    """The house sends outside in this way."""
    house.settings = house.settings.model_copy(update={"notices_outside": True, **values})


def mail_settings(settings: Settings, port: int, **values: Any) -> Settings:
    """These settings with a mail server on a port of this machine."""
    fields = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_sender": "hr@bank.example"}
    return settings.model_copy(update={**fields, **values})


def sendings(house: Instance) -> list[tuple[Channel, str, SendState, int, str]]:
    """The log: in which way, to whom, how far, after how many tries, what came of it."""
    with house.database.reading() as db:
        rows = list(db.exec(select(Sending).order_by(col(Sending.id))))
    return [
        (one.channel, one.receiver, one.state, one.attempts, str(Message.from_json(one.outcome)) if one.outcome else "") for one in rows
    ]


def notices(house: Instance) -> list[Notice]:
    """All notices."""
    with house.database.reading() as db:
        return list(db.exec(select(Notice).order_by(col(Notice.id))))
