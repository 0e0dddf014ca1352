"""Queries on project ideas."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.strategy.ideas.tables import IdeaAction, IdeaChange, IdeaRow
from core.strategy.ideas.terms import IdeaState


def ideas(db: Session, plan_id: int) -> list[IdeaRow]:
    """A plan's ideas, the most urgent first, those whose urgency nobody could derive last."""
    unknown = sa.case((col(IdeaRow.urgency_score).is_(None), 1), else_=0)
    order = (unknown, col(IdeaRow.urgency_score).desc(), col(IdeaRow.id))
    return list(db.exec(select(IdeaRow).where(IdeaRow.plan_id == plan_id).order_by(*order)))


def some(db: Session, plan_id: int, ids: Collection[int]) -> list[IdeaRow]:
    """Those of the plan's ideas that are named."""
    return list(db.exec(select(IdeaRow).where(IdeaRow.plan_id == plan_id, col(IdeaRow.id).in_(ids)).order_by(col(IdeaRow.id))))


def by_state(db: Session, plan_id: int) -> dict[IdeaState, int]:
    """How many ideas there are of each state."""
    counted = select(IdeaRow.state, sa.func.count()).where(IdeaRow.plan_id == plan_id).group_by(col(IdeaRow.state))
    return {IdeaState(state): number for state, number in db.exec(counted)}


def last_action(db: Session, plan_id: int, account_id: int | None) -> IdeaAction | None:
    """What this person did last on the plan's ideas and has not undone."""
    chosen = select(IdeaAction).where(IdeaAction.plan_id == plan_id, IdeaAction.account_id == account_id, col(IdeaAction.undone).is_(False))
    touched = chosen.where(col(IdeaAction.id).in_(select(IdeaChange.action_id)))
    return db.exec(touched.order_by(col(IdeaAction.id).desc()).limit(1)).first()


def forget_changes(db: Session, idea_ids: Collection[int]) -> None:
    """Delete what is remembered of these ideas: no action on them can be undone any more."""
    db.execute(sa.delete(IdeaChange).where(col(IdeaChange.idea_id).in_(idea_ids)))


def changes(db: Session, action_id: int) -> list[IdeaChange]:
    """What an action changed, as far as the ideas are still there."""
    return list(db.exec(select(IdeaChange).where(IdeaChange.action_id == action_id)))


def standing_changes(db: Session, idea_ids: Collection[int]) -> list[IdeaChange]:
    """What actions that were not undone changed in these ideas."""
    chosen = select(IdeaChange).join(IdeaAction, col(IdeaAction.id) == col(IdeaChange.action_id))
    return list(db.exec(chosen.where(col(IdeaChange.idea_id).in_(idea_ids), col(IdeaAction.undone).is_(False))))
