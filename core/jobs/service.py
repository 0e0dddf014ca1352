"""What people do with background work: see it and stop it. Starting it belongs to the service whose work it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.i18n import Message
from core.jobs import repository
from core.jobs.tables import Job, JobState
from core.jobs.worker import FAULT
from core.storage import Session


@dataclass(frozen=True)
class Progress:
    """How far a job is: `done` of `total` (0 while unknown) of `stage`; `running` False while it waits for its turn."""

    job_id: int
    subject_id: int
    running: bool
    stage: str
    done: int
    total: int
    stopping: bool


def progress(db: Session, kind: str, subject_ids: Sequence[int]) -> dict[int, Progress]:
    """The open job of each subject, by subject id."""
    return {job.subject_id: _progress(job) for job in repository.open_of(db, kind, subject_ids)}


def request_stop(db: Session, kind: str, subject_ids: Sequence[int]) -> int:
    """Ask the open jobs on these subjects to stop; those that have not begun end at once. Returns how many there were."""
    jobs = repository.open_of(db, kind, subject_ids)
    for job in jobs:
        if job.state is JobState.WAITING:
            job.state = JobState.STOPPED
        job.stop_requested = True
    db.flush()
    return len(jobs)


def failures(db: Session, kind: str, subject_ids: Sequence[int]) -> dict[int, Message]:
    """Why the last job on a subject failed, by subject id; those whose last job did not fail are missing."""
    failed = [job for job in repository.last_of(db, kind, subject_ids) if job.state is JobState.FAILED]
    return {job.subject_id: failure(job) or FAULT for job in failed}


def failure(job: Job) -> Message | None:
    """Why a job failed."""
    return Message.from_json(job.error) if job.error else None


def _progress(job: Job) -> Progress:
    assert job.id is not None
    running = job.state is JobState.RUNNING
    return Progress(job.id, job.subject_id, running, job.stage, job.done, job.total, job.stop_requested)
