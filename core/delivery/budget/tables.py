"""Rows of money: what people plan, commit and spend beside what the timetable costs."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.budget.terms import CostType
from core.storage import UtcDateTime, now, stored_enum

_LINE_VERSION = sa.Column("version", sa.Integer, nullable=False)


class BudgetLine(SQLModel, table=True):
    """Money that somebody planned, committed or spent, in yuan. `programme_id` None: for none in particular; `unit_id` None: the branch."""

    __tablename__ = "budget_line"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _LINE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True, ondelete="SET NULL")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="SET NULL")
    type: CostType = Field(sa_type=stored_enum(CostType))
    quarter: int
    planned: float = 0.0
    committed: float = 0.0
    actual: float = 0.0
    note: str = Field(default="", max_length=200)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_LINE_VERSION)
