"""Rows of people and of the capability model."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.people.importing.kinds import ImportKind, RunState
from core.people.terms import Dimension, TalentClass
from core.storage import JsonText, UtcDateTime, now, stored_enum

_UNIT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_POST_VERSION = sa.Column("version", sa.Integer, nullable=False)
_EMPLOYEE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_COMPETENCY_VERSION = sa.Column("version", sa.Integer, nullable=False)
_REQUIREMENT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_CERTIFICATE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ANSWERED_VERSION = sa.Column("version", sa.Integer, nullable=False)
_HELD_VERSION = sa.Column("version", sa.Integer, nullable=False)
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


class CertificateRow(SQLModel, table=True):
    """A certificate and the levels that it proves, by the competency's key. `code` names one that came with the product."""

    __tablename__ = "certificate"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CERTIFICATE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    code: str | None = Field(default=None, max_length=120, unique=True)
    name: str = Field(max_length=120, unique=True)
    issuer: str = Field(default="", max_length=120)
    grants: dict[str, int] = Field(default_factory=dict, sa_type=JsonText)
    edition: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CERTIFICATE_VERSION)


class CertificateEdition(SQLModel, table=True):
    """What a certificate was before it was changed."""

    __tablename__ = "certificate_edition"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    certificate_id: int = Field(foreign_key="certificate.id", index=True, ondelete="CASCADE")
    edition: int
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class HeldCertificate(SQLModel, table=True):
    """A certificate that somebody holds since `held_on` (None: nobody knows), until `expires_on`, the last day there is where for good.

    `certificate` is its key: one of the product's, or the branch's own. `removed_at`: taken off, and can be taken back.
    """

    __tablename__ = "held_certificate"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _HELD_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    employee_id: int = Field(foreign_key="employee.id", index=True)
    certificate: str = Field(max_length=120)
    held_on: date | None = None
    expires_on: date | None = None
    number: str = Field(default="", max_length=60)
    recorded_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_by: str = Field(default="", max_length=80)
    version: int | None = Field(default=None, sa_column=_HELD_VERSION)


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


class ProjectGap(SQLModel, table=True):
    """A measured gap that a project answers: of a competency, in a unit, of a post, or both None: wherever it is required.

    `facts` are its figures on the day when it was linked (`core/projects/gaps/facts.py`). `unlinked_at`: taken off, and can be taken back.
    The row stands on this floor because whoever takes people away has to know what rests on them.
    """

    __tablename__ = "project_gap"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ANSWERED_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True, ondelete="CASCADE")
    competency_id: int = Field(foreign_key="competency.id", index=True, ondelete="CASCADE")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="CASCADE")
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, ondelete="CASCADE")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    linked_by: str = Field(default="", max_length=80)
    linked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    unlinked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ANSWERED_VERSION)


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
    """A file that comes in as a whole and can be undone as a whole. `errors` are its rows that stayed out, the first hundreds of them.

    Until it is done, `rows` counts the rows of the table; `failure` says why nothing came in. `done_at` is when its state last changed.
    """

    __tablename__ = "import_run"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    kind: ImportKind = Field(sa_type=stored_enum(ImportKind))
    file_name: str = Field(max_length=255)
    sheet: str = Field(default="", max_length=120)
    state: RunState = Field(default=RunState.DONE, sa_type=stored_enum(RunState))
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    mapping: dict[str, str] = Field(default_factory=dict, sa_type=JsonText)
    errors: list[Any] = Field(default_factory=list, sa_type=JsonText)
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    failure: list[Any] | None = Field(default=None, sa_type=JsonText)
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
    field: str = Field(default="", max_length=120)


class PeopleRevision(SQLModel, table=True):
    """What a table of people holds: another `token` whenever it was written to, so that what was worked out from it is known to be old.

    A random number and no count: a database that is brought back from a backup has its old tokens and its old rows.
    """

    __tablename__ = "people_revision"

    name: str = Field(primary_key=True, max_length=40)
    token: int = Field(sa_type=sa.BigInteger)


class ReleasedGaps(SQLModel, table=True):
    """A state of a competency whose sums were given to those who see no names (`core/people/gaps/state.py`). The last of each is in force,
    the ones before it are kept to compare with."""

    __tablename__ = "released_gaps"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    competency_id: int = Field(foreign_key="competency.id", index=True, ondelete="CASCADE")
    released_on: date
    state: bytes = Field(sa_type=sa.LargeBinary)


RELEASED = "released"
"""What the released states are called among the revisions."""

_FACTS = (Employee, PostCompetency, CompetencyRow, Assessment, CertificateRow, HeldCertificate)
MEASURED = tuple(str(table.__tablename__) for table in _FACTS)
_RAISED = "people_raised"


@sa.event.listens_for(sa.Engine, "before_execute")
def _raise_revision(connection: sa.Connection, statement: Any, *_others: Any) -> None:
    """Whoever writes to these tables, by whatever way and in whichever process, raises the revision in the same transaction."""
    if not isinstance(statement, sa.Insert | sa.Update | sa.Delete):
        return
    name = getattr(statement.table, "name", "")
    if name in MEASURED and name not in raised(connection):
        if not connection.in_nested_transaction():  # what is undone up to a savepoint was not raised
            raised(connection).add(name)
        token = secrets.randbits(62)
        connection.execute(sa.update(PeopleRevision).where(sa.column("name") == name).values(token=token))


def raised(connection: sa.Connection) -> set[str]:
    """The tables of people that the transaction of this connection has written to."""
    transaction = connection.get_transaction()
    held: tuple[Any, set[str]] = connection.info.get(_RAISED, (None, set()))
    if held[0] is not transaction or transaction is None:
        held = connection.info[_RAISED] = (transaction, set())
    return held[1]
