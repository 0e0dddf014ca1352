"""Rows of what projects teach and how: items, activities, shares of methods, checklists, actions of transfer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.delivery.content.terms import ActionState, Anchor, Author, Method, Origin, Pattern, Rhythm, ShareKind, Stage, Tier, Way
from core.storage import JsonText, UtcDateTime, now, stored_enum

_CONTENT_VERSION = sa.Column("version", sa.Integer, nullable=False)
_SHARE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_LINE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_TEMPLATE_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ACTION_VERSION = sa.Column("version", sa.Integer, nullable=False)


class ProjectContent(SQLModel, table=True):
    """What a project teaches and how. Its items and activities change with it alone, so its version is theirs too.

    `priority` (5: most important), `earliest`, `due` and `cohort_size` are for the schedule; None: nobody has said, the defaults hold.
    """

    __tablename__ = "project_content"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _CONTENT_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", unique=True, ondelete="CASCADE")
    pattern: Pattern | None = Field(default=None, sa_type=stored_enum(Pattern))
    tier: Tier | None = Field(default=None, sa_type=stored_enum(Tier))
    rhythm: Rhythm | None = Field(default=None, sa_type=stored_enum(Rhythm))
    priority: int | None = None
    earliest: date | None = None
    due: date | None = None
    cohort_size: int | None = None
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_CONTENT_VERSION)


class ContentItemRow(SQLModel, table=True):
    """Something that a project teaches. `advised` is the way that a rule or a model proposes, `rule` and `why` its reason, `made_by` the
    version of the rule, or the prompt and the model; `chosen` is what a person decided against it, for `chosen_why`."""

    __tablename__ = "content_item"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    content_id: int = Field(foreign_key="project_content.id", index=True, ondelete="CASCADE")
    place: int
    name: str = Field(max_length=80)
    learnt: str = Field(default="", max_length=300)
    hours: float
    competency: str = Field(default="", max_length=80)
    level: int | None = None
    use: str = Field(default="", max_length=300)
    material: str = Field(default="", max_length=300)
    subject: str = Field(default="", max_length=40)
    course_id: int | None = Field(default=None, foreign_key="course.id", index=True, ondelete="SET NULL")
    origin: Origin = Field(default=Origin.PERSON, sa_type=stored_enum(Origin))
    advised: Way = Field(sa_type=stored_enum(Way))
    advised_by: Author = Field(default=Author.RULE, sa_type=stored_enum(Author))
    rule: str = Field(default="", max_length=40)
    why: list[Any] = Field(default_factory=list, sa_type=JsonText)
    made_by: str = Field(default="", max_length=120)
    chosen: Way | None = Field(default=None, sa_type=stored_enum(Way))
    chosen_why: str = Field(default="", max_length=200)
    chosen_by: str = Field(default="", max_length=80)


class ActivityRow(SQLModel, table=True):
    """A step of a project's design, in its `place`. `slots` are the half days to be scheduled, 0: it is not scheduled. `min_lag` and
    `max_lag` are half days between the scheduled activity before it and this one. `item_ids` are what it teaches, `reason` why pure
    knowledge is taught face to face here all the same."""

    __tablename__ = "content_activity"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    content_id: int = Field(foreign_key="project_content.id", index=True, ondelete="CASCADE")
    place: int
    stage: Stage = Field(sa_type=stored_enum(Stage))
    name: str = Field(max_length=80)
    method: Method = Field(sa_type=stored_enum(Method))
    slots: int = 0
    hours: float = 0.0
    online: bool = False
    min_lag: int = 0
    max_lag: int | None = None
    equipment: list[str] = Field(default_factory=list, sa_type=JsonText)
    needs_trainer: bool = False
    item_ids: list[int] = Field(default_factory=list, sa_type=JsonText)
    reason: str = Field(default="", max_length=200)


class ContentChange(SQLModel, table=True):
    """What a project's content was before somebody changed it, so that the change can be taken back. `before` None: there was none."""

    __tablename__ = "content_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    content_id: int = Field(foreign_key="project_content.id", index=True, ondelete="CASCADE")
    action: str = Field(max_length=20)
    by: int | None = None
    name: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    made: int


class ShareTarget(SQLModel, table=True):
    """How much of a plan's time a method or a subject is to take, at least, in per cent; `note` says where the figure is from.

    `methods` are the methods that count, `words` those by which an item is told to be on the subject.
    """

    __tablename__ = "share_target"
    __table_args__ = (sa.UniqueConstraint("plan_id", "name", name="uq_share_target_plan_name"), {"sqlite_autoincrement": True})
    __mapper_args__ = {"version_id_col": _SHARE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    place: int
    name: str = Field(max_length=40)
    kind: ShareKind = Field(sa_type=stored_enum(ShareKind))
    methods: list[str] = Field(default_factory=list, sa_type=JsonText)
    words: list[str] = Field(default_factory=list, sa_type=JsonText)
    target: float
    note: str = Field(default="", max_length=200)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_SHARE_VERSION)


class ChecklistLine(SQLModel, table=True):
    """Something to be done before, during or after a project's training: `days` workdays from its first or last training session."""

    __tablename__ = "checklist_line"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _LINE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True, ondelete="CASCADE")
    place: int
    stage: Stage = Field(sa_type=stored_enum(Stage))
    text: str = Field(max_length=120)
    owner: str = Field(default="", max_length=80)
    anchor: Anchor = Field(sa_type=stored_enum(Anchor))
    days: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = Field(default="", max_length=80)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_LINE_VERSION)


class ChecklistTemplate(SQLModel, table=True):
    """The checklist that a plan's projects begin with, as its planner changed it; without one the product's own holds."""

    __tablename__ = "checklist_template"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _TEMPLATE_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", unique=True, ondelete="CASCADE")
    lines: list[Any] = Field(default_factory=list, sa_type=JsonText)
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TEMPLATE_VERSION)


class ProjectSpan(SQLModel, table=True):
    """The days of a project's first and last training session: told by the schedule that was published, or by a person before that."""

    __tablename__ = "project_span"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", unique=True, ondelete="CASCADE")
    first_on: date
    last_on: date
    scheduled: bool = False
    set_by: str = Field(default="", max_length=80)


class TransferAction(SQLModel, table=True):
    """What somebody will do differently after a project, how many `times`, by when, with whom, and what will show it."""

    __tablename__ = "transfer_action"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ACTION_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id", index=True, ondelete="CASCADE")
    employee_id: int = Field(foreign_key="employee.id", index=True, ondelete="CASCADE")
    what: str = Field(max_length=300)
    due_on: date
    with_whom: str = Field(default="", max_length=80)
    evidence: str = Field(default="", max_length=200)
    times: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    done_times: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    state: ActionState = Field(default=ActionState.PLANNED, sa_type=stored_enum(ActionState), index=True)
    note: str = Field(default="", max_length=200)
    done_on: date | None = None
    changed_by: str = Field(default="", max_length=80)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ACTION_VERSION)
