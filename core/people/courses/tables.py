"""Rows of the catalogue."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.people.courses.terms import CourseForm, CourseMethod
from core.storage import UtcDateTime, now, stored_enum

_COURSE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_SERVING_VERSION = sa.Column("version", sa.Integer, nullable=False)
_PREREQUISITE_VERSION = sa.Column("version", sa.Integer, nullable=False)


class CourseRow(SQLModel, table=True):
    """A course, a task, a mentor or practice. What it serves and needs changes with it: `changed_at` moves its version then too."""

    __tablename__ = "course"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _COURSE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, max_length=40, unique=True)
    name: str = Field(max_length=120, unique=True)
    form: CourseForm = Field(default=CourseForm.COURSE, sa_type=stored_enum(CourseForm))
    method: CourseMethod | None = Field(default=None, sa_type=stored_enum(CourseMethod))
    hours: float | None = None
    cost: float | None = None
    provider: str = Field(default="", max_length=80)
    about: str = Field(default="", max_length=500)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_COURSE_VERSION)


class CourseCompetency(SQLModel, table=True):
    """A competency that a course serves: from which level on one can take part, and to which it brings. None: nobody wrote it down."""

    __tablename__ = "course_competency"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "competency_id", name="uq_course_competency_course_competency"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _SERVING_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True, ondelete="CASCADE")
    competency_id: int = Field(foreign_key="competency.id", index=True)
    from_level: int | None = None
    to_level: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_SERVING_VERSION)


class CoursePrerequisite(SQLModel, table=True):
    """A course that comes before another."""

    __tablename__ = "course_prerequisite"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "needs_id", name="uq_course_prerequisite_course_needs"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _PREREQUISITE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id", index=True, ondelete="CASCADE")
    needs_id: int = Field(foreign_key="course.id", index=True, ondelete="CASCADE")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_PREREQUISITE_VERSION)
