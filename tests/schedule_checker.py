"""Checks a SCHEDULE against its PROBLEM by the words of the contract alone: knows nothing of the code that made it.

`faults(problem, schedule)` lists every broken rule and every wrong figure; `refusals(problem)` says why a problem must be refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isclose

from tests.schedule_facts import Facts, Json, given, listed, person_loads, terms

RULES = {
    *("trainer_exclusive", "venue_exclusive", "cohort_exclusive", "group_exclusive", "person_exclusive", "capacity", "max_absent"),
    *("person_month", "trainer_month", "trainer_year", "trainer_unavailable", "venue_unavailable", "budget_year", "budget_quarter"),
    *("blackout", "starts", "earliest", "no_crossing", "morning", "calendar", "after", "pinned", "trainer_eligible", "venue_eligible"),
}
TERMS = ("late", "start", "cost", "overload", "capacity", "spread", "compact", "same_venue", "move", "unplaced")


@dataclass(frozen=True)
class Fault:
    """A rule that is broken (one of RULES, or a word for what is wrong with the document) and where."""

    rule: str
    where: str


def faults(problem: Json, schedule: Json) -> list[Fault]:
    """All that is wrong with a schedule; empty when it keeps every rule and its figures are right."""
    wrong = list(_listing(problem, schedule))
    if wrong:
        return wrong
    facts = Facts(problem, schedule["assignments"])
    wrong = [*broken(facts), *_unplaced(facts, schedule)]
    return [*wrong, *_objective(facts, schedule), *_bound(schedule), *_status(schedule), *_times(schedule)]


def broken(facts: Facts) -> Iterator[Fault]:
    """The hard rules that the assignments break."""
    outside = list(_calendar(facts))
    yield from outside
    if outside:
        return
    unknown = [*_trainer_eligible(facts), *_venue_eligible(facts)]
    yield from unknown
    if unknown:
        return
    for check in (_start, _no_crossing, _after, _closed, _capacity, _exclusive, _absence, _person_month, _trainer_load, _budget, _pinned):
        yield from check(facts)


# The document (rules 19 and 21)


def _listing(problem: Json, schedule: Json) -> Iterator[Fault]:
    wanted = Counter(session["id"] for session in problem["sessions"])
    there = Counter(item["session"] for part in ("assignments", "unplaced") for item in schedule[part])
    yield from (Fault("listed", str(name)) for name in (wanted | there) if wanted[name] != there[name])
    for place in schedule["assignments"]:
        numbers = isinstance(place.get("day"), int) and isinstance(place.get("slot"), int)
        if not numbers or place.keys() != {"session", "day", "slot", "trainer", "venue"}:
            yield Fault("shape", str(place))


def _unplaced(facts: Facts, schedule: Json) -> Iterator[Fault]:
    for item in schedule["unplaced"]:
        name = item["session"]
        if not item["reasons"]:
            yield Fault("reason", name)
        for reason in item["reasons"]:
            if reason["rule"] not in RULES or not reason["message"] or "subject" not in reason:
                yield Fault("reason", f"{name} {reason}")
        for relaxation in item["relaxations"]:
            if not relaxation["message"] or not {"rule", "subject", "amount"} <= relaxation.keys():
                yield Fault("relaxation", f"{name} {relaxation}")
        if schedule["status"] != "OUT_OF_TIME" and _pin_could_stand(facts, name):
            yield Fault("pinned", f"{name} breaks nothing and is not placed")


def _objective(facts: Facts, schedule: Json) -> Iterator[Fault]:
    said = schedule["objective"]
    right = terms(facts.problem, schedule["assignments"])
    yield from (Fault("objective", f"no {name}") for name in ("total", *TERMS) if name not in said)
    for name, value in right.items():
        if not _same(said.get(name, 0), value):
            yield Fault("objective", f"{name} is {said.get(name, 0)}, not {value}")
    if not _same(said.get("total", 0), sum(value for name, value in said.items() if name != "total")):
        yield Fault("objective", "the terms do not add up")


def _bound(schedule: Json) -> Iterator[Fault]:
    bound, gap, total = schedule["bound"], schedule["gap"], schedule["objective"].get("total", 0)
    if (bound is None) != (gap is None):
        yield Fault("gap", "a gap without a bound, or a bound without a gap")
    if bound is None or gap is None:
        return
    if bound > total and not _same(bound, total):
        yield Fault("bound", f"{bound} is above the total {total}")
    if not _same(gap, (total - bound) / total if total else 0):
        yield Fault("gap", f"{gap} is not ({total} − {bound}) / {total}")


def _status(schedule: Json) -> Iterator[Fault]:
    status, unplaced = schedule["status"], bool(schedule["unplaced"])
    optimal = schedule["bound"] is not None and _same(schedule["bound"], schedule["objective"].get("total", 0))
    fits = {
        "OPTIMAL": not unplaced and optimal,
        "FEASIBLE": not unplaced,
        "PARTIAL": unplaced,
        "INFEASIBLE": unplaced,
        "OUT_OF_TIME": unplaced and not schedule["assignments"],
    }
    if not fits.get(status, False):
        yield Fault("status", status)


def _times(schedule: Json) -> Iterator[Fault]:
    first = schedule["first_feasible_seconds"]
    if schedule["seconds"] < 0 or (first is not None and not 0 <= first <= schedule["seconds"] + 0.001):
        yield Fault("seconds", f"{first} of {schedule['seconds']}")


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-6, abs_tol=1e-4)


# Where a session may be (rules 2, 3, 4, 5, 7, 17)


def _calendar(facts: Facts) -> Iterator[Fault]:
    for name, place in facts.placed.items():
        inside = place["day"] >= 0 and 0 <= place["slot"] < facts.per_day
        if not inside or facts.first(name) + facts.dur(name) > facts.days * facts.per_day:
            yield Fault("calendar", name)


def _trainer_eligible(facts: Facts) -> Iterator[Fault]:
    for name, place in facts.placed.items():
        able = listed(facts.sessions[name], "trainers")
        if place["trainer"] not in able if able else place["trainer"] is not None:
            yield Fault("trainer_eligible", name)


def _venue_eligible(facts: Facts) -> Iterator[Fault]:
    for name, place in facts.placed.items():
        allowed = given(facts.sessions[name], "venues", list(facts.venues)) if facts.needs_venue(name) else [None]
        if place["venue"] not in allowed:
            yield Fault("venue_eligible", name)


def _start(facts: Facts) -> Iterator[Fault]:
    for name, place in facts.placed.items():
        session = facts.sessions[name]
        if 2 * facts.dur(name) > facts.per_day and place["slot"] != 0:
            yield Fault("morning", name)
        if place["day"] < given(session, "earliest", 0):
            yield Fault("earliest", name)
        starts = session.get("starts")
        if starts is not None and [place["day"], place["slot"]] not in [list(pair) for pair in starts]:
            yield Fault("starts", name)


def _no_crossing(facts: Facts) -> Iterator[Fault]:
    for name in facts.placed:
        days = facts.days_of(name)
        if any(day in days and day + 1 in days for day in listed(facts.problem["calendar"], "no_crossing")):
            yield Fault("no_crossing", name)


def _after(facts: Facts) -> Iterator[Fault]:
    for name in facts.placed:
        for lag in listed(facts.sessions[name], "after"):
            earlier = lag["session"]
            if earlier not in facts.placed:
                yield Fault("after", f"{name}: {earlier} is not placed")
                continue
            end = facts.taken(earlier)[-1] + 1
            if not end + given(lag, "min_lag", 0) <= facts.first(name) <= end + given(lag, "max_lag", inf):
                yield Fault("after", f"{name} after {earlier}")


def _closed(facts: Facts) -> Iterator[Fault]:
    black = {group["id"]: facts.slots(listed(group, "blackout_slots")) for group in listed(facts.problem, "groups")}
    away = {name: facts.slots(listed(trainer, "unavailable")) for name, trainer in facts.trainers.items()}
    shut = {name: facts.slots(listed(venue, "unavailable")) for name, venue in facts.venues.items()}
    for name, place in facts.placed.items():
        taken = facts.taken(name)
        if black.get(facts.sessions[name].get("group"), set()).intersection(taken):
            yield Fault("blackout", name)
        if away.get(place["trainer"], set()).intersection(taken):
            yield Fault("trainer_unavailable", name)
        if shut.get(place["venue"], set()).intersection(taken):
            yield Fault("venue_unavailable", name)


def _pinned(facts: Facts) -> Iterator[Fault]:
    for name, place in facts.placed.items():
        pin = given(facts.sessions[name], "pinned", {})
        if any(value is not None and place[key] != value for key, value in pin.items()):
            yield Fault("pinned", name)


def _pin_could_stand(facts: Facts, name: str) -> bool:
    """Whether a pinned session that was left out would fit with the other pinned ones that were placed (rule 17)."""
    session = facts.sessions[name]
    pin = {key: value for key, value in given(session, "pinned", {}).items() if value is not None}
    if not pin:
        return False
    others = [place for other, place in facts.placed.items() if given(facts.sessions[other], "pinned", {})]
    trainers = [pin["trainer"]] if "trainer" in pin else listed(session, "trainers") or [None]
    venues = [None]
    if facts.needs_venue(name):
        venues = [pin["venue"]] if "venue" in pin else given(session, "venues", list(facts.venues))
    days = [pin["day"]] if "day" in pin else range(facts.days)
    slots = [pin["slot"]] if "slot" in pin else range(facts.per_day)
    return any(
        not any(broken(Facts(facts.problem, [*others, place])))
        for day in days
        for slot in slots
        for trainer in trainers
        for venue in venues
        for place in [{"session": name, "day": day, "slot": slot, "trainer": trainer, "venue": venue}]
    )


# What sessions share (rules 2, 6, 8, 9)


def _capacity(facts: Facts) -> Iterator[Fault]:
    if facts.rule("venue_capacity")["mode"] == "hard":
        for name, place in facts.placed.items():
            if place["venue"] is not None and facts.headcount(name) > facts.capacity(place["venue"]):
                yield Fault("capacity", name)


def _exclusive(facts: Facts) -> Iterator[Fault]:
    held: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for name, place in facts.placed.items():
        session = facts.sessions[name]
        holders = {
            "trainer": [place["trainer"]],
            "venue": [place["venue"]],
            "group": [session.get("group")],
            "cohort": set(listed(session, "cohorts")),
            "person": set(listed(session, "people")),
        }
        for kind, names in holders.items():
            if not given(facts.rules, f"{kind}_exclusive", True):
                continue
            for holder in names:
                for slot in facts.taken(name) if holder is not None else ():
                    held[kind, holder, slot].append(name)
    for (kind, holder, slot), names in held.items():
        if len(names) > 1:
            yield Fault(f"{kind}_exclusive", f"{holder} in slot {slot}: {', '.join(names)}")


def _absence(facts: Facts) -> Iterator[Fault]:
    caps = {item["id"]: given(item, "max_absent", inf) for item in listed(facts.problem, "departments")}
    away: dict[tuple[str, int], set[str]] = defaultdict(set)
    for name in facts.placed:
        for person in listed(facts.sessions[name], "people"):
            for slot in facts.taken(name):
                away[facts.home[person], slot].add(person)
    for (department, slot), people in away.items():
        if len(people) > caps.get(department, inf):
            yield Fault("max_absent", f"{department} in slot {slot}: {len(people)}")


def _person_month(facts: Facts) -> Iterator[Fault]:
    rule = facts.rule("person_max_slots_per_month")
    if rule["mode"] == "hard":
        for (person, month), load in person_loads(facts).items():
            if load > rule.get("limit", inf):
                yield Fault("person_month", f"{person} in month {month}: {load}")


def _trainer_load(facts: Facts) -> Iterator[Fault]:
    months: Counter[tuple[str, int]] = Counter()
    years: Counter[str] = Counter()
    for name, place in facts.placed.items():
        if place["trainer"] is not None:
            years[place["trainer"]] += facts.dur(name)
            if (month := facts.month(name)) is not None:
                months[place["trainer"], month] += facts.dur(name)
    for (trainer, month), load in months.items():
        if load > given(facts.trainers[trainer], "max_slots_per_month", inf):
            yield Fault("trainer_month", f"{trainer} in month {month}: {load}")
    for trainer, load in years.items():
        if load > given(facts.trainers[trainer], "max_slots_per_year", inf):
            yield Fault("trainer_year", f"{trainer}: {load}")


def _budget(facts: Facts) -> Iterator[Fault]:
    budget = given(facts.rules, "budget", {})
    spent = {name: facts.cost(name) for name in facts.placed}
    if sum(spent.values()) > given(budget, "year", inf) + 1e-6:
        yield Fault("budget_year", str(sum(spent.values())))
    for at, limit in enumerate(listed(budget, "quarters")):
        cost = sum(value for name, value in spent.items() if (month := facts.month(name)) and (month - 1) // 3 == at)
        if limit is not None and cost > limit + 1e-6:
            yield Fault("budget_quarter", f"Q{at + 1}: {cost}")


# The problem itself (rule 20)


def refusals(problem: Json) -> list[str]:
    """Why a problem must be refused: repeated or unknown ids, a circle in `after`, slots outside the calendar, dates not ascending."""
    return [*_ids(problem), *_outside(problem), *_circle(problem)]


def _ids(problem: Json) -> Iterator[str]:
    known = {}
    for kind in ("venues", "trainers", "departments", "people", "cohorts", "groups", "sessions"):
        counts = Counter(item["id"] for item in listed(problem, kind))
        known[kind] = set(counts)
        yield from (f"{kind}: {name} twice" for name, count in counts.items() if count > 1)
    for person in listed(problem, "people"):
        if person.get("department") is not None and person["department"] not in known["departments"]:
            yield f"people: {person['department']}"
    for session in problem["sessions"]:
        named = {kind: set(listed(session, kind)) for kind in ("venues", "trainers", "people", "cohorts")}
        named["groups"] = {session.get("group")} - {None}
        named["sessions"] = {lag["session"] for lag in listed(session, "after")}
        yield from (f"{session['id']}: {name}" for kind, names in named.items() for name in names - known[kind])


def _outside(problem: Json) -> Iterator[str]:
    facts = Facts(problem, [])
    if facts.dates and any(one >= other for one, other in zip(facts.dates, facts.dates[1:], strict=False)):
        yield "dates not ascending"
    owners = [(item["id"], listed(item, key)) for kind, key in _SLOT_LISTS for item in listed(problem, kind)]
    for owner, pairs in owners:
        yield from (f"{owner}: {pair}" for pair in pairs if not (0 <= pair[0] < facts.days and 0 <= pair[1] < facts.per_day))


_SLOT_LISTS = (("venues", "unavailable"), ("trainers", "unavailable"), ("groups", "blackout_slots"), ("sessions", "starts"))


def _circle(problem: Json) -> Iterator[str]:
    earlier = {session["id"]: {lag["session"] for lag in listed(session, "after")} for session in problem["sessions"]}
    while free := [name for name, waits in earlier.items() if not waits & earlier.keys()]:
        for name in free:
            del earlier[name]
    if earlier:
        yield f"a circle: {', '.join(sorted(earlier))}"
