"""Queries on jobs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.jobs.tables import Job, JobState
from core.storage import now

OPEN = (JobState.WAITING, JobState.RUNNING)


def add(db: Session, kind: str, subject_id: int, account_id: int | None) -> Job:
    """A new job at the end of the queue."""
    job = Job(kind=kind, subject_id=subject_id, created_by=account_id)
    db.add(job)
    db.flush()
    return job


def get(db: Session, job_id: int) -> Job | None:
    """The job with this id."""
    return db.get(Job, job_id)


def open_of(db: Session, kind: str, subject_ids: Sequence[int]) -> list[Job]:
    """The jobs of `kind` on these subjects that are waiting or running."""
    chosen = select(Job).where(Job.kind == kind, col(Job.subject_id).in_(subject_ids), col(Job.state).in_(OPEN))
    return list(db.exec(chosen.order_by(col(Job.id))))


def last_of(db: Session, kind: str, subject_ids: Sequence[int]) -> list[Job]:
    """The newest job of `kind` on each of these subjects."""
    newest = select(sa.func.max(Job.id)).where(Job.kind == kind, col(Job.subject_id).in_(subject_ids)).group_by(col(Job.subject_id))
    return list(db.exec(select(Job).where(col(Job.id).in_(newest))))


def all_open(db: Session) -> list[Job]:
    """All jobs that wait or run, oldest first."""
    return list(db.exec(select(Job).where(col(Job.state).in_(OPEN)).order_by(col(Job.id))))


def claim_next(db: Session, worker: str, kinds: Sequence[str], only: Sequence[int] | None) -> Job | None:
    """Take the oldest waiting job of `kinds` (and of the ids `only`, if given) for `worker`; None when there is none."""
    chosen = select(Job.id).where(Job.state == JobState.WAITING, col(Job.kind).in_(kinds)).order_by(col(Job.id)).limit(1)
    if only is not None:
        chosen = chosen.where(col(Job.id).in_(only))
    job_id = db.exec(chosen).first()
    if job_id is None:
        return None
    moment = now()
    taken = db.connection().execute(
        sa.update(Job)
        .where(col(Job.id) == job_id, col(Job.state) == JobState.WAITING)
        .values(state=JobState.RUNNING, worker=worker, started_at=moment, heartbeat_at=moment)
    )
    return db.get(Job, job_id, populate_existing=True) if taken.rowcount else None


def set_progress(db: Session, job_id: int, stage: str, done: int, total: int) -> bool:
    """Note how far a job is; returns whether somebody has asked it to stop."""
    db.connection().execute(sa.update(Job).where(col(Job.id) == job_id).values(stage=stage, done=done, total=total, heartbeat_at=now()))
    return bool(db.exec(select(Job.stop_requested).where(Job.id == job_id)).first())


def finish(db: Session, job_id: int, state: JobState, error: list[object] | None) -> None:
    """Close a job."""
    db.connection().execute(
        sa.update(Job).where(col(Job.id) == job_id).values(state=state, error=error, finished_at=now(), stop_requested=False)
    )


def running(db: Session) -> list[Job]:
    """The jobs that some worker has taken."""
    return list(db.exec(select(Job).where(Job.state == JobState.RUNNING)))


def still_open(db: Session, job_ids: Sequence[int]) -> bool:
    """Whether one of these jobs waits or runs."""
    return db.exec(select(Job.id).where(col(Job.id).in_(job_ids), col(Job.state).in_(OPEN)).limit(1)).first() is not None


def put_back(db: Session, job_id: int, *, lost: bool = False) -> None:
    """Return a job to the queue; `lost`: its worker is gone, and that is counted."""
    again = {"lost": col(Job.lost) + 1} if lost else {}
    db.connection().execute(sa.update(Job).where(col(Job.id) == job_id).values(state=JobState.WAITING, worker="", **again))


def beat(db: Session, worker: str, moment: datetime) -> None:
    """Note that `worker` is alive."""
    db.connection().execute(sa.update(Job).where(col(Job.worker) == worker, col(Job.state) == JobState.RUNNING).values(heartbeat_at=moment))


def beat_one(db: Session, job_id: int, moment: datetime) -> None:
    """Note that somebody is at this job."""
    db.connection().execute(sa.update(Job).where(col(Job.id) == job_id).values(heartbeat_at=moment))


def delete_finished_before(db: Session, moment: datetime) -> None:
    """Forget jobs that ended before `moment`."""
    db.connection().execute(sa.delete(Job).where(col(Job.finished_at) < moment))
