"""Rows of people, their sign-ins and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now

_ACCOUNT_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Account(SQLModel, table=True):
    """A person who may sign in."""

    __mapper_args__ = {"version_id_col": _ACCOUNT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(sa_column=sa.Column(sa.String(80), nullable=False, unique=True))
    name: str = Field(max_length=80)
    email: str = Field(default="", max_length=200, index=True)
    password_hash: str = Field(default="", max_length=200)
    roles: list[str] = Field(default_factory=list, sa_type=JsonText)
    language: str = Field(default="", max_length=8)
    enabled: bool = True
    plan_id: int | None = Field(default=None, description="the annual plan this person works on now")
    tour_away: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": sa.false()},
        description="the person has put the first steps on the home page away",
    )
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sign_ins_valid_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since then nobody has this account: its number and name say who did what"
    )
    version: int | None = Field(default=None, sa_column=_ACCOUNT_VERSION)


class SignIn(SQLModel, table=True):
    """A browser that is signed in. Only the hash of its token is kept."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    browser: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=64)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """A link that works once: it creates the owner (no account yet) or lets an account choose its password."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditEntry(SQLModel, table=True):
    """One thing that somebody did. Never changed, never deleted; holds no document text and no secret."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    account_id: int | None = Field(default=None, index=True)
    actor: str = Field(max_length=80)
    address: str = Field(default="", max_length=64)
    action: str = Field(max_length=60, index=True)
    subject: str = Field(default="", max_length=60)
    subject_id: int | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
