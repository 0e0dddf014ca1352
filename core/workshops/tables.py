"""Rows of workshops: boards, their rounds, what stands on them, who came, what they said, what of it the plan took over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from core.storage import JsonText, UtcDateTime, now, stored_enum
from core.workshops.terms import BoardState, RoundKind, Target

# A column belongs to one table: each has its own.
_BOARD_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ROUND_VERSION = sa.Column("version", sa.Integer, nullable=False)
_ITEM_VERSION = sa.Column("version", sa.Integer, nullable=False)
_TAKEN_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Board(SQLModel, table=True):
    """A workshop of a plan. `round_id` is the round that guests see, `revision` what grows with every change of what is shown.

    The link's token is made of `link_key` and a secret of the data directory; the database alone opens nothing. Only its hash is kept.
    """

    __tablename__ = "workshop_board"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _BOARD_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="annual_plan.id", index=True, ondelete="CASCADE")
    title: str = Field(max_length=60)
    state: BoardState = Field(default=BoardState.DRAFT, sa_type=stored_enum(BoardState))
    round_id: int | None = None
    hide_names: bool = True
    by_code: bool = False
    timer_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    link_key: str = Field(default="", max_length=64)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    link_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 0
    created_by: str = Field(default="", max_length=80)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_BOARD_VERSION)


class Round(SQLModel, table=True):
    """One question of a board, in its `place`. `budget` is that of a ranking under a budget, in yuan."""

    __tablename__ = "workshop_round"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ROUND_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="workshop_board.id", index=True, ondelete="CASCADE")
    kind: RoundKind = Field(sa_type=stored_enum(RoundKind))
    place: int = 0
    question: str = Field(default="", max_length=120)
    budget: float | None = None
    version: int | None = Field(default=None, sa_column=_ROUND_VERSION)


class Guest(SQLModel, table=True):
    """Somebody who joined, under a nickname that nobody else on the board has. Their browser holds a secret, of which the hash is kept."""

    __tablename__ = "workshop_guest"
    __table_args__ = (sa.UniqueConstraint("board_id", "nickname", name="uq_workshop_guest_board_nickname"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="workshop_board.id", index=True, ondelete="CASCADE")
    nickname: str = Field(max_length=24)
    secret_hash: str = Field(max_length=64, unique=True)
    joined_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Code(SQLModel, table=True):
    """A code handed to one person. It seats one guest: used again, it gives that guest's seat to another browser."""

    __tablename__ = "workshop_code"
    __table_args__ = (sa.UniqueConstraint("board_id", "code_hash", name="uq_workshop_code_board_code"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="workshop_board.id", index=True, ondelete="CASCADE")
    code_hash: str = Field(max_length=64)
    guest_id: int | None = Field(default=None, foreign_key="workshop_guest.id", index=True, ondelete="SET NULL")


class Item(SQLModel, table=True):
    """What guests judge: a theme, a goal or a project of the plan as it was then (`subject_id`), or a pain point that a guest wrote.

    `lead_id` is the pain point that it was put under. A hidden one is neither shown nor counted.
    """

    __tablename__ = "workshop_item"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _ITEM_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="workshop_round.id", index=True, ondelete="CASCADE")
    subject_id: int | None = None
    guest_id: int | None = Field(default=None, foreign_key="workshop_guest.id", index=True, ondelete="SET NULL")
    lead_id: int | None = Field(default=None, foreign_key="workshop_item.id", index=True, ondelete="SET NULL")
    text: str = Field(max_length=200)
    detail: str = Field(default="", max_length=400)
    cost: float | None = None
    place: int = 0
    hidden: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_ITEM_VERSION)


class Voice(SQLModel, table=True):
    """What a guest said of an item, once: points, a "me too", a reaction with a rewrite, or a project that they would pay for."""

    __tablename__ = "workshop_voice"
    __table_args__ = (sa.UniqueConstraint("item_id", "guest_id", name="uq_workshop_voice_item_guest"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="workshop_round.id", index=True, ondelete="CASCADE")
    item_id: int = Field(foreign_key="workshop_item.id", ondelete="CASCADE")
    guest_id: int = Field(foreign_key="workshop_guest.id", index=True, ondelete="CASCADE")
    value: int = 0
    text: str = Field(default="", max_length=200)
    hidden: bool = False
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Moderation(SQLModel, table=True):
    """What the facilitator did with items or rewrites, with what was there before, so that it can be taken back, the last one first."""

    __tablename__ = "workshop_moderation"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="workshop_board.id", index=True, ondelete="CASCADE")
    action: str = Field(max_length=20)
    before: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonText)
    by: str = Field(default="", max_length=80)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone: bool = False


class Taken(SQLModel, table=True):
    """A result that a planner took over into the plan: what it went into, what was there before, how many had said so.

    `after` is the version that the taking over left: changed since, it is not taken back over somebody's work.
    """

    __tablename__ = "workshop_taken"
    __table_args__ = {"sqlite_autoincrement": True}
    __mapper_args__ = {"version_id_col": _TAKEN_VERSION}

    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="workshop_board.id", index=True, ondelete="CASCADE")
    round_id: int = Field(foreign_key="workshop_round.id", index=True, ondelete="CASCADE")
    item_id: int | None = Field(default=None, foreign_key="workshop_item.id", index=True, ondelete="SET NULL")
    target: Target = Field(sa_type=stored_enum(Target))
    target_id: int = Field(index=True)
    before: str = Field(default="", max_length=500)
    now_is: str = Field(default="", max_length=500)
    after: int = 0
    voices: int = 0
    guests: int = 0
    batch: str = Field(default="", max_length=32)
    taken_by: str = Field(default="", max_length=80)
    taken_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int | None = Field(default=None, sa_column=_TAKEN_VERSION)
