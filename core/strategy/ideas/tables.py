"""Rows of project ideas, and what people did with them, so that it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.ideas.terms import Author, IdeaState, Match, ProjectKind, Source, Urgency

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class IdeaRow(SQLModel, table=True):
    """An idea for a project. `finding_ids` are the clauses that its purpose rests on, `rests_on` all findings that it was made of.

    `urgency_why` and `kind_why` are messages of core that say how each was derived, `edited` the fields that a person wrote: no
    suggestion changes them again. `purpose_by` is the rule, the prompt with the model's name, or "person". `outdated`: the material no
    longer speaks for it.
    """

    __tablename__ = "project_idea"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="SET NULL")
    focus_id: int | None = Field(default=None, foreign_key="focus_row.id", index=True, ondelete="SET NULL")
    name: str = Field(max_length=80)
    purpose: str = Field(default="", sa_type=sa.Text)
    finding_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    rests_on: list[int] = Field(default_factory=list, sa_type=JsonText)
    competencies: list[str] = Field(default_factory=list, sa_type=JsonText)
    source: Source = Field(default=Source.PERSON, sa_type=stored_enum(Source))
    line: str = Field(default="", max_length=60)
    post: str = Field(default="", max_length=60)
    people: int | None = None
    match: Match = Field(default=Match.PERSON, sa_type=stored_enum(Match))
    likeness: float | None = None
    urgency: Urgency = Field(sa_type=stored_enum(Urgency))
    urgency_score: float | None = None
    urgency_why: list[Any] = Field(default_factory=list, sa_type=JsonText)
    kind: ProjectKind = Field(sa_type=stored_enum(ProjectKind))
    kind_why: list[Any] = Field(default_factory=list, sa_type=JsonText)
    origin: Author = Field(default=Author.RULE, sa_type=stored_enum(Author))
    made_by: str = Field(default="", max_length=120)
    purpose_author: Author = Field(default=Author.RULE, sa_type=stored_enum(Author))
    purpose_by: str = Field(default="", max_length=120)
    edited: list[str] = Field(default_factory=list, sa_type=JsonText)
    outdated: bool = False
    state: IdeaState = Field(default=IdeaState.PENDING, sa_type=stored_enum(IdeaState), index=True)
    reject_reason: str = Field(default="", max_length=300)
    decided_by: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class IdeaAction(SQLModel, table=True):
    """One action of a person on ideas."""

    __tablename__ = "idea_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    account_id: int | None = None
    action: str = Field(max_length=20)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class IdeaChange(SQLModel, table=True):
    """What one idea was before an action (None: the action made it), and the version it then had."""

    __tablename__ = "idea_change"

    action_id: int = Field(primary_key=True, foreign_key="idea_action.id", ondelete="CASCADE")
    idea_id: int = Field(primary_key=True, foreign_key="project_idea.id", index=True, ondelete="CASCADE")
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    after: int
