"""Rows of what was corrected in the roster."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now


class RosterChange(SQLModel, table=True):
    """What a correction changed about a person: its fields as they were `before` and `after`. It goes with the person.

    What was corrected in one go is one `batch`, numbered by the first of its rows. `former` is the person's version before; `undone`: it
    was taken back.
    """

    __tablename__ = "roster_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    batch: int = Field(default=0, index=True)
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    former: int
    before: dict[str, Any] = Field(sa_type=JsonText)
    after: dict[str, Any] = Field(sa_type=JsonText)
    account_id: int | None = None
    done_by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    undone: bool = False
