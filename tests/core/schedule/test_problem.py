"""Reading a problem: every default, and a sentence that names the place of whatever is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import BadInput
from core.schedule.entities import Pin, Weights
from core.schedule.problem import read_problem

Json = dict[str, Any]


def with_session(**given: Any) -> Json:
    return {
        "calendar": {"days": 4},
        "venues": [{"id": "v"}],
        "trainers": [{"id": "t"}],
        "people": [{"id": "p"}],
        "sessions": [{"id": "a", **given}],
    }


def test_defaults_are_those_of_the_contract() -> None:
    problem = read_problem({"calendar": {"days": 3}, "sessions": [{"id": "a"}]})
    one = problem.sessions[0]
    assert (problem.calendar.slots_per_day, one.dur, one.priority, one.headcount, one.online, one.venues) == (2, 1, 3, 0, False, None)
    assert (one.starts, one.due, one.earliest, one.pinned) == (None, None, 0, Pin())
    assert problem.weights == Weights(20, 1, 1, 1, 60, 10, 200_000)
    rules = problem.rules
    assert rules.venue_capacity.mode == "hard" and rules.venue_capacity.weight == 1 and rules.person_month is None
    assert all((rules.venue_exclusive, rules.trainer_exclusive, rules.cohort_exclusive, rules.group_exclusive, rules.person_exclusive))


def test_null_counts_as_absent_and_an_empty_list_does_not() -> None:
    one = read_problem(with_session(venues=None, starts=None, pinned={"day": None})).sessions[0]
    assert (one.venues, one.starts, bool(one.pinned)) == (None, None, False)
    one = read_problem(with_session(venues=[], starts=[])).sessions[0]
    assert (one.venues, one.starts) == ((), frozenset())


def test_headcount_is_the_number_of_people_unless_given() -> None:
    assert read_problem(with_session(people=["p"])).sessions[0].headcount == 1
    assert read_problem(with_session(people=["p"], headcount=30)).sessions[0].headcount == 30


def test_a_previous_schedule_may_name_what_is_gone() -> None:
    data = with_session() | {"previous": [{"session": "gone", "day": 99, "slot": 1, "trainer": "left"}, {"session": "a", "day": 1}]}
    assert [one.day for one in read_problem(data).previous] == [99, 1]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "JSON"),
        ({"sessions": []}, "calendar"),
        ({"calendar": {"days": 3}}, "sessions"),
        ({"calendar": {"days": 0}, "sessions": []}, "calendar.days"),
        ({"calendar": {"days": []}, "sessions": []}, "calendar.days"),
        ({"calendar": {"days": ["2027-01-05", "2027-01-04"]}, "sessions": []}, "calendar.days[1]"),
        ({"calendar": {"days": ["2027-01-04", "2027-01-04"]}, "sessions": []}, "calendar.days[1]"),
        ({"calendar": {"days": ["4.1.2027"]}, "sessions": []}, "calendar.days[0]"),
        ({"calendar": {"days": 3, "no_crossing": [3]}, "sessions": []}, "calendar.no_crossing[0]"),
        (with_session() | {"sessions": [{"id": "a"}, {"id": "a"}]}, "sessions[1].id"),
        (with_session() | {"venues": [{"id": "v"}, {"id": "v"}]}, "venues[1].id"),
        (with_session() | {"people": [{"id": "p", "department": "x"}]}, "people[0].department"),
        (with_session() | {"venues": [{"id": "v", "unavailable": [[4, 0]]}]}, "venues[0].unavailable[0][0]"),
        (with_session() | {"trainers": [{"id": "t", "unavailable": [[0, 2]]}]}, "trainers[0].unavailable[0][1]"),
        (with_session() | {"groups": [{"id": "g", "blackout_slots": [[0]]}]}, "groups[0].blackout_slots[0]"),
        (with_session() | {"rules": {"budget": {"quarters": [1, 2]}}}, "rules.budget.quarters"),
        (with_session() | {"rules": {"month_target_slots": [1] * 11}}, "rules.month_target_slots"),
        (with_session() | {"rules": {"venue_capacity": {"mode": "loose"}}}, "rules.venue_capacity.mode"),
        (with_session() | {"rules": {"person_max_slots_per_month": {}}}, "rules.person_max_slots_per_month.limit"),
        (with_session() | {"rules": {"venue_exclusive": "no"}}, "rules.venue_exclusive"),
        (with_session() | {"weights": {"late": -1}}, "weights.late"),
        (with_session() | {"weights": {"late": float("nan")}}, "weights.late"),
        (with_session() | {"previous": [{"session": "a", "day": 4, "slot": 0}]}, "previous[0].day"),
        (with_session() | {"previous": [{"session": "a", "day": 0, "slot": 0}] * 2}, "previous[1].session"),
        (with_session(trainers=["x"]), "sessions[0].trainers[0]"),
        (with_session(trainers=["t", "t"]), "sessions[0].trainers[1]"),
        (with_session(group="x"), "sessions[0].group"),
        (with_session(dur=0), "sessions[0].dur"),
        (with_session(dur=1.5), "sessions[0].dur"),
        (with_session(priority=6), "sessions[0].priority"),
        (with_session(due=4), "sessions[0].due"),
        (with_session(earliest=-1), "sessions[0].earliest"),
        (with_session(starts=[[3, 2]]), "sessions[0].starts[0][1]"),
        (with_session(pinned={"day": 9}), "sessions[0].pinned.day"),
        (with_session(pinned={"venue": "x"}), "sessions[0].pinned.venue"),
        (with_session(online=1), "sessions[0].online"),
        (with_session(after=[{"session": "x"}]), "sessions[0].after[0].session"),
        (with_session(after=[{"session": "a"}]), "a → a"),
        (with_session(id=""), "sessions[0].id"),
        (with_session(id=True), "sessions[0].id"),
    ],
)
def test_bad_input_is_refused_with_its_place(data: Any, where: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_problem(data)
    for language in ("zh", "en"):
        assert where in refused.value.render(language)  # type: ignore[arg-type]
