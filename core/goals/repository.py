"""Queries on goals."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.goals.tables import GoalChange, GoalIndicatorRow, ProjectGoal
from core.projects.tables import Project


def of_projects(db: Session, project_ids: Collection[int]) -> dict[int, ProjectGoal]:
    """The goals of these projects, by project."""
    found = db.exec(select(ProjectGoal).where(col(ProjectGoal.project_id).in_(project_ids)))
    return {row.project_id: row for row in found}


def of_project(db: Session, project_id: int) -> ProjectGoal | None:
    """The goal of one project."""
    return db.exec(select(ProjectGoal).where(ProjectGoal.project_id == project_id)).first()


def goal(db: Session, goal_id: int) -> ProjectGoal | None:
    """One goal."""
    return db.get(ProjectGoal, goal_id)


def indicators(db: Session, goal_ids: Collection[int]) -> list[GoalIndicatorRow]:
    """The indicators of these goals, in their places."""
    chosen = select(GoalIndicatorRow).where(col(GoalIndicatorRow.goal_id).in_(goal_ids))
    return list(db.exec(chosen.order_by(col(GoalIndicatorRow.place), col(GoalIndicatorRow.id))))


def drop_indicators(db: Session, goal_id: int) -> None:
    """Take away the indicators of a goal."""
    db.execute(sa.delete(GoalIndicatorRow).where(col(GoalIndicatorRow.goal_id) == goal_id))


def last_change(db: Session, goal_id: int) -> GoalChange | None:
    """The last change of a goal."""
    chosen = select(GoalChange).where(GoalChange.goal_id == goal_id).order_by(col(GoalChange.id).desc())
    return db.exec(chosen).first()


def last_together(db: Session, plan_id: int, account_id: int | None) -> str:
    """The word of an account's last common save of goals in a plan, "" where there is none."""
    chosen = (
        select(GoalChange.together)
        .join(ProjectGoal, col(ProjectGoal.id) == GoalChange.goal_id)
        .join(Project, col(Project.id) == ProjectGoal.project_id)
        .where(Project.plan_id == plan_id, GoalChange.by == account_id, GoalChange.together != "")
    )
    return db.exec(chosen.order_by(col(GoalChange.id).desc())).first() or ""


def changes_together(db: Session, together: str) -> list[GoalChange]:
    """The changes of a common save, the latest first."""
    return list(db.exec(select(GoalChange).where(GoalChange.together == together).order_by(col(GoalChange.id).desc())))
