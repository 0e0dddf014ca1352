"""Rows of the calendar."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.halves import Half
from core.storage import JsonText, UtcDateTime, now, stored_enum


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer, nullable=False)


_DAY, _NOTICE, _YEAR, _BLACKOUT, _LEAVE = (_version() for _ in range(5))


class CalendarDay(SQLModel, table=True):
    """A day that is otherwise for this branch than the year says: people work, or do not, and why."""

    __tablename__ = "calendar_day"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _DAY}

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(unique=True)
    works: bool
    reason: str = Field(default="", max_length=120)
    changed_by: str = Field(default="", max_length=80)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_DAY)


class NoticeDay(SQLModel, table=True):
    """A day of an official notice that somebody imported: a day off, or a weekend on which people work."""

    __tablename__ = "notice_day"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _NOTICE}

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(unique=True)
    works: bool
    name: str = Field(default="", max_length=60)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_NOTICE)


class CalendarYear(SQLModel, table=True):
    """A year as people planned with it: `usable` are the days of then on which people worked, `provisional` whether it was not published.

    A year whose days are others by now was published meanwhile.
    """

    __tablename__ = "calendar_year"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _YEAR}

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(unique=True)
    provisional: bool
    usable: list[str] = Field(default_factory=list, sa_type=JsonText)
    seen_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_YEAR)


class Blackout(SQLModel, table=True):
    """Days of a plan on which people are not called to training: the whole branch's, or those of some units (with all below) and lines."""

    __tablename__ = "blackout"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _BLACKOUT}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=60)
    starts: date
    ends: date
    whole: bool = True
    unit_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    lines: list[str] = Field(default_factory=list, sa_type=JsonText)
    reason: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_BLACKOUT)


class EmployeeLeave(SQLModel, table=True):
    """When somebody of the roster is on leave."""

    __tablename__ = "employee_leave"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _LEAVE}

    id: int | None = Field(default=None, primary_key=True)
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    starts: date = Field(index=True)
    first: Half = Field(default=Half.MORNING, sa_type=stored_enum(Half))
    ends: date
    last: Half = Field(default=Half.AFTERNOON, sa_type=stored_enum(Half))
    reason: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_LEAVE)
