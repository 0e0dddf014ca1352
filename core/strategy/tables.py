"""Rows of findings."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, stored_enum
from core.strategy.findings import FindingKind, Perspective


class FindingRow(SQLModel, table=True):
    """A finding as a person accepted it."""

    __tablename__ = "finding"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    kind: FindingKind = Field(sa_type=stored_enum(FindingKind))
    text: str = Field(sa_type=sa.Text)
    quote: str = Field(sa_type=sa.Text)
    page: int = 1
    start: int
    end: int
    heading: list[str] = Field(default_factory=list, sa_type=JsonText)
    perspective: Perspective | None = Field(default=None, sa_type=stored_enum(Perspective))
    metric: str = Field(default="", sa_type=sa.Text)
