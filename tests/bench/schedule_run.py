"""One measured run of the scheduler, in a process of its own: `python -m tests.bench.schedule_run PROBLEM OUT --method ours --seconds 60`.

OUT holds the schedule and how it came: the objective over time, seconds of processor and wall, what getting ready took.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

from core.schedule.problem import Problem, read_problem
from core.schedule.schedule import Progress, Schedule, Status, Unplaced, to_json

TINY = {"calendar": {"days": 3}, "trainers": [{"id": "t"}], "venues": [{"id": "v"}], "sessions": [{"id": "a", "trainers": ["t"]}]}


def main() -> int:
    """Run once and write what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.schedule_run")
    parser.add_argument("problem", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--method", choices=("ours", "cpsat"), default="ours")
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    method = _ours if options.method == "ours" else _cpsat
    began = time.perf_counter()
    method(read_problem(TINY), 1.0, [])
    ready = time.perf_counter() - began
    data = json.loads(options.problem.read_text(encoding="utf-8"))
    began, cpu = time.perf_counter(), _cpu()
    trace: list[list[Any]] = []
    problem = read_problem(data)
    reading = time.perf_counter() - began
    schedule = method(problem, options.seconds, trace)
    out = {
        "schedule": to_json(schedule),
        "trace": trace,
        "ready": ready,
        "reading": reading,
        "wall": time.perf_counter() - began,
        "cpu": _cpu() - cpu,
    }
    options.out.write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
    return 0


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _ours(problem: Problem, seconds: float, trace: list[list[Any]]) -> Schedule:
    from core.schedule.solving import solve

    def watch(progress: Progress) -> None:
        trace.append([progress.seconds, progress.objective, progress.bound, progress.unplaced])

    return solve(problem, seconds=seconds, workers=2, seed=1, watch=watch)


def _cpsat(problem: Problem, seconds: float, trace: list[list[Any]]) -> Schedule:
    """The whole problem as one constraint model, without a hint: what one would do with the library alone."""
    from core.schedule.cpsat.exact import solve_exactly
    from core.schedule.explaining.unplaced import unplaced
    from core.schedule.objective import objective

    began = time.perf_counter()
    found = solve_exactly(problem, seconds=seconds, workers=2)
    spent = time.perf_counter() - began
    assignments = found.assignments or ()
    left: tuple[Unplaced, ...] = unplaced(problem, assignments)
    terms = objective(problem, assignments)
    status = Status.OUT_OF_TIME if not assignments else Status.PARTIAL if left else Status.FEASIBLE
    trace.append([spent, terms.total, found.bound, len(left)])
    return Schedule(status, terms, assignments, left, min(found.bound, terms.total), spent, spent if assignments else None)


if __name__ == "__main__":
    raise SystemExit(main())
