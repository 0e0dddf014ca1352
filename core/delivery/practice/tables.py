"""Rows of skill practice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.practice.terms import Source
from core.storage import JsonText, UtcDateTime, now, stored_enum

_SCENARIO_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ATTEMPT_VERSION = sa.Column("version", sa.Integer, nullable=False)


class PracticeScenario(SQLModel, table=True):
    """A scenario; `removed_at`: it is not practised any more, what was practised stays."""

    __tablename__ = "practice_scenario"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _SCENARIO_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=120)
    competency: str = Field(default="", max_length=80)
    persona: str = Field(sa_type=sa.Text)
    opening: str = Field(default="", sa_type=sa.Text)
    points: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonText)
    red_lines: list[str] = Field(default_factory=list, sa_type=JsonText)
    unwelcome: list[str] = Field(default_factory=list, sa_type=JsonText)
    pass_mark: int
    check_percent: int
    sample: bool = False
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_SCENARIO_VERSION)


class PracticeAttempt(SQLModel, table=True):
    """A talk that somebody practised, as it was scored at the time. `to_check`: drawn for a person to judge.

    `checked` says of each key point whether the person heard it; None until they have judged. `made_by`: the rule, and a model that saw
    some points otherwise.
    """

    __tablename__ = "practice_attempt"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ATTEMPT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    scenario_id: int = Field(foreign_key="practice_scenario.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    source: Source = Field(sa_type=stored_enum(Source))
    turns: list[Any] = Field(default_factory=list, sa_type=JsonText)
    scoring: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    total: float
    passed: bool
    made_by: str = Field(max_length=200)
    to_check: bool = False
    checked: list[bool] | None = Field(default=None, sa_type=JsonText)
    checked_by: str = Field(default="", max_length=80)
    remark: str = Field(default="", max_length=300)
    kept_by: str = Field(default="", max_length=80)
    kept_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ATTEMPT_VERSION)
