"""Rows of the targets of single people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class IndividualTarget(SQLModel, table=True):
    """What somebody confirmed as the target of one person in one result of a project's goal.

    Kept beside it is what it was confirmed from: the post's target `of_post`, what was `advised`, the person's `current` level and the
    `required` one. `weight` is its share of the person's results, in per cent.
    """

    __tablename__ = "individual_target"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "employee_id", "indicator", name="uq_individual_target_project_employee_indicator"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    indicator: str = Field(max_length=60)
    operator: str = Field(default="", max_length=2)
    value: float
    unit: str = Field(default="", max_length=20)
    weight: float
    of_post: float
    advised: float
    current: float | None = None
    required: float | None = None
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class IndividualTargetChange(SQLModel, table=True):
    """Who confirmed or changed a target, when, and what it was before (None: it was confirmed for the first time)."""

    __tablename__ = "individual_target_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="individual_target.id", index=True, ondelete="CASCADE")
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    value: float
    weight: float
    by: int | None = None
    name: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
