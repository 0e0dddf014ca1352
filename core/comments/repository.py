"""Queries on comments."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.comments.tables import Comment, CommentMention
from core.comments.terms import Subject
from core.delivery.timetable.tables import Programme, TrainingSession
from core.plans.tables import AnnualPlan


def comments(db: Session, plan_id: int, subject: Subject, subject_id: int) -> list[Comment]:
    """What was said about an item, the first first."""
    chosen = select(Comment).where(Comment.plan_id == plan_id, Comment.subject == subject, Comment.subject_id == subject_id)
    return list(db.exec(chosen.order_by(col(Comment.id))))


def comment(db: Session, comment_id: int) -> Comment | None:
    """One comment."""
    return db.get(Comment, comment_id)


def unread(db: Session, account_id: int) -> list[tuple[Comment, AnnualPlan]]:
    """The comments that name an account and that it has not read, in plans that are not put away, the newest first."""
    chosen = select(Comment, AnnualPlan).join(CommentMention, col(CommentMention.comment_id) == col(Comment.id))
    chosen = chosen.join(AnnualPlan, col(AnnualPlan.id) == Comment.plan_id)
    mine = (CommentMention.account_id == account_id, col(CommentMention.read_at).is_(None), col(AnnualPlan.archived_at).is_(None))
    return [(row, plan) for row, plan in db.exec(chosen.where(*mine).order_by(col(Comment.id).desc()))]


def note_read(db: Session, account_id: int, plan_id: int, subject: Subject, subject_id: int, moment: datetime) -> None:
    """Note that an account has read what names it about an item."""
    about = sa.select(col(Comment.id)).where(
        col(Comment.plan_id) == plan_id, col(Comment.subject) == subject, col(Comment.subject_id) == subject_id
    )
    mine = (col(CommentMention.account_id) == account_id, col(CommentMention.read_at).is_(None), col(CommentMention.comment_id).in_(about))
    db.connection().execute(sa.update(CommentMention).where(*mine).values(read_at=moment))


def plan_of_session(db: Session, session_id: int) -> int | None:
    """The plan that a session belongs to."""
    chosen = select(Programme.plan_id).join(TrainingSession, col(TrainingSession.programme_id) == col(Programme.id))
    return db.exec(chosen.where(TrainingSession.id == session_id)).first()
