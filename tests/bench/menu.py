"""How fast the remedial menu of a unit is, with twenty thousand people, thirty competencies and three hundred entries to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from core import clock
from core.access.actor import LOCAL_ADMINISTRATOR
from core.instance import Instance, open_instance
from core.people.importing import repository as writing
from core.people.remedies import reminders, service
from core.people.remedies.tables import EnrolmentState
from core.storage import now
from tests.bench import gaps
from tests.bench.measuring import Figure, percentile

_ENTRIES, _DONE, _PEOPLE, _UNITS, _ABILITIES = 300, 5_000, 20_000, 200, 30
_RUNS, _AIM = 60, 200.0


def measure(folder: Path) -> Iterator[Figure]:
    """In an empty instance of its own, with the same people as the gaps are measured on, and some who have done an entry."""
    instance = open_instance(folder / "menu")
    try:
        gaps.fill(instance)
        _catalogue(instance)
        yield from _figures(instance)
    finally:
        instance.close()


def _figures(instance: Instance) -> Iterator[Figure]:
    def unit(number: int) -> float:
        began = perf_counter()
        with instance.database.reading() as db:
            service.unit_menu(db, LOCAL_ADMINISTRATOR, 1 + number % _UNITS)
        return perf_counter() - began

    def person(number: int) -> float:
        began = perf_counter()
        with instance.database.reading() as db:
            service.person_menu(db, LOCAL_ADMINISTRATOR, 1 + number)
        return perf_counter() - began

    def due() -> float:
        began = perf_counter()
        with instance.database.reading() as db:
            reminders.count(db, LOCAL_ADMINISTRATOR, clock.today())
        return perf_counter() - began

    size = f"{_PEOPLE // _UNITS} of {_PEOPLE} people × {_ABILITIES} competencies, {_ENTRIES} entries, {_DONE} done"
    unit(0)
    began = process_time()
    for at in range(_RUNS):
        unit(at)
    busy = 1000 * (process_time() - began) / _RUNS
    yield Figure("menu of a unit, processor time", busy, "ms", size="on average; on a busy machine the rest is waiting")
    yield Figure("menu of a unit, p95", percentile([unit(at) for at in range(_RUNS)], 95), "ms", _AIM, size=size)
    yield Figure("menu of a person, p95", percentile([person(at) for at in range(_RUNS)], 95), "ms", _AIM)
    yield Figure("count of reminders, p95", percentile([due() for _ in range(_RUNS)], 95), "ms", size="on the first page")


def _catalogue(instance: Instance) -> None:
    chance = random.Random(20261001)
    today = clock.today()
    with instance.database.writing() as db:
        stamp = {"version": 1, "created_at": now()}
        bare = {
            "code": None,
            "form": "course",
            "method": None,
            "hours": 6.0,
            "cost": None,
            "provider": "",
            "about": "",
            "archived_at": None,
        }
        names = [{**bare, **stamp, "name": f"课程{at}", "changed_at": now()} for at in range(_ENTRIES)]
        entries = writing.insert(db, "course", names)
        servings = [
            {**stamp, "course_id": entry, "competency_id": ability, "from_level": low, "to_level": low + chance.randint(1, 2)}
            for entry in entries
            for ability in chance.sample(range(1, 1 + _ABILITIES), 2)
            for low in [chance.randint(1, 3)]
        ]
        writing.insert(db, "serving", servings)
        writing.insert(db, "prerequisite", [{**stamp, "course_id": entry, "needs_id": entry - 1} for entry in entries[1::10]])
        done = [
            {
                "employee_id": 1 + at * 4,
                "course_id": entries[at % 20],
                "competency_id": 1 + at % _ABILITIES,
                "batch": "bench",
                "state": EnrolmentState.DONE,
                "done_on": today - timedelta(days=chance.randint(1, 400)),
                "rule": "",
                "reason": {},
                "planned_by": "",
                "planned_by_id": None,
                "planned_at": now(),
                "changed_by": "",
                "changed_at": now(),
                "version": 1,
                "closed_by": "",
                "closed_at": None,
                "closed_reason": "",
            }
            for at in range(_DONE)
        ]
        writing.insert(db, "enrolment", done)
