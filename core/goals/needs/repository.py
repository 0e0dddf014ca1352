"""Queries on needs and on the rounds in which units are asked for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.goals.needs.tables import AskedUnit, NeedAction, NeedChange, NeedRow, NeedsCall, NeedsNudge
from core.goals.needs.terms import NeedState, Via
from core.projects.tables import Project, ProjectState


def needs(db: Session, plan_id: int, unit_ids: Collection[int] | None = None) -> list[NeedRow]:
    """A plan's needs, those of these units alone unless None; the latest first."""
    chosen = select(NeedRow).where(NeedRow.plan_id == plan_id)
    if unit_ids is not None:
        chosen = chosen.where(col(NeedRow.unit_id).in_(unit_ids))
    return list(db.exec(chosen.order_by(col(NeedRow.created_at).desc(), col(NeedRow.id).desc())))


def some(db: Session, plan_id: int, ids: Collection[int]) -> list[NeedRow]:
    """Those of the plan's needs that are named, oldest first."""
    return list(db.exec(select(NeedRow).where(NeedRow.plan_id == plan_id, col(NeedRow.id).in_(ids)).order_by(col(NeedRow.id))))


def need(db: Session, need_id: int) -> NeedRow | None:
    """One need."""
    return db.get(NeedRow, need_id)


def in_project(db: Session, project_id: int) -> list[int]:
    """The needs that are merged into a project."""
    return list(db.exec(select(NeedRow.id).where(NeedRow.project_id == project_id, NeedRow.state == NeedState.MERGED)))  # type: ignore[arg-type]


def waiting(db: Session, plan_id: int) -> int:
    """How many needs of a plan wait: filed, or merged into a project that was withdrawn since."""
    merged = sa.and_(NeedRow.state == NeedState.MERGED, col(Project.id).is_(None))  # type: ignore[arg-type]
    standing = sa.and_(col(Project.id) == NeedRow.project_id, col(Project.state) == ProjectState.STANDING)
    chosen = select(sa.func.count()).select_from(NeedRow).join(Project, standing, isouter=True)
    return db.exec(chosen.where(NeedRow.plan_id == plan_id, sa.or_(NeedRow.state == NeedState.FILED, merged))).one()  # type: ignore[arg-type]


def calls(db: Session, plan_id: int) -> list[NeedsCall]:
    """A plan's rounds, the latest first."""
    return list(db.exec(select(NeedsCall).where(NeedsCall.plan_id == plan_id).order_by(col(NeedsCall.id).desc())))


def call(db: Session, call_id: int) -> NeedsCall | None:
    """One round."""
    return db.get(NeedsCall, call_id)


def asked(db: Session, call_id: int) -> list[AskedUnit]:
    """The units that a round asks, in the order in which they were put on its list."""
    return list(db.exec(select(AskedUnit).where(AskedUnit.call_id == call_id).order_by(col(AskedUnit.id))))


def asked_unit(db: Session, asked_id: int) -> AskedUnit | None:
    """One of these."""
    return db.get(AskedUnit, asked_id)


def asked_by(db: Session, token_hash: str) -> AskedUnit | None:
    """The unit whose link has this token."""
    return db.exec(select(AskedUnit).where(AskedUnit.token_hash == token_hash)).first()


def answers(db: Session, asked_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """How many needs each asked unit has filed, and when the last; drafts are no answer."""
    counted = select(NeedRow.asked_id, sa.func.count(), sa.func.max(NeedRow.created_at))
    chosen = counted.where(col(NeedRow.asked_id).in_(asked_ids), NeedRow.state != NeedState.DRAFT).group_by(col(NeedRow.asked_id))
    return {asked_id or 0: (number, last) for asked_id, number, last in db.exec(chosen)}


def through(db: Session, asked_id: int) -> list[NeedRow]:
    """The needs that came in through a unit's link, oldest first."""
    chosen = select(NeedRow).where(NeedRow.asked_id == asked_id, NeedRow.via == Via.LINK)
    return list(db.exec(chosen.order_by(col(NeedRow.id))))


def nudges(db: Session, asked_ids: Collection[int]) -> list[NeedsNudge]:
    """When these units were reminded, oldest first."""
    return list(db.exec(select(NeedsNudge).where(col(NeedsNudge.asked_id).in_(asked_ids)).order_by(col(NeedsNudge.id))))


def last_action(db: Session, plan_id: int, account_id: int | None) -> NeedAction | None:
    """What this person did last on the plan's needs and has not undone; what came through links is nobody's account's."""
    chosen = select(NeedAction).where(
        NeedAction.plan_id == plan_id,
        NeedAction.account_id == account_id,
        col(NeedAction.asked_id).is_(None),
        col(NeedAction.undone).is_(False),
    )
    touched = chosen.where(col(NeedAction.id).in_(select(NeedChange.action_id)))
    return db.exec(touched.order_by(col(NeedAction.id).desc()).limit(1)).first()


def changes(db: Session, action_id: int) -> list[NeedChange]:
    """What an action changed, as far as the needs are still there."""
    return list(db.exec(select(NeedChange).where(NeedChange.action_id == action_id)))


def standing_changes(db: Session, need_ids: Collection[int]) -> list[NeedChange]:
    """What actions that were not undone changed in these needs."""
    chosen = select(NeedChange).join(NeedAction, col(NeedAction.id) == col(NeedChange.action_id))
    return list(db.exec(chosen.where(col(NeedChange.need_id).in_(need_ids), col(NeedAction.undone).is_(False))))


def history(db: Session, need_id: int) -> list[NeedAction]:
    """What was done with a need and not undone, oldest first."""
    chosen = select(NeedAction).join(NeedChange, col(NeedChange.action_id) == col(NeedAction.id))
    return list(db.exec(chosen.where(NeedChange.need_id == need_id, col(NeedAction.undone).is_(False)).order_by(col(NeedAction.id))))
