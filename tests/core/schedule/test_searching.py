"""The search alone, on problems so small that the best schedule is known: every rule is kept, every term is paid as little as can be."""

from __future__ import annotations

from typing import Any

import pytest

from core.schedule.objective import objective
from core.schedule.problem import read_problem
from core.schedule.schedule import Schedule, Status, Unplaced, to_json
from core.schedule.searching import Searcher
from tests.schedule_checker import faults

Json = dict[str, Any]

DATED = {"days": ["2027-01-28", "2027-01-29", "2027-02-01", "2027-02-02", "2027-04-01", "2027-04-02"]}


def searched(days: Any = 4, steps: int = 400, **parts: Any) -> tuple[dict[Any, tuple[int, Any, Any]], float]:
    """What the search finds: by session its slot, trainer and venue, and what it costs. Every hard rule is checked."""
    data: Json = {"calendar": days if isinstance(days, dict) else {"days": days}, **parts}
    problem = read_problem(data)
    searcher = Searcher(problem)
    searcher.first_plan()
    searcher.step(steps, 0.5)
    found = searcher.assignments(searcher.best())
    cost = objective(problem, found)
    placed = {one.session for one in found}
    left_out = tuple(Unplaced(one.id, ()) for one in problem.sessions if one.id not in placed)
    status = Status.PARTIAL if left_out else Status.FEASIBLE
    written = to_json(Schedule(status, cost, found, left_out))
    assert not [one for one in faults(data, written) if "reason" not in str(one)]
    a_day = problem.calendar.slots_per_day
    return {one.session: (one.day * a_day + one.slot, one.trainer, one.venue) for one in found}, cost.total


def slots(days: Any = 4, **parts: Any) -> dict[Any, int]:
    return {one: place[0] for one, place in searched(days, **parts)[0].items()}


def session(id: str, **given: Any) -> Json:
    return {"id": id, **given}


def test_one_session_starts_at_once() -> None:
    assert searched(sessions=[session("a")]) == ({"a": (0, None, None)}, 0.0)


def test_a_session_longer_than_half_a_day_starts_in_the_morning() -> None:
    calendar = {"days": 3, "slots_per_day": 4}
    assert slots(calendar, sessions=[session("a", dur=3, starts=[[0, 1], [1, 0], [1, 1]])]) == {"a": 4}
    assert slots(calendar, sessions=[session("a", dur=2, starts=[[0, 3]])]) == {"a": 3}


@pytest.mark.parametrize(("a_day", "dur"), [(1, 1), (1, 3), (4, 1), (4, 9), (6, 3), (6, 7)])
def test_days_of_any_number_of_slots(a_day: int, dur: int) -> None:
    assert slots({"days": 4, "slots_per_day": a_day}, sessions=[session("a", dur=dur)]) == {"a": 0}


def test_what_ends_beyond_the_calendar_is_left_out() -> None:
    assert slots(2, sessions=[session("a", dur=5)]) == {}
    assert slots(2, sessions=[session("a", dur=4)]) == {"a": 0}


def test_nothing_runs_over_the_end_of_a_day_that_may_not_be_crossed() -> None:
    assert slots({"days": 4, "no_crossing": [0, 1]}, sessions=[session("a", dur=3)]) == {"a": 4}


def test_no_slot_lies_in_a_blackout() -> None:
    assert slots(groups=[{"id": "g", "blackout_slots": [[1, 1]]}], sessions=[session("a", dur=4, group="g")]) == {"a": 4}


def test_a_trainer_gives_no_session_while_away() -> None:
    trainers = [{"id": "t", "unavailable": [[0, 1]]}]
    assert searched(trainers=trainers, sessions=[session("a", dur=2, trainers=["t"])])[0] == {"a": (2, "t", None)}


def test_a_venue_is_closed_when_it_is_closed() -> None:
    venues = [{"id": "v", "unavailable": [[0, 0]]}]
    assert searched(venues=venues, sessions=[session("a")])[0] == {"a": (1, None, "v")}


def test_online_and_without_venues_it_has_none() -> None:
    venues = [{"id": "v"}]
    found = searched(venues=venues, sessions=[session("a", online=True), session("b", venues=[]), session("c")])[0]
    assert [found[one][2] for one in "abc"] == [None, None, "v"]


def test_earliest_is_kept() -> None:
    assert slots(sessions=[session("a", earliest=2)]) == {"a": 4}


def test_no_allowed_start_means_none() -> None:
    assert slots(sessions=[session("a", starts=[])]) == {}


@pytest.mark.parametrize(
    ("rule", "shared"),
    [
        ("trainer_exclusive", {"trainers": ["x"]}),
        ("venue_exclusive", {"venues": ["x"]}),
        ("cohort_exclusive", {"cohorts": ["x"]}),
        ("group_exclusive", {"group": "x"}),
        ("person_exclusive", {"people": ["x"]}),
    ],
)
def test_what_is_shared_excludes_unless_switched_off(rule: str, shared: Json) -> None:
    known = {name: [{"id": "x"}] for name in ("trainers", "venues", "cohorts", "groups", "people")}
    two = [session("a", venues=[], starts=[[0, 0]]) | shared, session("b", venues=[], starts=[[0, 0]]) | shared]
    assert len(slots(**known, sessions=two)) == 1
    assert len(slots(**known, sessions=two, rules={rule: False})) == 2


def test_a_venue_holds_everybody() -> None:
    venues = [{"id": "small", "capacity": 5}, {"id": "large", "capacity": 30, "cost_per_slot": 9}]
    assert searched(venues=venues, sessions=[session("a", headcount=20)])[0] == {"a": (0, None, "large")}
    assert searched(venues=venues, sessions=[session("a", headcount=20, venues=["small"])])[0] == {}


def test_missing_seats_cost_once_where_capacity_is_soft() -> None:
    soft = {"venue_capacity": {"mode": "soft", "weight": 2}}
    venues = [{"id": "small", "capacity": 5}]
    assert searched(venues=venues, sessions=[session("a", headcount=8, dur=2)], rules=soft)[1] == 6


def test_a_department_is_not_emptied() -> None:
    people = [{"id": f"p{n}", "department": "d"} for n in range(4)]
    two = [session("a", people=["p0", "p1"], dur=2), session("b", people=["p2", "p3"])]
    found = slots(departments=[{"id": "d", "max_absent": 3}], people=people, sessions=two)
    assert found["a"] // 2 != found["b"] // 2
    assert slots(departments=[{"id": "d", "max_absent": 4}], people=people, sessions=two) == {"a": 0, "b": 0}


def test_people_in_two_sessions_at_once_are_away_once() -> None:
    people = [{"id": f"p{n}", "department": "d"} for n in range(3)]
    two = [session("a", people=["p0", "p1"], online=True), session("b", people=["p1", "p2"])]
    parts = {"people": people, "sessions": two, "rules": {"person_exclusive": False}}
    assert slots(1, departments=[{"id": "d", "max_absent": 3}], **parts) == {"a": 0, "b": 0}
    assert slots(1, departments=[{"id": "d", "max_absent": 2}], **parts) in ({"a": 0, "b": 1}, {"a": 1, "b": 0})


def test_nobody_has_more_than_the_limit_in_a_month() -> None:
    two = [session("a", people=["p"], dur=2), session("b", people=["p"], dur=2)]
    rules = {"person_max_slots_per_month": {"limit": 3}}
    assert sorted(slots(DATED, people=[{"id": "p"}], sessions=two, rules=rules).values()) == [0, 4]
    assert sorted(slots(4, people=[{"id": "p"}], sessions=two, rules=rules).values()) == [0, 2]


def test_what_is_beyond_a_soft_limit_costs() -> None:
    two = [session("a", people=["p"], dur=2, starts=[[0, 0]]), session("b", people=["p"], dur=2, starts=[[1, 0]])]
    rules = {"person_max_slots_per_month": {"limit": 3, "mode": "soft", "weight": 5}}
    assert searched(DATED, people=[{"id": "p"}], sessions=two, rules=rules, weights={"start": 0})[1] == 5


def test_a_trainer_gives_no_more_than_the_limit_of_month_and_year() -> None:
    two = [session("a", trainers=["t"], dur=2), session("b", trainers=["t"], dur=2)]
    assert sorted(slots(DATED, trainers=[{"id": "t", "max_slots_per_month": 3}], sessions=two).values()) == [0, 4]
    assert len(slots(DATED, trainers=[{"id": "t", "max_slots_per_year": 3}], sessions=two)) == 1


def test_the_budget_is_never_exceeded() -> None:
    trainers = [{"id": "t", "cost_per_slot": 10}]
    two = [session("a", trainers=["t"]), session("b", trainers=["t"])]
    assert len(slots(DATED, trainers=trainers, sessions=two, rules={"budget": {"year": 19}})) == 1
    quarters = {"budget": {"quarters": [10, 10, 0, 0]}}
    assert sorted(slots(DATED, trainers=trainers, sessions=two, rules=quarters).values()) == [0, 8]


def test_when_money_is_short_who_is_cheap_comes_before_who_was_there() -> None:
    trainers = [{"id": "dear", "cost_per_slot": 9}, {"id": "cheap", "cost_per_slot": 1}]
    previous = [{"session": "a", "day": 0, "slot": 0, "trainer": "dear"}]
    found = searched(
        trainers=trainers, sessions=[session("a", trainers=["dear", "cheap"])], previous=previous, rules={"budget": {"year": 5}}
    )
    assert found == ({"a": (0, "cheap", None)}, 11.0)


def test_lags_are_kept() -> None:
    chain = [session("a"), session("b", after=[{"session": "a", "min_lag": 3}])]
    assert slots(sessions=chain) == {"a": 0, "b": 4}
    waits = [session("a"), session("b", earliest=2, after=[{"session": "a", "max_lag": 1}])]
    assert slots(sessions=waits) == {"a": 2, "b": 4}


def test_what_follows_a_session_that_is_left_out_is_left_out() -> None:
    assert slots(sessions=[session("a", starts=[]), session("b", after=[{"session": "a"}])]) == {}


def test_one_session_may_follow_several() -> None:
    both = [{"session": "a"}, {"session": "b", "min_lag": 1}]
    assert slots(groups=[{"id": "g"}], sessions=[session("a"), session("b"), session("c", after=both)]) == {"a": 0, "b": 0, "c": 2}


def test_pins_hold_whole_or_in_part() -> None:
    trainers, venues = [{"id": "s", "cost_per_slot": 5}, {"id": "t"}], [{"id": "v"}, {"id": "w", "cost_per_slot": 5}]
    one = session("a", trainers=["s", "t"])
    parts = {"trainers": trainers, "venues": venues}
    assert searched(**parts, sessions=[one | {"pinned": {"day": 2}}])[0] == {"a": (4, "t", "v")}
    assert searched(**parts, sessions=[one | {"pinned": {"slot": 1, "trainer": "s"}}])[0] == {"a": (1, "s", "v")}
    assert searched(**parts, sessions=[one | {"pinned": {"day": 1, "slot": 1, "trainer": "s", "venue": "w"}}])[0] == {"a": (3, "s", "w")}


def test_a_pinned_session_comes_before_any_other() -> None:
    people = [{"id": "p"}]
    others = [session(f"o{n}", people=["p"], priority=5, starts=[[0, 0], [0, 1]], dur=1) for n in range(2)]
    assert slots(people=people, sessions=[*others, session("a", people=["p"], priority=1, pinned={"day": 0, "slot": 0})])["a"] == 0


def test_a_pin_that_breaks_a_rule_leaves_the_session_out() -> None:
    assert slots(sessions=[session("a", earliest=2, pinned={"day": 1})]) == {}
    assert slots(trainers=[{"id": "t"}], sessions=[session("a", pinned={"trainer": "t"})]) == {}
    assert slots(venues=[{"id": "v"}], sessions=[session("a", online=True, pinned={"venue": "v"})]) == {}


def test_late_counts_from_the_due_day_to_the_last_day() -> None:
    assert searched(sessions=[session("a", dur=4, due=0, earliest=1, priority=2)], weights={"start": 0})[1] == 20 * 2 * 2


def test_the_more_important_comes_first() -> None:
    assert slots(
        trainers=[{"id": "t"}], sessions=[session("a", dur=2, trainers=["t"]), session("b", dur=2, priority=5, trainers=["t"])]
    ) == {
        "a": 2,
        "b": 0,
    }


def test_a_month_beyond_its_target_is_avoided_as_far_as_it_pays() -> None:
    one = [session("a", headcount=10, priority=1)]
    assert slots(DATED, sessions=one, rules={"month_target_slots": [0, 10, *[0] * 10]}) == {"a": 4}
    assert slots(DATED, sessions=one, rules={"month_target_slots": [9, 10, *[0] * 10]}) == {"a": 0}


def test_a_group_is_spread_over_days() -> None:
    groups = [{"id": "g", "spread": {"min_days": 2, "weight": 50}}]
    assert sorted(one // 2 for one in slots(groups=groups, sessions=[session("a", group="g"), session("b", group="g")]).values()) == [0, 1]
    assert searched(1, groups=groups, sessions=[session("a", group="g"), session("b", group="g")])[1] == 50


def test_a_group_stays_in_one_venue() -> None:
    groups, venues = [{"id": "g", "same_venue": {"weight": 3}}], [{"id": "v", "unavailable": [[0, 1]]}, {"id": "w"}]
    two = [session("a", group="g", starts=[[0, 0]]), session("b", group="g", starts=[[0, 1]])]
    found, cost = searched(venues=venues, groups=groups, sessions=two)
    assert (cost, found["a"][2], found["b"][2]) == (0, "w", "w")


def test_sessions_of_a_cohort_keep_company() -> None:
    cohorts = [{"id": "c", "compact": {"weight": 2}}]
    calendar = {"days": 2, "slots_per_day": 4}
    two = [session("a", cohorts=["c"], starts=[[0, 0]]), session("b", cohorts=["c"], starts=[[0, 2], [0, 1], [1, 1]])]
    assert slots(calendar, cohorts=cohorts, sessions=two) == {"a": 0, "b": 1}
    alone = [session("a", cohorts=["c"], starts=[[0, 3]]), session("b", cohorts=["c"], starts=[[1, 0]])]
    assert searched(calendar, cohorts=cohorts, sessions=alone, weights={"start": 0})[1] == 4


def test_moves_and_other_trainers_are_avoided() -> None:
    previous = [{"session": "a", "day": 2, "slot": 1, "trainer": "t"}]
    parts = {"trainers": [{"id": "s"}, {"id": "t", "cost_per_slot": 3}], "previous": previous}
    assert searched(**parts, sessions=[session("a", trainers=["s", "t"])], weights={"start": 0}) == ({"a": (5, "t", None)}, 3.0)


def test_only_what_must_move_moves() -> None:
    previous = [{"session": f"s{n}", "day": n, "slot": 0, "trainer": "t"} for n in range(4)]
    parts: Json = {"sessions": [session(f"s{n}", dur=2, trainers=["t"]) for n in range(4)], "previous": previous, "weights": {"start": 0}}
    found = slots(8, trainers=[{"id": "t", "unavailable": [[1, 0]]}], **parts)
    assert {one: found[one] for one in ("s0", "s2", "s3")} == {"s0": 0, "s2": 4, "s3": 6}
    assert found["s1"] >= 8


def test_the_same_seed_finds_the_same() -> None:
    many = [session(f"s{n}", trainers=["s", "t"], dur=1 + n % 2, priority=1 + n % 5) for n in range(30)]
    parts: Json = {"trainers": [{"id": "s"}, {"id": "t"}], "sessions": many}
    assert searched(40, **parts) == searched(40, **parts)


def test_a_chain_whose_trainer_has_one_slot_a_month_begins_late_enough_for_its_end_to_fit() -> None:
    trainers = [{"id": "t", "max_slots_per_month": 1}]
    chain = [session("a", trainers=["t"]), session("b", trainers=["t"], after=[{"session": "a", "max_lag": 2}])]
    found = slots(DATED, steps=2_000, trainers=trainers, sessions=chain)
    assert len(found) == 2 and (found["a"] < 4 <= found["b"] or found["a"] < 8 <= found["b"])
