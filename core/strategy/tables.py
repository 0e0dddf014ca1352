"""Rows of step 1: findings, which documents were decoded when, and what people did, so that it can be undone."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.findings import FindingKind, Perspective


class FindingState(StrEnum):
    """What people decided about a finding. `ASIDE`: the rules took it for something else than a target; a person may take it in."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"
    ASIDE = "aside"


class Origin(StrEnum):
    """Where a finding comes from."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


# A column belongs to one table: each has its own.
_VERSION = sa.Column("version", sa.Integer, nullable=False)
_MATTER_VERSION = sa.Column("version", sa.Integer, nullable=False)


class FindingRow(SQLModel, table=True):
    """A finding of a plan in a document. `quote` is the document's extracted text from `start` to `end`; the other words may be edited.

    `measure` holds a target's `Measure` as JSON, `metric` the name of what it measures. `moved` says that the document has changed since
    and no longer holds the quote. `found` is what decoding found, where a person has changed or parted that since (`Found` as JSON):
    by it the finding is known again when the document is decoded again. `precedent_id` is the finding of an earlier year's plan whose
    decision a person took over, None where somebody decided here.
    """

    __tablename__ = "finding"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

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
    competencies: list[str] = Field(default_factory=list, sa_type=JsonText)
    metric: str = Field(default="", sa_type=sa.Text)
    measure: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    found: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    confidence: float = 1.0
    rule: str = Field(default="", max_length=60)
    cues: list[str] = Field(default_factory=list, sa_type=JsonText)
    origin: Origin = Field(default=Origin.RULE, sa_type=stored_enum(Origin))
    made_by: str = Field(default="", max_length=120)
    state: FindingState = Field(default=FindingState.PENDING, sa_type=stored_enum(FindingState), index=True)
    edited: bool = False
    moved: bool = False
    merged_into: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    precedent_id: int | None = None
    version: int | None = Field(default=None, sa_column=_VERSION)


class SameMatter(SQLModel, table=True):
    """What a person says about a finding of a talk and one of a document, above the rules: whether they are on the same matter."""

    __tablename__ = "same_matter"
    __table_args__ = (
        sa.UniqueConstraint("spoken_id", "written_id", name="uq_same_matter_spoken_written"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _MATTER_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    spoken_id: int = Field(foreign_key="finding.id", index=True, ondelete="CASCADE")
    written_id: int = Field(foreign_key="finding.id", index=True, ondelete="CASCADE")
    same: bool
    set_by: str = Field(default="", max_length=80)
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_MATTER_VERSION)


class DecodedDocument(SQLModel, table=True):
    """That a document was decoded for a plan, or is to be; `decoded_at` None until it has been.

    `made_by` are the rules that did it, `fingerprint` that of the text they read (`Document.fingerprint`), `dated` the day that it was
    written on as somebody had said then. `refined_by` is the model that went over the findings, with its prompt, else "". `notes` are
    messages of core: what came of the model's work, or why none has gone over the document although one was asked.
    """

    __tablename__ = "decoded_document"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "document_id", name="uq_decoded_document_plan_document"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    document_id: int = Field(foreign_key="document.id", index=True, ondelete="CASCADE")
    made_by: str = Field(default="", max_length=120)
    refined_by: str = Field(default="", max_length=120)
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    fingerprint: str = Field(default="", max_length=64)
    dated: date | None = None
    asked_by: int | None = None
    decoded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReviewAction(SQLModel, table=True):
    """One action of a person on findings."""

    __tablename__ = "review_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    account_id: int | None = None
    action: str = Field(max_length=20)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class ReviewChange(SQLModel, table=True):
    """What one finding was before an action (None: the action made it), and the version it then had: enough to undo it.

    It goes with its finding, so that nothing of a document outlives its deletion.
    """

    __tablename__ = "review_change"

    action_id: int = Field(primary_key=True, foreign_key="review_action.id", ondelete="CASCADE")
    finding_id: int = Field(primary_key=True, foreign_key="finding.id", index=True, ondelete="CASCADE")
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    after: int
