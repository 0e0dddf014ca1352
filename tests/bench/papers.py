"""How long the documents of a large plan take, and what of memory: the Word file, both decks, the workbook, the calendar file."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import psutil
from sqlmodel import Session, SQLModel, col, select

from core.access.actor import LOCAL_ADMINISTRATOR
from core.delivery.feeds import service as feeds
from core.delivery.feeds.terms import About
from core.delivery.timetable import publishing
from core.delivery.timetable import repository as timetable
from core.delivery.timetable.tables import Cohort, Placement, Programme, TrainingSession
from core.delivery.timetable.terms import TimetableState
from core.demo import service as demo
from core.exports.leadership import service as papers
from core.exports.leadership.making import Wanted
from core.exports.leadership.terms import Paper
from core.goals.tables import GoalIndicatorRow, ProjectGoal
from core.instance import Instance, open_instance
from core.plans import service as plans
from core.projects import repository as projects
from tests.bench.measuring import Figure

PROJECTS, SESSIONS = 60, 500
_LIMITS = {Paper.PLAN: 10.0, Paper.DECISION: 5.0, Paper.REVIEW: 5.0, Paper.WORKBOOK: 5.0}
_NAMES = {Paper.PLAN: "Word", Paper.DECISION: "deck for deciding", Paper.REVIEW: "deck for reviewing", Paper.WORKBOOK: "workbook"}
_SEATS = 30

Row = TypeVar("Row", bound=SQLModel)


def measure(folder: Path) -> Iterator[Figure]:
    """Load the sample branch, let its year grow, and make each document once, as the first that a server makes."""
    instance = open_instance(folder / "papers")
    try:
        plan = prepare(instance)
        with instance.database.reading() as db:
            size = f"{len(_held(db, plan))} sessions, {len(projects.projects(db, plan))} projects, {len(_programmes(db, plan))} programmes"
        before = psutil.Process().memory_info().rss
        for paper, limit in _LIMITS.items():
            yield _figure(_NAMES[paper], partial(_paper, instance, plan, paper), limit, size)
        yield _figure("calendar (.ics)", partial(_calendar, instance, plan), 5.0, size)
        after = psutil.Process().memory_info().rss
        yield Figure("papers: memory after all of them", (after - before) / 2**20, "MB", size="more than before the first, in one process")
    finally:
        instance.close()


def prepare(instance: Instance) -> int:
    """The sample branch with a year that has grown; a library that has it already is used as it is. Returns the plan's number."""
    with instance.database.writing() as db:
        if not plans.plans(db, LOCAL_ADMINISTRATOR):
            demo.load(db, instance.settings, LOCAL_ADMINISTRATOR, demo.build_files())
    instance.worker.run()
    with instance.database.writing() as db:
        plan = next(one.id or 0 for one in plans.plans(db, LOCAL_ADMINISTRATOR) if timetable.published(db, one.id or 0) is not None)
        if len(_held(db, plan)) < SESSIONS:
            _more_projects(db, plan)
            _more_sessions(db, plan)
    return plan


def _more_projects(db: Session, plan: int) -> None:
    standing = projects.projects(db, plan)
    for number, one in enumerate(standing[: PROJECTS - len(standing)]):
        made = _copied(db, one, name=f"{one.name[:70]}（{number + 2}）", idea_id=None)
        for goal in db.exec(select(ProjectGoal).where(ProjectGoal.project_id == one.id)):
            new = _copied(db, goal, project_id=made.id)
            for row in db.exec(select(GoalIndicatorRow).where(GoalIndicatorRow.goal_id == goal.id)):
                _copied(db, row, goal_id=new.id)
        for programme in db.exec(select(Programme).where(Programme.project_id == one.id)):
            _copied(db, programme, project_id=made.id, name=made.name)


def _more_sessions(db: Session, plan: int) -> None:
    """Further cohorts of all programmes, each with the sessions of one that there is, some weeks on; published as the next version."""
    standing = timetable.published(db, plan)
    assert standing is not None
    draft = _copied(db, standing, state=TimetableState.DRAFT, name="第二版")
    placed = _held(db, plan)
    for place, _session in placed:
        _copied(db, place, timetable_id=draft.id)
    by_cohort: dict[int, list[tuple[Placement, TrainingSession]]] = {}
    for place, session in placed:
        by_cohort.setdefault(session.cohort_id, []).append((place, session))
    count, sources = len(placed), itertools.cycle(by_cohort.values())
    for number, programme in enumerate(itertools.cycle(_programmes(db, plan))):
        if count >= SESSIONS:
            break
        cohort = Cohort(programme_id=programme.id or 0, number=100 + number, seats=_SEATS)
        db.add(cohort)
        db.flush()
        for place, session in next(sources)[: SESSIONS - count]:
            own = _copied(db, session, programme_id=programme.id, cohort_id=cohort.id)
            _copied(db, place, timetable_id=draft.id, session_id=own.id, **_later(place, number % 20))
            count += 1
    db.flush()
    publishing.publish(db, LOCAL_ADMINISTRATOR, plan, draft.id or 0, draft.version or 0, "")


def _later(place: Placement, weeks: int) -> dict[str, date]:
    assert place.day is not None
    last = place.ends_on or place.day
    on = timedelta(weeks=weeks) if (last + timedelta(weeks=weeks)).year == last.year else timedelta()
    return {"day": place.day + on, "ends_on": last + on}


def _held(db: Session, plan: int) -> list[tuple[Placement, TrainingSession]]:
    standing = timetable.published(db, plan)
    chosen = select(Placement, TrainingSession).join(TrainingSession, col(TrainingSession.id) == Placement.session_id)
    chosen = chosen.where(Placement.timetable_id == (standing.id if standing else 0), col(Placement.day).is_not(None))
    return list(db.exec(chosen.order_by(col(Placement.id))))


def _programmes(db: Session, plan: int) -> list[Programme]:
    return list(
        db.exec(select(Programme).where(Programme.plan_id == plan, col(Programme.removed_at).is_(None)).order_by(col(Programme.id)))
    )


def _copied(db: Session, row: Row, **changed: Any) -> Row:
    """A row like another, under a number of its own."""
    made = type(row)(**{**row.model_dump(exclude={"id", "version"}), **changed})
    db.add(made)
    db.flush()
    return made


def _paper(instance: Instance, plan: int, paper: Paper) -> bytes:
    with instance.database.reading() as db:
        return papers.file_of(db, LOCAL_ADMINISTRATOR, plan, Wanted(paper, "zh", ()))


def _calendar(instance: Instance, plan: int) -> bytes:
    with instance.database.reading() as db:
        return feeds.calendar(db, LOCAL_ADMINISTRATOR, plan, feeds.Subject(About.PLAN), "zh").content


def _figure(name: str, make: Callable[[], bytes], limit: float, size: str) -> Figure:
    began, busy = perf_counter(), process_time()
    content = make()
    seconds, busy = perf_counter() - began, process_time() - busy
    return Figure(f"papers: {name}", seconds, "s", limit, size=f"{size}, {len(content) >> 10} kB, {busy:.1f} s of processor time")
