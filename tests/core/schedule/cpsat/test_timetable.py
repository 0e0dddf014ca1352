"""Crowded timetables get a complete first plan without a broken rule."""

from __future__ import annotations

from typing import Any

import pytest

from core.schedule.cpsat.timetable import first_plan
from core.schedule.cpsat.worth import is_crowded
from core.schedule.objective import objective
from core.schedule.problem import read_problem
from core.schedule.schedule import Schedule, Status, to_json
from tests.bench.schedule_timetables import timetable
from tests.schedule_checker import faults

Json = dict[str, Any]


def crowded(**parts: Any) -> Json:
    """Two days of three slots, one room, one class that has five lessons and another that has one."""
    lessons = [{"id": f"A{at}", "group": "A", "cohorts": ["1"], "trainers": ["ann"], "headcount": 20} for at in range(5)]
    other = {"id": "B", "group": "B", "cohorts": ["2"], "trainers": ["ben"], "headcount": 30}
    problem: Json = {
        "calendar": {"days": 2, "slots_per_day": 3},
        "venues": [{"id": "room", "capacity": 30}],
        "trainers": [{"id": "ann"}, {"id": "ben"}],
        "cohorts": [{"id": "1"}, {"id": "2"}],
        "groups": [{"id": "A"}, {"id": "B"}],
        "sessions": [*lessons, other],
    }
    return {**problem, **parts}


def plan_of(data: Json) -> list[Json] | None:
    problem = read_problem(data)
    found = first_plan(problem, 5)
    if found is None:
        return None
    written = to_json(Schedule(Status.FEASIBLE, objective(problem, found), tuple(found)))
    assert not faults(data, written)
    return list(written["assignments"])


@pytest.mark.parametrize("name", ["T01", "T05", "T07", "T11"])
def test_a_timetable_of_the_benchmarks_size_is_complete(name: str) -> None:
    data = timetable(name).problem()
    found = plan_of(data)
    assert found is not None
    assert len(found) == len(data["sessions"])


def test_a_week_that_is_full_to_the_last_slot_is_filled() -> None:
    found = plan_of(crowded())
    assert found is not None
    assert {(one["day"], one["slot"]) for one in found} == {(day, slot) for day in range(2) for slot in range(3)}


def test_where_rooms_do_not_suffice_there_is_no_plan() -> None:
    assert plan_of(crowded(venues=[{"id": "room", "capacity": 30, "unavailable": [[0, 0]]}])) is None


def test_lessons_of_two_slots_share_rooms_without_overlap() -> None:
    data = crowded(venues=[{"id": "room", "capacity": 30}, {"id": "hall", "capacity": 30}], calendar={"days": 2, "slots_per_day": 4})
    for session in data["sessions"][:3]:
        session["dur"] = 2
    assert plan_of(data) is not None


def test_an_order_and_a_pin_are_kept() -> None:
    data = crowded()
    data["sessions"][0]["after"] = [{"session": "B", "min_lag": 2}]
    data["sessions"][1]["pinned"] = {"day": 0, "slot": 0, "venue": "room"}
    assert plan_of(data) is not None


def test_one_of_several_teachers_is_chosen_for_each_lesson() -> None:
    data = crowded(venues=[{"id": "room", "capacity": 30}, {"id": "hall", "capacity": 30}])
    for session in data["sessions"]:
        session["trainers"] = ["ann", "ben"]
    assert plan_of(data) is not None


def test_a_year_with_monthly_limits_is_not_taken_for_a_timetable() -> None:
    people: Json = {"people": [{"id": "E"}], "rules": {"person_max_slots_per_month": {"limit": 6}}}
    data = crowded(**people)
    data["sessions"][0]["people"] = ["E"]
    assert not is_crowded(read_problem(data))
    assert not is_crowded(read_problem(crowded(calendar={"days": 248, "slots_per_day": 2})))
