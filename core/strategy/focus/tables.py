"""Rows of the focus."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now

_ROW_VERSION = sa.Column("version", sa.Integer, nullable=False)
_WEIGHTS_VERSION = sa.Column("version", sa.Integer, nullable=False)


class FocusRow(SQLModel, table=True):
    """A key post in a business line, with what speaks for taking it up first. None is unknown.

    `gap_estimate` is somebody's estimate, 0 … 1, until assessments measure it. `anchored_at` is set while a person has made it a focus.
    """

    __tablename__ = "focus_row"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ROW_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    line: str = Field(max_length=60)
    post: str = Field(max_length=60)
    importance: int | None = None
    gap_estimate: float | None = None
    people: int | None = None
    theme_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    anchored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    anchored_by: str = Field(default="", max_length=80)
    anchor_reason: str = Field(default="", max_length=500)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ROW_VERSION)


class FocusWeights(SQLModel, table=True):
    """How much each part of the score counts in a plan."""

    __tablename__ = "focus_weights"
    __mapper_args__ = {"version_id_col": _WEIGHTS_VERSION}

    plan_id: int = Field(primary_key=True, foreign_key="annual_plan.id", ondelete="CASCADE")
    importance: float
    gap: float
    people: float
    version: int | None = Field(default=None, sa_column=_WEIGHTS_VERSION)
