"""Rows of quality findings, quarterly meetings and what they decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.reviews.terms import Dimension, WorkState
from core.storage import JsonText, UtcDateTime, now, stored_enum

_FINDING_VERSION = sa.Column("version", sa.Integer, nullable=False)
_MEETING_VERSION = sa.Column("version", sa.Integer, nullable=False)
_DECISION_VERSION = sa.Column("version", sa.Integer, nullable=False)


class QualityFinding(SQLModel, table=True):
    """What was found about the quality of a project (None: of the year), and what is to be done about it, by whom, until when.

    `said` is the message of the data that it came from, as it was then, and `key` tells it again; both are empty for what people wrote.
    """

    __tablename__ = "quality_finding"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _FINDING_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="CASCADE")
    dimension: Dimension = Field(sa_type=stored_enum(Dimension))
    key: str = Field(default="", max_length=80)
    said: list[Any] | None = Field(default=None, sa_type=JsonText)
    text: str = Field(default="", max_length=300)
    improvement: str = Field(max_length=300)
    owner: str = Field(max_length=80)
    due: date
    state: WorkState = Field(default=WorkState.OPEN, sa_type=stored_enum(WorkState), index=True)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_FINDING_VERSION)


class ReviewMeeting(SQLModel, table=True):
    """The meeting of a quarter. `agenda` are its points: what about, the data's message (None: a person's), own words, discussion."""

    __tablename__ = "review_meeting"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "quarter", name="uq_review_meeting_plan_quarter"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _MEETING_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    quarter: int
    held_on: date
    attendees: str = Field(default="", max_length=300)
    summary: str = Field(default="", max_length=2000)
    agenda: list[Any] = Field(default_factory=list, sa_type=JsonText)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_MEETING_VERSION)


class MeetingDecision(SQLModel, table=True):
    """What a meeting decided: by whom it is done and until when. It is on the agenda of the next meetings until it is done or dropped."""

    __tablename__ = "meeting_decision"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _DECISION_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    meeting_id: int = Field(foreign_key="review_meeting.id", index=True, ondelete="CASCADE")
    text: str = Field(max_length=300)
    owner: str = Field(max_length=80)
    due: date
    state: WorkState = Field(default=WorkState.OPEN, sa_type=stored_enum(WorkState), index=True)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_DECISION_VERSION)
