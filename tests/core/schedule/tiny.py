"""Random problems so small that their optimum is known, in which every rule of the contract occurs."""

from __future__ import annotations

import random
from typing import Any

Json = dict[str, Any]

# Two months and two quarters in a handful of workdays.
_DATES = ["2027-03-26", "2027-03-29", "2027-03-30", "2027-03-31", "2027-04-01", "2027-04-02", "2027-04-06", "2027-04-07"]


def tiny(seed: int) -> Json:
    """A problem of 2 to 6 sessions; the same for the same seed."""
    chance = random.Random(seed)
    days = chance.randint(4, len(_DATES))
    a_day = chance.choice((2, 2, 2, 3))
    problem: Json = {"calendar": {"days": _DATES[:days] if chance.random() < 0.8 else days, "slots_per_day": a_day}}
    if chance.random() < 0.3:
        problem["calendar"]["no_crossing"] = [chance.randrange(days)]
    problem["trainers"] = [_trainer(chance, f"T{at}", days, a_day) for at in range(2)]
    problem["venues"] = [_venue(chance, f"V{at}", days, a_day) for at in range(chance.choice((0, 1, 2, 2)))]
    problem["departments"] = [{"id": "D0", "max_absent": chance.choice((1, 2, 3))}, {"id": "D1"}]
    problem["people"] = [{"id": f"E{at}", "department": f"D{at % 2}"} for at in range(5)] + [{"id": "E5"}]
    problem["cohorts"] = [{"id": "C0", "compact": {"weight": chance.randint(1, 9)}}, {"id": "C1"}]
    problem["groups"] = [_group(chance, f"G{at}", days, a_day) for at in range(2)]
    problem["sessions"] = [_session(chance, at, problem, days, a_day) for at in range(chance.randint(2, 6))]
    problem["rules"] = _rules(chance)
    if chance.random() < 0.5:
        problem["weights"] = {
            "late": chance.randint(0, 9),
            "start": chance.randint(0, 3),
            "overload": chance.randint(0, 4),
            "unplaced": chance.choice((20, 200, 5_000)),
        }
    if chance.random() < 0.4:
        problem["previous"] = [_before(chance, one, days, a_day) for one in problem["sessions"] if chance.random() < 0.6]
    return problem


def _some(chance: random.Random, days: int, a_day: int, share: float) -> list[list[int]]:
    return [[day, slot] for day in range(days) for slot in range(a_day) if chance.random() < share]


def _trainer(chance: random.Random, name: str, days: int, a_day: int) -> Json:
    trainer = {"id": name, "cost_per_slot": chance.randint(0, 5), "unavailable": _some(chance, days, a_day, 0.15)}
    if chance.random() < 0.5:
        trainer["max_slots_per_month"] = chance.randint(1, 5)
    if chance.random() < 0.3:
        trainer["max_slots_per_year"] = chance.randint(2, 6)
    return trainer


def _venue(chance: random.Random, name: str, days: int, a_day: int) -> Json:
    unavailable = _some(chance, days, a_day, 0.15)
    venue = {"id": name, "capacity": chance.randint(1, 4), "unavailable": unavailable, "cost_per_slot": chance.randint(0, 3)}
    if chance.random() < 0.2:
        del venue["capacity"]
    return venue


def _group(chance: random.Random, name: str, days: int, a_day: int) -> Json:
    group: Json = {"id": name, "blackout_slots": _some(chance, days, a_day, 0.1)}
    if chance.random() < 0.5:
        group["spread"] = {"min_days": chance.randint(1, 4), "weight": chance.randint(1, 9)}
    if chance.random() < 0.5:
        group["same_venue"] = {"weight": chance.randint(1, 9)}
    return group


def _session(chance: random.Random, at: int, problem: Json, days: int, a_day: int) -> Json:
    session: Json = {"id": f"S{at}", "dur": chance.choice((1, 1, 1, 2, 2, 3)), "priority": chance.randint(1, 5)}
    session["people"] = chance.sample([one["id"] for one in problem["people"]], chance.randint(0, 3))
    session["trainers"] = chance.choice(([], ["T0"], ["T1"], ["T0", "T1"]))
    session["cohorts"] = chance.choice(([], ["C0"], ["C0"], ["C1"], ["C0", "C1"]))
    session["online"] = chance.random() < 0.2
    if chance.random() < 0.7:
        session["group"] = chance.choice(("G0", "G1"))
    if chance.random() < 0.3:
        session["headcount"] = chance.randint(0, 5)
    if problem["venues"] and chance.random() < 0.3:
        session["venues"] = chance.choice(([], [problem["venues"][0]["id"]]))
    if chance.random() < 0.3:
        session["earliest"] = chance.randrange(days)
    if chance.random() < 0.6:
        session["due"] = chance.randrange(days)
    if chance.random() < 0.2:
        session["starts"] = _some(chance, days, a_day, 0.5)
    if at and chance.random() < 0.5:
        session["after"] = [_lag(chance, before) for before in chance.sample(range(at), chance.choice((1, 1, min(2, at))))]
    if chance.random() < 0.1:
        session["pinned"] = {"day": chance.randrange(days)} if chance.random() < 0.5 else {"trainer": chance.choice(("T0", "T1"))}
    return session


def _lag(chance: random.Random, before: int) -> Json:
    lag: Json = {"session": f"S{before}", "min_lag": chance.randint(0, 3)}
    if chance.random() < 0.6:
        lag["max_lag"] = lag["min_lag"] + chance.randint(0, 4)
    return lag


def _rules(chance: random.Random) -> Json:
    rules: Json = {"venue_capacity": {"mode": chance.choice(("hard", "soft")), "weight": chance.randint(1, 5)}}
    if chance.random() < 0.6:
        mode = chance.choice(("hard", "hard", "soft"))
        rules["person_max_slots_per_month"] = {"limit": chance.randint(0, 4), "mode": mode, "weight": chance.randint(1, 9)}
    if chance.random() < 0.4:
        rules["budget"] = {"year": chance.randint(3, 25), "quarters": [chance.randint(0, 15) for _ in range(4)]}
    if chance.random() < 0.5:
        rules["month_target_slots"] = [chance.randint(0, 8) for _ in range(12)]
    for name in ("venue", "trainer", "cohort", "group", "person"):
        if chance.random() < 0.2:
            rules[f"{name}_exclusive"] = False
    return rules


def _before(chance: random.Random, session: Json, days: int, a_day: int) -> Json:
    trainer = chance.choice([*session["trainers"], None])
    return {"session": session["id"], "day": chance.randrange(days), "slot": chance.randrange(a_day), "trainer": trainer, "venue": None}
