"""Rows of attendance: who came, the links by which people check in, what they thought, and what was undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.attendance.terms import Presence, Via
from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)
_NUMBER_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Attendance(SQLModel, table=True):
    """Whether somebody came to a session. Without a row nobody has said.

    `off_list`: they were not on the list of its cohort when this was noted. They came, and nobody had expected them.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "employee_id", name="uq_attendance_session_employee"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_session.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    presence: Presence = Field(sa_type=stored_enum(Presence))
    via: Via = Field(default=Via.LIST, sa_type=stored_enum(Via))
    off_list: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    noted_by: str = Field(default="", max_length=80)
    noted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class AttendanceNumber(SQLModel, table=True):
    """How many came to a session whose cohort is known by its size alone, those counted in whose names are known. Without a row nobody
    has said."""

    __tablename__ = "attendance_number"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _NUMBER_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_session.id", unique=True, ondelete="CASCADE")
    came: int
    noted_by: str = Field(default="", max_length=80)
    noted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_NUMBER_VERSION)


class AttendanceAction(SQLModel, table=True):
    """A list that somebody noted, so that it can be taken back: `before` is what stood there of each of these people, by their number; 0 is
    how many came where nobody is named."""

    __tablename__ = "attendance_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_session.id", index=True, ondelete="CASCADE")
    account_id: int | None = None
    name: str = Field(default="", max_length=80)
    before: list[Any] = Field(default_factory=list, sa_type=JsonText)
    undone: bool = False
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CheckInLink(SQLModel, table=True):
    """The link of a session, shown as a QR code: those of its cohort check in by it until `closes_at`, and say what they thought until
    `answers_until`. Only the hash of its token is kept."""

    __tablename__ = "check_in_link"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_session.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    opened_by: str = Field(default="", max_length=80)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    answers_until: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionFeedback(SQLModel, table=True):
    """What somebody who came thought of a session: marks from 1 to 5 by question, and a remark. Once per person; a new one replaces it."""

    __tablename__ = "session_feedback"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "employee_id", name="uq_session_feedback_session_employee"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_session.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    marks: dict[str, int] = Field(default_factory=dict, sa_type=JsonText)
    remark: str = Field(default="", max_length=500)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AttendanceReminder(SQLModel, table=True):
    """Somebody was reminded of what they still have to do in a programme: by whom, when, how much it was."""

    __tablename__ = "attendance_reminder"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    missing: int
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
