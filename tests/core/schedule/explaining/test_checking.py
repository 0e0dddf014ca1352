"""What cannot work whatever the plan is found before solving, and what can is not."""

from __future__ import annotations

from typing import Any

import pytest

from core.schedule.explaining.checking import check_problem
from core.schedule.problem import read_problem
from tests.bench.schedule_problems import year
from tests.core.schedule.explaining.cases import Json, dated, given

ALL = [[day, slot] for day in range(4) for slot in range(2)]
MOST = [pair for pair in ALL if pair != [3, 1]]
CROWD = {"people": [{"id": name, "department": "d"} for name in "pqr"]}
MONTH = {"rules": {"person_max_slots_per_month": {"limit": 2}}}
CHEAP = {"trainers": [{"id": "t", "cost_per_slot": 5}, {"id": "u", "cost_per_slot": 2}]}


def black(*pairs: list[int]) -> Any:
    return [{"id": "g", "blackout_slots": list(pairs)}]


# what: the problem that cannot work, its neighbour that can, the rule, the session, the subject.
CASES: dict[str, tuple[Json, Json, str, str | None, str]] = {
    "all of its trainers are away": (
        given({"trainers": ["t", "u"]}, trainers=[{"id": "t", "unavailable": ALL}, {"id": "u", "unavailable": ALL}]),
        given({"trainers": ["t", "u"]}, trainers=[{"id": "t", "unavailable": ALL}, {"id": "u", "unavailable": MOST}]),
        "trainer_unavailable",
        "a",
        "t、u",
    ),
    "nobody may give so much": (
        given({"trainers": ["t"], "dur": 3}, trainers=[{"id": "t", "max_slots_per_year": 2}]),
        given({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "max_slots_per_year": 2}]),
        "trainer_year",
        "a",
        "t",
    ),
    "the room is too small": (
        given({"headcount": 9}, venues=[{"id": "v", "capacity": 8}, {"id": "w", "capacity": 5}]),
        given({"headcount": 8}, venues=[{"id": "v", "capacity": 8}, {"id": "w", "capacity": 5}]),
        "capacity",
        "a",
        "v",
    ),
    "the only room that fits is closed": (
        given({"headcount": 9}, venues=[{"id": "v", "capacity": 9, "unavailable": ALL}, {"id": "w", "capacity": 5}]),
        given({"headcount": 9}, venues=[{"id": "v", "capacity": 9, "unavailable": MOST}, {"id": "w", "capacity": 5}]),
        "venue_unavailable",
        "a",
        "v",
    ),
    "the window is closed": (
        given({"group": "g"}, groups=black(*ALL)),
        given({"group": "g"}, groups=black(*MOST)),
        "blackout",
        "a",
        "g",
    ),
    "the window is too short": (
        given({"group": "g", "dur": 3}, groups=black([1, 0], [2, 1])),
        given({"group": "g", "dur": 2}, groups=black([1, 0], [2, 1])),
        "blackout",
        "a",
        "g",
    ),
    "the chain cannot keep its distance": (
        given({"earliest": 3}, {"after": [{"session": "a", "min_lag": 1}]}),
        given({"earliest": 2}, {"after": [{"session": "a", "min_lag": 1}]}),
        "after",
        "b",
        "a",
    ),
    "the chain cannot stay together": (
        given({"starts": [[0, 0]]}, {"after": [{"session": "a", "max_lag": 2}], "earliest": 2}),
        given({"starts": [[0, 0]]}, {"after": [{"session": "a", "max_lag": 3}], "earliest": 2}),
        "after",
        "b",
        "a",
    ),
    "the budget is below the cheapest": (
        given({"trainers": ["t", "u"], "dur": 2}, **CHEAP, rules={"budget": {"year": 3}}),
        given({"trainers": ["t", "u"], "dur": 2}, **CHEAP, rules={"budget": {"year": 4}}),
        "budget_year",
        None,
        "",
    ),
    "more of a department than may be away": (
        given({"people": ["p", "q"]}, departments=[{"id": "d", "max_absent": 1}], **CROWD),
        given({"people": ["p", "q"]}, departments=[{"id": "d", "max_absent": 2}], **CROWD),
        "max_absent",
        "a",
        "d",
    ),
    "longer than people may be away in a month": (
        dated({"people": ["p"], "dur": 3}, people=[{"id": "p"}], **MONTH),
        dated({"people": ["p"], "dur": 2}, people=[{"id": "p"}], **MONTH),
        "person_month",
        "a",
        "",
    ),
    "a person with more than the months allow": (
        dated(*[{"people": ["p"], "dur": 2}] * 4, people=[{"id": "p"}], **MONTH),
        dated(*[{"people": ["p"], "dur": 2}] * 3, people=[{"id": "p"}], **MONTH),
        "person_month",
        None,
        "p",
    ),
    "a trainer alone for more than a year": (
        given(*[{"trainers": ["t"], "dur": 2}] * 2, trainers=[{"id": "t", "max_slots_per_year": 3}]),
        given(*[{"trainers": ["t"], "dur": 2}] * 2, trainers=[{"id": "t", "max_slots_per_year": 4}]),
        "trainer_year",
        None,
        "t",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_work_is_found_and_its_neighbour_is_not(name: str) -> None:
    wrong, right, rule, session, subject = CASES[name]
    (only,) = check_problem(read_problem(wrong))
    assert (only.rule.value, only.session, only.subject) == (rule, session, subject)
    assert str(only.message) and str(only.advice).endswith("。")
    assert only.message.render("en") != str(only.message) and only.advice.render("en") != str(only.advice)
    assert check_problem(read_problem(right)) == []


def test_a_year_that_can_be_done_has_no_finding() -> None:
    assert check_problem(read_problem(year("S").problem)) == []
