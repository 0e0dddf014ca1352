"""Working out a timetable in the background: asked for by a person, done by the solver's own processes, stored as a draft.

The plan is read, then solved without any transaction, then written: a fault or a stop before there is any plan leaves everything as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from core import clock
from core.access import repository as accounts
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Right, require
from core.access.audit import record
from core.access.sign_ins import actor_of
from core.delivery.calendar import editing as calendar
from core.delivery.timetable import SOLVE_JOB, repository, service
from core.delivery.timetable.building import NO_DAY_LEFT, Built, Held, build, first_start, number_of, session_key
from core.delivery.timetable.gathering import Gathered, gather, spoken
from core.delivery.timetable.grid import Grid
from core.delivery.timetable.preparing import prepare
from core.delivery.timetable.rooms import same_rooms
from core.delivery.timetable.standing import build_again
from core.delivery.timetable.tables import Placement, Timetable
from core.delivery.timetable.terms import TimetableState
from core.errors import BadInput, NotAllowed, Unavailable
from core.i18n import Message
from core.jobs import repository as jobs
from core.jobs import service as job_service
from core.jobs.service import Progress as JobProgress
from core.jobs.tables import Job
from core.jobs.worker import Report, Stopped, refuse_lost
from core.plans import service as plans
from core.schedule.entities import Problem
from core.schedule.explaining.unplaced import unplaced
from core.schedule.problem import read_problem
from core.schedule.schedule import Progress, Schedule, Status
from core.storage import Database, Session, now

_STAGE = "scheduling"
_WORKERS = 2
_TELL_SECONDS = 1.0
_NOTHING = Message("没有可以排的课次。先在“开班准备”里把班次整理出来。")
_ALL_HOPELESS = Message("没有一节课排得上：没有能讲的讲师，或没有合适的场地。请先看“开班准备”里的“能不能排”。")
_STARTS = Message("从 {day} 起排。")
_BROKEN_OFF = Message("按您的要求提前停下，留下的是到那时为止最好的。")


class Solve(Protocol):
    """The solver."""

    def __call__(
        self,
        problem: Problem,
        *,
        seconds: float,
        workers: int = 2,
        seed: int = 1,
        watch: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Schedule:
        """The best schedule found in so many seconds."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the solver. `based_on` is the timetable whose pins hold; with `stay_close` it is only changed where it must.

    `starts_on` is the first day that it may make use of; None: as early as can be, or as the timetable that it stays close to.
    """

    name: str
    seconds: float
    seed: int = 1
    based_on: int | None = None
    stay_close: bool = False
    why: Message | None = None
    starts_on: date | None = None


@dataclass(frozen=True)
class Going:
    """A timetable that is being worked out: how far the job is, and the best that was found until now (None: nothing yet)."""

    timetable_id: int
    name: str
    job: JobProgress
    total: float | None
    gap: float | None
    unplaced: int | None


class Solver:
    """The handler of `solve_timetable` jobs."""

    def __init__(self, database: Database, solve: Solve) -> None:
        self._database = database
        self._solve = solve

    def handle(self, job: Job, report: Report) -> None:
        """Work out the timetable `job.subject_id`. Raises `Stopped` before there is any plan, `CexunError`."""
        try:
            refuse_lost(job)
            self._work(job, report)
        except Stopped:
            if not report.paused:
                self._end(job.subject_id, TimetableState.FAILED)
            raise
        except Exception:
            self._end(job.subject_id, TimetableState.FAILED)
            raise

    def _work(self, job: Job, report: Report) -> None:
        with self._database.reading() as db:
            asked = repository.timetable(db, job.subject_id)
            if asked is None or asked.state is not TimetableState.WAITING:
                return
            actor = _who(db, job.created_by)
            known = gather(db, actor, asked.plan_id, asked.based_on)
        report.progress(_STAGE, 0, int(asked.seconds))
        if not known.inputs.lessons:
            raise BadInput(_NOTHING)
        built = _built(known, asked)
        if not built.problem["sessions"]:
            too_late = any(why == NO_DAY_LEFT for why in built.hopeless.values())
            raise BadInput(NO_DAY_LEFT if too_late else _ALL_HOPELESS)
        problem = read_problem(built.problem)
        told = _Told(self._database, job, asked.seconds)
        schedule = self._solve(problem, seconds=asked.seconds, workers=_WORKERS, seed=asked.seed, watch=told.watch, stop=report.should_stop)
        schedule = same_rooms(built.problem, problem, explained(problem, schedule))
        if report.paused or (report.should_stop() and not schedule.assignments):
            raise Stopped
        with self._database.writing() as db:
            row = repository.timetable(db, job.subject_id)
            if row is not None and row.state is TimetableState.WAITING:
                store(db, row, known, built, schedule, stopped=report.should_stop())

    def _end(self, timetable_id: int, state: TimetableState) -> None:
        with self._database.writing() as db:
            row = repository.timetable(db, timetable_id)
            if row is not None and row.state is TimetableState.WAITING:
                row.state = state


def _built(known: Gathered, asked: Timetable) -> Built:
    """The problem of a timetable that was asked for, from the day on from which there is something to be decided."""
    if asked.based_on is not None:
        return build_again(known.inputs, clock.today(), stay_close=asked.stay_close, starts=asked.starts_on)
    return build(known.inputs, today=asked.starts_on)


class _Told:
    """Writes down how far the solver is, once a second at most; a database that is busy just then hears of it the next time."""

    def __init__(self, database: Database, job: Job, seconds: float) -> None:
        self._database, self._job, self._seconds = database, job, int(seconds)
        self._at = 0.0

    def watch(self, seen: Progress) -> None:
        """Hear of the best plan until now."""
        if time.monotonic() - self._at < _TELL_SECONDS:
            return
        self._at = time.monotonic()
        with suppress(Unavailable), self._database.writing() as db:
            facts = {"total": seen.objective, "unplaced_sessions": seen.unplaced}
            repository.tell(db, self._job.subject_id, facts, seen.bound, seen.gap)
            jobs.set_progress(db, self._job.id or 0, _STAGE, min(int(seen.seconds), self._seconds), self._seconds)


def ask(db: Session, actor: Actor, plan_id: int, asked: Asked) -> int:
    """Queue a timetable to be worked out, after making ready what is to be scheduled. Returns its number.

    Needs `PLAN_DELIVERY`. Raises `BadInput` where there is nothing to schedule, `NotFound`.
    """
    require(actor, Right.PLAN_DELIVERY)
    plans.find(db, actor, plan_id)
    if not prepare(db, actor, plan_id).sessions:
        raise BadInput(_NOTHING)
    standing = service.find(db, actor, plan_id, asked.based_on) if asked.based_on is not None else None
    calendar.note_used(db, actor, plan_id)
    name = " ".join(asked.name.split())[:80]
    if not name:
        raise BadInput(Message("请给这份排期起个名字。"))
    row = Timetable(
        plan_id=plan_id,
        name=name,
        seed=asked.seed,
        seconds=min(max(1.0, asked.seconds), 600.0),
        based_on=asked.based_on,
        stay_close=asked.stay_close,
        why=asked.why.to_json() if asked.why else None,
        starts_on=_starts(asked, standing, plans.find(db, actor, plan_id).year),
        made_by=actor.name[:80],
    )
    db.add(row)
    db.flush()
    jobs.add(db, SOLVE_JOB, row.id or 0, actor.account_id)
    record(db, actor, "timetable_asked", "timetable", row.id, name=name)
    return row.id or 0


def _starts(asked: Asked, standing: Timetable | None, year: int) -> date:
    """The first day that a timetable may make use of: as somebody says, but none that is past."""
    earliest = first_start(year, clock.today())
    said = standing.starts_on if asked.starts_on is None and asked.stay_close and standing is not None else asked.starts_on
    if said is not None and said.year > year:
        raise BadInput(Message("这个计划是 {year} 年的，请选这一年的日期。", year=str(year)))
    return max(said or earliest, earliest)


def going(db: Session, actor: Actor, plan_id: int) -> list[Going]:
    """The timetables of a plan that are being worked out. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    rows = [row for row in repository.timetables(db, plan_id) if row.state is TimetableState.WAITING]
    open_jobs = job_service.progress(db, SOLVE_JOB, [row.id or 0 for row in rows])
    return [_going(row, open_jobs[row.id or 0]) for row in rows if row.id in open_jobs]


def failures(db: Session, actor: Actor, plan_id: int) -> dict[int, Message]:
    """Why timetables came to nothing, by number. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    rows = [row.id or 0 for row in repository.timetables(db, plan_id) if row.state is TimetableState.FAILED]
    return job_service.failures(db, SOLVE_JOB, rows)


def stop(db: Session, actor: Actor, plan_id: int, timetable_id: int) -> None:
    """Stop working one out: the best until then becomes the draft. Needs `PLAN_DELIVERY`. Raises `NotFound`."""
    require(actor, Right.PLAN_DELIVERY)
    row = service.find(db, actor, plan_id, timetable_id)
    running = any(one.running for one in job_service.progress(db, SOLVE_JOB, [timetable_id]).values())
    job_service.request_stop(db, SOLVE_JOB, [timetable_id])
    if not running and row.state is TimetableState.WAITING:
        row.state = TimetableState.FAILED


def explained(problem: Problem, schedule: Schedule) -> Schedule:
    """The schedule with what would let its unplaced sessions in, where the solver has not said so."""
    if not schedule.unplaced or any(one.relaxations for one in schedule.unplaced):
        return schedule
    return replace(schedule, unplaced=unplaced(problem, schedule.assignments))


def store(db: Session, row: Timetable, known: Gathered, built: Built, schedule: Schedule, *, stopped: bool = False) -> None:
    """Make a schedule the content of a timetable, which is a draft then. Pins stay pins."""
    grid = Grid(known.inputs.days)
    slots = {one.id: one.slots for one in known.inputs.lessons}
    placed = {str(one.session): one for one in schedule.assignments}
    left = {str(one.session): one for one in schedule.unplaced}
    repository.forget_placements(db, row.id or 0)
    for number in slots:
        key, pinned = session_key(number), known.inputs.held.get(number)
        made = Placement(timetable_id=row.id or 0, session_id=number, pinned=sorted(pinned.pinned) if pinned else [])
        if (stood := built.standing.get(number)) is not None:
            _as_it_stood(made, stood, grid, slots[number])
        elif (found := placed.get(key)) is not None:
            made.day, made.slot = grid.days[found.day], found.slot
            made.ends_on = grid.ends_on(made.day, found.slot, slots[number])
            made.trainer_id, made.venue_id = number_of(_text(found.trainer)), number_of(_text(found.venue))
        elif (why := built.hopeless.get(number)) is not None:
            made.reasons = [{"rule": "hopeless", "message": why.to_json()}]
        elif (missing := left.get(key)) is not None:
            made.reasons = [{"rule": one.rule.value, "message": spoken(one.message, known.names).to_json()} for one in missing.reasons]
            made.relaxations = [
                {"rule": one.rule.value, "amount": one.amount, "message": spoken(one.message, known.names).to_json()}
                for one in missing.relaxations
            ]
        db.add(made)
    complete = schedule.status in (Status.OPTIMAL, Status.FEASIBLE)
    row.status = Status.PARTIAL.value if complete and built.hopeless else schedule.status.value
    row.bound, row.gap, row.took = schedule.bound, schedule.gap, schedule.seconds
    row.objective = {"total": schedule.objective.total, **schedule.objective.terms()}
    row.provisional = known.provisional
    row.notes = [one.to_json() for one in (known.calendar, *_from(row.starts_on), *built.notes, *((_BROKEN_OFF,) if stopped else ()))]
    row.state, row.made_at = TimetableState.DRAFT, now()


def _from(starts: date | None) -> tuple[Message, ...]:
    """That a timetable does not begin with its year, in words."""
    return (Message(_STARTS.text, day=starts.isoformat()),) if starts is not None and (starts.month, starts.day) != (1, 1) else ()


def _as_it_stood(made: Placement, stood: Held, grid: Grid, slots: int) -> None:
    assert stood.day is not None
    made.day, made.slot, made.ends_on = stood.day, stood.slot, grid.ends_on(stood.day, stood.slot, slots)
    made.trainer_id, made.venue_id = stood.trainer_id, stood.venue_id
    made.breaks, made.reason = [dict(one) for one in stood.breaks], stood.reason


def copy(db: Session, actor: Actor, plan_id: int, timetable_id: int, name: str) -> int:
    """A draft that is the same as another timetable, to be changed by hand. Returns its number. Needs `PLAN_DELIVERY`."""
    require(actor, Right.PLAN_DELIVERY)
    row = service.find(db, actor, plan_id, timetable_id)
    facts = ("seed", "seconds", "starts_on", "status", "objective", "bound", "gap", "took", "provisional", "notes")
    made = Timetable(
        plan_id=plan_id,
        name=" ".join(name.split())[:80] or row.name,
        state=TimetableState.DRAFT,
        based_on=row.id,
        made_by=actor.name[:80],
        **{one: getattr(row, one) for one in facts},
    )
    db.add(made)
    db.flush()
    standing = {one.id for one in repository.sessions(db, plan_id)}
    columns = ("session_id", "day", "slot", "ends_on", "trainer_id", "venue_id", "pinned", "reasons", "relaxations", "breaks", "reason")
    for one in repository.placements(db, timetable_id):
        if one.session_id in standing:
            db.add(Placement(timetable_id=made.id or 0, changed_by=one.changed_by, **{name: getattr(one, name) for name in columns}))
    record(db, actor, "timetable_copied", "timetable", made.id, of=timetable_id)
    return made.id or 0


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _going(row: Timetable, job: JobProgress) -> Going:
    return Going(row.id or 0, row.name, job, row.objective.get("total"), row.gap, row.objective.get("unplaced_sessions"))


def _who(db: Session, account_id: int | None) -> Actor:
    """Whoever asked for it: it is theirs, as their rights are now."""
    if account_id is None:
        return LOCAL_ADMINISTRATOR
    account = accounts.account(db, account_id)
    if account is None or not account.enabled:
        raise NotAllowed(Message("发起排期的账户已停用，没有排。请由人力资源负责人重新发起。"))
    return actor_of(account, "")
