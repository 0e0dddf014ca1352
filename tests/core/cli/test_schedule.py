"""`schedule PROBLEM.json -o SCHEDULE.json`: a file in, a file out, and one sentence when it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.schedule.solving import warm_up
from tests.core.cli.conftest import Ran
from tests.schedule_checker import faults

Call = Callable[..., Ran]

PROBLEM: dict[str, Any] = {
    "calendar": {"days": 5},
    "trainers": [{"id": "t", "cost_per_slot": 2}],
    "venues": [{"id": "v", "capacity": 20}],
    "sessions": [
        {"id": "a", "dur": 2, "headcount": 10, "trainers": ["t"]},
        {"id": "b", "headcount": 10, "trainers": ["t"], "after": [{"session": "a", "min_lag": 1}]},
        {"id": "c", "headcount": 30},
    ],
}


@pytest.fixture(autouse=True)
def _warm() -> None:
    warm_up()


@pytest.fixture
def given(tmp_path: Path) -> Callable[[Any], Path]:
    """A file that holds this: text, or anything as JSON."""

    def written(data: Any) -> Path:
        path = tmp_path / "problem.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return path

    return written


def test_a_schedule_is_written_and_keeps_every_rule(call: Call, given: Callable[[Any], Path], tmp_path: Path) -> None:
    out = tmp_path / "schedule.json"
    ran = call("schedule", given(PROBLEM), "-o", out, "--seconds", "1", "--json")
    assert ran.status == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert ran.json == found
    assert not faults(PROBLEM, found)
    assert found["status"] == "INFEASIBLE"
    assert [(one["session"], one["reasons"][0]["rule"]) for one in found["unplaced"]] == [("c", "capacity")]
    assert {one["session"]: (one["day"], one["slot"]) for one in found["assignments"]} == {"a": (0, 0), "b": (1, 1)}


def test_a_person_reads_one_line(call: Call, given: Callable[[Any], Path], tmp_path: Path) -> None:
    ran = call("schedule", given(PROBLEM | {"sessions": PROBLEM["sessions"][:2]}), "-o", tmp_path / "out.json", "--seconds", "1")
    assert ran.status == 0 and "OPTIMAL" in ran.out and len(ran.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ("[" * 100_000, "JSON"),
        ({"sessions": []}, "calendar"),
        (PROBLEM | {"sessions": [{"id": "a", "trainers": ["x"]}]}, "sessions[0].trainers[0]"),
        (PROBLEM | {"sessions": [{"id": "a", "after": [{"session": "b"}]}, {"id": "b", "after": [{"session": "a"}]}]}, "→"),
    ],
)
def test_bad_input_is_one_sentence(call: Call, given: Callable[[Any], Path], tmp_path: Path, data: Any, named: str) -> None:
    ran = call("schedule", given(data), "-o", tmp_path / "out.json", "--seconds", "1")
    assert ran.status == 2 and named in ran.err and len(ran.err.strip().splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


def test_places_that_are_not_there_are_named(call: Call, given: Callable[[Any], Path], tmp_path: Path) -> None:
    assert "none.json" in call("schedule", tmp_path / "none.json", "-o", tmp_path / "out.json").err
    ran = call("schedule", given(PROBLEM), "-o", tmp_path / "no" / "out.json")
    assert ran.status == 2 and "out.json" in ran.err
    assert call("schedule", given(PROBLEM), "-o", tmp_path).status == 2


@pytest.mark.parametrize("option", [("--seconds", "0"), ("--seconds", "nan"), ("--workers", "0")])
def test_options_have_limits(call: Call, given: Callable[[Any], Path], tmp_path: Path, option: tuple[str, str]) -> None:
    ran = call("schedule", given(PROBLEM), "-o", tmp_path / "out.json", *option)
    assert ran.status == 2 and option[0] in ran.err
