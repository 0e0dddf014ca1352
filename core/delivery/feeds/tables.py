"""Rows of calendar feeds, and of the hours of a plan's half days."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.feeds.terms import About
from core.storage import UtcDateTime, now, stored_enum

_HOURS_VERSION = sa.Column("version", sa.Integer, nullable=False)


class SessionHours(SQLModel, table=True):
    """When the half days of a plan's sessions begin and end, where the plan says otherwise than the product (`events.Hours`)."""

    __tablename__ = "session_hours"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _HOURS_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", unique=True, ondelete="CASCADE")
    morning_from: time
    morning_to: time
    afternoon_from: time
    afternoon_to: time
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_HOURS_VERSION)


class CalendarFeed(SQLModel, table=True):
    """An address at which a calendar program reads the published sessions of a plan, a programme, a trainer, a venue or a person.

    Only the hash of the address's token is kept. `subject_id` is the programme, trainer or venue, `employee_id` the person; the feed
    goes with them. `language` is the one that its texts are in.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    about: About = Field(sa_type=stored_enum(About))
    subject_id: int | None = None
    employee_id: int | None = Field(default=None, foreign_key="employee.id", index=True, ondelete="CASCADE")
    language: str = Field(default="zh", max_length=5)
    token_hash: str = Field(max_length=64, unique=True)
    expires_on: date | None = None
    created_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reads: int = 0
    revoked_by: str = Field(default="", max_length=80)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
