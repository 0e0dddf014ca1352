"""Rows of what was kept of shared pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now


class ShareSnapshot(SQLModel, table=True):
    """What the page of a link showed when the link was made. `content` None: it went, and the link shows nothing in its place.

    `gate` is the smallest group that sums were given of then; `documents` are those whose words stand in the content.
    """

    __tablename__ = "share_snapshot"

    link_id: int = Field(primary_key=True, foreign_key="share_link.id", ondelete="CASCADE")
    taken_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    gate: int
    documents: list[int] = Field(default_factory=list, sa_type=JsonText)
    content: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
