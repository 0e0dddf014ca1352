"""How fast the gaps of twenty thousand people are, and what the columns of their facts take of memory."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR, Actor, Role
from core.instance import Instance, open_instance
from core.people.gaps import memory, service
from core.people.gaps.gap import Filters
from core.people.importing import repository as writing
from core.people.terms import Dimension
from core.storage import now
from tests.bench.measuring import Figure, percentile

_PEOPLE, _ABILITIES, _UNITS, _POSTS = 20_000, 30, 200, 40
_SOURCES = ("考核系统", "上级评价", "通关测评")
_RUNS, _BATCH = 60, 50_000
_AIM, _UNIT_AIM = 300.0, 200.0
_EXECUTIVE = Actor(account_id=None, name="executive", roles=frozenset({Role.EXECUTIVE}))


def measure(folder: Path) -> Iterator[Figure]:
    """In an empty instance of its own, with two scores of each person in each competency, all of which each post requires."""
    instance = open_instance(folder / "gaps")
    try:
        scores = fill(instance)
        yield from _figures(instance, f"{_PEOPLE} people × {_ABILITIES} competencies, {scores} scores")
    finally:
        instance.close()


def _figures(instance: Instance, size: str) -> Iterator[Figure]:
    def table(actor: Actor, by: service.By, chosen: Filters) -> None:
        with instance.database.reading() as db:
            service.table(db, actor, by, chosen)

    def unit(number: int) -> None:
        with instance.database.reading() as db:
            service.of_unit(db, LOCAL_ADMINISTRATOR, 1 + number % _UNITS)

    memory.forget()
    gc.collect()
    before = psutil.Process().memory_info().rss
    yield Figure("gaps, first time", _seconds(lambda: table(LOCAL_ADMINISTRATOR, "unit", Filters())), "s", size=size)
    gc.collect()
    yield Figure("gaps, memory of the facts", (psutil.Process().memory_info().rss - before) / 2**20, "MB", size=size)
    yield Figure("gaps, first time of an executive", _seconds(lambda: table(_EXECUTIVE, "unit", Filters())), "s", size="with gates")
    filters = [Filters(), *(Filters(dimension=one) for one in Dimension), *(Filters(unit_id=1 + at) for at in range(20))]
    filters += [Filters(post_id=1 + at) for at in range(20)]
    times = [
        _seconds(lambda at=at: table(LOCAL_ADMINISTRATOR, ("unit", "post")[at % 2], filters[at % len(filters)])) for at in range(_RUNS)
    ]
    yield Figure("gap heat map, p95", percentile(times, 95), "ms", _AIM, size=size)
    times = [_seconds(lambda at=at: table(_EXECUTIVE, ("unit", "post")[at % 2], Filters())) for at in range(_RUNS)]
    yield Figure("gap heat map of an executive, p95", percentile(times, 95), "ms", _AIM, size="with gates")
    times = [_seconds(lambda at=at: unit(at)) for at in range(_RUNS)]
    yield Figure("all gaps in one unit, p95", percentile(times, 95), "ms", _UNIT_AIM, size=f"{_PEOPLE // _UNITS} people")


def _seconds(act: Callable[[], None]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def fill(instance: Instance) -> int:
    """Units, posts, people, competencies, requirements and assessments; returns how many assessments."""
    chance = random.Random(20261001)
    today = clock.today()

    def batches(subject: str, rows: Iterator[dict[str, Any]]) -> int:
        count, waiting = 0, []
        for row in rows:
            waiting.append({**row, "version": 1, "created_at": now()})
            if len(waiting) == _BATCH:
                count += len(writing.insert(db, subject, waiting))
                waiting = []
        return count + (len(writing.insert(db, subject, waiting)) if waiting else 0)

    with instance.database.writing() as db:
        batches("unit", ({"name": f"支行{at}", "parent_id": None} for at in range(_UNITS)))
        batches("post", ({"name": f"岗位{at}", "family": "", "talent_class": None, "line": ""} for at in range(_POSTS)))
        batches("competency", (_competency(at) for at in range(_ABILITIES)))
        batches("employee", (_employee(at, chance) for at in range(_PEOPLE)))
        batches(
            "requirement",
            (
                {"post_id": 1 + post, "competency_id": 1 + ability, "required_level": chance.randint(2, 5), "weight": 1.0}
                for post in range(_POSTS)
                for ability in range(_ABILITIES)
            ),
        )
        return batches(
            "assessment",
            (
                {
                    "employee_id": 1 + person,
                    "competency_id": 1 + ability,
                    "score": float(chance.randint(20, 100)),
                    "scale_max": 100.0,
                    "source": source,
                    "assessed_on": today - timedelta(days=chance.randint(0, 900)),
                }
                for person in range(_PEOPLE)
                for ability in range(_ABILITIES)
                for source in chance.sample(_SOURCES, 2)
            ),
        )


def _competency(at: int) -> dict[str, Any]:
    empty: dict[str, Any] = {"aliases": [], "levels": [], "assessed_by": [], "indicators": [], "definition": "", "talent_class": None}
    return {"code": None, "name": f"能力{at}", "dimension": list(Dimension)[at % 3], "edition": 1, "archived_at": None, **empty}


def _employee(at: int, chance: random.Random) -> dict[str, Any]:
    place = {"unit_id": 1 + at % _UNITS, "post_id": 1 + chance.randrange(_POSTS), "manager_id": None}
    return {"employee_no": f"{at:08d}", "name": f"员工{at}", **place, "hire_date": None, "line": "", "left_at": None}
