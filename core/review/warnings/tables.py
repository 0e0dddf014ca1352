"""Rows of warnings: the numbers that the rule goes by, what was decided about a project, and what happened after."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.warnings.terms import Advice, CaseState, Link, Status, Threshold
from core.storage import JsonText, UtcDateTime, now, stored_enum

_THRESHOLD_VERSION = sa.Column("version", sa.Integer, nullable=False)
_CASE_VERSION = sa.Column("version", sa.Integer, nullable=False)


class WarningThreshold(SQLModel, table=True):
    """A number of the rule that a plan has as its own, and where it is from; without a row the product's own holds."""

    __tablename__ = "warning_threshold"
    __table_args__ = (sa.UniqueConstraint("plan_id", "name", name="uq_warning_threshold_plan_name"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _THRESHOLD_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    name: Threshold = Field(sa_type=stored_enum(Threshold))
    value: float
    source: str = Field(default="", max_length=200)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_THRESHOLD_VERSION)


class WarningCase(SQLModel, table=True):
    """What was decided about a programme, by whom it is done and until when, and what came of it.

    What the rule said then is kept as it was: `status`, the weak `link`, the `forecast` (share of the target: value, low, high), `rule`
    and the `numbers` that it went by.
    """

    __tablename__ = "warning_case"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CASE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    programme_id: int = Field(foreign_key="programme.id", index=True, ondelete="CASCADE")
    status: Status = Field(sa_type=stored_enum(Status))
    link: Link | None = Field(default=None, sa_type=stored_enum(Link))
    week: int
    forecast: list[float] = Field(default_factory=list, sa_type=JsonText)
    rule: str = Field(default="", max_length=40)
    numbers: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    advice: Advice = Field(sa_type=stored_enum(Advice))
    action: Advice = Field(sa_type=stored_enum(Advice))
    reason: str = Field(default="", max_length=300)
    owner: str = Field(default="", max_length=80)
    due: date
    state: CaseState = Field(default=CaseState.OPEN, sa_type=stored_enum(CaseState), index=True)
    opened_by: str = Field(default="", max_length=80)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CASE_VERSION)


class WarningNote(SQLModel, table=True):
    """What happened after: written by somebody, with what the rule said of the programme on that day."""

    __tablename__ = "warning_note"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="warning_case.id", index=True, ondelete="CASCADE")
    text: str = Field(max_length=300)
    status: Status = Field(sa_type=stored_enum(Status))
    forecast: list[float] = Field(default_factory=list, sa_type=JsonText)
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
