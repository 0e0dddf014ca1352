"""Rows of work that goes on while nobody watches."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Job(SQLModel, table=True):
    """A piece of background work on one subject (a document). `done` of `total` counts pages, then passages; `lost` how often the process
    that was at it ended without a word."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40, index=True)
    subject_id: int = Field(index=True)
    state: JobState = Field(default=JobState.WAITING, sa_type=stored_enum(JobState), index=True)
    stage: str = Field(default="", max_length=40)
    done: int = 0
    total: int = 0
    stop_requested: bool = False
    error: list[object] | None = Field(default=None, sa_type=JsonText)
    created_by: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    heartbeat_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    worker: str = Field(default="", max_length=80)
    lost: int = 0
