"""The background job that imports a table, and the service that starts, follows and stops it.

An import is one transaction: a stop, or the end of the process, leaves nothing of it behind. One whose process died begins again.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock
from core.access import repository as accounts
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, require
from core.access.audit import record
from core.access.sign_ins import actor_of
from core.errors import CexunError, NotAllowed, Unavailable
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.tables import Job
from core.jobs.worker import FAULT, Report, Stopped, refuse_lost
from core.logs import logger
from core.people.importing import repository, service
from core.people.importing.kinds import ImportKind, RunState
from core.people.importing.planning import NOTHING_GIVEN, mapping_for, require_columns
from core.people.importing.waiting import Order, Waiting
from core.people.roster import history as corrections
from core.people.tables import ImportRun
from core.settings import Settings
from core.sheets.finding import Table
from core.storage import Database, Session, now

log = logger(__name__)

IMPORT_JOB = "import_people"
_CHECKING = "checking"
_TELL_SECONDS = 0.3
_LOST = Message("导入没有完成，也没有写入任何行。请重新导入。")


@dataclass(frozen=True)
class Busy:
    """An import that waits for its turn (`running` False) or is at work: `done` of `total` rows are written, 0 while they are checked."""

    run_id: int
    kind: ImportKind
    file_name: str
    rows: int
    running: bool
    done: int
    total: int
    stopping: bool


class Importer:
    """The handler of `import_people` jobs."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._waiting = Waiting(settings.imports)

    def handle(self, job: Job, report: Report) -> None:
        """Import the table of the run `job.subject_id`. Raises `Stopped` and `CexunError`, and then has written no row.

        A fault is logged without the values of the table.
        """
        run_id = job.subject_id
        try:
            refuse_lost(job)
            self._import(job, report)
        except Stopped:
            if not report.paused:
                self._end(run_id, RunState.STOPPED)
            raise
        except CexunError as failure:
            self._end(run_id, RunState.FAILED, failure.message)
            raise
        except Exception as fault:
            # Where it came up, and not its message, which may quote the table.
            where = "".join(traceback.format_tb(fault.__traceback__))
            log.error("import_failed", job=job.id, run=run_id, fault=type(fault).__name__, where=where)
            self._end(run_id, RunState.FAILED, FAULT)
            raise Unavailable(FAULT) from None
        self._waiting.drop(run_id)

    def _import(self, job: Job, report: Report) -> None:
        run_id = job.subject_id
        with self._database.reading() as db:
            asked = repository.run(db, run_id)
        # What was committed before its process died is not done again.
        if asked is None or asked.state is not RunState.WAITING:
            return
        order = self._waiting.order(run_id)
        report.progress(_CHECKING, 0, len(order.table.rows))
        told = 0.0

        def heard(done: int, total: int) -> None:
            nonlocal told
            if report.paused or self._waiting.stop_asked(run_id):
                raise Stopped
            if done >= total or time.monotonic() - told >= _TELL_SECONDS:
                told = time.monotonic()
                self._waiting.tell(run_id, done, total)

        heard(0, len(order.table.rows))
        given = _understood(order.given)
        with self._database.reading() as db:
            # Whoever writes meanwhile need not wait: only what was found to be true is written under the lock.
            looked = service.look(db, who_asked(db, job.created_by), asked.kind, order.table, order.chosen, clock.today(), given)
        heard(0, len(order.table.rows))
        with self._database.writing() as db:
            run = repository.run(db, run_id)
            if run is None or run.state is not RunState.WAITING:
                return
            actor = who_asked(db, job.created_by)
            service.import_table(db, actor, run.kind, run.file_name, order.table, order.chosen, clock.today(), heard, given, run, looked)
            # Up to here a stop is heard: what is committed is there.
            heard(run.rows, run.rows)

    def _end(self, run_id: int, state: RunState, failure: Message | None = None) -> None:
        with self._database.writing() as db:
            run = repository.run(db, run_id)
            if run is not None and run.state is RunState.WAITING:
                run.state, run.done_at = state, now()
                run.failure = failure.to_json() if failure else None
                if state is RunState.STOPPED:
                    _note_stop(db, _who_stopped(db, self._waiting.who_stops(run_id)), run)
        self._waiting.drop(run_id)


def ask(
    db: Session,
    actor: Actor,
    settings: Settings,
    kind: ImportKind,
    file_name: str,
    table: Table,
    chosen: Mapping[str, str],
    given: Mapping[str, Any] = NOTHING_GIVEN,
) -> int:
    """Queue a table to be imported; returns the number of the import. Raises `BadInput` when a necessary column is missing."""
    require(actor, Right.EDIT_PEOPLE)
    require_columns(kind, table, mapping_for(kind, table, chosen, {}))
    run = ImportRun(
        kind=kind,
        file_name=file_name[:255],
        sheet=table.sheet[:120],
        state=RunState.WAITING,
        rows=len(table.rows),
        done_by=actor.name[:80],
    )
    db.add(run)
    db.flush()
    assert run.id is not None
    packed = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in given.items()}
    Waiting(settings.imports).keep(run.id, Order(table, chosen, packed))
    jobs.add(db, IMPORT_JOB, run.id, actor.account_id)
    return run.id


def busy(db: Session, actor: Actor, settings: Settings) -> list[Busy]:
    """The imports that wait or are at work, in order. Needs `READ_PEOPLE`."""
    require(actor, Right.READ_PEOPLE)
    rows = repository.waiting(db)
    open_jobs = job_service.progress(db, IMPORT_JOB, [row.id or 0 for row in rows])
    return [_busy(row, job, Waiting(settings.imports)) for row in rows if (job := open_jobs.get(row.id or 0))]


def stop(db: Session, actor: Actor, settings: Settings, one: Busy) -> None:
    """Stop an import: one that waits ends at once, one at work before its next thousand rows. Nothing of it stays. Needs `EDIT_PEOPLE`."""
    require(actor, Right.EDIT_PEOPLE)
    waiting = Waiting(settings.imports)
    waiting.ask_to_stop(one.run_id, actor.account_id)
    if one.running:
        # The import has the database to itself: asking there would wait until it is done.
        return
    running = any(job.running for job in job_service.progress(db, IMPORT_JOB, [one.run_id]).values())
    job_service.request_stop(db, IMPORT_JOB, [one.run_id])
    run = repository.run(db, one.run_id)
    if run is not None and not running and run.state is RunState.WAITING:
        run.state, run.done_at = RunState.STOPPED, now()
        _note_stop(db, actor, run)
        waiting.drop(one.run_id)


def tidy(db: Session, settings: Settings) -> None:
    """Housekeeping: close what waits without a job, delete tables that nobody waits for, forget old values after their time."""
    rows = repository.waiting(db)
    open_jobs = job_service.progress(db, IMPORT_JOB, [row.id or 0 for row in rows])
    for row in rows:
        if row.id not in open_jobs:
            row.state, row.failure, row.done_at = RunState.FAILED, _LOST.to_json(), now()
    db.flush()
    Waiting(settings.imports).sweep(open_jobs.keys())
    service.forget_expired(db)
    corrections.forget_expired(db)


def _busy(row: ImportRun, job: job_service.Progress, waiting: Waiting) -> Busy:
    run_id = row.id or 0
    done, total = waiting.told(run_id)
    stopping = job.stopping or waiting.stop_asked(run_id)
    return Busy(run_id, row.kind, row.file_name, row.rows, job.running, done, total, stopping)


def _understood(given: Mapping[str, str]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name == "date" else value for name, value in given.items()}


def who_asked(db: Session, account_id: int | None) -> Actor:
    """Whoever asked for an import: it is theirs, as their rights are now. Raises `NotAllowed` for an account that was disabled."""
    if account_id is None:
        return LOCAL_ADMINISTRATOR
    account = accounts.account(db, account_id)
    if account is None or not account.enabled:
        raise NotAllowed(Message("发起导入的账户已停用，没有导入。请由人力资源负责人重新导入。"))
    return actor_of(account, "")


def _who_stopped(db: Session, account_id: int | None) -> Actor:
    account = accounts.account(db, account_id) if account_id is not None else None
    return actor_of(account, "") if account else LOCAL_ADMINISTRATOR


def _note_stop(db: Session, actor: Actor, run: ImportRun) -> None:
    record(db, actor, "import_stopped", "import_run", run.id, kind=run.kind.value, file=run.file_name)
