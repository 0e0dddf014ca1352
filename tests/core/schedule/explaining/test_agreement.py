"""On whole years and timetables, what is said of a place agrees with the checker, which knows the contract alone."""

from __future__ import annotations

import random

import pytest

from core.schedule.explaining.moving import alternatives, what_if
from core.schedule.explaining.unplaced import unplaced
from core.schedule.problem import Placement, read_problem
from tests.bench import schedule_perfect, schedule_problems
from tests.bench.schedule_greedy import by_due_date
from tests.schedule_checker import broken
from tests.schedule_facts import Facts, Json, terms


@pytest.fixture(scope="module", params=["year", "timetable"])
def case(request: pytest.FixtureRequest) -> tuple[Json, list[Json]]:
    if request.param == "year":
        year = schedule_problems.year("S")
        return year.problem, year.plan
    hidden = schedule_perfect.perfect("T01")
    return hidden.timetable.problem(), hidden.plan


def test_another_place_breaks_what_the_checker_says_and_costs_what_it_costs(case: tuple[Json, list[Json]]) -> None:
    data, plan = case
    problem, places, chance = read_problem(data), [Placement(**place) for place in plan], random.Random(7)
    cost = terms(data, plan)["total"]
    for _ in range(40):
        old = chance.choice(plan)
        new = {**old, "day": chance.randrange(problem.calendar.days), "slot": chance.randrange(problem.calendar.slots_per_day)}
        if new["trainer"] is not None:
            new["trainer"] = chance.choice(problem.session[old["session"]].trainers)
        if new["venue"] is not None:
            new["venue"] = chance.choice(problem.venues).id
        moved = [new if place is old else place for place in plan]
        delta = what_if(problem, places, *new.values())
        told = {reason.rule.value for reason in delta.broken}
        right = {fault.rule for fault in broken(Facts(data, moved))}
        # The checker stops at places outside the calendar and at whoever may not.
        assert right <= told if right & {"calendar", "trainer_eligible", "venue_eligible"} else right == told
        if "calendar" not in told:
            assert delta.total == pytest.approx(terms(data, moved)["total"] - cost)


def test_alternatives_break_nothing(case: tuple[Json, list[Json]]) -> None:
    data, plan = case
    problem, places = read_problem(data), [Placement(**place) for place in plan]
    for old in plan[::20]:
        for delta in alternatives(problem, places, old["session"]):
            one = delta.place
            new = {"session": one.session, "day": one.day, "slot": one.slot, "trainer": one.trainer, "venue": one.venue}
            assert not list(broken(Facts(data, [new if place is old else place for place in plan])))


def test_everything_left_out_of_a_tight_year_has_reasons_and_most_of_it_something_that_would_help() -> None:
    data = schedule_problems.year("M").problem
    data["rules"]["person_max_slots_per_month"]["limit"] = 5
    problem, plan = read_problem(data), by_due_date(data)
    told = unplaced(problem, [Placement(**place) for place in plan])
    assert len(told) == len(data["sessions"]) - len(plan) > 5
    assert all(one.reasons for one in told)
    first = [one for one in told if one.reasons[0].rule.value != "after"]
    helped = [one for one in first if one.relaxations]
    assert len(helped) > len(first) / 2
