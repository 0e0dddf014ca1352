"""Schedules as a careful spreadsheet makes them: one session after the other, each at the first place where it breaks no rule.

Works on the raw PROBLEM; knows nothing of the code that it is compared with. Every rule of the contract is kept; nothing is ever moved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import inf
from typing import Any

from tests.schedule_facts import Facts, Json, given, listed


def by_due_date(problem: Json) -> list[Json]:
    """Assignments, made in the order of what is due first; chains keep together."""
    return _Greedy(problem).run(lambda due, priority: (due, -priority))


def by_priority(problem: Json) -> list[Json]:
    """Assignments, made in the order of what matters most; what is due first among equals."""
    return _Greedy(problem).run(lambda due, priority: (-priority, due))


class _Greedy:
    """What is taken so far, as bits by slot, and the loads of the months."""

    def __init__(self, problem: Json) -> None:
        self.facts = Facts(problem, [])
        facts = self.facts
        self.busy: dict[tuple[str, Any], int] = defaultdict(int)
        for kind, items in (("trainer", facts.trainers.values()), ("venue", facts.venues.values())):
            for item in items:
                self.busy[kind, item["id"]] = self._mask(listed(item, "unavailable"))
        self.black = {group["id"]: self._mask(listed(group, "blackout_slots")) for group in listed(problem, "groups")}
        self.caps = {item["id"]: given(item, "max_absent", inf) for item in listed(problem, "departments")}
        self.away: dict[tuple[Any, int], set[Any]] = defaultdict(set)
        self.load: Counter[tuple[Any, ...]] = Counter()
        self.spent: dict[Any, float] = defaultdict(float)
        self.walls = sum(1 << ((day + 1) * facts.per_day - 1) for day in listed(problem["calendar"], "no_crossing"))
        limit = facts.rule("person_max_slots_per_month")
        self.person_limit = given(limit, "limit", inf) if limit["mode"] == "hard" and facts.dates else inf
        self.budget = given(facts.rules, "budget", {})

    def _mask(self, pairs: list[list[int]]) -> int:
        return sum(1 << slot for slot in self.facts.slots(pairs))

    def run(self, key: Any) -> list[Json]:
        """All that finds a place: what is pinned first, then chain by chain in the order of the key."""
        for chain in self._chains(key):
            self._place(chain)
        return list(self.facts.placed.values())

    def _chains(self, key: Any) -> list[list[str]]:
        """Sessions that hang together by `after`, each behind those it waits for, in the order of the key."""
        sessions, root = self.facts.sessions, _roots(self.facts.sessions)
        chains: dict[str, list[str]] = defaultdict(list)
        for name in _behind(sessions):
            chains[root[name]].append(name)

        def order(chain: list[str]) -> Any:
            due = min(given(sessions[name], "due", self.facts.days) for name in chain)
            pinned = any(sessions[name].get("pinned") for name in chain)
            return not pinned, *key(due, max(self.facts.priority(name) for name in chain)), str(chain[0])

        return sorted(chains.values(), key=order)

    def _place(self, chain: list[str]) -> None:
        """At the first start of the first part, one a week is tried, from which all parts fit; as many parts as fit when there is none."""
        weeks: set[int] = set()
        best: list[Json] = []
        for first in self._places(chain[0]):
            if first["day"] // 5 in weeks:
                continue
            weeks.add(first["day"] // 5)
            found = self._from(chain, first)
            for place in reversed(found):
                self._take(place, -1)
            if len(found) > len(best):
                best = found
            if len(found) == len(chain):
                break
        for place in best:
            self._take(place)

    def _from(self, chain: list[str], first: Json) -> list[Json]:
        self._take(first)
        found = [first]
        for name in chain[1:]:
            waits = all(lag["session"] in self.facts.placed for lag in listed(self.facts.sessions[name], "after"))
            if waits and (place := next(self._places(name), None)) is not None:
                self._take(place)
                found.append(place)
        return found

    def _places(self, name: str) -> Iterator[Json]:
        session, dur = self.facts.sessions[name], self.facts.dur(name)
        pin = given(session, "pinned", {})
        for start in self._starts(name):
            day, slot = divmod(start, self.facts.per_day)
            if any(pin.get(key) not in (None, value) for key, value in (("day", day), ("slot", slot))):
                continue
            if not self._people_can(name, start):
                continue
            taken = ((1 << dur) - 1) << start
            for trainer in self._trainers(name, pin, day, taken):
                for venue in self._venues(name, pin, taken):
                    place = {"session": name, "day": day, "slot": slot, "trainer": trainer, "venue": venue}
                    if self._affordable(name, place):
                        yield place

    def _starts(self, name: str) -> Iterator[int]:
        facts, session = self.facts, self.facts.sessions[name]
        dur, last = facts.dur(name), facts.days * facts.per_day
        first = given(session, "earliest", 0) * facts.per_day
        for lag in listed(session, "after"):
            end = facts.taken(lag["session"])[-1] + 1
            first = max(first, end + given(lag, "min_lag", 0))
            last = min(last, end + given(lag, "max_lag", inf))
        starts = None if session.get("starts") is None else facts.slots(session["starts"])
        blocked = self.black.get(session.get("group"), 0)
        for holder in self._holders(session):
            blocked |= self.busy[holder]
        for start in range(first, int(min(last, facts.days * facts.per_day - dur)) + 1):
            early = 2 * dur > facts.per_day and start % facts.per_day
            if early or (starts is not None and start not in starts) or self.walls & (((1 << (dur - 1)) - 1) << start):
                continue
            if not blocked & (((1 << dur) - 1) << start):
                yield start

    def _holders(self, session: Json) -> Iterator[tuple[str, Any]]:
        named = {"group": [session.get("group")], "cohort": listed(session, "cohorts"), "person": listed(session, "people")}
        for kind, names in named.items():
            if given(self.facts.rules, f"{kind}_exclusive", True):
                yield from ((kind, name) for name in names if name is not None)

    def _month(self, day: int) -> int | None:
        return self.facts.dates[day].month if self.facts.dates else None

    def _people_can(self, name: str, start: int) -> bool:
        people, dur = set(listed(self.facts.sessions[name], "people")), self.facts.dur(name)
        month = self._month(start // self.facts.per_day)
        if any(self.load["person", person, month] + dur > self.person_limit for person in people):
            return False
        homes: dict[Any, set[Any]] = defaultdict(set)
        for person in people:
            homes[self.facts.home[person]].add(person)
        return all(
            len(self.away[home, slot] | members) <= self.caps.get(home, inf)
            for home, members in homes.items()
            for slot in range(start, start + dur)
        )

    def _trainers(self, name: str, pin: Json, day: int, taken: int) -> list[Any]:
        session, dur, facts = self.facts.sessions[name], self.facts.dur(name), self.facts
        able = listed(session, "trainers")
        if not able:
            return [None]
        found = []
        for one in sorted(able, key=lambda each: given(facts.trainers[each], "cost_per_slot", 0)):
            trainer, month = facts.trainers[one], self._month(day)
            fits = self.load["trainer", one] + dur <= given(trainer, "max_slots_per_year", inf)
            if month is not None:
                fits = fits and self.load["trainer", one, month] + dur <= given(trainer, "max_slots_per_month", inf)
            if fits and pin.get("trainer") in (None, one) and not self.busy["trainer", one] & taken:
                found.append(one)
        return found

    def _venues(self, name: str, pin: Json, taken: int) -> list[Any]:
        facts, session = self.facts, self.facts.sessions[name]
        if not facts.needs_venue(name):
            return [None]
        hard, wanted = facts.rule("venue_capacity")["mode"] == "hard", facts.headcount(name)
        named = [one for one in given(session, "venues", list(facts.venues)) if pin.get("venue") in (None, one)]
        free = [one for one in named if not self.busy["venue", one] & taken and (not hard or facts.capacity(one) >= wanted)]
        return sorted(free, key=lambda one: (max(0, wanted - facts.capacity(one)), facts.capacity(one)))

    def _affordable(self, name: str, place: Json) -> bool:
        month = self._month(place["day"])
        cost = self._cost(name, place)
        if self.spent["year"] + cost > given(self.budget, "year", inf):
            return False
        quarters = listed(self.budget, "quarters")
        if month is None or not quarters or quarters[(month - 1) // 3] is None:
            return True
        return bool(self.spent[(month - 1) // 3] + cost <= quarters[(month - 1) // 3])

    def _cost(self, name: str, place: Json) -> float:
        facts = self.facts
        trainer = given(facts.trainers[place["trainer"]], "cost_per_slot", 0) if place["trainer"] is not None else 0
        venue = given(facts.venues[place["venue"]], "cost_per_slot", 0) if place["venue"] is not None else 0
        return float(trainer + venue) * facts.dur(name)

    def _take(self, place: Json, sign: int = 1) -> None:
        """Put a session at a place, or with −1 take it away again."""
        facts, name = self.facts, place["session"]
        facts.placed[name] = place
        dur, month, cost = facts.dur(name), self._month(place["day"]), self._cost(name, place)
        taken = sum(1 << slot for slot in facts.taken(name))
        held = [
            (kind, place[kind])
            for kind in ("trainer", "venue")
            if place[kind] is not None and given(facts.rules, f"{kind}_exclusive", True)
        ]
        for holder in [*held, *self._holders(facts.sessions[name])]:
            self.busy[holder] ^= taken
        for person in set(listed(facts.sessions[name], "people")):
            self.load["person", person, month] += sign * dur
            for slot in facts.taken(name):
                self.away[facts.home[person], slot] ^= {person}
        self.load["trainer", place["trainer"]] += sign * dur
        self.load["trainer", place["trainer"], month] += sign * dur
        self.spent["year"] += sign * cost
        if month is not None:
            self.spent[(month - 1) // 3] += sign * cost
        if sign < 0:
            del facts.placed[name]


def _roots(sessions: Json) -> dict[str, str]:
    """For every session one that stands for all that hang together with it."""
    root = {name: name for name in sessions}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for name, session in sessions.items():
        for lag in listed(session, "after"):
            root[find(name)] = find(lag["session"])
    return {name: find(name) for name in sessions}


def _behind(sessions: Json) -> list[str]:
    """All sessions, each behind those it waits for."""
    waits = {name: {lag["session"] for lag in listed(session, "after")} for name, session in sessions.items()}
    done: dict[str, None] = {}
    while len(done) < len(waits):
        done |= dict.fromkeys(name for name, earlier in waits.items() if name not in done and earlier <= done.keys())
    return list(done)
