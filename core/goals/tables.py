"""Rows of goals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.goals.goal import Kind
from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class GoalState(StrEnum):
    """How far a goal is: being written, submitted because it passes, or submitted over its problems with a reason."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    OVERRIDDEN = "overridden"


class ProjectGoal(SQLModel, table=True):
    """The goal of a project. Its indicators change with it alone, so its version is theirs too.

    `made_by` is the prompt and the model whose rewrite was taken over. `reason` is why it was submitted over its problems, `problems`
    the names of the rules that found them then.
    """

    __tablename__ = "project_goal"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", unique=True, ondelete="CASCADE")
    pain_point: str = Field(default="", sa_type=sa.Text)
    behaviour: str = Field(default="", sa_type=sa.Text)
    headcount: int | None = None
    due_days: int | None = None
    language: str = Field(default="zh", max_length=2)
    made_by: str = Field(default="", max_length=120)
    state: GoalState = Field(default=GoalState.DRAFT, sa_type=stored_enum(GoalState), index=True)
    reason: str = Field(default="", max_length=300)
    problems: list[str] = Field(default_factory=list, sa_type=JsonText)
    submitted_by: str = Field(default="", max_length=80)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class GoalIndicatorRow(SQLModel, table=True):
    """An indicator of a goal, in its `place` among those of its kind. `code` names the indicator of the library that it was taken from."""

    __tablename__ = "goal_indicator"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="project_goal.id", index=True, ondelete="CASCADE")
    kind: Kind = Field(sa_type=stored_enum(Kind))
    place: int
    name: str = Field(default="", max_length=60)
    operator: str = Field(default="", max_length=2)
    value: float | None = None
    unit: str = Field(default="", max_length=20)
    baseline: float | None = None
    per_head: float | None = None
    source: str = Field(default="", max_length=80)
    owner: str = Field(default="", max_length=80)
    level: int | None = None
    weight: float | None = None
    code: str = Field(default="", max_length=60)


class GoalChange(SQLModel, table=True):
    """What a goal was before somebody changed it, so that the change can be taken back. `before` None: there was no goal.

    Changes that were saved `together` carry the same word and are taken back together.
    """

    __tablename__ = "goal_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="project_goal.id", index=True, ondelete="CASCADE")
    action: str = Field(max_length=20)
    by: int | None = None
    name: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    made: int
    together: str = Field(default="", max_length=32, index=True)
