"""Rows of benefits: what a change is worth, and whose it is."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.returns.terms import Isolation
from core.storage import UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class BenefitLine(SQLModel, table=True):
    """A change that a programme is credited with: `delta` in `unit`, to the better where it is more than 0, `low` to `high` its interval.

    `value` is what a unit is worth in yuan, by `value_source`, told by `value_by`. `isolation` is the training's part of the change, found
    by `method` for `reason`, told by `isolation_by`, who is so sure of it as `confidence` says (both 0 to 1). `measure_id` is what the
    change was read from, None: nothing that is measured here.
    """

    __tablename__ = "benefit_line"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True, ondelete="SET NULL")
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True, ondelete="SET NULL")
    name: str = Field(max_length=80)
    delta: float
    low: float | None = None
    high: float | None = None
    unit: str = Field(default="", max_length=20)
    value: float
    value_source: str = Field(default="", max_length=200)
    value_by: str = Field(default="", max_length=80)
    isolation: float
    method: Isolation = Field(sa_type=stored_enum(Isolation))
    reason: str = Field(default="", max_length=300)
    isolation_by: str = Field(default="", max_length=80)
    confidence: float
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
