"""Rows of the timetable: what is to be held, for which cohorts, in which sessions; when each is held in a timetable; what was published.

Trainers, venues and activities are named by their numbers alone: what was held stays on record when one of them is put away.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.timetable.terms import Origin, Policy, TimetableState
from core.storage import JsonText, UtcDateTime, now, stored_enum

_RULES_VERSION = sa.Column("version", sa.Integer, nullable=False)
_PROGRAMME_VERSION = sa.Column("version", sa.Integer, nullable=False)
_COHORT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_MEMBER_VERSION = sa.Column("version", sa.Integer, nullable=False, server_default="1")
_SESSION_VERSION = sa.Column("version", sa.Integer, nullable=False)
_TIMETABLE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_PLACEMENT_VERSION = sa.Column("version", sa.Integer, nullable=False)


class TimetableRules(SQLModel, table=True):
    """What a plan's timetable must keep to, where the plan says otherwise than the product (`rules.py` has the defaults).

    `facts` are those rules by name.
    """

    __tablename__ = "timetable_rules"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _RULES_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", unique=True, ondelete="CASCADE")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    policy: Policy = Field(default=Policy.REASON, sa_type=stored_enum(Policy))
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_RULES_VERSION)


class Programme(SQLModel, table=True):
    """Something to be held in a year: a project of the plan, or an entry of the bank's own list (`project_id` None).

    `activities` are what it consists of where its rows came from a list; a project's own come from its design. What a person set
    (`cohort_size`, `priority`, `earliest`, `due`, None: as the project has it) stands over the project's. `audience` are the units,
    posts and the number of people that a list asked for; `formed` says whom its cohorts were formed of, and how.
    """

    __tablename__ = "programme"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _PROGRAMME_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=120)
    origin: Origin = Field(sa_type=stored_enum(Origin))
    cohort_size: int | None = None
    priority: int | None = None
    earliest: date | None = None
    due: date | None = None
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    activities: list[Any] = Field(default_factory=list, sa_type=JsonText)
    formed: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_PROGRAMME_VERSION)


class Cohort(SQLModel, table=True):
    """A group of people who go through a programme together. `seats`: how many, where nobody is named yet; `by_hand`: a person said so.

    A cohort that is needed no more is marked as removed: what it was given in a timetable stays on record.
    """

    __tablename__ = "cohort"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "number", name="uq_cohort_programme_number"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _COHORT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True, ondelete="CASCADE")
    number: int
    name: str = Field(default="", max_length=80)
    seats: int | None = None
    by_hand: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_COHORT_VERSION)


class CohortMember(SQLModel, table=True):
    """Somebody in a cohort. `by_hand`: a person put them there, and no rule moves them."""

    __tablename__ = "cohort_member"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "employee_id", name="uq_cohort_member_cohort_employee"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _MEMBER_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    by_hand: bool = False
    version: int | None = Field(default=None, sa_column=_MEMBER_VERSION)


class TrainingSession(SQLModel, table=True):
    """A part of a programme that a cohort takes at one time: the cohort's own copy of an activity.

    `place` orders those of a cohort; each begins `min_lag` to `max_lag` half days (None: any) after the end of the one before it.
    `activity_key` is what it is a copy of: `d12` the activity 12 of a design, `l3` the third line of a list.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "activity_key", name="uq_training_session_cohort_activity"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _SESSION_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id", index=True, ondelete="CASCADE")
    cohort_id: int = Field(foreign_key="cohort.id", index=True, ondelete="CASCADE")
    activity_key: str = Field(max_length=24)
    place: int
    name: str = Field(max_length=120)
    stage: str = Field(default="during", max_length=12)
    method: str = Field(default="", max_length=40)
    slots: int
    online: bool = False
    needs_trainer: bool = True
    competency_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    equipment: list[str] = Field(default_factory=list, sa_type=JsonText)
    trainer_names: list[str] = Field(default_factory=list, sa_type=JsonText)
    min_lag: int = 0
    max_lag: int | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_SESSION_VERSION)


class Timetable(SQLModel, table=True):
    """A way in which the year can go: a scenario until it is published. What the solver said of it stands beside it.

    `objective` is the total by term, `bound` what no timetable can be below, `gap` how far it may be from the best. `based_on` is the
    timetable whose pins it keeps, and to which it was to `stay_close`; `why` says what made it necessary. What nobody fixed begins on
    `starts_on` at the earliest. `provisional`: the year's calendar was not yet published.
    """

    __tablename__ = "timetable"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _TIMETABLE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=80)
    state: TimetableState = Field(default=TimetableState.WAITING, sa_type=stored_enum(TimetableState), index=True)
    seed: int = 1
    seconds: float = 30.0
    based_on: int | None = None
    stay_close: bool = False
    why: list[Any] | None = Field(default=None, sa_type=JsonText)
    starts_on: date | None = None
    status: str = Field(default="", max_length=20)
    objective: dict[str, Any] = Field(default_factory=dict, sa_type=JsonText)
    bound: float | None = None
    gap: float | None = None
    took: float | None = None
    provisional: bool = False
    notes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    made_by: str = Field(default="", max_length=80)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TIMETABLE_VERSION)


class Placement(SQLModel, table=True):
    """When, by whom and where a session is held in a timetable; `day` None: it found no place, for these `reasons`.

    `pinned` are the parts (terms `Part`) that the solver must leave as they are. `breaks` are the rules that somebody moved it against,
    for this `reason`.
    """

    __tablename__ = "placement"
    __table_args__ = (
        sa.UniqueConstraint("timetable_id", "session_id", name="uq_placement_timetable_session"),
        {"sqlite_autoincrement": True},
    )
    __mapper_args__ = {"version_id_col": _PLACEMENT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    timetable_id: int = Field(foreign_key="timetable.id", index=True, ondelete="CASCADE")
    session_id: int = Field(foreign_key="training_session.id", index=True, ondelete="CASCADE")
    day: date | None = None
    slot: int = 0
    ends_on: date | None = None
    trainer_id: int | None = None
    venue_id: int | None = None
    pinned: list[str] = Field(default_factory=list, sa_type=JsonText)
    reasons: list[Any] = Field(default_factory=list, sa_type=JsonText)
    relaxations: list[Any] = Field(default_factory=list, sa_type=JsonText)
    breaks: list[Any] = Field(default_factory=list, sa_type=JsonText)
    reason: str = Field(default="", max_length=300)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_PLACEMENT_VERSION)


class PlacementAction(SQLModel, table=True):
    """Something that a person did to a timetable, so that it can be taken back: `before` are the placements as they were."""

    __tablename__ = "placement_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    timetable_id: int = Field(foreign_key="timetable.id", index=True, ondelete="CASCADE")
    account_id: int | None = None
    name: str = Field(default="", max_length=80)
    action: str = Field(max_length=20)
    before: list[Any] = Field(default_factory=list, sa_type=JsonText)
    undone: bool = False
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PublishedVersion(SQLModel, table=True):
    """A timetable as it was published: every session in words, whatever becomes of the rows; `changes` since the version before it."""

    __tablename__ = "published_version"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "number", name="uq_published_version_plan_number"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    timetable_id: int | None = Field(default=None, foreign_key="timetable.id", index=True, ondelete="SET NULL")
    number: int
    note: str = Field(default="", max_length=300)
    lines: list[Any] = Field(default_factory=list, sa_type=JsonText)
    changes: list[Any] = Field(default_factory=list, sa_type=JsonText)
    published_by: str = Field(default="", max_length=80)
    published_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
