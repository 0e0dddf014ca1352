"""Rows of approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.approvals.terms import Decision, SubmissionState
from core.storage import JsonText, UtcDateTime, now, stored_enum

_CHAIN_VERSION = sa.Column("version", sa.Integer, nullable=False)
_VERSION = sa.Column("version", sa.Integer, nullable=False)


class ApprovalChain(SQLModel, table=True):
    """The layers that decide on a plan, in their order: `{"name", "accounts"}`."""

    __tablename__ = "approval_chain"
    __mapper_args__ = {"version_id_col": _CHAIN_VERSION}

    plan_id: int = Field(foreign_key="annual_plan.id", primary_key=True, ondelete="CASCADE")
    layers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonText)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CHAIN_VERSION)


class PlanSubmission(SQLModel, table=True):
    """A plan as it was submitted, the `number`th time. `contents` and `layers` are what stood then and are never changed.

    `layer` is the place of the layer whose turn it is, since `waiting_since`; `closed_at` when nothing more is waited for.
    """

    __tablename__ = "plan_submission"
    __table_args__ = (sa.UniqueConstraint("plan_id", "number", name="uq_plan_submission_number"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    number: int
    state: SubmissionState = Field(default=SubmissionState.WAITING, sa_type=stored_enum(SubmissionState), index=True)
    layers: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonText)
    layer: int = 0
    contents: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    note: str = Field(default="", max_length=500)
    submitted_account: int | None = None
    submitted_by: str = Field(default="", max_length=80)
    submitted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    waiting_since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    nudged_by: str = Field(default="", max_length=80)
    nudged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=80)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class ApprovalDecision(SQLModel, table=True):
    """What somebody decided for a layer, in their words. Never changed."""

    __tablename__ = "approval_decision"
    __table_args__ = (sa.UniqueConstraint("submission_id", "layer", name="uq_approval_decision_layer"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="plan_submission.id", index=True, ondelete="CASCADE")
    layer: int
    layer_name: str = Field(max_length=40)
    decision: Decision = Field(sa_type=stored_enum(Decision))
    words: str = Field(default="", max_length=500)
    account_id: int | None = None
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
