"""Rows of the environment."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.environment.indicators import Frequency
from core.strategy.findings import Perspective

_INDICATOR_VERSION = sa.Column("version", sa.Integer, nullable=False)
_BENCHMARK_VERSION = sa.Column("version", sa.Integer, nullable=False)


class IndicatorRow(SQLModel, table=True):
    """An indicator of the bank's own (`code` None), or what the bank made of one that came with the product."""

    __tablename__ = "indicator"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _INDICATOR_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, max_length=40, unique=True)
    name: str = Field(max_length=60)
    perspective: Perspective = Field(sa_type=stored_enum(Perspective))
    unit: str = Field(default="", max_length=20)
    higher_is_better: bool = True
    level: int
    frequency: Frequency = Field(sa_type=stored_enum(Frequency))
    source: str = Field(default="", max_length=100)
    definition: str = Field(default="", max_length=500)
    competencies: list[str] = Field(default_factory=list, sa_type=JsonText)
    low: float | None = None
    high: float | None = None
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_INDICATOR_VERSION)


class Benchmark(SQLModel, table=True):
    """What another bank or the whole trade shows for something that is measured, as somebody read it in a source."""

    __tablename__ = "benchmark"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _BENCHMARK_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    indicator: str = Field(max_length=60)
    peer: str = Field(max_length=60)
    value: float
    unit: str = Field(default="", max_length=20)
    period: str = Field(default="", max_length=30)
    source: str = Field(max_length=300)
    dated: date
    note: str = Field(default="", max_length=300)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_BENCHMARK_VERSION)
