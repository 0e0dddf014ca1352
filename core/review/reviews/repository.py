"""Queries on quality findings, meetings and their decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.delivery.attendance.tables import SessionFeedback
from core.delivery.content.tables import TransferAction
from core.delivery.timetable.tables import Programme, TrainingSession
from core.projects.tables import Project
from core.review.reviews.tables import MeetingDecision, QualityFinding, ReviewMeeting
from core.review.reviews.terms import WorkState


def findings(db: Session, plan_id: int) -> list[QualityFinding]:
    """What was found in a plan, in order."""
    return list(db.exec(select(QualityFinding).where(QualityFinding.plan_id == plan_id).order_by(col(QualityFinding.id))))


def finding(db: Session, finding_id: int) -> QualityFinding | None:
    """One of them."""
    return db.get(QualityFinding, finding_id)


def meetings(db: Session, plan_id: int) -> list[ReviewMeeting]:
    """The meetings of a plan by quarter."""
    return list(db.exec(select(ReviewMeeting).where(ReviewMeeting.plan_id == plan_id).order_by(col(ReviewMeeting.quarter))))


def meeting(db: Session, meeting_id: int) -> ReviewMeeting | None:
    """One of them."""
    return db.get(ReviewMeeting, meeting_id)


def decisions(db: Session, plan_id: int) -> list[MeetingDecision]:
    """What a plan's meetings decided, what is due first."""
    chosen = select(MeetingDecision).where(MeetingDecision.plan_id == plan_id)
    return list(db.exec(chosen.order_by(col(MeetingDecision.due), col(MeetingDecision.id))))


def decision(db: Session, decision_id: int) -> MeetingDecision | None:
    """One of them."""
    return db.get(MeetingDecision, decision_id)


def overdue(db: Session, plan_id: int, today: date) -> int:
    """How many decisions of a plan's meetings are past their day and not done."""
    chosen = select(sa.func.count()).select_from(MeetingDecision).where(MeetingDecision.plan_id == plan_id)
    return int(db.exec(chosen.where(MeetingDecision.state == WorkState.OPEN, col(MeetingDecision.due) < today)).one())


def marks(db: Session, plan_id: int) -> list[tuple[int, int, dict[str, int]]]:
    """What those who came to a plan's sessions thought: the project, who, marks by question."""
    chosen: Any = (
        select(Programme.project_id, SessionFeedback.employee_id, SessionFeedback.marks)
        .join(TrainingSession, col(TrainingSession.id) == SessionFeedback.session_id)
        .join(Programme, col(Programme.id) == TrainingSession.programme_id)
        .where(Programme.plan_id == plan_id, col(Programme.project_id).is_not(None))
    )
    return [(project, who, said) for project, who, said in db.execute(chosen)]


def actions(db: Session, plan_id: int, today: date) -> list[tuple[int, int, Any]]:
    """What people were to do after a plan's projects by this day: the project, who, how far it is."""
    chosen: Any = (
        select(TransferAction.project_id, TransferAction.employee_id, TransferAction.state)
        .join(Project, col(Project.id) == TransferAction.project_id)
        .where(Project.plan_id == plan_id, TransferAction.due_on <= today)
    )
    return [(project, who, state) for project, who, state in db.execute(chosen)]
