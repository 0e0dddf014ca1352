"""Every rule that can keep a session out is named, with whom or what it concerns."""

from __future__ import annotations

from typing import Any

import pytest

from core.schedule.explaining.reasons import reasons
from core.schedule.explaining.wording import named
from core.schedule.problem import Placement, read_problem
from tests.core.schedule.explaining.cases import Json, at, dated, given

LONG = {"dur": 8}
CROWD = {"departments": [{"id": "d", "max_absent": 1}], "people": [{"id": "p", "department": "d"}, {"id": "q", "department": "d"}]}
ONE = {"trainers": [{"id": "t", "cost_per_slot": 5}]}
LIMIT = {"person_max_slots_per_month": {"limit": 2}}
FULL = [at("a", 0), at("b", 2), at("c", 3)]

# rule: the problem (the last session is the one without a place), where the others are, whom or what the rule concerns.
CASES: dict[str, tuple[Json, list[Placement], str]] = {
    "calendar": (given({"dur": 9}), [], ""),
    "morning": (given({"dur": 2, "starts": [[1, 1]]}), [], ""),
    "no_crossing": ({**given({"dur": 3}), "calendar": {"days": 2, "no_crossing": [0]}}, [], ""),
    "starts": (given({"starts": []}), [], ""),
    "earliest": (given({"earliest": 3, "starts": [[0, 0]]}), [], ""),
    "blackout": (given({"group": "g"}, groups=[{"id": "g", "blackout_slots": [[d, s] for d in range(4) for s in range(2)]}]), [], "g"),
    "after": (given({}, {"after": [{"session": "a"}]}), [], "a"),
    "after, too late": (given({}, {"after": [{"session": "a"}]}), [at("a", 3, 1)], "a"),
    "trainer_exclusive": (given({**LONG, "trainers": ["t"]}, {"trainers": ["t"]}, **ONE), [at("a", 0, 0, "t")], "t"),
    "venue_exclusive": (given(LONG, {}, venues=[{"id": "v"}]), [at("a", 0, 0, None, "v")], "v"),
    "cohort_exclusive": (given({**LONG, "cohorts": ["c"]}, {"cohorts": ["c"]}, cohorts=[{"id": "c"}]), [at("a", 0)], "c"),
    "group_exclusive": (given({**LONG, "group": "g"}, {"group": "g"}, groups=[{"id": "g"}]), [at("a", 0)], "g"),
    "person_exclusive": (given({**LONG, "people": ["p"]}, {"people": ["p"]}, people=[{"id": "p"}]), [at("a", 0)], "p"),
    "capacity": (given({"headcount": 9}, venues=[{"id": "v", "capacity": 8}]), [], "v"),
    "max_absent": (given({**LONG, "people": ["p"]}, {"people": ["q"]}, **CROWD), [at("a", 0)], "d"),
    "person_month": (dated(*[{"people": ["p"], "dur": 2}] * 4, people=[{"id": "p"}], rules=LIMIT), FULL, "p"),
    "trainer_month": (
        dated({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "max_slots_per_month": 1}]),
        [],
        "t",
    ),
    "trainer_year": (given({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "max_slots_per_year": 1}]), [], "t"),
    "trainer_unavailable": (
        given({"trainers": ["t"], "dur": 2}, trainers=[{"id": "t", "unavailable": [[d, 1] for d in range(4)]}]),
        [],
        "t",
    ),
    "venue_unavailable": (given({"dur": 2}, venues=[{"id": "v", "unavailable": [[d, 1] for d in range(4)]}]), [], "v"),
    "budget_year": (given({"trainers": ["t"]}, **ONE, rules={"budget": {"year": 4}}), [], ""),
    "budget_quarter": (dated({"trainers": ["t"], "earliest": 3}, **ONE, rules={"budget": {"quarters": [9, 4, 9, 9]}}), [], "Q2"),
    "pinned to somebody who may not": (
        given({"trainers": ["t"], "pinned": {"trainer": "u"}}, trainers=[{"id": "t"}, {"id": "u"}]),
        [],
        "u",
    ),
}
EXPECTED = {"pinned to somebody who may not": "trainer_eligible"}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_that_leaves_no_start_is_named(name: str) -> None:
    data, places, subject = CASES[name]
    told = reasons(read_problem(data), places, data["sessions"][-1]["id"])
    assert (EXPECTED.get(name, name.split(",")[0]), subject) in {(one.rule.value, one.subject) for one in told}
    assert all(str(one.message).endswith("。") and one.message.render("en").endswith(".") for one in told)


def rules(data: Json, *places: Placement) -> set[Any]:
    return {(one.rule.value, one.subject) for one in reasons(read_problem(data), places, data["sessions"][-1]["id"])}


def test_rules_that_only_together_leave_no_start_are_all_named() -> None:
    data = given({"dur": 4, "cohorts": ["c"]}, {"cohorts": ["c"], "trainers": ["t"]}, cohorts=[{"id": "c"}], trainers=[{"id": "t"}])
    data["trainers"][0]["unavailable"] = [[2, 0], [2, 1], [3, 0], [3, 1]]
    assert rules(data, at("a", 0)) == {("cohort_exclusive", "c"), ("trainer_unavailable", "t")}


def test_each_trainer_is_named_with_what_keeps_that_one() -> None:
    away = [[d, s] for d in range(4) for s in range(2)]
    data = given({"dur": 8, "trainers": ["t"]}, {"trainers": ["t", "u"]}, trainers=[{"id": "t"}, {"id": "u", "unavailable": away}])
    assert rules(data, at("a", 0, 0, "t")) == {("trainer_exclusive", "t"), ("trainer_unavailable", "u")}


def test_a_pin_that_clashes_with_another_pin_is_told_by_the_rule_it_breaks() -> None:
    pinned = {"trainers": ["t"], "pinned": {"day": 1, "slot": 0}}
    assert rules(given(pinned, pinned, trainers=[{"id": "t"}]), at("a", 1, 0, "t")) == {("trainer_exclusive", "t")}


def test_a_pin_before_the_earliest_day_is_told_by_the_rule_it_breaks() -> None:
    assert rules(given({"earliest": 2, "pinned": {"day": 1}})) == {("earliest", "")}


def test_where_nothing_stands_in_the_way_the_first_start_is_named() -> None:
    (only,) = reasons(read_problem(given({}, {})), [at("a", 0)], "b")
    assert "第 1 天 上午" in str(only.message)


def test_a_session_that_fits_alone_is_told_when_what_comes_after_it_does_not() -> None:
    data = given({}, {"after": [{"session": "a", "max_lag": 1}], "starts": []})
    (only,) = reasons(read_problem(data), [], "a")
    assert (only.rule.value, only.subject) == ("after", "b")


def test_whoever_is_told_by_id_can_be_told_by_name() -> None:
    data, places, _ = CASES["trainer_exclusive"]
    (only,) = reasons(read_problem(data), places, "b")
    assert str(named(only.message, {"t": "王老师"})).startswith("讲师 王老师 这时在上别的课")
