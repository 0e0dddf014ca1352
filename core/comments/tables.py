"""Rows of comments."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.comments.terms import Subject
from core.storage import UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Comment(SQLModel, table=True):
    """What somebody said about an item of a plan. `thread_id` None: it begins a thread, and is what is resolved and opened again."""

    __table_args__ = (sa.Index("ix_comment_subject", "plan_id", "subject", "subject_id"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", ondelete="CASCADE")
    subject: Subject = Field(sa_type=stored_enum(Subject))
    subject_id: int
    thread_id: int | None = Field(default=None, foreign_key="comment.id", index=True, ondelete="CASCADE")
    text: str = Field(sa_type=sa.Text)
    account_id: int | None = None
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    resolved_by: str = Field(default="", max_length=80)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class CommentMention(SQLModel, table=True):
    """That a comment names an account. `read_at` None: that person has not seen it."""

    __tablename__ = "comment_mention"

    comment_id: int = Field(foreign_key="comment.id", primary_key=True, ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", primary_key=True, index=True, ondelete="CASCADE")
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
