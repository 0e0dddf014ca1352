"""Rows of people and of the capability model."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.people.importing.kinds import ImportKind
from core.people.terms import Dimension, TalentClass
from core.storage import JsonText, UtcDateTime, now, stored_enum

_UNIT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_POST_VERSION = sa.Column("version", sa.Integer, nullable=False)
_EMPLOYEE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_COMPETENCY_VERSION = sa.Column("version", sa.Integer, nullable=False)
_REQUIREMENT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ASSESSMENT_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Unit(SQLModel, table=True):
    """A unit of the branch. `parent_id` makes them a tree. `sample`, here and elsewhere: it came with the fictional sample branch."""

    __tablename__ = "unit"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _UNIT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="SET NULL")
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_UNIT_VERSION)


class UnitCharge(SQLModel, table=True):
    """A unit, with all below it, in the charge of an account: its manager reads the people there."""

    __tablename__ = "unit_charge"
    __table_args__ = (sa.UniqueConstraint("account_id", "unit_id", name="uq_unit_charge_account_unit"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    unit_id: int = Field(foreign_key="unit.id", index=True, ondelete="CASCADE")


class Post(SQLModel, table=True):
    """A post that people hold."""

    __tablename__ = "post"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _POST_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60, unique=True)
    family: str = Field(default="", max_length=60)
    talent_class: TalentClass | None = Field(default=None, sa_type=stored_enum(TalentClass))
    line: str = Field(default="", max_length=60)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_POST_VERSION)


class Employee(SQLModel, table=True):
    """Somebody who works, or worked until `left_at`, in the branch. `employee_no` is a text: its leading zeros belong to it."""

    __tablename__ = "employee"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _EMPLOYEE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    employee_no: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=60)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    manager_id: int | None = Field(default=None, foreign_key="employee.id", index=True, ondelete="SET NULL")
    hire_date: date | None = None
    line: str = Field(default="", max_length=60)
    left_at: date | None = None
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_EMPLOYEE_VERSION)


class CompetencyRow(SQLModel, table=True):
    """A competency of the branch's model. `code` names one that came with the product; `edition` counts how often its content changed."""

    __tablename__ = "competency"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _COMPETENCY_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, max_length=40, unique=True)
    name: str = Field(max_length=80, unique=True)
    aliases: list[str] = Field(default_factory=list, sa_type=JsonText)
    dimension: Dimension = Field(sa_type=stored_enum(Dimension))
    talent_class: TalentClass | None = Field(default=None, sa_type=stored_enum(TalentClass))
    definition: str = Field(default="", sa_type=sa.Text)
    levels: list[str] = Field(default_factory=list, sa_type=JsonText)
    assessed_by: list[str] = Field(default_factory=list, sa_type=JsonText)
    indicators: list[str] = Field(default_factory=list, sa_type=JsonText)
    edition: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_COMPETENCY_VERSION)


class CompetencyEdition(SQLModel, table=True):
    """What a competency was before it was changed."""

    __tablename__ = "competency_edition"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    competency_id: int = Field(foreign_key="competency.id", index=True, ondelete="CASCADE")
    edition: int
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PostCompetency(SQLModel, table=True):
    """What level of a competency a post requires, and how much it weighs beside the post's others."""

    __tablename__ = "post_competency"
    __table_args__ = (
        sa.UniqueConstraint("post_id", "competency_id", name="uq_post_competency_post_competency"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _REQUIREMENT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    competency_id: int = Field(foreign_key="competency.id", index=True)
    required_level: int
    weight: float = 1.0
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_REQUIREMENT_VERSION)


class Assessment(SQLModel, table=True):
    """A score of somebody in a competency, out of `scale_max`, from one source on one day (None where nobody knows it)."""

    __tablename__ = "assessment"
    __table_args__ = (
        sa.Index("ix_assessment_competency_employee", "competency_id", "employee_id"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _ASSESSMENT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    competency_id: int = Field(foreign_key="competency.id")
    score: float
    scale_max: float
    source: str = Field(default="", max_length=60)
    assessed_on: date | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ASSESSMENT_VERSION)


class ImportRun(SQLModel, table=True):
    """A file that came in as a whole and can be undone as a whole. `errors` are its rows that stayed out, the first hundreds of them."""

    __tablename__ = "import_run"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: ImportKind = Field(sa_type=stored_enum(ImportKind))
    file_name: str = Field(max_length=255)
    sheet: str = Field(default="", max_length=120)
    rows: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=JsonText)
    errors: list[Any] = Field(default_factory=list, sa_type=JsonText)
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    done_by: str = Field(default="", max_length=80)
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportChange(SQLModel, table=True):
    """A row that an import wrote: what it was `before` (None: it was not there), and its versions before and afterwards."""

    __tablename__ = "import_change"
    __table_args__ = (sa.Index("ix_import_change_subject_row", "subject", "row_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="import_run.id", index=True, ondelete="CASCADE")
    subject: str = Field(max_length=20)
    row_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    before_version: int | None = None
    row_version: int


class ColumnMapping(SQLModel, table=True):
    """Which field a column of this name was the last time; "" is a column that was left out on purpose."""

    __tablename__ = "column_mapping"
    __table_args__ = (sa.UniqueConstraint("kind", "header", name="uq_column_mapping_kind_header"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    kind: ImportKind = Field(sa_type=stored_enum(ImportKind))
    header: str = Field(max_length=200)
    field: str = Field(default="", max_length=40)
