"""Rows of trainers and venues."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.faculty.terms import Basis, VenueKind
from core.delivery.halves import Half
from core.storage import JsonText, UtcDateTime, now, stored_enum


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer, nullable=False)


_TRAINER, _SKILL, _AWAY, _RATING, _VENUE, _CLOSED, _RULE = (_version() for _ in range(7))


class TrainerRow(SQLModel, table=True):
    """Somebody who teaches: of the branch (`internal`, of the roster where `employee_id` says who) or of an `organisation` outside.

    `role_reason` is why an external one teaches what the branch's own people should; "" where nobody gave a reason. What they teach
    changes with them: `changed_at` moves the version then too.
    """

    __tablename__ = "trainer"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _TRAINER}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=60, index=True)
    internal: bool = True
    employee_id: int | None = Field(default=None, foreign_key="employee.id", unique=True, ondelete="SET NULL")
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True, ondelete="SET NULL")
    organisation: str = Field(default="", max_length=80)
    roles: list[str] = Field(default_factory=list, sa_type=JsonText)
    role_reason: str = Field(default="", max_length=200)
    cost_per_slot: float | None = None
    max_slots_per_month: int | None = None
    max_slots_per_year: int | None = None
    note: str = Field(default="", max_length=500)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TRAINER)


class TrainerSkill(SQLModel, table=True):
    """A competency that somebody teaches; `level` None: as high as the person's own measured level."""

    __tablename__ = "trainer_skill"
    __table_args__ = (
        sa.UniqueConstraint("trainer_id", "competency_id", name="uq_trainer_skill_trainer_competency"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _SKILL}

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    competency_id: int = Field(foreign_key="competency.id", index=True)
    level: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_SKILL)


class TrainerAbsence(SQLModel, table=True):
    """When somebody cannot teach."""

    __tablename__ = "trainer_absence"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _AWAY}

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    starts: date
    first: Half = Field(default=Half.MORNING, sa_type=stored_enum(Half))
    ends: date
    last: Half = Field(default=Half.AFTERNOON, sa_type=stored_enum(Half))
    reason: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_AWAY)


class TrainerRating(SQLModel, table=True):
    """What `n` people thought of somebody's teaching on average: `score` out of `scale_max`, from a `source`, in a session or course."""

    __tablename__ = "trainer_rating"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _RATING}

    id: int | None = Field(default=None, primary_key=True)
    trainer_id: int = Field(foreign_key="trainer.id", index=True, ondelete="CASCADE")
    competency_id: int | None = Field(default=None, foreign_key="competency.id", index=True, ondelete="SET NULL")
    about: str = Field(default="", max_length=120)
    rated_on: date | None = None
    score: float
    scale_max: float = 100.0
    n: int = 1
    source: str = Field(default="", max_length=60)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_RATING)


class VenueRow(SQLModel, table=True):
    """A room for training."""

    __tablename__ = "venue"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _VENUE}

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80, unique=True)
    kind: VenueKind = Field(default=VenueKind.OWN, sa_type=stored_enum(VenueKind))
    address: str = Field(default="", max_length=160)
    capacity: int
    equipment: list[str] = Field(default_factory=list, sa_type=JsonText)
    cost_per_slot: float | None = None
    note: str = Field(default="", max_length=500)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_VENUE)


class VenueAbsence(SQLModel, table=True):
    """When a room cannot be had."""

    __tablename__ = "venue_absence"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CLOSED}

    id: int | None = Field(default=None, primary_key=True)
    venue_id: int = Field(foreign_key="venue.id", index=True, ondelete="CASCADE")
    starts: date
    first: Half = Field(default=Half.MORNING, sa_type=stored_enum(Half))
    ends: date
    last: Half = Field(default=Half.AFTERNOON, sa_type=stored_enum(Half))
    reason: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CLOSED)


class FacultyRule(SQLModel, table=True):
    """What the branch wants of its faculty: the share of its own people, taken of `basis`, and what external people may teach.

    `source` says where the target comes from; `least_level` is how far somebody has to be to teach a competency.
    """

    __tablename__ = "faculty_rule"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _RULE}

    id: int | None = Field(default=None, primary_key=True)
    target: float
    basis: Basis = Field(default=Basis.PEOPLE, sa_type=stored_enum(Basis))
    source: str = Field(default="", max_length=200)
    external_roles: list[str] = Field(default_factory=list, sa_type=JsonText)
    least_level: int = 3
    sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_RULE)
