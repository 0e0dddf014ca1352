"""Rows of the annual plan."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import UtcDateTime, now

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class AnnualPlan(SQLModel, table=True):
    """The training plan of one unit for one year: what everything else hangs on."""

    __tablename__ = "annual_plan"
    __table_args__ = (sa.UniqueConstraint("unit", "year", name="uq_annual_plan_unit_year"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    unit: str = Field(max_length=60)
    year: int
    note: str = Field(default="", max_length=500)
    sample: bool = False
    created_by: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
