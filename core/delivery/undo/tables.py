"""Rows of what was done with trainers, venues and the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now


class ResourceAction(SQLModel, table=True):
    """An action on rows of a `room` (trainers, venues, calendar); `title` says what it was about, `undone`: it was taken back."""

    __tablename__ = "resource_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    room: str = Field(max_length=20, index=True)
    action: str = Field(max_length=40)
    title: str = Field(default="", max_length=200)
    account_id: int | None = None
    done_by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class ResourceChange(SQLModel, table=True):
    """A row that an action wrote: what it was `before` (None: it was not there) and its version `after` (None: it is gone)."""

    __tablename__ = "resource_change"
    __table_args__ = (sa.Index("ix_resource_change_subject_row", "subject", "row_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="resource_action.id", index=True, ondelete="CASCADE")
    subject: str = Field(max_length=40)
    row_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    after: int | None = None
