"""The solver as a whole: how a run ends, what it says on the way, and that it ends when it is told to."""

from __future__ import annotations

import copy
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.schedule import solving
from core.schedule.entities import Problem
from core.schedule.problem import read_problem
from core.schedule.schedule import Progress, Rule, Status, to_json
from core.schedule.solving import solve, warm_up
from tests.bench.schedule_problems import year
from tests.schedule_checker import faults

Json = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up()


@pytest.fixture(scope="module")
def small() -> Json:
    return year("S").problem


def tiny(sessions: list[Json], **parts: Any) -> Problem:
    return read_problem({"calendar": {"days": 4}, "sessions": sessions, **parts})


def test_a_problem_without_sessions_is_solved() -> None:
    found = solve(tiny([]), seconds=1)
    assert (found.status, found.objective.total, found.bound, found.gap) == (Status.OPTIMAL, 0, 0, 0)


def test_what_is_proved_best_ends_the_search() -> None:
    begun = time.monotonic()
    found = solve(tiny([{"id": "a"}, {"id": "b", "after": [{"session": "a"}]}]), seconds=30)
    assert found.status is Status.OPTIMAL and found.gap == 0
    assert time.monotonic() - begun < 15


def test_what_cannot_be_placed_is_proved_and_has_a_reason() -> None:
    found = solve(tiny([{"id": "a", "starts": []}, {"id": "b"}]), seconds=1)
    assert found.status is Status.INFEASIBLE
    assert [one.session for one in found.assignments] == ["b"]
    assert [reason.rule for reason in found.unplaced[0].reasons] == [Rule.STARTS]


def test_a_pin_that_breaks_a_rule_is_the_reason() -> None:
    found = solve(tiny([{"id": "a", "earliest": 2, "pinned": {"day": 1}}]), seconds=1)
    assert Rule.EARLIEST in {reason.rule for reason in found.unplaced[0].reasons}


def test_when_no_time_was_given_it_says_so(small: Json) -> None:
    found = solve(read_problem(small), seconds=30, stop=lambda: True)
    assert found.status is Status.OUT_OF_TIME
    assert not found.assignments and len(found.unplaced) == len(small["sessions"])
    assert all(one.reasons for one in found.unplaced)


def test_a_year_is_scheduled_with_a_bound_and_no_rule_broken(small: Json) -> None:
    told: list[Progress] = []
    found = solve(read_problem(small), seconds=5, workers=2, watch=told.append)
    assert found.status is Status.FEASIBLE
    assert not faults(small, to_json(found))
    assert found.gap is not None and found.gap < 0.1
    assert told and told[-1].unplaced == 0


def test_one_worker_finds_the_same_for_the_same_seed(small: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    # So few steps that even a busy machine has done them before the time is over.
    monkeypatch.setattr(solving, "_PACE", 1_000_000)
    first, second = (solve(read_problem(small), seconds=6, workers=1, seed=7) for _ in range(2))
    assert first.assignments == second.assignments


def test_stop_is_heard_at_once_and_no_process_is_left(small: Json) -> None:
    begun = time.monotonic()
    found = solve(read_problem(small), seconds=60, workers=2, stop=lambda: time.monotonic() - begun > 4)
    assert time.monotonic() - begun < 15
    assert found.assignments
    assert not [one for one in psutil.Process().children(recursive=True) if "core.schedule.working" in " ".join(one.cmdline())]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_second_process_does_not_outlive_the_first(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "from tests.bench.schedule_problems import year\n"
        "from core.schedule.problem import read_problem\n"
        "from core.schedule.solving import solve\n"
        "solve(read_problem(year('S').problem), seconds=60, workers=2)\n"
    )
    root = Path(__file__).parents[3]
    run = subprocess.Popen([sys.executable, str(script)], cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    try:
        child = _wait_for(lambda: psutil.Process(run.pid).children())[0]
    finally:
        run.kill()
        run.wait()
    _wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def _wait_for(what: Any, seconds: float = 60) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def test_a_published_schedule_is_repaired_and_the_search_ends_there(small: Json) -> None:
    published = to_json(solve(read_problem(small), seconds=4, workers=1))["assignments"]
    one = next(place for place in published if place["trainer"] is not None and "pinned" not in _session(small, place["session"]))
    again = copy.deepcopy(small) | {"previous": published}
    ill = next(trainer for trainer in again["trainers"] if trainer["id"] == one["trainer"])
    ill["unavailable"] = sorted({*map(tuple, ill["unavailable"]), (one["day"], one["slot"])})
    begun = time.monotonic()
    found = to_json(solve(read_problem(again), seconds=120))
    assert time.monotonic() - begun < 60
    assert not faults(again, json.loads(json.dumps(found)))
    assert not found["unplaced"]
    before = {place["session"]: place for place in published}
    changed = [place for place in found["assignments"] if (place["day"], place["slot"]) != _when(before[place["session"]])]
    assert {place["session"] for place in changed} <= {one["session"]}


def _session(problem: Json, name: str) -> Json:
    return next(session for session in problem["sessions"] if session["id"] == name)


def _when(place: Json) -> tuple[int, int]:
    return place["day"], place["slot"]


def test_a_year_does_without_the_constraint_solver() -> None:
    code = "import sys; from core.schedule.solving import solve; sys.exit('ortools.sat.python.cp_model' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3]).returncode == 0
