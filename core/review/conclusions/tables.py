"""Rows of conclusions, and of what a carry-over made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.conclusions.terms import CarryKind, Choice, ConclusionState
from core.storage import JsonText, UtcDateTime, now, stored_enum

_CONCLUSION_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Conclusion(SQLModel, table=True):
    """What is concluded of a project, of a theme, or (neither) of the plan as a whole, in a quarter.

    `change` says what is to be done differently, `factor` by how much an audience is to grow. `suggested` is what the rule said then, with
    its reasons and its version; `evidence` are the figures as they were then: the page that they are from, a message, a day.
    """

    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CONCLUSION_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="CASCADE")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="CASCADE")
    quarter: int
    choice: Choice = Field(sa_type=stored_enum(Choice))
    text: str = Field(max_length=600)
    change: str = Field(default="", max_length=300)
    factor: float | None = None
    state: ConclusionState = Field(default=ConclusionState.DRAFT, sa_type=stored_enum(ConclusionState), index=True)
    suggested: Choice | None = Field(default=None, sa_type=stored_enum(Choice))
    rule: str = Field(default="", max_length=40)
    reasons: list[Any] = Field(default_factory=list, sa_type=JsonText)
    evidence: list[Any] = Field(default_factory=list, sa_type=JsonText)
    confirmed_by: str = Field(default="", max_length=80)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CONCLUSION_VERSION)


class CarryOver(SQLModel, table=True):
    """Conclusions of a plan that were carried over to the plan of `to_year` (`to_plan_id` None: that plan is gone)."""

    __tablename__ = "carry_over"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    to_plan_id: int | None = Field(default=None, foreign_key="annual_plan.id", index=True, ondelete="SET NULL")
    to_year: int
    done_by: str = Field(default="", max_length=80)
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CarryItem(SQLModel, table=True):
    """One thing of a carry-over: what it was and became in words, of which conclusion, and the row that it made (`version`: as it made it).

    `source_id` is the project that it is of, `project_id` the one of the next year that it became.
    """

    __tablename__ = "carry_item"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    carry_over_id: int = Field(foreign_key="carry_over.id", index=True, ondelete="CASCADE")
    conclusion_id: int | None = Field(default=None, foreign_key="conclusion.id", index=True, ondelete="SET NULL")
    kind: CarryKind = Field(sa_type=stored_enum(CarryKind))
    name: str = Field(default="", max_length=120)
    before: list[Any] | None = Field(default=None, sa_type=JsonText)
    after: list[Any] | None = Field(default=None, sa_type=JsonText)
    source_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="SET NULL")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="SET NULL")
    subject: str = Field(default="", max_length=40)
    row_id: int | None = None
    row_version: int | None = None
