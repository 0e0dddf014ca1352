"""Rows of talent: what people decided about somebody whom the rule found to stand out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.talent.terms import Decision
from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class TalentDecision(SQLModel, table=True):
    """What somebody decided about a person as a high potential, and why. The product does nothing with it.

    `facts` are the figures that the rule went by on that day, `rule` its version.
    """

    __tablename__ = "talent_decision"
    __table_args__ = (
        sa.UniqueConstraint(
            *("plan_id", "employee_id", "competency_id", "measure_id", "source"), name="uq_talent_decision_plan_employee_competency_measure"
        ),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    competency_id: int = Field(foreign_key="competency.id", index=True, ondelete="CASCADE")
    measure_id: int = Field(foreign_key="measure.id", index=True, ondelete="CASCADE")
    source: str = Field(default="", max_length=60)
    family: str = Field(default="", max_length=60)
    decision: Decision = Field(sa_type=stored_enum(Decision))
    reason: str = Field(default="", max_length=300)
    rule: str = Field(default="", max_length=40)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)
