"""Rows of surveys: the links by which people answer, and what they answered."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now


class SurveyLink(SQLModel, table=True):
    """The link of a project's survey: those of its classes answer by it until `closes_at`. Only the hash of its token is kept."""

    __tablename__ = "survey_link"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(max_length=64, unique=True)
    opened_by: str = Field(default="", max_length=80)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SurveyAnswer(SQLModel, table=True):
    """What somebody thought of a project: marks from 1 to 5 by the number of the measure asked for, and a remark.

    Once per person; a new one replaces it.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "employee_id", name="uq_survey_answer_project_employee"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    marks: dict[str, int] = Field(default_factory=dict, sa_type=JsonText)
    remark: str = Field(default="", max_length=500)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
