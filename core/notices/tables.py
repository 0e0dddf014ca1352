"""Rows of notices, of how they were sent, of the words that the bank gave them, and of who wants which by e-mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.notices.terms import Channel, Kind, SendState
from core.storage import JsonText, UtcDateTime, now, stored_enum

_TEMPLATE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_CHOICE_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Notice(SQLModel, table=True):
    """That somebody (`account_id` None: the groups) is told of something. Written with the action that it is about.

    `cause` is what it is about and for whom: there is one for each, however often it is asked for. `words` are the subject and the text
    by language, as they were made; `values` is what they were made of. `handed_on` when it was decided in which ways it goes outside.
    """

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored_enum(Kind), index=True)
    cause: str = Field(max_length=160, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="CASCADE")
    plan_id: int | None = Field(default=None, foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    page: str = Field(max_length=40)
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    words: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    handed_on: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class Sending(SQLModel, table=True):
    """That a notice goes in one way, and what came of it: what is still to be sent, and the log of what was.

    `receiver` is a person's name, "" for a group; `outcome` a sentence; `next_at` when it is tried next. It holds no words of the notice.
    """

    __tablename__ = "notice_sending"
    __table_args__ = (
        sa.UniqueConstraint("notice_id", "channel", name="uq_notice_sending_notice_channel"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True, ondelete="CASCADE")
    kind: Kind = Field(sa_type=stored_enum(Kind))
    channel: Channel = Field(sa_type=stored_enum(Channel))
    receiver: str = Field(default="", max_length=80)
    state: SendState = Field(default=SendState.WAITING, sa_type=stored_enum(SendState), index=True)
    attempts: int = 0
    outcome: list[Any] | None = Field(default=None, sa_type=JsonText)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeTemplate(SQLModel, table=True):
    """The words that the bank gave a kind of notice in a language; without a row the product's own hold."""

    __tablename__ = "notice_template"
    __mapper_args__ = {"version_id_col": _TEMPLATE_VERSION}

    kind: Kind = Field(sa_type=stored_enum(Kind), primary_key=True)
    language: str = Field(max_length=8, primary_key=True)
    subject: str = Field(max_length=120)
    text: str = Field(sa_type=sa.Text)
    group_text: str = Field(default="", sa_type=sa.Text)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TEMPLATE_VERSION)


class NoticeChoice(SQLModel, table=True):
    """Which kinds of notice somebody does not want by e-mail."""

    __tablename__ = "notice_choice"
    __mapper_args__ = {"version_id_col": _CHOICE_VERSION}

    account_id: int = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    without_email: list[str] = Field(default_factory=list, sa_type=JsonText)
    version: int | None = Field(default=None, sa_column=_CHOICE_VERSION)
