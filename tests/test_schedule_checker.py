"""The checker itself: for each rule of the contract a schedule that breaks it is caught, and its neighbour that does not is let through."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schedule_checker import Fault, broken, faults, refusals
from tests.schedule_facts import Facts, Json, terms

WEEK = ["2027-01-28", "2027-01-29", "2027-02-01", "2027-03-30", "2027-04-01"]


def problem(*sessions: Json, **parts: Any) -> Json:
    return {"calendar": {"days": 5}, "sessions": [{"id": "abcdef"[at], **session} for at, session in enumerate(sessions)], **parts}


def dated(*sessions: Json, **parts: Any) -> Json:
    return problem(*sessions, **{"calendar": {"days": WEEK}, **parts})


def at(day: int, slot: int = 0, trainer: str | None = None, venue: str | None = None) -> Json:
    return {"day": day, "slot": slot, "trainer": trainer, "venue": venue}


def listed(*places: Json) -> list[Json]:
    return [{"session": "abcdef"[number], **place} for number, place in enumerate(places)]


def rules_broken(given: Json, *places: Json) -> set[str]:
    return {fault.rule for fault in broken(Facts(given, listed(*places)))}


TAUGHT = {"trainers": ["t"]}
SHARED = {"people": ["p"], "headcount": 1}
ROOM = {"venues": [{"id": "v", "capacity": 10, "cost_per_slot": 3}, {"id": "w"}]}
TEACHER = {"trainers": [{"id": "t", "cost_per_slot": 5}, {"id": "u"}]}
CROWD = {"departments": [{"id": "d", "max_absent": 1}], "people": [{"id": "p", "department": "d"}, {"id": "q", "department": "d"}]}
LIMITED = {**TEACHER, "trainers": [{"id": "t", "max_slots_per_month": 2, "max_slots_per_year": 3}]}
HARD_MONTH = {"person_max_slots_per_month": {"limit": 2}}

# rule: the problem, places that break it, places that do not.
CASES: dict[str, tuple[Json, list[Json], list[Json]]] = {
    "calendar": (problem({"dur": 2}), [at(4, 1)], [at(4)]),
    "calendar, slot": (problem({}), [at(1, 2)], [at(1, 1)]),
    "trainer_eligible": (problem(TAUGHT, **TEACHER), [at(0, 0, "u")], [at(0, 0, "t")]),
    "trainer_eligible, nobody": (problem(TAUGHT, **TEACHER), [at(0)], [at(0, 0, "t")]),
    "trainer_eligible, none wanted": (problem({}, **TEACHER), [at(0, 0, "t")], [at(0)]),
    "venue_eligible": (problem({"venues": ["v"]}, **ROOM), [at(0, 0, None, "w")], [at(0, 0, None, "v")]),
    "venue_eligible, online": (problem({"online": True}, **ROOM), [at(0, 0, None, "w")], [at(0)]),
    "venue_eligible, none": (problem({"venues": []}, **ROOM), [at(0, 0, None, "w")], [at(0)]),
    "venue_eligible, any": (problem({}, **ROOM), [at(0)], [at(0, 0, None, "w")]),
    "capacity": (problem({"headcount": 11}, **ROOM), [at(0, 0, None, "v")], [at(0, 0, None, "w")]),
    "capacity, named": (problem({"headcount": 11, "venues": ["v", "w"]}, **ROOM), [at(0, 0, None, "v")], [at(0, 0, None, "w")]),
    "morning": (problem({"dur": 2}), [at(0, 1)], [at(0)]),
    "morning, long enough": ({**problem({"dur": 3}), "calendar": {"days": 5, "slots_per_day": 5}}, [at(0, 1)], [at(1)]),
    "earliest": (problem({"earliest": 2}), [at(1, 1)], [at(2)]),
    "starts": (problem({"starts": [[1, 1], [3, 0]]}), [at(1)], [at(1, 1)]),
    "starts, none": (problem({"starts": []}), [at(1)], []),
    "no_crossing": ({**problem({"dur": 3}), "calendar": {"days": 5, "no_crossing": [1]}}, [at(1)], [at(2)]),
    "after": (problem({}, {"after": [{"session": "a", "min_lag": 1}]}), [at(0), at(0, 1)], [at(0), at(1)]),
    "after, too late": (problem({}, {"after": [{"session": "a", "max_lag": 1}]}), [at(0), at(1, 1)], [at(0), at(1)]),
    "after, at once": (problem({"dur": 2}, {"after": [{"session": "a"}]}), [at(0), at(0, 1)], [at(0), at(1)]),
    "blackout": (
        problem({"group": "g", "dur": 2}, groups=[{"id": "g", "blackout_slots": [[1, 1]]}]),
        [at(1)],
        [at(2)],
    ),
    "trainer_unavailable": (
        problem({**TAUGHT, "dur": 2}, trainers=[{"id": "t", "unavailable": [[1, 1]]}]),
        [at(1, 0, "t")],
        [at(2, 0, "t")],
    ),
    "venue_unavailable": (problem({"dur": 2}, venues=[{"id": "v", "unavailable": [[1, 1]]}]), [at(1, 0, None, "v")], [at(2, 0, None, "v")]),
    "trainer_exclusive": (problem(TAUGHT, TAUGHT, **TEACHER), [at(0, 0, "t"), at(0, 0, "t")], [at(0, 0, "t"), at(0, 1, "t")]),
    "venue_exclusive": (problem({}, {}, **ROOM), [at(0, 0, None, "v"), at(0, 0, None, "v")], [at(0, 0, None, "v"), at(0, 0, None, "w")]),
    "cohort_exclusive": (problem({"cohorts": ["c"]}, {"cohorts": ["c"]}, cohorts=[{"id": "c"}]), [at(0), at(0)], [at(0), at(0, 1)]),
    "group_exclusive": (problem({"group": "g", "dur": 2}, {"group": "g"}, groups=[{"id": "g"}]), [at(0), at(0, 1)], [at(0), at(1)]),
    "person_exclusive": (problem(SHARED, SHARED, people=[{"id": "p"}]), [at(0), at(0)], [at(0), at(0, 1)]),
    "max_absent": (problem({"people": ["p"]}, {"people": ["q"]}, **CROWD), [at(0), at(0)], [at(0), at(0, 1)]),
    "max_absent, online": (problem({"people": ["p"], "online": True}, {"people": ["q"]}, **CROWD), [at(0), at(0)], [at(0), at(0, 1)]),
    "person_month": (
        dated({**SHARED, "dur": 2}, SHARED, people=[{"id": "p"}], rules=HARD_MONTH),
        [at(0), at(1)],
        [at(0), at(2)],
    ),
    "person_month, first day": (
        dated({**SHARED, "dur": 4}, people=[{"id": "p"}], rules=HARD_MONTH),
        [at(1)],
        [],
    ),
    "trainer_month": (dated({**TAUGHT, "dur": 2}, TAUGHT, **LIMITED), [at(0, 0, "t"), at(1, 0, "t")], [at(0, 0, "t"), at(2, 0, "t")]),
    "trainer_year": (
        problem({**TAUGHT, "dur": 2}, {**TAUGHT, "dur": 2}, **LIMITED),
        [at(0, 0, "t"), at(2, 0, "t")],
        [at(0, 0, "t")],
    ),
    "budget_year": (problem(TAUGHT, TAUGHT, **TEACHER, rules={"budget": {"year": 9}}), [at(0, 0, "t"), at(1, 0, "t")], [at(0, 0, "t")]),
    "budget_quarter": (
        dated(TAUGHT, TAUGHT, **TEACHER, rules={"budget": {"quarters": [5, 5, 0, 0]}}),
        [at(0, 0, "t"), at(3, 0, "t")],
        [at(0, 0, "t"), at(4, 0, "t")],
    ),
    "pinned": (problem({"pinned": {"day": 1, "slot": None}}), [at(2, 1)], [at(1, 1)]),
    "pinned, trainer": (problem({"trainers": ["t", "u"], "pinned": {"trainer": "u"}}, **TEACHER), [at(0, 0, "t")], [at(0, 0, "u")]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_rule_is_caught_and_its_neighbour_let_through(name: str) -> None:
    given, wrong, right = CASES[name]
    assert rules_broken(given, *wrong) == {name.split(",")[0]}
    assert rules_broken(given, *right) == set()


@pytest.mark.parametrize("kind", ["trainer", "venue", "cohort", "group", "person"])
def test_what_is_not_exclusive_may_be_shared(kind: str) -> None:
    given, wrong, _ = CASES[f"{kind}_exclusive"]
    assert rules_broken({**given, "rules": {f"{kind}_exclusive": False}}, *wrong) == set()


def test_a_later_session_without_the_earlier_one_is_caught() -> None:
    given = problem({}, {"after": [{"session": "a"}]})
    assert [fault.rule for fault in broken(Facts(given, [{"session": "b", **at(1)}]))] == ["after"]


def test_without_dates_months_and_quarters_are_void_and_the_year_is_the_calendar() -> None:
    months = problem({**SHARED, "dur": 2}, SHARED, people=[{"id": "p"}], rules={**HARD_MONTH, "month_target_slots": [0] * 12})
    assert rules_broken(months, at(0), at(1)) == set()
    assert terms(months, listed(at(0), at(1)))["overload"] == 0
    trainer = problem({**TAUGHT, "dur": 2}, TAUGHT, **LIMITED)
    assert rules_broken(trainer, at(0, 0, "t"), at(1, 0, "t")) == set()
    quarters = problem(TAUGHT, TAUGHT, **TEACHER, rules={"budget": {"quarters": [5, 5, 0, 0]}})
    assert rules_broken(quarters, at(0, 0, "t"), at(1, 0, "t")) == set()


def test_a_short_session_may_run_on_into_the_next_day_and_a_long_one_over_its_end() -> None:
    given = {**problem({"dur": 2}, {"dur": 4}), "calendar": {"days": 5, "slots_per_day": 5}}
    assert rules_broken(given, at(0, 4), at(2)) == set()


def test_one_person_in_two_sessions_at_once_is_one_absence() -> None:
    given = problem({"people": ["p"]}, {"people": ["p"]}, **CROWD, rules={"person_exclusive": False})
    assert rules_broken(given, at(0), at(0)) == set()


def term(name: str, given: Json, *places: Json) -> float:
    return terms(given, listed(*places))[name]


def test_late_counts_workdays_from_due_to_the_day_of_the_last_slot() -> None:
    given = problem({"dur": 3, "due": 1, "priority": 5})
    assert [term("late", given, at(day)) for day in (0, 1, 2)] == [0, 100, 200]


def test_start_counts_the_day_times_priority_with_the_default_of_three() -> None:
    assert term("start", problem({}, {"priority": 1}), at(2), at(4)) == 10


def test_cost_is_per_slot_of_trainer_and_venue() -> None:
    assert term("cost", problem({**TAUGHT, "dur": 2}, **TEACHER, **ROOM, weights={"cost": 2}), at(0, 0, "t", "v")) == 32


def test_overload_is_person_slots_above_the_target_by_the_month_of_the_first_day() -> None:
    given = dated(
        {"dur": 2, "headcount": 5}, {"dur": 1, "headcount": 9, "online": True}, rules={"month_target_slots": [12, 100, *[0] * 10]}
    )
    assert [term("overload", given, at(0), at(day)) for day in (1, 2, 3)] == [7, 0, 9]
    assert term("overload", {**given, "weights": {"overload": 3}}, at(0), at(1)) == 21


def test_a_soft_person_limit_costs_its_own_weight_per_excess_slot() -> None:
    rules = {"person_max_slots_per_month": {"limit": 2, "mode": "soft", "weight": 7}}
    given = dated({**SHARED, "dur": 2}, {**SHARED, "dur": 2}, people=[{"id": "p"}], rules=rules, weights={"overload": 100})
    assert rules_broken(given, at(0), at(1)) == set()
    assert [term("overload", given, at(0), at(day)) for day in (1, 2)] == [14, 0]


def test_soft_capacity_costs_each_missing_seat_once() -> None:
    given = problem({"headcount": 14, "dur": 2}, **ROOM, rules={"venue_capacity": {"mode": "soft", "weight": 2}})
    assert rules_broken(given, at(0, 0, None, "v")) == set()
    assert [term("capacity", given, at(0, 0, None, venue)) for venue in ("v", "w")] == [8, 0]


def test_spread_counts_distinct_days_of_a_group_even_when_nothing_of_it_is_placed() -> None:
    given = problem({"group": "g", "dur": 3}, {"group": "g"}, groups=[{"id": "g", "spread": {"min_days": 3, "weight": 5}}])
    assert [term("spread", given, at(0), at(day)) for day in (1, 2)] == [5, 0]
    assert term("spread", given) == 15


def test_same_venue_counts_rooms_beyond_the_first() -> None:
    given = problem({"group": "g"}, {"group": "g"}, groups=[{"id": "g", "same_venue": {}}], **ROOM)
    assert [term("same_venue", given, at(0, 0, None, "v"), at(1, 0, None, venue)) for venue in ("v", "w")] == [0, 1]
    assert term("same_venue", given) == 0


def test_compact_wants_a_neighbour_on_the_same_day() -> None:
    given = problem({"cohorts": ["c"]}, {"cohorts": ["c"]}, cohorts=[{"id": "c", "compact": {"weight": 2}}])
    assert term("compact", given, at(0), at(0, 1)) == 0
    assert term("compact", given, at(0, 1), at(1)) == 4
    assert term("compact", given, at(0)) == 2


def test_moves_and_changed_trainers_of_placed_sessions_count_and_venues_do_not() -> None:
    before = [{"session": name, **at(0, 0, "t", "v")} for name in ("a", "b", "gone")]
    given = problem({"trainers": ["t", "u"]}, {"trainers": ["t"]}, **TEACHER, **ROOM, previous=before)
    places = listed(at(0, 1, "u", "w"))
    assert (terms(given, places)["move"], terms(given, places)["trainer_change"]) == (60, 10)
    assert term("move", given, at(0, 0, "t", "w")) == 0


def test_unplaced_counts_by_priority() -> None:
    assert term("unplaced", problem({"priority": 2}, {})) == 1_000_000


SCHEDULE = {
    "status": "FEASIBLE",
    "objective": {name: 0 for name in ("late", "cost", "overload", "capacity", "spread", "compact", "same_venue", "move", "unplaced")}
    | {"start": 6, "total": 6},
    "bound": 3,
    "gap": 0.5,
    "seconds": 1.0,
    "first_feasible_seconds": 0.5,
    "assignments": listed(at(0), at(2)),
    "unplaced": [],
}
REASON = {"rule": "starts", "subject": "", "message": "…"}
LEFT_OUT = {"session": "b", "reasons": [REASON], "relaxations": []}
PARTIAL = {
    **SCHEDULE,
    "status": "PARTIAL",
    "objective": {**SCHEDULE["objective"], "start": 0, "unplaced": 600_000, "total": 600_000},
    "bound": None,
    "gap": None,
    "assignments": listed(at(0)),
    "unplaced": [LEFT_OUT],
}


def kinds(given: Json, schedule: Json) -> list[str]:
    return [fault.rule for fault in faults(given, schedule)]


def test_a_right_document_has_no_fault() -> None:
    assert faults(problem({}, {}), SCHEDULE) == []
    assert faults(problem({}, {"starts": []}), PARTIAL) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"assignments": listed(at(0))}, "listed"),
        ({"assignments": listed(at(0), at(2)), "unplaced": [LEFT_OUT]}, "listed"),
        ({"assignments": [{"session": "a", **at(0)}, {"session": "b", "day": 2, "slot": 0}]}, "shape"),
        ({"objective": {**SCHEDULE["objective"], "start": 5}}, "objective"),
        ({"objective": {**SCHEDULE["objective"], "total": 7}}, "objective"),
        ({"objective": {"start": 6, "total": 6}}, "objective"),
        ({"bound": 7, "gap": -1 / 6}, "bound"),
        ({"gap": 0.4}, "gap"),
        ({"gap": None}, "gap"),
        ({"status": "OPTIMAL"}, "status"),
        ({"status": "PARTIAL"}, "status"),
        ({"status": "DONE"}, "status"),
        ({"first_feasible_seconds": 2.0}, "seconds"),
    ],
)
def test_a_wrong_document_is_caught(change: Json, kind: str) -> None:
    assert kind in kinds(problem({}, {}), {**SCHEDULE, **change})


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({"reasons": []}, "reason"),
        ({"reasons": [{**REASON, "rule": "bad luck"}]}, "reason"),
        ({"reasons": [{**REASON, "message": ""}]}, "reason"),
        ({"relaxations": [{"rule": "starts", "message": "…"}]}, "relaxation"),
    ],
)
def test_an_unplaced_session_says_why(item: Json, kind: str) -> None:
    assert kinds(problem({}, {"starts": []}), {**PARTIAL, "unplaced": [{**LEFT_OUT, **item}]}) == [kind]


@pytest.mark.parametrize(("status", "right"), [("PARTIAL", True), ("INFEASIBLE", True), ("FEASIBLE", False), ("OUT_OF_TIME", False)])
def test_a_status_says_whether_all_are_placed(status: str, right: bool) -> None:
    assert (kinds(problem({}, {"starts": []}), {**PARTIAL, "status": status}) == []) is right


def test_a_pinned_session_is_left_out_only_when_its_pin_breaks_a_rule() -> None:
    alone = problem({}, {"pinned": {"day": 0}})
    assert kinds(alone, PARTIAL) == ["pinned"]
    breaks = problem({}, {"pinned": {"day": 0}, "earliest": 1})
    assert kinds(breaks, PARTIAL) == []
    clash = problem(
        {"cohorts": ["c"], "pinned": {"day": 0, "slot": 0}}, {"cohorts": ["c"], "pinned": {"day": 0, "slot": 0}}, cohorts=[{"id": "c"}]
    )
    assert kinds(clash, PARTIAL) == []
    in_the_way = problem({"cohorts": ["c"]}, {"cohorts": ["c"], "pinned": {"day": 0, "slot": 0}}, cohorts=[{"id": "c"}])
    assert kinds(in_the_way, PARTIAL) == ["pinned"]


@pytest.mark.parametrize(
    "given",
    [
        problem({}, {"id": "a"}),
        problem({"trainers": ["nobody"]}),
        problem({"venues": ["nowhere"]}),
        problem({"group": "g"}),
        problem({"people": ["p"]}),
        problem({}, people=[{"id": "p", "department": "d"}]),
        problem({"after": [{"session": "z"}]}),
        problem({"after": [{"session": "b"}]}, {"after": [{"session": "a"}]}),
        problem({"starts": [[5, 0]]}),
        problem({}, trainers=[{"id": "t", "unavailable": [[0, 2]]}]),
        {**problem({}), "calendar": {"days": ["2027-01-05", "2027-01-04"]}},
    ],
)
def test_bad_input_is_refused(given: Json) -> None:
    assert refusals(given)
    assert not refusals(problem({}, {"after": [{"session": "a"}]}))


def test_faults_name_where() -> None:
    assert list(broken(Facts(problem({"earliest": 2}), listed(at(1))))) == [Fault("earliest", "a")]
