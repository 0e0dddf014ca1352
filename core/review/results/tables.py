"""Rows of results: what is measured, what was measured, its sums, and the files that it came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.review.results.terms import Aggregation, Direction, Frequency, Moment, ResultKind, SourceKind
from core.storage import JsonText, UtcDateTime, now, stored_enum

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Measure(SQLModel, table=True):
    """Something that is measured for a project, or for the plan as a whole (`project_id` None).

    `indicator_key` names the indicator of a goal that it follows ("" where a person added it); such a measure's name, unit, operator,
    target, baseline, level, source and owner are the goal's. `target` with + and - is by how much `baseline` is to change.
    `removed_at`: it is measured no more, its results stay.
    """

    __tablename__ = "measure"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=60)
    level: int
    kind: SourceKind = Field(sa_type=stored_enum(SourceKind))
    source: str = Field(default="", max_length=80)
    unit: str = Field(default="", max_length=20)
    direction: Direction = Field(default=Direction.UP, sa_type=stored_enum(Direction))
    frequency: Frequency = Field(default=Frequency.ONCE, sa_type=stored_enum(Frequency))
    aggregation: Aggregation = Field(default=Aggregation.MEAN, sa_type=stored_enum(Aggregation))
    baseline: float | None = None
    operator: str = Field(default="", max_length=2)
    target: float | None = None
    weight: float | None = None
    due: date | None = None
    owner: str = Field(default="", max_length=80)
    indicator_key: str = Field(default="", max_length=120, index=True)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VERSION)


class ResultImport(SQLModel, table=True):
    """A file of results that came in as a whole and can be undone as a whole. `digest` tells the same file again.

    `errors` are its rows that stayed out, the first hundreds of them.
    """

    __tablename__ = "result_import"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    kind: ResultKind = Field(sa_type=stored_enum(ResultKind))
    file_name: str = Field(default="", max_length=255)
    sheet: str = Field(default="", max_length=120)
    digest: str = Field(default="", max_length=64)
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=JsonText)
    errors: list[Any] = Field(default_factory=list, sa_type=JsonText)
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    done_by: str = Field(default="", max_length=80)
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Result(SQLModel, table=True):
    """One result: a person's, or a unit's, on a day. Never changed: a newer file that says otherwise puts another in its place.

    `replaced_by` is the import that did so; only those without it count. There may be millions: they are written and summed in SQL.
    """

    __tablename__ = "result"
    __table_args__ = (
        sa.Index("ix_result_measure_on", "measure_id", "on", "employee_id"),
        sa.Index(
            "ix_result_replaced_by",
            "replaced_by",
            sqlite_where=sa.text("replaced_by IS NOT NULL"),
            postgresql_where=sa.text("replaced_by IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", ondelete="CASCADE")
    on: date
    employee_id: int | None = Field(default=None, foreign_key="employee.id", index=True, ondelete="CASCADE")
    unit_id: int | None = None
    session_id: int | None = None
    moment: Moment = Field(default=Moment.AFTER, sa_type=stored_enum(Moment))
    value: float
    import_id: int = Field(foreign_key="result_import.id", index=True, ondelete="CASCADE")
    replaced_by: int | None = None


class ResultSum(SQLModel, table=True):
    """The standing results of a measure in a unit (0: none, -1: all together), a month (its first day) and a moment.

    `attendances` are results (人次), `people` different persons among them, `unnamed` results of nobody in particular. `passes` are
    values of at least 1. People of several months are not to be added: `ResultPeople` counts them.
    """

    __tablename__ = "result_sum"

    measure_id: int = Field(foreign_key="measure.id", primary_key=True, ondelete="CASCADE")
    unit_id: int = Field(primary_key=True)
    month: date = Field(primary_key=True)
    moment: Moment = Field(sa_type=stored_enum(Moment), primary_key=True)
    attendances: int
    people: int
    unnamed: int
    sum: float
    sum_squares: float
    passes: int


class ResultDay(SQLModel, table=True):
    """The standing results of a measure on a day, those from before the training apart: how many, and their sum. Warnings read days."""

    __tablename__ = "result_day"

    measure_id: int = Field(foreign_key="measure.id", primary_key=True, ondelete="CASCADE")
    on: date = Field(primary_key=True)
    attendances: int
    sum: float


class ResultPeople(SQLModel, table=True):
    """How many different persons the results of a measure are of, those from before the training apart: by unit, -1 in all."""

    __tablename__ = "result_people"

    measure_id: int = Field(foreign_key="measure.id", primary_key=True, ondelete="CASCADE")
    unit_id: int = Field(primary_key=True)
    people: int


class XapiStatement(SQLModel, table=True):
    """A statement of a learning platform that came in, so that it does not come in twice."""

    __tablename__ = "xapi_statement"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="result_import.id", index=True, ondelete="CASCADE")
    statement: str = Field(max_length=64, unique=True)


class ResultColumn(SQLModel, table=True):
    """Which field, or which measure's name, a column of this name was the last time; "" is one that was left out on purpose."""

    __tablename__ = "result_column"
    __table_args__ = (sa.UniqueConstraint("kind", "header", name="uq_result_column_kind_header"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    kind: ResultKind = Field(sa_type=stored_enum(ResultKind))
    header: str = Field(max_length=200)
    field: str = Field(default="", max_length=120)
