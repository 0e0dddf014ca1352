"""Rows of training projects."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.ideas.terms import Author, ProjectKind, Urgency

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class ProjectState(StrEnum):
    """Whether a project stands. A withdrawn one is kept, so that its withdrawal can be undone."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class Project(SQLModel, table=True):
    """A training project of a plan. `purpose` is the macro why; what is to be reached is kept by its goals, never here.

    `finding_ids` are the clauses behind the purpose, `rests_on` all findings that its words rest on. `origin` says who had the idea
    `idea_id`, `purpose_by` who wrote the purpose. `changed_at` is set once a person has changed the project itself.
    """

    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    idea_id: int | None = Field(default=None, foreign_key="project_idea.id", index=True, ondelete="SET NULL")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="SET NULL")
    name: str = Field(max_length=80)
    purpose: str = Field(sa_type=sa.Text)
    finding_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    rests_on: list[int] = Field(default_factory=list, sa_type=JsonText)
    competencies: list[str] = Field(default_factory=list, sa_type=JsonText)
    line: str = Field(default="", max_length=60)
    post: str = Field(default="", max_length=60)
    people: int | None = None
    urgency: Urgency = Field(sa_type=stored_enum(Urgency))
    kind: ProjectKind = Field(sa_type=stored_enum(ProjectKind))
    origin: Author = Field(sa_type=stored_enum(Author))
    purpose_author: Author = Field(sa_type=stored_enum(Author))
    purpose_by: str = Field(default="", max_length=120)
    state: ProjectState = Field(default=ProjectState.STANDING, sa_type=stored_enum(ProjectState), index=True)
    created_by: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
