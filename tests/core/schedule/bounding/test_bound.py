"""Bounds of problems whose optimum is plain to see."""

from __future__ import annotations

from typing import Any

import pytest

from core.schedule.bounding import lower_bound, proved_shortfall, warm_up
from core.schedule.bounding.rows import greatest_sets, strengthened
from core.schedule.problem import read_problem
from tests.bench.schedule_problems import year

Json = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    warm_up()


def months(*sessions: Json, **parts: Any) -> Json:
    """Three months of four days each."""
    days = [f"2027-{month:02d}-{day:02d}" for month in (3, 4, 5) for day in (8, 9, 10, 12)]
    return {"calendar": {"days": days}, "sessions": list(sessions), **parts}


def bound(data: Json) -> float:
    return lower_bound(read_problem(data), seconds=0.5).value


def test_sessions_that_want_the_same_trainer_queue() -> None:
    data = months(
        *({"id": name, "dur": 2, "trainers": ["T"], "priority": 1} for name in "ABC"), trainers=[{"id": "T"}], weights={"start": 100}
    )
    assert bound(data) == pytest.approx(300, abs=3)


def test_a_person_has_only_so_many_slots_a_month() -> None:
    people: Json = {"people": [{"id": "E"}], "rules": {"person_max_slots_per_month": {"limit": 3}}}
    data = months(*({"id": name, "dur": 2, "people": ["E"], "priority": 1} for name in "ABC"), **people, weights={"start": 100})
    assert bound(data) == pytest.approx(400 + 800, abs=12)


def test_a_department_that_can_spare_one_group_at_a_time_makes_the_other_wait() -> None:
    people: Json = {
        "departments": [{"id": "D", "max_absent": 3}],
        "people": [{"id": f"E{at}", "department": "D"} for at in range(4)],
    }
    sessions = [{"id": name, "dur": 2, "people": who, "priority": 1} for name, who in (("A", ["E0", "E1"]), ("B", ["E2", "E3"]))]
    assert bound(months(*sessions, **people, weights={"start": 100})) == pytest.approx(100, abs=1)


def test_what_follows_keeps_its_distance() -> None:
    after = {"id": "B", "dur": 2, "priority": 1, "after": [{"session": "A", "min_lag": 4}]}
    assert bound(months({"id": "A", "dur": 2, "priority": 1}, after, weights={"start": 100})) == 300


def test_leaving_a_session_out_may_be_cheaper_than_placing_it() -> None:
    data = months({"id": "A", "priority": 1, "earliest": 10}, weights={"start": 100, "unplaced": 7})
    assert bound(data) == 7


def test_a_target_of_a_month_is_exceeded_or_waited_for() -> None:
    sessions = [{"id": name, "headcount": 10, "priority": 1} for name in "AB"]
    targets = [0, 0, 10, *[100] * 9]
    assert bound(months(*sessions, rules={"month_target_slots": targets}, weights={"start": 1, "overload": 1})) == pytest.approx(4, abs=0.5)


def test_the_bound_goes_up_with_time_and_stops_at_the_best_schedule() -> None:
    problem = read_problem(year("S").problem)
    told: list[float] = []

    def watch(found: Any) -> bool:
        told.append(found.value)
        return True

    best = lower_bound(problem, seconds=20, best=8_000, watch=watch)
    assert best.value >= 8_000
    assert told == sorted(told)
    assert not lower_bound(problem, seconds=20, watch=lambda found: False).value < 0


def test_a_session_without_a_place_is_proved_to_have_none() -> None:
    found = proved_shortfall(read_problem(months({"id": "A", "dur": 25}, {"id": "B"})), seconds=1)
    assert found is not None
    assert (found.sessions, found.alone) == (1, ("A",))


def test_more_sessions_than_a_person_may_attend_are_proved_too_many() -> None:
    people: Json = {"people": [{"id": "E"}], "rules": {"person_max_slots_per_month": {"limit": 3}}}
    four = months(*({"id": name, "dur": 2, "people": ["E"]} for name in "ABCD"), **people)
    found = proved_shortfall(read_problem(four), seconds=2)
    assert found is not None
    assert found.sessions == 1
    assert proved_shortfall(read_problem(months(*four["sessions"][:3], **people)), seconds=0.2) is None


def test_rows_are_made_as_strong_as_whole_sessions_allow() -> None:
    rows = list(strengthened({0: 4, 1: 4, 2: 2}, 6))
    assert {0: 1.0, 1: 1.0} in [{at: coef for at, coef in row.items() if at < 2} for row in rows]
    assert not list(strengthened({0: 2, 1: 2}, 5))


def test_sets_within_others_are_dropped() -> None:
    sets = [frozenset({1, 2}), frozenset({1, 2, 3}), frozenset({3, 4}), frozenset({5})]
    assert greatest_sets(sets) == [frozenset({1, 2, 3}), frozenset({3, 4})]
