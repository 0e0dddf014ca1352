"""Rows of documents for leaders: those that were made, and the templates that they are made in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.exports.leadership.terms import Paper, State
from core.storage import JsonText, UtcDateTime, now, stored_enum

_TEMPLATE_VERSION = sa.Column("version", sa.Integer, nullable=False)


class PaperTemplate(SQLModel, table=True):
    """A bank's own template of a document. The newest that is not put away is used; earlier ones are kept, to be taken back."""

    __tablename__ = "paper_template"
    __table_args__ = (sa.UniqueConstraint("ending", "number", name="uq_paper_template_ending_number"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _TEMPLATE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    ending: str = Field(max_length=8, index=True)
    number: int
    name: str = Field(default="", max_length=120)
    content: bytes = Field(sa_type=sa.LargeBinary)
    current: bool = False
    added_by: str = Field(default="", max_length=80)
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TEMPLATE_VERSION)


class MadePaper(SQLModel, table=True):
    """A document that somebody asked for. `roles` are those with which it was read; `plan_version` and `stamp` say of what it was made.

    It never changes once it is there; who may not read what it says may not open it.
    """

    __tablename__ = "made_paper"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    paper: Paper = Field(sa_type=stored_enum(Paper))
    language: str = Field(max_length=2)
    parts: list[str] = Field(default_factory=list, sa_type=JsonText)
    template_id: int | None = Field(default=None, foreign_key="paper_template.id", ondelete="SET NULL")
    template: str = Field(default="", max_length=140)
    state: State = Field(default=State.WAITING, sa_type=stored_enum(State), index=True)
    plan_version: str = Field(default="", max_length=120)
    stamp: str = Field(default="", max_length=8)
    made_by: str = Field(default="", max_length=80)
    account_id: int | None = Field(default=None, index=True)
    roles: list[str] = Field(default_factory=list, sa_type=JsonText)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    size: int = 0


class MadeContent(SQLModel, table=True):
    """The file of a document, apart from it, so that lists need not read it."""

    __tablename__ = "made_content"

    paper_id: int = Field(primary_key=True, foreign_key="made_paper.id", ondelete="CASCADE")
    content: bytes = Field(sa_type=sa.LargeBinary)
