"""What would help is the smallest amount of one rule, and it does help."""

from __future__ import annotations

import copy

import pytest

from core.schedule.explaining.reasons import reasons
from core.schedule.explaining.relaxing import relaxations
from core.schedule.problem import Placement, read_problem
from tests.core.schedule.explaining.cases import Json, at, dated, given

ALL = [[day, slot] for day in range(4) for slot in range(2)]
FOUR = {"people": ["p"], "dur": 2}
TEACHER = {"id": "t", "cost_per_slot": 5}
CROWD = {"departments": [{"id": "d", "max_absent": 2}], "people": [{"id": name, "department": "d"} for name in "pqrs"]}


def grant(data: Json, path: list[str | int], more: float) -> Json:
    """The problem with the value at a path raised."""
    changed = copy.deepcopy(data)
    *where, last = path
    inner = changed
    for step in where:
        inner = inner[step]  # type: ignore[index]
    inner[last] += more  # type: ignore[index]
    return changed


# rule: problem (the last session has no place), the others' places, subject, amount, where to grant it.
CASES: dict[str, tuple[Json, list[Placement], str, int, list[str | int]]] = {
    "max_absent": (
        given({"dur": 8, "people": ["p"]}, {"people": ["q", "r", "s"]}, **CROWD),
        [at("a", 0)],
        "d",
        2,
        ["departments", 0, "max_absent"],
    ),
    "person_month": (
        dated(FOUR, FOUR, FOUR, {**FOUR, "dur": 1}, people=[{"id": "p"}], rules={"person_max_slots_per_month": {"limit": 2}}),
        [at("a", 0), at("b", 2), at("c", 3)],
        "p",
        1,
        ["rules", "person_max_slots_per_month", "limit"],
    ),
    "budget_year": (
        given({"trainers": ["t"]}, {"trainers": ["t"], "dur": 2}, trainers=[TEACHER], rules={"budget": {"year": 12}}),
        [at("a", 0, 0, "t")],
        "",
        3,
        ["rules", "budget", "year"],
    ),
    "budget_quarter": (
        dated({"trainers": ["t"], "earliest": 3}, trainers=[TEACHER], rules={"budget": {"quarters": [9, 4, 9, 9]}}),
        [],
        "Q2",
        1,
        ["rules", "budget", "quarters", 1],
    ),
    "earliest": (given({"earliest": 3, "starts": [[1, 0]]}), [], "", 2, ["sessions", 0, "earliest"]),
    "after": (
        given({}, {"after": [{"session": "a", "min_lag": 9}]}),
        [at("a", 0)],
        "a",
        3,
        ["sessions", 1, "after", 0, "min_lag"],
    ),
    "trainer_month": (
        dated({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "max_slots_per_month": 1}]),
        [],
        "t",
        1,
        ["trainers", 0, "max_slots_per_month"],
    ),
    "trainer_year": (
        given({"trainers": ["t"], "dur": 4}, {"trainers": ["t"], "dur": 3}, trainers=[{"id": "t", "max_slots_per_year": 5}]),
        [at("a", 0, 0, "t")],
        "t",
        2,
        ["trainers", 0, "max_slots_per_year"],
    ),
    "capacity": (
        given({"headcount": 9}, venues=[{"id": "v", "capacity": 5}, {"id": "w", "capacity": 7}]),
        [],
        "w",
        2,
        ["venues", 1, "capacity"],
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_the_amount_is_enough_and_one_less_is_not(rule: str) -> None:
    data, places, subject, amount, path = CASES[rule]
    last = data["sessions"][-1]["id"]
    told = {one.rule.value: one for one in relaxations(read_problem(data), places, last)}
    assert (told[rule].subject, told[rule].amount) == (subject, amount)
    sign = -1 if rule in ("earliest", "after") else 1
    assert reasons(read_problem(grant(data, path, sign * amount)), places, last)[0].message.text.startswith("没有规则")
    assert not reasons(read_problem(grant(data, path, sign * (amount - 1))), places, last)[0].message.text.startswith("没有规则")


def found(data: Json, *places: Placement) -> dict[str, tuple[str, float]]:
    told = relaxations(read_problem(data), places, data["sessions"][-1]["id"])
    assert all(one.message.render("en") != str(one.message) for one in told)
    return {one.rule.value: (one.subject, one.amount) for one in told}


def test_the_fewest_slots_of_a_blackout_are_opened() -> None:
    data = given({"group": "g", "dur": 2}, groups=[{"id": "g", "blackout_slots": [pair for pair in ALL if pair != [2, 0]]}])
    assert found(data) == {"blackout": ("g", 1)}


def test_one_more_trainer_or_venue_is_proposed() -> None:
    trainers = [{"id": "t", "unavailable": ALL}, {"id": "u"}]
    assert found(given({"trainers": ["t"]}, trainers=trainers))["trainer_eligible"] == ("u", 1)
    venues = [{"id": "v", "unavailable": ALL}, {"id": "w"}]
    assert found(given({"venues": ["v"]}, venues=venues))["venue_eligible"] == ("w", 1)


def test_an_absence_is_cut_by_the_slots_that_the_session_needs() -> None:
    told = found(given({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "unavailable": [pair for pair in ALL if pair != [3, 1]]}]))
    assert told["trainer_unavailable"] == ("t", 1)


def test_a_rule_that_does_not_help_alone_is_not_proposed() -> None:
    data = given({"earliest": 2, "starts": [[0, 0]], "trainers": ["t"]}, trainers=[{"id": "t", "unavailable": ALL}])
    assert "earliest" not in found(data)


def test_what_waits_for_an_unplaced_session_has_none_of_its_own() -> None:
    assert found(given({"starts": []}, {"after": [{"session": "a"}]})) == {}


def test_where_what_follows_is_stuck_the_first_of_the_chain_is_told_what_would_help_it() -> None:
    data = given({}, {"after": [{"session": "a", "max_lag": 1}], "trainers": ["t"]}, trainers=[{"id": "t", "unavailable": ALL}])
    for session in ("a", "b"):
        told = {one.rule.value: one.amount for one in relaxations(read_problem(data), [], session)}
        assert told == {"trainer_unavailable": 1}


def test_a_chain_that_is_too_short_is_told_by_how_much() -> None:
    data = given({"starts": [[0, 0]]}, {"after": [{"session": "a", "max_lag": 2}], "starts": [[3, 0]]})
    (lag,) = [one for one in relaxations(read_problem(data), [], "b") if one.rule.value == "after"]
    assert (lag.subject, lag.amount) == ("a", 3)


def test_a_dearer_trainer_is_not_proposed_where_the_budget_would_break() -> None:
    trainers = [{"id": "t", "cost_per_slot": 9, "max_slots_per_year": 1}, {"id": "u", "cost_per_slot": 2, "unavailable": ALL}]
    data = given({"trainers": ["t", "u"], "dur": 2}, trainers=trainers, rules={"budget": {"year": 10}})
    assert found(data) == {"trainer_unavailable": ("u", 2)}
