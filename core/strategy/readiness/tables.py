"""Rows of the readiness assessment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now

# A column belongs to one table: each has its own.
_ROUND_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ANSWER_VERSION = sa.Column("version", sa.Integer, nullable=False)
_TAKEN_VERSION = sa.Column("version", sa.Integer, nullable=False)


class ReadinessRound(SQLModel, table=True):
    """One time that a plan's people went through the checklist: at most one for each quarter or half-year."""

    __tablename__ = "readiness_round"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "period", name="uq_readiness_round_plan_period"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _ROUND_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    period: str = Field(max_length=6)
    opened_by: str = Field(default="", max_length=80)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ROUND_VERSION)


class ReadinessAnswer(SQLModel, table=True):
    """One answer of a round. `step` None: it was answered and the answer taken back."""

    __tablename__ = "readiness_answer"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "statement", name="uq_readiness_answer_round_statement"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _ANSWER_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="readiness_round.id", index=True, ondelete="CASCADE")
    statement: str = Field(max_length=40)
    step: int | None = None
    note: str = Field(default="", max_length=300)
    answered_by: str = Field(default="", max_length=80)
    answered_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ANSWER_VERSION)


class ReadinessTaken(SQLModel, table=True):
    """That a weak dimension was taken into a theme, and the answers that spoke for it then.

    `made_theme` is the version that the theme had when it was made for this; None where it was there before.
    """

    __tablename__ = "readiness_taken"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _TAKEN_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    round_id: int = Field(foreign_key="readiness_round.id", ondelete="CASCADE")
    dimension: str = Field(max_length=40)
    theme_id: int = Field(foreign_key="theme.id", index=True, ondelete="CASCADE")
    made_theme: int | None = None
    mean: float
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    taken_by: str = Field(default="", max_length=80)
    taken_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TAKEN_VERSION)
