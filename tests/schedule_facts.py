"""A scheduling problem read by the words of the contract, and its objective worked out from them: raw JSON in, figures out.

Knows nothing of the code that is checked with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from math import inf
from typing import Any

Json = dict[str, Any]

_WEIGHTS = {"late": 20, "start": 1, "cost": 1, "overload": 1, "move": 60, "trainer_change": 10, "unplaced": 200_000}


class Facts:
    """A problem with its defaults, and the places of its sessions."""

    def __init__(self, problem: Json, assignments: Iterable[Json]) -> None:
        self.problem = problem
        calendar = problem["calendar"]
        self.per_day = given(calendar, "slots_per_day", 2)
        days = calendar["days"]
        self.dates = None if isinstance(days, int) else [date.fromisoformat(day) for day in days]
        self.days = days if isinstance(days, int) else len(days)
        self.sessions = {session["id"]: session for session in problem["sessions"]}
        self.venues = {venue["id"]: venue for venue in listed(problem, "venues")}
        self.trainers = {trainer["id"]: trainer for trainer in listed(problem, "trainers")}
        self.home = {person["id"]: person.get("department") for person in listed(problem, "people")}
        self.rules = given(problem, "rules", {})
        self.weights = _WEIGHTS | {name: value for name, value in given(problem, "weights", {}).items() if value is not None}
        self.placed = {place["session"]: place for place in assignments}

    def dur(self, session: str) -> int:
        return int(given(self.sessions[session], "dur", 1))

    def priority(self, session: str) -> int:
        return int(given(self.sessions[session], "priority", 3))

    def headcount(self, session: str) -> int:
        return int(given(self.sessions[session], "headcount", len(listed(self.sessions[session], "people"))))

    def first(self, session: str) -> int:
        place = self.placed[session]
        return int(place["day"] * self.per_day + place["slot"])

    def taken(self, session: str) -> range:
        return range(self.first(session), self.first(session) + self.dur(session))

    def days_of(self, session: str) -> range:
        taken = self.taken(session)
        return range(taken[0] // self.per_day, taken[-1] // self.per_day + 1)

    def month(self, session: str) -> int | None:
        return self.dates[self.placed[session]["day"]].month if self.dates else None

    def needs_venue(self, session: str) -> bool:
        wanted = self.sessions[session]
        return bool(self.venues) and not given(wanted, "online", False) and wanted.get("venues") != []

    def capacity(self, venue: str) -> float:
        return float(given(self.venues[venue], "capacity", inf))

    def cost(self, session: str) -> float:
        place = self.placed[session]
        trainer = given(self.trainers[place["trainer"]], "cost_per_slot", 0) if place["trainer"] is not None else 0
        venue = given(self.venues[place["venue"]], "cost_per_slot", 0) if place["venue"] is not None else 0
        return self.dur(session) * float(trainer + venue)

    def rule(self, name: str) -> Json:
        return {"mode": "hard", "weight": 1} | {key: value for key, value in given(self.rules, name, {}).items() if value is not None}

    def slots(self, pairs: Iterable[list[int]]) -> set[int]:
        return {day * self.per_day + slot for day, slot in pairs}


def given(values: Json, key: str, default: Any) -> Any:
    """The value of a key, or the default when it is absent or null."""
    value = values.get(key)
    return default if value is None else value


def listed(values: Json, key: str) -> list[Any]:
    """The list under a key, empty when it is absent or null."""
    return list(given(values, key, []))


def terms(problem: Json, assignments: list[Json]) -> dict[str, float]:
    """The objective recomputed, term by term, weighted; with `trainer_change` and the `total`."""
    facts = Facts(problem, assignments)
    found = {
        "late": sum(facts.priority(name) * _lateness(facts, name) for name in facts.placed) * facts.weights["late"],
        "start": sum(facts.priority(name) * place["day"] for name, place in facts.placed.items()) * facts.weights["start"],
        "cost": sum(facts.cost(name) for name in facts.placed) * facts.weights["cost"],
        "overload": _overload(facts),
        "capacity": _missing_seats(facts),
        "spread": _spread(facts),
        "same_venue": _same_venue(facts),
        "compact": _compact(facts),
        "move": facts.weights["move"] * _changes(facts, ("day", "slot")),
        "trainer_change": facts.weights["trainer_change"] * _changes(facts, ("trainer",)),
        "unplaced": facts.weights["unplaced"] * sum(facts.priority(name) for name in facts.sessions.keys() - facts.placed.keys()),
    }
    return found | {"total": sum(found.values())}


def _lateness(facts: Facts, name: str) -> int:
    return max(0, facts.days_of(name)[-1] - int(given(facts.sessions[name], "due", facts.days)))


def _overload(facts: Facts) -> float:
    loads: Counter[int | None] = Counter()
    for name in facts.placed:
        loads[facts.month(name)] += facts.dur(name) * facts.headcount(name)
    targets = enumerate(listed(facts.rules, "month_target_slots"), start=1)
    over = sum(max(0, loads[month] - target) for month, target in targets if target is not None)
    rule = facts.rule("person_max_slots_per_month")
    excess = sum(max(0, load - rule.get("limit", inf)) for load in person_loads(facts).values()) if rule["mode"] == "soft" else 0
    return float(facts.weights["overload"] * over * (facts.dates is not None) + rule["weight"] * excess)


def _missing_seats(facts: Facts) -> float:
    rule = facts.rule("venue_capacity")
    if rule["mode"] == "hard":
        return 0
    seated = ((facts.headcount(name), place["venue"]) for name, place in facts.placed.items() if place["venue"] is not None)
    return float(rule["weight"] * sum(max(0, wanted - facts.capacity(venue)) for wanted, venue in seated))


def _members(facts: Facts, group: str) -> list[str]:
    return [name for name in facts.placed if facts.sessions[name].get("group") == group]


def _spread(facts: Facts) -> float:
    cost = 0.0
    for group in listed(facts.problem, "groups"):
        if spread := group.get("spread"):
            days = {day for name in _members(facts, group["id"]) for day in facts.days_of(name)}
            cost += given(spread, "weight", 1) * max(0, given(spread, "min_days", 0) - len(days))
    return cost


def _same_venue(facts: Facts) -> float:
    cost = 0.0
    for group in listed(facts.problem, "groups"):
        if (rule := group.get("same_venue")) is not None:
            venues = {facts.placed[name]["venue"] for name in _members(facts, group["id"])} - {None}
            cost += given(rule, "weight", 1) * max(0, len(venues) - 1)
    return cost


def _compact(facts: Facts) -> float:
    cost = 0.0
    for cohort in listed(facts.problem, "cohorts"):
        if (rule := cohort.get("compact")) is None:
            continue
        members = [name for name in facts.placed if cohort["id"] in listed(facts.sessions[name], "cohorts")]
        cost += given(rule, "weight", 1) * sum(_is_alone(facts, name, [other for other in members if other != name]) for name in members)
    return cost


def _is_alone(facts: Facts, name: str, others: list[str]) -> bool:
    taken = facts.taken(name)
    beside = set()
    if taken[0] % facts.per_day:
        beside.add(taken[0] - 1)
    if (taken[-1] + 1) % facts.per_day:
        beside.add(taken[-1] + 1)
    return not any(beside.intersection(facts.taken(other)) for other in others)


def _changes(facts: Facts, keys: tuple[str, ...]) -> int:
    before = listed(facts.problem, "previous")
    pairs = [(place, facts.placed[place["session"]]) for place in before if place["session"] in facts.placed]
    return sum(any(old.get(key) != new[key] for key in keys) for old, new in pairs)


def person_loads(facts: Facts) -> Counter[tuple[str, int]]:
    loads: Counter[tuple[str, int]] = Counter()
    for name in facts.placed if facts.dates else ():
        for person in set(listed(facts.sessions[name], "people")):
            loads[person, facts.month(name)] += facts.dur(name)
    return loads
