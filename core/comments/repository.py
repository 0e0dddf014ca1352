"""Queries on comments."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core.comments.tables import Comment, CommentMention
from core.comments.terms import Subject
from core.delivery.timetable.tables import Programme, TrainingSession
from core.goals.needs.tables import NeedRow
from core.plans.tables import AnnualPlan
from core.projects.tables import Project
from core.review.conclusions.tables import Conclusion
from core.review.results.tables import Measure
from core.review.reviews.tables import MeetingDecision
from core.strategy.tables import FindingRow
from core.strategy.themes.tables import Theme

_Row = type[Project | Theme | FindingRow | NeedRow | Measure | Programme | Conclusion | MeetingDecision]
_ROWS: dict[Subject, _Row] = {
    Subject.PROJECT: Project,
    Subject.GOAL: Project,
    Subject.THEME: Theme,
    Subject.FINDING: FindingRow,
    Subject.NEED: NeedRow,
    Subject.MEASURE: Measure,
    Subject.WARNING: Programme,
    Subject.CONCLUSION: Conclusion,
    Subject.DECISION: MeetingDecision,
}


def comments(db: Session, plan_id: int, subject: Subject, subject_id: int) -> list[Comment]:
    """What was said about an item, the first first."""
    chosen = select(Comment).where(Comment.plan_id == plan_id, Comment.subject == subject, Comment.subject_id == subject_id)
    return list(db.exec(chosen.order_by(col(Comment.id))))


def open_counts(db: Session, plan_id: int, subject: Subject) -> dict[int, int]:
    """How many open threads there are about each item of a kind in a plan."""
    chosen = sa.select(col(Comment.subject_id), sa.func.count()).where(col(Comment.plan_id) == plan_id, col(Comment.subject) == subject)
    chosen = chosen.where(col(Comment.thread_id).is_(None), col(Comment.resolved_at).is_(None)).group_by(col(Comment.subject_id))
    return {int(number): int(count) for number, count in db.execute(chosen)}


def thread(db: Session, thread_id: int) -> list[Comment]:
    """A comment that begins a thread, and its answers."""
    return list(db.exec(select(Comment).where((Comment.id == thread_id) | (Comment.thread_id == thread_id))))


def comment(db: Session, comment_id: int) -> Comment | None:
    """One comment."""
    return db.get(Comment, comment_id)


def unread(db: Session, account_id: int) -> list[tuple[Comment, AnnualPlan]]:
    """The comments that name an account and that it has not read, in plans that are not put away, the newest first."""
    chosen = select(Comment, AnnualPlan).join(CommentMention, col(CommentMention.comment_id) == col(Comment.id))
    chosen = chosen.join(AnnualPlan, col(AnnualPlan.id) == Comment.plan_id)
    mine = (CommentMention.account_id == account_id, col(CommentMention.read_at).is_(None), col(AnnualPlan.archived_at).is_(None))
    return [(row, plan) for row, plan in db.exec(chosen.where(*mine).order_by(col(Comment.id).desc()))]


def waiting_threads(db: Session, account_id: int) -> list[tuple[Comment, AnnualPlan]]:
    """The last word of each open thread in which an account wrote or is named and somebody else spoke last, the newest first; of plans
    that are not put away."""
    thread = sa.func.coalesce(col(Comment.thread_id), col(Comment.id))
    wrote = sa.select(thread).where(col(Comment.account_id) == account_id)
    named = sa.select(thread).join(CommentMention, col(CommentMention.comment_id) == col(Comment.id))
    mine = wrote.union(named.where(col(CommentMention.account_id) == account_id))
    last = sa.select(sa.func.max(col(Comment.id))).where(thread.in_(mine)).group_by(thread)
    first = aliased(Comment)
    chosen = select(Comment, AnnualPlan).join(AnnualPlan, col(AnnualPlan.id) == Comment.plan_id)
    chosen = chosen.join(first, col(first.id) == sa.func.coalesce(col(Comment.thread_id), col(Comment.id)))
    open_ones = (col(Comment.id).in_(last), col(first.resolved_at).is_(None), col(AnnualPlan.archived_at).is_(None))
    others = sa.or_(col(Comment.account_id).is_(None), col(Comment.account_id) != account_id)
    return [(row, plan) for row, plan in db.exec(chosen.where(*open_ones, others).order_by(col(Comment.id).desc()))]


def note_read(db: Session, account_id: int, plan_id: int, subject: Subject, subject_id: int, moment: datetime) -> None:
    """Note that an account has read what names it about an item."""
    about = sa.select(col(Comment.id)).where(
        col(Comment.plan_id) == plan_id, col(Comment.subject) == subject, col(Comment.subject_id) == subject_id
    )
    mine = (col(CommentMention.account_id) == account_id, col(CommentMention.read_at).is_(None), col(CommentMention.comment_id).in_(about))
    db.connection().execute(sa.update(CommentMention).where(*mine).values(read_at=moment))


def plan_of(db: Session, subject: Subject, subject_id: int) -> int | None:
    """The plan that an item belongs to, whoever may read it and whether it still stands."""
    if subject is Subject.PLAN:
        return subject_id
    if subject is Subject.SESSION:
        chosen = select(Programme.plan_id).join(TrainingSession, col(TrainingSession.programme_id) == col(Programme.id))
        return db.exec(chosen.where(TrainingSession.id == subject_id)).first()
    kind = _ROWS[subject]
    return db.exec(select(kind.plan_id).where(kind.id == subject_id)).first()
