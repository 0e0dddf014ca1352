"""Rows of the case library."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.cases.terms import CaseKind
from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class LibraryCase(SQLModel, table=True):
    """A case, a script or a template: its text, a file of it, or both; what it is good for. `removed_at`: it is not offered any more."""

    __tablename__ = "library_case"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    kind: CaseKind = Field(sa_type=stored_enum(CaseKind), index=True)
    title: str = Field(max_length=120)
    text: str = Field(default="", sa_type=sa.Text)
    tags: list[str] = Field(default_factory=list, sa_type=JsonText)
    competency: str = Field(default="", max_length=80)
    scene: str = Field(default="", max_length=80)
    source: str = Field(default="", max_length=200)
    sample: bool = False
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class CaseFile(SQLModel, table=True):
    """The file of a case; another takes its place."""

    __tablename__ = "case_file"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="library_case.id", unique=True, ondelete="CASCADE")
    name: str = Field(max_length=200)
    content: bytes = Field(sa_type=sa.LargeBinary)
