"""Rows of the strategy check."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.checking.progress import Status

# A column belongs to one table: each has its own.
_CHECK_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ITEM_VERSION = sa.Column("version", sa.Integer, nullable=False)

UNTOUCHED = 1
"""The version of an item that nobody has written in."""


class StrategyCheck(SQLModel, table=True):
    """The check of a plan in one quarter. While `closed_at` is set nothing of it changes; `reopened` lists who opened it again and why."""

    __tablename__ = "strategy_check"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "quarter", name="uq_strategy_check_plan_quarter"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _CHECK_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    quarter: str = Field(max_length=6)
    as_of: date
    conclusion: str = Field(default="", sa_type=sa.Text)
    begun_by: str = Field(default="", max_length=80)
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=80)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopened: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonText)
    version: int | None = Field(default=None, sa_column=_CHECK_VERSION)


class CheckItem(SQLModel, table=True):
    """One target of one theme in a check, as it was when the check took it in, and what people wrote about it.

    A theme without a target has one item with `target` None. `status` and `rule` are what the closed check came to. `document` and
    `edition` name the document that the target is from as it was then. The item goes with `document_id`, which is an edition of it as long
    as there is one, so that nothing of a document outlives its deletion.
    """

    __tablename__ = "check_item"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ITEM_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    check_id: int = Field(foreign_key="strategy_check.id", index=True, ondelete="CASCADE")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="SET NULL")
    finding_id: int | None = Field(default=None, foreign_key="finding.id", index=True, ondelete="SET NULL")
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="CASCADE")
    document: str = Field(default="", max_length=300)
    edition: int = 0
    theme: str = Field(max_length=60)
    metric: str = Field(default="", sa_type=sa.Text)
    operator: str = Field(default="", max_length=2)
    target: float | None = None
    unit: str = Field(default="", max_length=40)
    baseline: float | None = None
    baseline_on: date | None = None
    deadline: date | None = None
    milestone: float | None = None
    actual: float | None = None
    source: str = Field(default="", max_length=200)
    action: str = Field(default="", max_length=300)
    owner: str = Field(default="", max_length=80)
    due: date | None = None
    status: Status | None = Field(default=None, sa_type=stored_enum(Status))
    rule: str = Field(default="", max_length=40)
    version: int | None = Field(default=None, sa_column=_ITEM_VERSION)
