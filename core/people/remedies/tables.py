"""Rows of what was arranged for people."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)
_PLANNED = sa.text("state = 'planned'")


class EnrolmentState(StrEnum):
    """How far it is with what was arranged for somebody."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Enrolment(SQLModel, table=True):
    """Somebody is to do an entry of the catalogue, mainly for one competency (None: it only comes before another entry).

    `batch` are those that one person arranged at once; `rule` and `reason` are what the proposal rested on. Once it is done, the competency
    is to be assessed again: until a newer reading arrives, or somebody closes that by hand, with `closed_reason`. The database itself holds
    that nobody has an entry planned twice.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        sa.Index("ix_enrolment_state_done_on", "state", "done_on"),
        sa.Index("uq_enrolment_planned", "employee_id", "course_id", unique=True, sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    competency_id: int | None = Field(default=None, foreign_key="competency.id", index=True)
    state: EnrolmentState = Field(default=EnrolmentState.PLANNED, sa_type=stored_enum(EnrolmentState))
    batch: str = Field(max_length=24, index=True)
    rule: str = Field(default="", max_length=20)
    reason: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    planned_by: str = Field(default="", max_length=80)
    planned_by_id: int | None = None
    planned_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    done_on: date | None = None
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=80)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_reason: str = Field(default="", max_length=200)
    version: int | None = Field(default=None, sa_column=_VERSION)
