"""How long something is kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.privacy.terms import Kept
from core.storage import UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class RetentionPeriod(SQLModel, table=True):
    """After how many `months` something goes (None: never), and who decided that."""

    __tablename__ = "retention_period"
    __mapper_args__ = {"version_id_col": _VERSION}

    kept: Kept = Field(sa_type=stored_enum(Kept), primary_key=True)
    months: int | None = None
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
