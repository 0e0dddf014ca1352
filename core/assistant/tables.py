"""Rows of the strategy assistant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now


class Conversation(SQLModel, table=True):
    """A person's conversation within one annual plan. Nobody else sees it."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Turn(SQLModel, table=True):
    """A question and its answer. `answer` is `core.documents.answers.Answer` as JSON, with what made it."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True, ondelete="CASCADE")
    question: str = Field(sa_type=sa.Text)
    full_question: str = Field(default="", sa_type=sa.Text)
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Evidence(SQLModel, table=True):
    """A passage, or an answer with its passages, that a planner kept for the plan; findings of step 1 rest on it."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    start: int
    end: int
    page: int
    heading: list[str] = Field(default_factory=list, sa_type=JsonText)
    quote: str = Field(sa_type=sa.Text)
    question: str = Field(default="", sa_type=sa.Text)
    statement: str = Field(default="", sa_type=sa.Text)
    made_by: str = Field(default="", max_length=120)
    kept_by: int | None = None
    kept_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
