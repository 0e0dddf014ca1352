"""Rows of needs, of the rounds in which units are asked for them, and of what people did with needs, so that it can be undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.goals.needs.terms import Layer, NeedState, Via
from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.ideas.terms import ProjectKind, Urgency

_CALL_VERSION = sa.Column("version", sa.Integer, nullable=False)
_NEED_VERSION = sa.Column("version", sa.Integer, nullable=False)


class NeedsCall(SQLModel, table=True):
    """A round in which units are asked what they need, until `due_on` or until it is closed."""

    __tablename__ = "needs_call"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CALL_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=80)
    note: str = Field(default="", max_length=300)
    due_on: date
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_by: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CALL_VERSION)


class AskedUnit(SQLModel, table=True):
    """A unit that a round asks, with its link: only the hash of the link's token is kept. `unit_id` None: a unit that no roster has.

    `opened_at` is when somebody first opened a link of it, `none_at` when it said that it needs nothing.
    """

    __tablename__ = "needs_asked_unit"
    __table_args__ = (sa.UniqueConstraint("call_id", "unit", name="uq_needs_asked_unit_call_unit"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="needs_call.id", index=True, ondelete="CASCADE")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="SET NULL")
    unit: str = Field(max_length=120)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    issued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    none_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    none_by: str = Field(default="", max_length=80)


class NeedsNudge(SQLModel, table=True):
    """A unit was reminded: by whom, when, and which accounts the reminder stands on the home page of."""

    __tablename__ = "needs_nudge"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    asked_id: int = Field(foreign_key="needs_asked_unit.id", index=True, ondelete="CASCADE")
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    account_ids: list[int] = Field(default_factory=list, sa_type=JsonText)


class NeedRow(SQLModel, table=True):
    """What a unit needs. `filer` is the account's name, or what somebody wrote in the form behind a link; `asked_id` is the round's unit.

    `competency_id` is set where the words name a competency of the model. `reason` says why it was put aside.
    """

    __tablename__ = "need"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _NEED_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="SET NULL")
    unit: str = Field(max_length=120)
    asked_id: int | None = Field(default=None, foreign_key="needs_asked_unit.id", index=True, ondelete="SET NULL")
    via: Via = Field(default=Via.PAGE, sa_type=stored_enum(Via))
    filer: str = Field(default="", max_length=80)
    account_id: int | None = None
    problem: str = Field(sa_type=sa.Text)
    post: str = Field(default="", max_length=60)
    people: int | None = None
    behaviour: str = Field(default="", sa_type=sa.Text)
    competency: str = Field(default="", max_length=80)
    competency_id: int | None = Field(default=None, foreign_key="competency.id", index=True, ondelete="SET NULL")
    layer: Layer | None = Field(default=None, sa_type=stored_enum(Layer))
    level: int | None = None
    urgency: Urgency = Field(sa_type=stored_enum(Urgency))
    kind: ProjectKind = Field(sa_type=stored_enum(ProjectKind))
    evidence: str = Field(default="", sa_type=sa.Text)
    quarter: int | None = None
    state: NeedState = Field(default=NeedState.FILED, sa_type=stored_enum(NeedState), index=True)
    reason: str = Field(default="", max_length=300)
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="SET NULL")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_NEED_VERSION)


class NeedAction(SQLModel, table=True):
    """One action of a person on needs. `project_id` is the project that it made; `asked_id` the link that it came through."""

    __tablename__ = "need_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    account_id: int | None = None
    name: str = Field(default="", max_length=80)
    asked_id: int | None = Field(default=None, foreign_key="needs_asked_unit.id", ondelete="SET NULL")
    action: str = Field(max_length=20)
    project_id: int | None = Field(default=None, foreign_key="project.id", ondelete="SET NULL")
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class NeedChange(SQLModel, table=True):
    """What one need was before an action (None: the action made it), and the version it then had."""

    __tablename__ = "need_change"

    action_id: int = Field(primary_key=True, foreign_key="need_action.id", ondelete="CASCADE")
    need_id: int = Field(primary_key=True, foreign_key="need.id", index=True, ondelete="CASCADE")
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    after: int
