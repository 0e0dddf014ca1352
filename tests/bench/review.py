"""How fast the four levels are over two million results, warm and after new ones, and what that takes of memory."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil
import sqlalchemy as sa

from core.access.actor import LOCAL_ADMINISTRATOR
from core.goals.goal import KirkpatrickLevel
from core.instance import Instance, open_instance
from core.people.importing import repository as people
from core.plans import service as plans
from core.review.levels import service as levels
from core.review.results import repository, service
from core.review.results.measuring import MeasureDraft
from core.review.results.tables import ResultImport
from core.review.results.terms import Aggregation, Moment, ResultKind, SourceKind
from core.storage import now
from tests.bench.measuring import Figure, percentile

_ROWS, _NEW = 2_000_000, 20_000
_PEOPLE, _UNITS, _MEASURES = 5_000, 100, 200
_RUNS, _WARM, _FRESH = 40, 500.0, 2.0


def measure(folder: Path) -> Iterator[Figure]:
    """In an empty instance of its own (SQLite, or PostgreSQL where CEXUN_DATABASE_URL names an empty database)."""
    instance = open_instance(folder / "review")
    try:
        yield from _figures(instance)
    finally:
        instance.close()


def _figures(instance: Instance) -> Iterator[Figure]:
    engine = instance.database.engine.dialect.name
    size = f"{_ROWS} results, {_MEASURES} measures, {engine}"
    plan, measures = _world(instance)
    process = psutil.Process()
    before = process.memory_info().rss
    yield Figure("results written and summed", _seconds(lambda: _fill(instance, plan, measures, _ROWS)), "s", size=size)
    yield Figure("results, memory of writing them", (process.memory_info().rss - before) / 2**20, "MB", size=size)

    def page() -> None:
        with instance.database.reading() as db:
            levels.overview(db, LOCAL_ADMINISTRATOR, plan)

    page()
    before = process.memory_info().rss
    times = [_seconds(page) for _run in range(_RUNS)]
    yield Figure("four levels, p95", percentile(times, 95), "ms", _WARM, size=size)
    yield Figure("four levels, memory", (process.memory_info().rss - before) / 2**20, "MB", size=size)
    yield Figure(
        "results of a file taken in", _seconds(lambda: _fill(instance, plan, measures[:4], _NEW)), "s", size=f"{_NEW} results more"
    )
    yield Figure("four levels after new results", _seconds(page), "s", _FRESH, size=size)


def _world(instance: Instance) -> tuple[int, list[int]]:
    with instance.database.writing() as db:
        stamp: dict[str, Any] = {"version": 1, "created_at": now()}
        units = people.insert(db, "unit", [{"name": f"支行{at}", "parent_id": None, **stamp} for at in range(_UNITS)])
        staff = [{"employee_no": f"{at:05d}", "name": f"员工{at}", "unit_id": units[at % _UNITS], **stamp} for at in range(_PEOPLE)]
        people.insert(db, "employee", staff)
        plan = plans.create(db, LOCAL_ADMINISTRATOR, "滨海分行", 2026).id or 0
        kinds = list(SourceKind)
        drafts = [
            MeasureDraft(f"指标{at}", KirkpatrickLevel(at % 4 + 1), kinds[at % 4], target=60.0, aggregation=list(Aggregation)[at % 3])
            for at in range(_MEASURES)
        ]
        return plan, service.save_measures(db, LOCAL_ADMINISTRATOR, plan, drafts)


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
