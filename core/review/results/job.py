"""The background job that takes a file of results in, and the service that starts, follows and stops it.

An import is one transaction: a stop, or the end of the process, leaves nothing of it behind. One whose process died begins again.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from dataclasses import dataclass
from functools import partial

from core.access.actor import Actor, Right, require
from core.access.audit import record
from core.errors import CexunError, Unavailable
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.tables import Job, JobState
from core.jobs.worker import FAULT, Report, Stopped, refuse_lost
from core.logs import logger
from core.people.importing.job import who_asked
from core.plans import service as plans
from core.review.results import importing
from core.review.results.kinds import is_known
from core.review.results.pieces import is_long, pieces
from core.review.results.terms import ResultKind
from core.review.results.waiting import Order, Orders
from core.settings import Settings
from core.sheets.finding import find
from core.sheets.opening import open_content
from core.storage import Database, Session

log = logger(__name__)

RESULTS_JOB = "import_results"
_READING = "reading"
_TELL_SECONDS = 0.3


@dataclass(frozen=True)
class Busy:
    """An import that waits for its turn (`running` False) or is at work: `done` of `total` parts, 0 while the file is read."""

    job_id: int
    kind: ResultKind
    name: str
    running: bool
    done: int
    total: int
    stopping: bool


class Importer:
    """The handler of `import_results` jobs, whose subject is a plan."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._orders = Orders(settings.result_imports)

    def handle(self, job: Job, report: Report) -> None:
        """Take in the file of the job. Raises `Stopped` and `CexunError`, and then has written no row.

        A fault is logged without the values of the file.
        """
        job_id = job.id or 0
        try:
            refuse_lost(job)
            self._import(job_id, job.created_by, report)
        except Stopped:
            if not report.paused:
                self._orders.drop(job_id)
            raise
        except CexunError:
            self._orders.drop(job_id)
            raise
        except Exception as fault:
            # Where it came up, and not its message, which may quote the file.
            where = "".join(traceback.format_tb(fault.__traceback__))
            log.error("result_import_failed", job=job_id, fault=type(fault).__name__, where=where)
            self._orders.drop(job_id)
            raise Unavailable(FAULT) from None
        self._orders.drop(job_id)

    def _import(self, job_id: int, account_id: int | None, report: Report) -> None:
        order, path = self._orders.of(job_id), self._orders.file(job_id)
        report.progress(_READING, 0, 1)
        heard = partial(self._heard, job_id, report, [0.0])
        heard(0, 0)
        take = self._in_pieces if is_long(order.name, path.stat().st_size) else self._whole
        take(job_id, order, account_id, heard)

    def _in_pieces(self, job_id: int, order: Order, account_id: int | None, heard: importing.Heard) -> None:
        path = self._orders.file(job_id)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with self._database.writing() as db:
            actor = who_asked(db, account_id)
            tables = pieces(path, heard)
            importing.import_chunks(
                db, actor, order.plan_id, order.kind, order.name, tables, order.given, digest, order.chosen, lambda: heard(1, 1)
            )
            # Up to here a stop is heard: what is committed is there.
            heard(1, 1)

    def _whole(self, job_id: int, order: Order, account_id: int | None, heard: importing.Heard) -> None:
        content, given = self._orders.file(job_id).read_bytes(), order.given
        xapi = order.kind is ResultKind.XAPI
        table = None if xapi else find(open_content(order.name, content), is_known)
        heard(0, 0)
        # Whoever writes meanwhile need not wait for the file to be understood.
        with self._database.reading() as db:
            actor = who_asked(db, account_id)
            if table is None:
                prepared = importing.prepare_statements(db, actor, order.plan_id, content, given.project_id)
            else:
                prepared = importing.prepare(db, actor, order.plan_id, order.kind, table, given.project_id)
            made = prepared.read(prepared.mapping if order.chosen is None else order.chosen, given)
        heard(0, 0)
        with self._database.writing() as db:
            actor = who_asked(db, account_id)
            importing.import_reading(db, actor, order.plan_id, order.name, made, table, content, heard)
            heard(1, 1)

    def _heard(self, job_id: int, report: Report, told: list[float], done: int, total: int) -> None:
        if report.paused or self._orders.stop_asked(job_id):
            raise Stopped
        if time.monotonic() - told[0] >= _TELL_SECONDS:
            told[0] = time.monotonic()
            self._orders.tell(job_id, done, total)


def ask(db: Session, actor: Actor, settings: Settings, order: Order, content: bytes) -> int:
    """Queue a file to be taken in; returns the number of the job.

    Needs `KEEP_REVIEW`. Raises `NotFound`, `Conflict` for a file that stands already.
    """
    require(actor, Right.KEEP_REVIEW)
    plans.find(db, actor, order.plan_id)
    importing.refuse_twice(db, order.plan_id, hashlib.sha256(content).hexdigest())
    job = jobs.add(db, RESULTS_JOB, order.plan_id, actor.account_id)
    Orders(settings.result_imports).keep_file(job.id or 0, order, content)
    return job.id or 0


def busy(db: Session, actor: Actor, settings: Settings, plan_id: int) -> list[Busy]:
    """The imports of a plan that wait or are at work, in order. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    orders = Orders(settings.result_imports)
    return [_busy(job, orders) for job in jobs.open_of(db, RESULTS_JOB, [plan_id])]


def failure(db: Session, actor: Actor, plan_id: int) -> Message | None:
    """Why the last import of a plan brought nothing; None where it did, or is still at it. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    return job_service.failures(db, RESULTS_JOB, [plan_id]).get(plan_id)


def stop(db: Session, actor: Actor, settings: Settings, one: Busy) -> None:
    """Stop an import: one that waits ends at once, one at work before its next piece. Nothing of it stays. Needs `KEEP_REVIEW`."""
    require(actor, Right.KEEP_REVIEW)
    orders = Orders(settings.result_imports)
    orders.ask_to_stop(one.job_id, actor.account_id)
    if one.running:
        # The import has the database to itself: asking there would wait until it is done.
        return
    job = jobs.get(db, one.job_id)
    if job is not None and job.state is JobState.WAITING:
        job.state, job.stop_requested = JobState.STOPPED, True
        record(db, actor, "import_stopped", "plan", job.subject_id, kind=one.kind.value, file=one.name)
        orders.drop(one.job_id)


def tidy(db: Session, settings: Settings) -> None:
    """Housekeeping: delete the files that no job waits for."""
    waiting = {job.id or 0 for job in jobs.all_open(db) if job.kind == RESULTS_JOB}
    Orders(settings.result_imports).sweep(waiting)


def _busy(job: Job, orders: Orders) -> Busy:
    job_id = job.id or 0
    try:
        order = orders.of(job_id)
        kind, name = order.kind, order.name
    except CexunError:
        kind, name = ResultKind.PERFORMANCE, ""
    done, total = orders.told(job_id)
    running = job.state is JobState.RUNNING
    return Busy(job_id, kind, name, running, done, total, job.stop_requested or orders.stop_asked(job_id))
