"""How fast the four levels and the page of the year are over two million results, warm and after new ones, and what of memory.

First what the two pages read, then whole runs of the pages by the real server in front of a browser.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil
import sqlalchemy as sa

from core.access.actor import LOCAL_ADMINISTRATOR
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance, open_instance
from core.people.importing import repository as people
from core.plans import service as plans
from core.projects.tables import Project
from core.review.executive import service as executive
from core.review.levels import service as levels
from core.review.results import repository, service
from core.review.results.measuring import MeasureDraft
from core.review.results.tables import ResultImport
from core.review.results.terms import Aggregation, Moment, ResultKind, SourceKind
from core.storage import Session, now
from core.strategy.findings import Perspective
from core.strategy.ideas.terms import Author, ProjectKind, Urgency
from core.strategy.themes import service as themes
from tests.bench import server
from tests.bench.measuring import Figure, percentile

ROWS, _NEW = 2_000_000, 20_000
_PEOPLE, _UNITS, _MEASURES = 5_000, 100, 200
_THEMES, _PROJECTS = 12, 60
_PATHS = {"four levels": "levels", "page of the year": "executive"}
_RUNS, _WARM, _FRESH = 40, 500.0, 2.0


def measure(folder: Path) -> Iterator[Figure]:
    """In an empty instance of its own (SQLite, or PostgreSQL where CEXUN_DATABASE_URL names an empty database)."""
    data = folder / "review"
    instance = open_instance(data)
    try:
        plan, measures = _world(instance)
        yield from _figures(instance, plan, measures)
        token = server.invitation(instance, plan)
        yield from _whole_pages(instance, data, plan, measures, token)
    finally:
        instance.close()


def _figures(instance: Instance, plan: int, measures: list[int]) -> Iterator[Figure]:
    size = _size(instance)
    process = psutil.Process()
    before = process.memory_info().rss
    yield Figure("results written and summed", _seconds(lambda: _fill(instance, plan, measures, ROWS)), "s", size=size)
    yield Figure("results, memory of writing them", (process.memory_info().rss - before) / 2**20, "MB", size=size)

    def four_levels() -> None:
        with instance.database.reading() as db:
            levels.overview(db, LOCAL_ADMINISTRATOR, plan)

    def year() -> None:
        with instance.database.reading() as db:
            executive.overview(db, LOCAL_ADMINISTRATOR, plan)

    for name, page in (("four levels", four_levels), ("page of the year", year)):
        page()
        before, began = process.memory_info().rss, process_time()
        times = [_seconds(page) for _run in range(_RUNS)]
        yield Figure(f"{name}, p95", percentile(times, 95), "ms", _WARM, size=size)
        yield Figure(f"{name}, processor time of one", 1000 * (process_time() - began) / _RUNS, "ms", size=size)
        yield Figure(f"{name}, memory", (process.memory_info().rss - before) / 2**20, "MB", size=size)
    taken = _seconds(lambda: _fill(instance, plan, measures[:4], _NEW))
    yield Figure("results of a file taken in", taken, "s", size=f"{_NEW} results more")
    yield Figure("four levels after new results", _seconds(four_levels), "s", _FRESH, size=size)
    yield Figure("page of the year after new results", _seconds(year), "s", _FRESH, size=size)


def _whole_pages(instance: Instance, data: Path, plan: int, measures: list[int], token: str) -> Iterator[Figure]:
    """From a click on the page's own link to the message that the run has ended, in a browser; drawing does not count."""
    with server.browsing() as page, server.running(data) as running:
        server.until_healthy(running)
        server.let_in(page, running, token)
        for name, path in _PATHS.items():
            times = server.again(page, running, path)
            yield Figure(f"{name}, whole run of the page, p50", percentile(times, 50), "ms", size=_size(instance))
            yield Figure(f"{name}, whole run of the page, p95", percentile(times, 95), "ms", _WARM, size=_size(instance))
        for name, path in _PATHS.items():
            page.goto(f"{running.address}/{path}")
            server.settle(page)
            _fill(instance, plan, measures[:4], _NEW)
            after = server.once(page, path)
            yield Figure(f"{name}, whole run after new results", after, "s", _FRESH, size=f"{_NEW} results more")
        yield Figure("four levels and year, server memory", server.memory_of(running), "MB", size=_size(instance))


def _size(instance: Instance) -> str:
    return f"{ROWS} results, {_MEASURES} measures, {_PROJECTS} projects, {instance.database.engine.dialect.name}"


def _world(instance: Instance) -> tuple[int, list[int]]:
    with instance.database.writing() as db:
        stamp: dict[str, Any] = {"version": 1, "created_at": now()}
        units = people.insert(db, "unit", [{"name": f"支行{at}", "parent_id": None, **stamp} for at in range(_UNITS)])
        staff = [{"employee_no": f"{at:05d}", "name": f"员工{at}", "unit_id": units[at % _UNITS], **stamp} for at in range(_PEOPLE)]
        people.insert(db, "employee", staff)
        plan = plans.create(db, LOCAL_ADMINISTRATOR, "滨海分行", 2026).id or 0
        projects, kinds = _projects(db, plan), list(SourceKind)
        drafts = [
            MeasureDraft(
                f"指标{at}",
                KirkpatrickLevel(at % 4 + 1),
                kinds[at % 4],
                project_id=projects[at // 4 % len(projects)],
                target=0.6,
                aggregation=list(Aggregation)[at % 3],
            )
            for at in range(_MEASURES)
        ]
        return plan, service.save_measures(db, LOCAL_ADMINISTRATOR, plan, drafts)


def _projects(db: Session, plan: int) -> list[int]:
    drafts = [themes.Draft(f"主题{at}", list(Perspective)[at % len(Perspective)]) for at in range(_THEMES)]
    of_plan = [themes.create(db, LOCAL_ADMINISTRATOR, plan, draft) for draft in drafts]
    db.flush()
    made = [
        Project(
            plan_id=plan,
            theme_id=of_plan[at % _THEMES].id,
            name=f"项目{at}",
            purpose="培训目的",
            urgency=Urgency.MEDIUM,
            kind=ProjectKind.PROBLEM_DRIVEN,
            origin=Author.PERSON,
            purpose_author=Author.PERSON,
        )
        for at in range(_PROJECTS)
    ]
    db.add_all(made)
    db.flush()
    return [one.id or 0 for one in made]


def _fill(instance: Instance, plan: int, measures: list[int], count: int) -> None:
    chance = random.Random(20261126)
    with instance.database.writing() as db:
        run = ResultImport(plan_id=plan, kind=ResultKind.PERFORMANCE, file_name="bench.csv")
        db.add(run)
        db.flush()
        staff = list(repository.staff(db).values())
        days = [date(2026, month, day) for month in range(1, 13) for day in (1, 8, 15, 22)]

        def rows() -> Iterator[dict[str, Any]]:
            for at in range(count):
                who, unit, _name = staff[at % len(staff)]
                yield {
                    "measure_id": measures[at // len(staff) % len(measures)],
                    "on": days[chance.randrange(len(days))],
                    "employee_id": who,
                    "unit_id": unit,
                    "moment": Moment.AFTER,
                    "value": float(chance.randrange(2)),
                    "import_id": run.id,
                }

        repository.insert(db, rows())
        repository.resum(db, measures)
        if instance.database.engine.dialect.name != "sqlite":
            db.execute(sa.text("ANALYZE result_sum"))


def _seconds(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
