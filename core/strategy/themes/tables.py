"""Rows of strategic themes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.strategy.findings import Perspective
from core.strategy.themes.grouping import Reason
from core.strategy.themes.tags import Layer

# A column belongs to one table: each has its own.
_THEME_VERSION = sa.Column("version", sa.Integer, nullable=False)
_LINK_VERSION = sa.Column("version", sa.Integer, nullable=False)
_LOCAL_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Theme(SQLModel, table=True):
    """A strategic theme of a plan. `position` orders themes within their band; `made_by` is the rule that suggested it, or "".

    `named_by` is the rule that named it, "" once a person has written or chosen the name.
    """

    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _THEME_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=60)
    perspective: Perspective = Field(sa_type=stored_enum(Perspective))
    layer: Layer | None = Field(default=None, sa_type=stored_enum(Layer))
    lenses: list[str] = Field(default_factory=list, sa_type=JsonText)
    owner: str = Field(default="", max_length=80)
    indicator: str = Field(default="", max_length=200)
    weight: float = 0.0
    position: int = 0
    made_by: str = Field(default="", max_length=40)
    named_by: str = Field(default="", max_length=40)
    created_by: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_THEME_VERSION)


class ThemeMember(SQLModel, table=True):
    """Where a finding belongs and why. `theme_id` None: a person took it out of all themes, and no suggestion puts it back."""

    __tablename__ = "theme_member"

    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="CASCADE")
    reason: Reason = Field(sa_type=stored_enum(Reason))
    score: float | None = None
    moved_by: int | None = None
    moved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ThemeLink(SQLModel, table=True):
    """One theme carries another. `suggested` until a person confirms it; `made_by` is the rule that suggested it, or "".

    `why` is a message of core that says what spoke for a suggested link, `note` what people wrote about it.
    """

    __tablename__ = "theme_link"
    __table_args__ = (
        sa.UniqueConstraint("cause_id", "effect_id", name="uq_theme_link_cause_effect"),
        sa.CheckConstraint("cause_id <> effect_id", name="ck_theme_link_two_themes"),
    )
    __mapper_args__ = {"version_id_col": _LINK_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    cause_id: int = Field(foreign_key="theme.id", ondelete="CASCADE")
    effect_id: int = Field(foreign_key="theme.id", index=True, ondelete="CASCADE")
    note: str = Field(default="", max_length=200)
    why: list[object] | None = Field(default=None, sa_type=JsonText)
    suggested: bool = False
    made_by: str = Field(default="", max_length=40)
    version: int | None = Field(default=None, sa_column=_LINK_VERSION)


class Localisation(SQLModel, table=True):
    """The branch's version of one HQ clause, and the branch fact that justifies it: `quote` is the document's text from start to end."""

    __mapper_args__ = {"version_id_col": _LOCAL_VERSION}

    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    text: str = Field(default="", sa_type=sa.Text)
    fact_document_id: int | None = Field(default=None, foreign_key="document.id", index=True, ondelete="SET NULL")
    fact_start: int = 0
    fact_end: int = 0
    fact_page: int = 0
    fact_heading: list[str] = Field(default_factory=list, sa_type=JsonText)
    fact_quote: str = Field(default="", sa_type=sa.Text)
    changed_by: int | None = None
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_LOCAL_VERSION)


class ThemeAction(SQLModel, table=True):
    """What a person did with the themes of a plan in one go; `undone`: it was taken back."""

    __tablename__ = "theme_action"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    action: str = Field(max_length=40)
    account_id: int | None = None
    done_by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class ThemeChange(SQLModel, table=True):
    """What a theme, the place of a finding or, with `effect_id`, the link from a theme to that one was `before` an action (None: nowhere)
    and what the action left behind (empty: nothing; of a branch's version of a clause that it brought, only its version).

    It goes with its themes or finding, so that nothing of a document outlives its deletion.
    """

    __tablename__ = "theme_change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="theme_action.id", index=True, ondelete="CASCADE")
    theme_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="CASCADE")
    effect_id: int | None = Field(default=None, foreign_key="theme.id", index=True, ondelete="CASCADE")
    finding_id: int | None = Field(default=None, foreign_key="finding.id", index=True, ondelete="CASCADE")
    before: dict[str, Any] | None = Field(default=None, sa_type=JsonText)
    after: dict[str, Any] = Field(sa_type=JsonText)
