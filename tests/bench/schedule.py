"""How good and how fast schedules are: a year in three sizes and timetables, ours beside greedy ones and one constraint model.

Every schedule is checked by the checker of the tests, which knows the contract alone; a broken rule ends the measurement.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from core.schedule.explaining.checking import check_problem
from core.schedule.explaining.moving import alternatives, why_here
from core.schedule.explaining.unplaced import unplaced
from core.schedule.problem import Placement, read_problem
from tests.bench import schedule_perfect, schedule_problems, schedule_timetables
from tests.bench.measuring import Figure
from tests.bench.schedule_greedy import by_due_date, by_priority
from tests.schedule_checker import broken, faults
from tests.schedule_facts import Facts, Json, terms

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
GAPS = {"S": 2.0, "M": 12.0, "L": 20.0}
TIMETABLES = ("T01", "T02", "T05", "T07", "T11", "T12")
PERFECT = ("T01", "T02", "T07")
_FIRST = {"S": 1.0, "M": 1.0, "L": 2.0}


@dataclass(frozen=True)
class Run:
    """What a run came to. `memory` is that of all its processes together at its highest, in megabytes."""

    schedule: Json
    trace: list[list[Any]]
    ready: float
    reading: float
    wall: float
    cpu: float
    memory: float

    def at(self, seconds: float) -> float | None:
        """The objective after so many seconds; None before there is one."""
        seen = [objective for spent, objective, _, _ in self.trace if spent <= seconds]
        return seen[-1] if seen else None

    def complete(self) -> float | None:
        """When nothing was left out for the first time."""
        return None if self.schedule["unplaced"] else self.schedule["first_feasible_seconds"]


def measure(folder: Path) -> Iterator[Figure]:
    """A year of each size: greedy, one constraint model, ours; then what happens when life changes the plan of the largest."""
    for size in schedule_problems.SIZES:
        problem = schedule_problems.year(size).problem
        yield from _year(folder, size, problem)
    yield from _explained(problem)


def measure_timetables(folder: Path) -> Iterator[Figure]:
    """Timetables in which classes, teachers and rooms collide in every slot; some of which the best is known."""
    yield from _perfect(folder)
    for name in TIMETABLES:
        problem = schedule_timetables.timetable(name).problem()
        yield from _compared(folder, name, problem)
        run = run_once(folder, name, problem, SECONDS)
        yield from _figures(name, run, first=1.0)
        yield Figure(f"{name}, soft cost after {SECONDS:.0f} s", run.schedule["objective"]["total"], "", size=_terms(run))


def _perfect(folder: Path) -> Iterator[Figure]:
    """Timetables that can be done for nothing: what we pay too much is known."""
    for name in PERFECT:
        run = run_once(folder, f"perfect {name}", schedule_perfect.perfect(name).timetable.problem(), SECONDS)
        yield from _figures(f"perfect {name}", run, first=1.0)
        yield Figure(f"perfect {name}, above the best", run.schedule["objective"]["total"], "", size=_terms(run))


def _year(folder: Path, size: str, problem: Json) -> Iterator[Figure]:
    greedy = yield from _greedy(size, problem)
    yield from _compared(folder, size, problem)
    run = run_once(folder, size, problem, SECONDS)
    yield from _figures(size, run, first=_FIRST[size])
    for seconds in (10, 30, 60):
        if seconds <= SECONDS and (value := run.at(seconds)) is not None:
            yield Figure(f"{size}, objective at {seconds} s", value, "", size=_terms(run) if seconds == 60 else "")
    total = run.schedule["objective"]["total"]
    yield Figure(
        f"{size}, below the better greedy", 100 * (1 - total / greedy), "%", 8.0, at_least=True, size="what greedy left out is free"
    )
    gap = run.schedule["gap"]
    yield Figure(f"{size}, gap", 100 * (1.0 if gap is None else gap), "%", GAPS[size], size=f"bound {run.schedule['bound']}")
    if size == "L":
        yield Figure("L, memory of all processes", run.memory, "MB", 600.0)
    if not run.schedule["unplaced"]:
        yield from _replans(folder, size, problem, run)


def _greedy(size: str, problem: Json) -> Generator[Figure, None, float]:
    """The better objective of the two greedy schedules, as if what they leave out cost nothing."""
    best = float("inf")
    for name, method in (("due date", by_due_date), ("priority", by_priority)):
        began = time.process_time()
        plan = method(problem)
        spent = time.process_time() - began
        _no_rule_is_broken(problem, plan)
        cost = terms(problem, plan)
        left = len(problem["sessions"]) - len(plan)
        best = min(best, cost["total"] - cost["unplaced"])
        yield Figure(f"{size}, greedy by {name}", cost["total"] - cost["unplaced"], "", size=f"{left} left out, {spent:.1f} s of processor")
    return best


def _compared(folder: Path, name: str, problem: Json) -> Iterator[Figure]:
    """One constraint model of everything, without a hint."""
    run = run_once(folder, name, problem, SECONDS, method="cpsat")
    left, objective = len(run.schedule["unplaced"]), run.schedule["objective"]
    found = "nothing" if run.schedule["status"] == "OUT_OF_TIME" else f"{left} left out"
    cost = 0.0 if found == "nothing" else objective["total"] - objective["unplaced"]
    yield Figure(f"{name}, one constraint model", cost, "", size=f"{found}, bound {run.schedule['bound']}, {run.memory:.0f} MB")


def _figures(name: str, run: Run, first: float) -> Iterator[Figure]:
    complete = run.complete()
    left = len(run.schedule["unplaced"])
    yield Figure(
        f"{name}, first complete plan", SECONDS if complete is None else complete, "s", first, size=f"ready after {run.ready:.1f} s"
    )
    yield Figure(f"{name}, left out", left, "sessions", 0.0, size=run.schedule["status"])
    yield Figure(f"{name}, processor time", run.cpu, "s", size=f"{run.wall:.1f} s by the clock, {run.memory:.0f} MB")


def _terms(run: Run) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in run.schedule["objective"].items() if value and name != "total")


# What goes wrong in a year


def _replans(folder: Path, size: str, problem: Json, base: Run) -> Iterator[Figure]:
    """The published plan repaired: how soon, and how many sessions move beyond those that have to."""
    published = base.schedule["assignments"]
    for name, changed in scenarios(problem, published).items():
        hit = must_change(changed, published)
        run = run_once(folder, f"{size} {name}", changed, 1.0)
        before = {place["session"]: place for place in published}
        places = [place for place in run.schedule["assignments"] if place["session"] in before]
        moved = sum(
            (place["day"], place["slot"]) != (before[place["session"]]["day"], before[place["session"]]["slot"]) for place in places
        )
        trainers = sum(place["trainer"] != before[place["session"]]["trainer"] for place in places)
        told = f"{moved} moved, {trainers} other trainers, {hit} had to change, {len(run.schedule['unplaced'])} left out"
        complete = run.complete()
        aim = 1.0 if size == "L" else None
        yield Figure(f"{size} again: {name}", 99.0 if complete is None else complete, "s", aim, size=told)


def scenarios(problem: Json, published: list[Json]) -> dict[str, Json]:
    """The problem after each of four things that go wrong, to be planned again close to what is published."""
    days = {place["session"]: place["day"] for place in published}
    middle = sorted(days.values())[len(days) // 2]
    weeks = [[day, slot] for day in range(middle, middle + 10) for slot in range(2)]
    again = copy.deepcopy(problem) | {"previous": copy.deepcopy(published)}
    again["weights"] = {**again.get("weights", {}), "start": 0}
    ill, closed, dark, urgent = (copy.deepcopy(again) for _ in range(4))
    busiest = max(ill["trainers"], key=lambda one: sum(p["trainer"] == one["id"] and middle <= p["day"] < middle + 10 for p in published))
    busiest["unavailable"] = _with(busiest["unavailable"], weeks)
    room = max(closed["venues"], key=lambda one: sum(p["venue"] == one["id"] and middle <= p["day"] < middle + 10 for p in published))
    room["unavailable"] = _with(room["unavailable"], weeks)
    for group in dark["groups"][::10]:
        group["blackout_slots"] = _with(group["blackout_slots"], weeks[:10])
    for at, session in enumerate([one for one in urgent["sessions"] if not one.get("after") and "pinned" not in one][:8]):
        new = {key: value for key, value in session.items() if key not in ("group", "earliest", "due", "starts", "cohorts")}
        urgent["sessions"].append({**new, "id": f"urgent-{at}", "priority": 5, "earliest": middle, "due": middle + 40})
    return {"a trainer is ill": ill, "a venue is closed": closed, "a blackout": dark, "eight urgent sessions": urgent}


def _with(pairs: list[list[int]], more: list[list[int]]) -> list[list[int]]:
    return [list(pair) for pair in sorted({tuple(pair) for pair in [*pairs, *more]})]


def must_change(problem: Json, published: list[Json]) -> int:
    """How many published sessions cannot stay exactly as they are."""
    return len({fault.where for fault in broken(Facts(problem, published)) if fault.rule in _OF_ONE})


_OF_ONE = ("trainer_unavailable", "venue_unavailable", "blackout")


def _explained(problem: Json) -> Iterator[Figure]:
    """What is left out of a year that is too tight, each with the least that would help; why one is where it is, and where else."""
    tight = copy.deepcopy(problem)
    tight["rules"]["person_max_slots_per_month"]["limit"] -= 2
    read, plan = read_problem(tight), [Placement(**place) for place in by_due_date(tight)]
    began, cpu = time.perf_counter(), time.process_time()
    told = unplaced(read, plan)
    size = f"{len(told)} sessions, {time.process_time() - cpu:.1f} s of processor"
    yield Figure("L, explained with amounts", time.perf_counter() - began, "s", 5.0, size=size)
    for name, ask in (("why here", why_here), ("alternatives", alternatives)):
        began = time.perf_counter()
        ask(read, plan, plan[len(plan) // 2].session)
        yield Figure(f"L, {name}", time.perf_counter() - began, "s", 5.0)
    began = time.perf_counter()
    found = check_problem(read)
    yield Figure("L, looked at before solving", time.perf_counter() - began, "s", size=f"{len(found)} findings")


# One run, in a process of its own


def run_once(folder: Path, name: str, problem: Json, seconds: float, method: str = "ours") -> Run:
    """Solve once; the schedule is checked, and a broken rule or a wrong figure is an error."""
    folder.mkdir(parents=True, exist_ok=True)
    asked, out = folder / f"{name}.json", folder / f"{name} {method}.json"
    asked.write_text(json.dumps(problem), encoding="utf-8")
    command = [sys.executable, "-m", "tests.bench.schedule_run", str(asked), str(out), "--method", method, "--seconds", str(seconds)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        memory = 0.0
        while process.poll() is None:
            memory = max(memory, _memory(process.pid))
            time.sleep(0.2)
    if process.returncode:
        raise RuntimeError(f"{name}, {method}: the run ended with {process.returncode}")
    found = json.loads(out.read_text(encoding="utf-8"))
    if wrong := faults(problem, found["schedule"]):
        raise RuntimeError(f"{name}, {method}: {len(wrong)} faults, first {wrong[0]}")
    return Run(found["schedule"], found["trace"], found["ready"], found["reading"], found["wall"], found["cpu"], memory)


def _memory(pid: int) -> float:
    """What a process and those it started take together, shared pages counted once."""
    try:
        process = psutil.Process(pid)
        return sum(one.memory_full_info().pss for one in [process, *process.children(recursive=True)]) / 2**20
    except (psutil.Error, AttributeError):
        return 0.0


def _no_rule_is_broken(problem: Json, plan: list[Json]) -> None:
    if wrong := list(broken(Facts(problem, plan))):
        raise RuntimeError(f"{len(wrong)} broken rules, first {wrong[0]}")
