"""Rows of shared links."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.shares.terms import SharedPage
from core.storage import UtcDateTime, now, stored_enum


class ShareLink(SQLModel, table=True):
    """A link to one page of one plan: what it opens is fixed when it is made. Only the hash of its token, and of its password, is kept."""

    __tablename__ = "share_link"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    page: SharedPage = Field(sa_type=stored_enum(SharedPage))
    note: str = Field(default="", max_length=80)
    token_hash: str = Field(max_length=64, unique=True)
    password_hash: str = Field(default="", max_length=200)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uses: int = 0
    revoked_by: str = Field(default="", max_length=80)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
