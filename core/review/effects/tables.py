"""Rows of effects: how the people of a project were chosen, and why it is said so."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.effects.terms import Design
from core.storage import UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class EffectDesign(SQLModel, table=True):
    """How those who were trained in a project were chosen, as somebody who knows it said, with the reason."""

    __tablename__ = "effect_design"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", unique=True, ondelete="CASCADE")
    design: Design = Field(sa_type=stored_enum(Design))
    reason: str = Field(default="", max_length=200)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
