"""What if it were there: the difference by term and the rules it would break; why here; the next best places."""

from __future__ import annotations

import pytest

from core.errors import BadInput
from core.schedule.explaining.moving import alternatives, what_if, why_here
from core.schedule.problem import read_problem
from core.schedule.schedule import Rule
from tests.core.schedule.explaining.cases import at, given, problem

TWO = {"trainers": [{"id": "t", "cost_per_slot": 5}, {"id": "u", "cost_per_slot": 2, "unavailable": [[0, 0]]}]}


def test_a_later_day_costs_by_priority_and_a_dearer_trainer_by_the_slot() -> None:
    one = problem({"trainers": ["t", "u"], "priority": 2, "due": 1}, **TWO)
    delta = what_if(one, [at("a", 0, 1, "u")], "a", 2, 0, "t", None)
    assert delta.terms == {"start": 4, "cost": 3, "late": 40}
    assert delta.total == 47
    assert delta.broken == ()


def test_the_rules_that_a_place_would_break_are_named() -> None:
    one = problem({"cohorts": ["c"]}, {"cohorts": ["c"], "earliest": 2, "trainers": ["u"]}, cohorts=[{"id": "c"}], **TWO)
    delta = what_if(one, [at("a", 0), at("b", 2, 0, "u")], "b", 0, 0, "u", None)
    assert {(reason.rule, reason.subject) for reason in delta.broken} == {
        (Rule.COHORT_EXCLUSIVE, "c"),
        (Rule.EARLIEST, ""),
        (Rule.TRAINER_UNAVAILABLE, "u"),
    }


def test_the_distance_to_what_comes_after_is_kept_in_mind() -> None:
    one = problem({}, {"after": [{"session": "a", "min_lag": 1}]})
    assert [reason.rule for reason in what_if(one, [at("a", 0), at("b", 1)], "a", 0, 1, None, None).broken] == [Rule.AFTER]
    assert what_if(one, [at("a", 0), at("b", 1, 1)], "a", 0, 1, None, None).broken == ()


def test_somebody_who_may_not_and_a_budget_that_is_spent_are_named() -> None:
    one = problem({"trainers": ["u"]}, **TWO, rules={"budget": {"year": 4}})
    broken = what_if(one, [at("a", 0, 1, "u")], "a", 0, 1, "t", None).broken
    assert {reason.rule for reason in broken} == {Rule.TRAINER_ELIGIBLE, Rule.BUDGET_YEAR}
    assert [reason.rule for reason in what_if(one, [at("a", 0, 1, "u")], "a", 0, 1, None, None).broken] == [Rule.TRAINER_ELIGIBLE]


def test_a_place_outside_the_calendar_is_refused() -> None:
    with pytest.raises(BadInput, match="第 5 天"):
        what_if(problem({}), [], "a", 4, 0, None, None)


def test_the_best_other_starts_come_first_and_break_nothing() -> None:
    one = problem({"cohorts": ["c"]}, {"cohorts": ["c"], "trainers": ["t", "u"]}, cohorts=[{"id": "c"}], **TWO)
    found = alternatives(one, [at("a", 0, 1), at("b", 1, 0, "u")], "b")
    assert [(delta.place.day, delta.place.slot, delta.place.trainer, delta.total) for delta in found] == [
        (0, 0, "t", 0.0),
        (1, 1, "u", 0.0),
        (2, 0, "u", 3.0),
    ]
    assert all(delta.broken == () for delta in found)


def test_a_published_session_would_rather_not_move() -> None:
    data = given({}, previous=[{"session": "a", "day": 2, "slot": 0}])
    (best, *_) = alternatives(read_problem(data), [at("a", 1)], "a")
    assert (best.place.day, best.place.slot) == (2, 0)
    assert best.terms == {"start": 3, "move": -60}


def test_why_here_tells_what_the_place_costs_and_what_bars_the_cheaper_ones() -> None:
    one = problem({"dur": 2, "cohorts": ["c"]}, {"cohorts": ["c"], "earliest": 0}, cohorts=[{"id": "c"}])
    told = why_here(one, [at("a", 0), at("b", 1)], "b")
    assert told.terms == {"start": 3}
    assert (told.cheaper_starts, told.blocked_by) == (2, {Rule.COHORT_EXCLUSIVE: 2})
    assert [(delta.total, delta.broken[0].rule) for delta in told.cheaper] == [(-3, Rule.COHORT_EXCLUSIVE)] * 2


def test_why_here_is_asked_of_placed_sessions_only() -> None:
    with pytest.raises(BadInput):
        why_here(problem({}), [], "a")


def test_soft_seats_choose_the_bigger_room() -> None:
    venues = [{"id": "v", "capacity": 5}, {"id": "w", "capacity": 20}]
    one = problem({"headcount": 10}, venues=venues, rules={"venue_capacity": {"mode": "soft", "weight": 3}})
    assert alternatives(one, [at("a", 0, 0, None, "v")], "a", 1)[0].terms == {"capacity": -15}
