"""The worker: takes jobs one after another, tells how far it is, stops when asked, and goes on after a restart.

There is one worker thread in the server. The command line runs the jobs it has made itself, in the foreground. A job says in the database
which process has it, so that a job whose process died goes back to the queue: a few times, since it may be the job that kills it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import psutil

from core.errors import Broken, CexunError, Unavailable
from core.i18n import Message
from core.jobs import repository
from core.jobs.tables import Job, JobState
from core.logs import logger
from core.storage import Database, now

log = logger(__name__)

FAULT = Message("处理时出现意外错误，已记入系统日志。文件仍在，可以稍后重试；若仍失败，请联系系统管理员。")
_MOST_LOST = 3
_REPORT_SECONDS = 0.5
_BEAT_SECONDS = 10.0
_POLL_SECONDS = 1.0
_LOST_AFTER = timedelta(seconds=60)
_KEEP = timedelta(days=30)


class Stopped(Exception):
    """Somebody asked the job to stop, or the worker is ending and the job will go on another time."""


def is_given_up(job: Job) -> bool:
    """Whether the processes that were at a job ended so often that it is not tried again by itself."""
    return job.lost >= _MOST_LOST


def refuse_lost(job: Job) -> None:
    """What each handler begins with, where it would note any other failure too. Raises `Unavailable` for a job that is given up."""
    if is_given_up(job):
        log.error("job_given_up", job=job.id, kind=job.kind, subject=job.subject_id, lost=job.lost)
        raise Unavailable(
            Message(
                "处理这一项时，程序已经 {n} 次意外中断（常见的原因是内存不够），不再自动重试；已有的内容没有改动。"
                "请系统管理员查看服务器的内存和日志，解决后再手动重试。",
                n=job.lost,
            )
        )


class Report:
    """How a handler tells its progress; each call raises `Stopped` once a stop was asked for."""

    def __init__(
        self,
        database: Database,
        job_id: int,
        watch: Callable[[str, int, int], None] | None = None,
        ending: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._job_id = job_id
        self._watch = watch
        self._ending = ending
        self._told = 0.0
        self._beaten = time.monotonic()
        self._stage = ""
        self._stop = False

    def progress(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` steps of `stage` are finished. Cheap: the database hears of it twice a second at most."""
        if self._watch:
            self._watch(stage, done, total)
        if stage != self._stage or done >= total or time.monotonic() - self._told >= _REPORT_SECONDS:
            self._stage, self._told = stage, time.monotonic()
            self._beaten = self._told
            with self._database.writing() as db:
                self._stop = repository.set_progress(db, self._job_id, stage, done, total)
        if self._stop or self._ending():
            raise Stopped

    def should_stop(self) -> bool:
        """Whether the job must end, for code that cannot be interrupted by an exception."""
        if time.monotonic() - self._told >= _REPORT_SECONDS:
            self._told = time.monotonic()
            with self._database.reading() as db:
                job = repository.get(db, self._job_id)
                self._stop = bool(job and job.stop_requested)
            self._beat()
        return self._stop or self._ending()

    @property
    def paused(self) -> bool:
        """Whether nobody asked for a stop: the worker is ending, and the job goes on at the next start."""
        return self._ending() and not self._stop

    def _beat(self) -> None:
        # A scanned page takes long: whoever watches from another machine must see that somebody is at it.
        if self._told - self._beaten >= _BEAT_SECONDS:
            self._beaten = self._told
            with self._database.writing() as db:
                repository.beat_one(db, self._job_id, now())


_HOST = socket.gethostname()[:50]
_SAME_START_SECONDS = 10.0

Handler = Callable[[Job, Report], None]


class Worker:
    """Runs the jobs of one database. `handlers` says what to do for each kind of job, `idle` what is due when none waits."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler], idle: Callable[[], None]) -> None:
        self._database = database
        self._handlers = handlers
        self._idle = idle
        self._end = threading.Event()
        self._wake = threading.Event()
        self._threads: list[threading.Thread] = []
        self.name = f"{_HOST}:{os.getpid()}:{psutil.Process().create_time():.0f}"

    def start(self) -> None:
        """Begin to work in the background."""
        self._end.clear()
        self._threads = [
            threading.Thread(target=self._work, name="jobs", daemon=True),
            threading.Thread(target=self._beat, name="jobs-heartbeat", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End after the present step; what is unfinished goes on at the next start."""
        self._end.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(seconds)

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def run(self, job_ids: Sequence[int] | None = None, watch: Callable[[Job, str, int, int], None] | None = None) -> None:
        """Work until nothing waits (of `job_ids`, if given), here and now."""
        while not self._end.is_set():
            with self._database.writing() as db:
                job = repository.claim_next(db, self.name, list(self._handlers), job_ids)
            if job is None:
                return
            self._run_one(job, watch)

    def _run_one(self, job: Job, watch: Callable[[Job, str, int, int], None] | None) -> None:
        assert job.id is not None
        told = (lambda stage, done, total: watch(job, stage, done, total)) if watch else None
        report = Report(self._database, job.id, told, self._end.is_set)
        state, error = JobState.DONE, None
        try:
            self._handlers[job.kind](job, report)
        except Stopped:
            state = JobState.WAITING if report.paused else JobState.STOPPED
        except CexunError as failure:
            state, error = JobState.FAILED, failure.message.to_json()
        except Exception:
            log.exception("job_failed", job=job.id, kind=job.kind, subject=job.subject_id)
            state, error = JobState.FAILED, FAULT.to_json()
        while not self._noted(job.id, state, error):
            log.warning("job_end_not_noted_yet", job=job.id, kind=job.kind)

    def _noted(self, job_id: int, state: JobState, error: list[object] | None) -> bool:
        """Note how a job ended. While the database cannot be written, a server says no and tries again: to everybody the job would run
        until the next start."""
        try:
            with self._database.writing() as db:
                if state is JobState.WAITING:
                    repository.put_back(db, job_id)
                else:
                    repository.finish(db, job_id, state, error)
        except Unavailable:
            if not self._threads or self._end.wait(_POLL_SECONDS):
                raise
            return False
        return True

    def finish(self, job_ids: Sequence[int], watch: Callable[[Job, str, int, int], None] | None = None) -> None:
        """Return when none of these jobs is open: do those that wait, and wait for those that another process has taken."""
        while not self._end.is_set():
            self.recover()
            self.run(job_ids, watch)
            with self._database.reading() as db:
                if not repository.still_open(db, job_ids):
                    return
            self._end.wait(_REPORT_SECONDS)

    def recover(self) -> int:
        """Put back the jobs whose process is gone; returns how many."""
        with self._database.reading() as db:
            if not any(self._is_lost(job) for job in repository.running(db)):
                return 0
        with self._database.writing() as db:
            lost = [job for job in repository.running(db) if self._is_lost(job)]
            for job in lost:
                assert job.id is not None
                repository.put_back(db, job.id, lost=True)
                log.warning("job_lost", job=job.id, kind=job.kind, subject=job.subject_id, lost=job.lost + 1)
        return len(lost)

    def _is_lost(self, job: Job) -> bool:
        host, process, started = job.worker.rsplit(":", 2)
        if host != _HOST:
            return job.heartbeat_at is None or now() - job.heartbeat_at > _LOST_AFTER
        # After a restart of a container or a machine, another process has the number.
        if int(process) == os.getpid():
            return job.worker != self.name
        return not _is_alive(int(process), float(started))

    def _work(self) -> None:
        while not self._end.is_set():
            try:
                if self._handlers:
                    self.recover()
                    self.run()
                if not self._end.is_set():
                    self._idle()
            except Exception as failure:
                tell_failure("worker_failed", failure, kinds=list(self._handlers))
            self._wake.wait(_POLL_SECONDS)
            self._wake.clear()

    def _beat(self) -> None:
        while not self._end.wait(_LOST_AFTER.total_seconds() / 6):
            try:
                with self._database.writing() as db:
                    repository.beat(db, self.name, now())
                    repository.delete_finished_before(db, now() - _KEEP)
            except Exception as failure:
                tell_failure("heartbeat_failed", failure, kinds=list(self._handlers))


def tell_failure(event: str, failure: Exception, **context: object) -> None:
    """Log a failure of what is tried again by itself: one line where something could not be reached just then, such as a database that is
    busy, all of it where it is a fault."""
    if isinstance(failure, Unavailable) and not isinstance(failure, Broken):
        log.warning(event, reason=str(failure), **context)
    else:
        log.error(event, exc_info=failure, **context)


def _is_alive(process: int, started: float) -> bool:
    try:
        found = psutil.Process(process)
        return bool(found.status() != psutil.STATUS_ZOMBIE and abs(found.create_time() - started) < _SAME_START_SECONDS)
    except psutil.NoSuchProcess:
        return False
