"""A branch's year of training as a PROBLEM of the command line, in three sizes: generated around a hidden plan, so that it can be done.

Every session is planted at a place that breaks no rule before the next one is drawn; budgets, due dates and targets are set from what was
planted. So all sessions fit, whatever the seed. The planted plan spreads them over the year and leaves people a slot a month; whoever
wants all of it early, as everybody does, finds the same people's months full: their monthly load is what binds.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]

SLOTS_A_DAY = 2
PERSON_MONTH = 7
_PLANTED_MONTH = 6
_HOLIDAYS = (
    (date(2027, 1, 1), 1),
    (date(2027, 2, 5), 8),
    (date(2027, 4, 5), 1),
    (date(2027, 5, 1), 5),
    (date(2027, 6, 9), 1),
    (date(2027, 9, 15), 1),
    (date(2027, 10, 1), 7),
)
_MADE_UP = {date(2027, 2, 14), date(2027, 2, 20), date(2027, 5, 8), date(2027, 9, 26), date(2027, 10, 9)}
_LINES = ("corporate", "retail", "risk", "operations", "technology", "staff")
_BUSINESS = _LINES[:2]
_MANAGERS = 0.25
_PRIORITIES = (1, 2, 2, 3, 3, 3, 3, 4, 4, 5)


@dataclass(frozen=True)
class Size:
    """How big a year is; `share` of a project's sessions beyond the first is drawn so that the total is exact."""

    projects: int
    sessions: int
    people: int
    departments: int
    trainers: int
    venues: int
    audience: tuple[int, int]


SIZES = {
    "S": Size(40, 80, 300, 15, 14, 4, (14, 30)),
    "M": Size(150, 321, 800, 40, 40, 8, (16, 34)),
    "L": Size(400, 1_000, 2_000, 90, 110, 20, (16, 40)),
}


@dataclass(frozen=True)
class Part:
    """A step of a chain: how long, whether in a room, whether somebody teaches, and the lag after the step before."""

    name: str
    durations: tuple[int, ...]
    online: bool = False
    taught: bool = True
    lag: tuple[int, int | None] = (0, None)


_PRE = Part("prework", (1, 1, 2), online=True, taught=False)
_WORKSHOP = Part("workshop", (2, 2, 3, 4, 4, 6))
_AFTER_PRE = Part("workshop", (2, 2, 4, 4), lag=(6, 60))
_PRACTICE = Part("practice", (1, 2), lag=(10, 90))
_FOLLOW_UP = Part("followup", (1, 1, 2), online=True, lag=(20, 120))
_SHORT = Part("lecture", (1, 2, 2))
_LATER = Part("review", (1, 2), lag=(30, None))
CHAINS: dict[int, tuple[tuple[Part, ...], ...]] = {
    1: ((_WORKSHOP,), (_SHORT,)),
    2: ((_PRE, _AFTER_PRE), (_WORKSHOP, _FOLLOW_UP), (_WORKSHOP, _LATER)),
    3: ((_PRE, _AFTER_PRE, _FOLLOW_UP), (_WORKSHOP, _PRACTICE, _FOLLOW_UP)),
    4: ((_PRE, _AFTER_PRE, _PRACTICE, _FOLLOW_UP),),
}


Parts = tuple[tuple[Part, int], ...]


@dataclass(frozen=True)
class Year:
    """A problem, and a plan that keeps all its rules (not a good one)."""

    problem: Json
    plan: list[Json]


def workdays() -> list[date]:
    """The 248 workdays of 2027, days made up on weekends included."""
    off = {first + timedelta(days=at) for first, days in _HOLIDAYS for at in range(days)}
    every = (date(2027, 1, 1) + timedelta(days=at) for at in range(365))
    return [day for day in every if day in _MADE_UP or (day.weekday() < 5 and day not in off)]


def _mask(slot: int, count: int) -> int:
    return ((1 << count) - 1) << slot


@dataclass
class _Branch:
    """What is drawn first: who there is, and what each is busy with as the plan grows."""

    size: Size
    chance: random.Random
    days: list[date] = field(default_factory=workdays)
    department: list[int] = field(default_factory=list)
    people: dict[tuple[str, bool], list[int]] = field(default_factory=dict)
    caps: list[int] = field(default_factory=list)
    trainers: list[Json] = field(default_factory=list)
    teaching: dict[str, list[int]] = field(default_factory=dict)
    venues: list[Json] = field(default_factory=list)
    busy: dict[tuple[str, int | str], int] = field(default_factory=dict)
    away: dict[tuple[int, int], int] = field(default_factory=dict)
    load: dict[tuple[str, int, int], int] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    months: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ends = [at for at in range(len(self.days) - 1) if (self.days[at + 1] - self.days[at]).days > 1]
        for at, day in enumerate(self.days):
            self.months[day.month] = self.months.get(day.month, 0) | _mask(at * SLOTS_A_DAY, SLOTS_A_DAY)
        self._draw_people()
        self._draw_trainers()
        self._draw_venues()

    @property
    def slots(self) -> int:
        return len(self.days) * SLOTS_A_DAY

    def month(self, slot: int) -> int:
        return self.days[slot // SLOTS_A_DAY].month

    def _draw_people(self) -> None:
        for at in range(self.size.people):
            self.department.append(at % self.size.departments if at < self.size.departments * 4 else self._department())
            line = self.chance.choice(_LINES)
            self.people.setdefault((line, self.chance.random() < _MANAGERS), []).append(at)
        for at in range(self.size.departments):
            self.caps.append(max(3, self.department.count(at) // 4))

    def _department(self) -> int:
        return min(int(self.chance.triangular(0, self.size.departments, 0)), self.size.departments - 1)

    def _draw_trainers(self) -> None:
        for at in range(self.size.trainers):
            internal = self.chance.random() < 0.75
            cost = self.chance.randint(1, 3) if internal else self.chance.randint(6, 15)
            limits = (self.chance.choice((6, 8, 10)), 60) if internal else (16, 90)
            away = list(self._spans("trainer", at, self.chance.randint(2, 5), 5))
            monthly = {"max_slots_per_month": limits[0], "max_slots_per_year": limits[1]}
            self.trainers.append({"id": f"T{at:03d}", "cost_per_slot": cost, "unavailable": away, **monthly})
            for line in {_LINES[at % len(_LINES)], self.chance.choice(_LINES)}:
                self.teaching.setdefault(line, []).append(at)

    def _draw_venues(self) -> None:
        seats = (30, 50, 40, 120, 60, 36, 80, 50)
        for at in range(self.size.venues):
            away = list(self._spans("venue", at, self.chance.randint(2, 6), 4))
            self.venues.append(
                {"id": f"V{at:02d}", "capacity": seats[at % 8], "unavailable": away, "cost_per_slot": 1 + seats[at % 8] // 40}
            )

    def _spans(self, kind: str, at: int, count: int, longest: int) -> Iterator[list[int]]:
        closed: set[int] = set()
        for _ in range(count):
            first = self.chance.randrange(len(self.days))
            closed |= set(range(first, min(first + self.chance.randint(1, longest), len(self.days))))
        for day in sorted(closed):
            self.occupy((kind, at), _mask(day * SLOTS_A_DAY, SLOTS_A_DAY))
            for slot in range(SLOTS_A_DAY):
                yield [day, slot]

    def occupy(self, key: tuple[str, int | str], taken: int) -> None:
        """Make somebody or something busy in the slots of a mask."""
        self.busy[key] = self.busy.get(key, 0) | taken

    def spared(self, people: list[int], taken: range) -> bool:
        """Whether every department can miss these people too."""
        sent = Counter(self.department[person] for person in people)
        return all(self.away.get((home, slot), 0) + number <= self.caps[home] for home, number in sent.items() for slot in taken)

    def full(self, at: int, month: int, more: int, more_a_year: int) -> bool:
        """Whether a trainer's limits do not allow so many slots more."""
        limits, load = self.trainers[at], self.load
        return (
            load.get(("trainer", at, month), 0) + more > limits["max_slots_per_month"]
            or load.get(("trainer", at, 0), 0) + more_a_year > limits["max_slots_per_year"]
        )

    def blocked(self, draft: Json, closed: int) -> int:
        """The slots in which the people, the project or its line cannot, and the months in which somebody would have too much."""
        mask = closed | self.busy.get(("group", draft["group"]), 0)
        for person in draft["people"]:
            mask |= self.busy.get(("person", person), 0)
        for month, slots in self.months.items():
            if any(self.load.get(("person", person, month), 0) + draft["dur"] > _PLANTED_MONTH for person in draft["people"]):
                mask |= slots
        return mask

    def closed(self, line: str) -> list[int]:
        """The days a line does not train on: the last four workdays of a quarter; January and half of February for the business lines."""
        ends = {3, 6, 9, 12}
        late = [at for at, day in enumerate(self.days) if day.month in ends and sum(d.month == day.month for d in self.days[at:]) <= 4]
        opening = [at for at, day in enumerate(self.days) if line in _BUSINESS and (day.month, day.day) < (2, 1)]
        return sorted({*late, *opening})


@dataclass
class _Planter:
    """Draws the projects one by one and finds each session a place."""

    branch: _Branch
    sessions: list[Json] = field(default_factory=list)
    cohorts: list[Json] = field(default_factory=list)
    groups: list[Json] = field(default_factory=list)
    plan: list[Json] = field(default_factory=list)

    def project(self, at: int, count: int) -> None:
        """A project of `count` sessions: one chain, or two classes of the same chain."""
        chance, line = self.branch.chance, self.branch.chance.choice(_LINES)
        closed = self.branch.closed(line)
        group: Json = {"id": f"P{at:03d}", "blackout_slots": [[day, slot] for day in closed for slot in range(SLOTS_A_DAY)]}
        classes = 2 if count in (2, 4) and chance.random() < 0.35 else 1
        if classes == 2 and chance.random() < 0.5:
            group["same_venue"] = {"weight": 5}
        self.groups.append(group)
        parts = tuple((part, chance.choice(part.durations)) for part in chance.choice(CHAINS[count // classes]))
        priority = chance.choice(_PRIORITIES)
        mask = sum(_mask(day * SLOTS_A_DAY, SLOTS_A_DAY) for day in closed)
        for at_class in range(classes):
            self._class(group["id"], at_class, parts, line, priority, mask)

    def _class(self, group: str, at: int, parts: Parts, line: str, priority: int, closed: int) -> None:
        """People are drawn anew until the chain finds a place for them: at last those with the least behind them, and fewer."""
        cohort = f"{group}-{at + 1}"
        self.cohorts.append({"id": cohort})
        found, tries = None, 0
        while found is None:
            people = self._audience(line, self.branch.chance.randint(*self.branch.size.audience) - tries, fresh=tries > 2)
            drafts = [self._draft(group, cohort, part, dur, line, people, priority) for part, dur in parts]
            found = self._chain(drafts, parts, closed)
            tries += 1
        self._keep(drafts, found, parts)

    def _audience(self, line: str, wanted: int, *, fresh: bool) -> list[int]:
        """Managers one time in four; mixed departments, none of which sends more than half of those it may miss."""
        chance, branch = self.branch.chance, self.branch
        pool = list(branch.people.get((line, chance.random() < 0.25), []))
        if len(pool) < wanted or chance.random() < 0.2:
            pool += branch.people[chance.choice(_LINES), False]
        chance.shuffle(pool)
        if fresh:
            pool.sort(key=lambda person: branch.load.get(("person", person, 0), 0))
        sent: dict[int, int] = {}
        chosen: list[int] = []
        for person in dict.fromkeys(pool):
            home = branch.department[person]
            if len(chosen) < wanted and sent.get(home, 0) < max(2, branch.caps[home] // 2):
                sent[home] = sent.get(home, 0) + 1
                chosen.append(person)
        return sorted(chosen)

    def _draft(self, group: str, cohort: str, part: Part, dur: int, line: str, people: list[int], priority: int) -> Json:
        chance, branch = self.branch.chance, self.branch
        able = branch.teaching[line]
        draft: Json = {"id": f"{cohort}-{part.name}", "group": group, "dur": dur, "headcount": len(people), "online": part.online}
        draft["trainers"] = sorted(chance.sample(able, min(len(able), chance.randint(2, 5)))) if part.taught else []
        fitting = [at for at, venue in enumerate(branch.venues) if venue["capacity"] >= len(people)]
        if not part.online and chance.random() < 0.15 and len(fitting) > 2:
            draft["venues"] = sorted(chance.sample(fitting, max(2, len(fitting) // 3)))
        return draft | {"cohorts": [cohort], "people": people, "priority": priority}

    def _chain(self, drafts: list[Json], parts: Parts, closed: int) -> list[tuple[int, int, int]] | None:
        """A start, trainer and venue of each part (−1 for none), or nothing when this audience finds no place."""
        branch = self.branch
        blocked = [branch.blocked(draft, closed) for draft in drafts]
        room = sum(dur for _, dur in parts) + sum(part.lag[0] for part, _ in parts)
        for _ in range(20):
            after = branch.chance.randrange(max(branch.slots - room - 20, 1))
            found: list[tuple[int, int, int]] = []
            for draft, (part, dur), mask in zip(drafts, parts, blocked, strict=True):
                first = after + part.lag[0]
                last = first + 40 if part.lag[1] is None else after + part.lag[1]
                if (place := self._place(draft, range(first, min(last, branch.slots - dur) + 1), mask)) is None:
                    break
                found.append(place)
                after = place[0] + dur
            if len(found) == len(drafts) and not self._too_much(drafts, found):
                return found
        return None

    def _place(self, draft: Json, starts: range, blocked: int) -> tuple[int, int, int] | None:
        branch, dur = self.branch, draft["dur"]
        for start in starts:
            if blocked & _mask(start, dur) or (2 * dur > SLOTS_A_DAY and start % SLOTS_A_DAY):
                continue
            taken = range(start, start + dur)
            days = (taken.start // SLOTS_A_DAY, taken[-1] // SLOTS_A_DAY)
            if any(days[0] <= day < days[1] for day in branch.ends) or not branch.spared(draft["people"], taken):
                continue
            trainer, venue = self._trainer(draft, start), self._venue(draft, start)
            if trainer is not None and venue is not None:
                return start, trainer, venue
        return None

    def _trainer(self, draft: Json, start: int) -> int | None:
        branch, dur = self.branch, draft["dur"]
        for at in draft["trainers"]:
            if not branch.full(at, branch.month(start), dur, dur) and not branch.busy.get(("trainer", at), 0) & _mask(start, dur):
                return int(at)
        return None if draft["trainers"] else -1

    def _venue(self, draft: Json, start: int) -> int | None:
        if draft["online"]:
            return -1
        for at in draft.get("venues", range(len(self.branch.venues))):
            fits = self.branch.venues[at]["capacity"] >= draft["headcount"]
            if fits and not self.branch.busy.get(("venue", at), 0) & _mask(start, draft["dur"]):
                return int(at)
        return None

    def _too_much(self, drafts: list[Json], found: list[tuple[int, int, int]]) -> bool:
        """Whether the parts of one chain, each of which fits alone, are too much together in a month."""
        people: Counter[int] = Counter()
        trainers: Counter[tuple[int, int]] = Counter()
        years: Counter[int] = Counter()
        for draft, (start, trainer, _) in zip(drafts, found, strict=True):
            month = self.branch.month(start)
            people[month] += draft["dur"]
            trainers[trainer, month] += draft["dur"]
            years[trainer] += draft["dur"]
        load = self.branch.load
        if any(load.get(("person", at, month), 0) + more > _PLANTED_MONTH for month, more in people.items() for at in drafts[0]["people"]):
            return True
        return any(at >= 0 and self.branch.full(at, month, more, years[at]) for (at, month), more in trainers.items())

    def _keep(self, drafts: list[Json], found: list[tuple[int, int, int]], parts: Parts) -> None:
        chance, branch = self.branch.chance, self.branch
        first, end = found[0][0] // SLOTS_A_DAY, (found[-1][0] + drafts[-1]["dur"] - 1) // SLOTS_A_DAY
        earliest = max(0, first - chance.choice((10, 30, 60, 90)))
        due = min(len(branch.days) - 1, end + chance.choice((-5, 0, 10, 20, 40)))
        before: str | None = None
        for draft, (start, trainer, venue), (part, _) in zip(drafts, found, parts, strict=True):
            self._occupy(draft, start, trainer, venue)
            place = {
                "session": draft["id"],
                "day": start // SLOTS_A_DAY,
                "slot": start % SLOTS_A_DAY,
                "trainer": f"T{trainer:03d}" if trainer >= 0 else None,
                "venue": f"V{venue:02d}" if venue >= 0 else None,
            }
            self.plan.append(place)
            if before:
                least, most = part.lag
                draft["after"] = [{"session": before, "min_lag": least, **({} if most is None else {"max_lag": most})}]
            elif earliest:
                draft["earliest"] = earliest
            self._dress(draft, place, due if draft is drafts[-1] else None)
            before = draft["id"]

    def _dress(self, draft: Json, place: Json, due: int | None) -> None:
        """Due dates for the last of a chain; one in fifty pinned to its day; one in fifteen only on Tuesdays to Thursdays."""
        chance, days = self.branch.chance, self.branch.days
        if due is not None:
            draft["due"] = due
        draft["trainers"] = [f"T{at:03d}" for at in draft["trainers"]]
        draft["people"] = [f"E{at:04d}" for at in draft["people"]]
        if "venues" in draft:
            draft["venues"] = [f"V{at:02d}" for at in draft["venues"]]
        if chance.random() < 0.02:
            draft["pinned"] = {"day": place["day"], "slot": place["slot"]}
        elif days[place["day"]].weekday() in (1, 2, 3) and chance.random() < 0.1:
            middle = [at for at, day in enumerate(days) if day.weekday() in (1, 2, 3)]
            draft["starts"] = [[at, slot] for at in middle for slot in range(SLOTS_A_DAY)]
        self.sessions.append(draft)

    def _occupy(self, draft: Json, start: int, trainer: int, venue: int) -> None:
        branch, month = self.branch, self.branch.month(start)
        branch.load["all", 0, month] = branch.load.get(("all", 0, month), 0) + draft["dur"] * draft["headcount"]
        for person in draft["people"]:
            for at in (month, 0):
                branch.load["person", person, at] = branch.load.get(("person", person, at), 0) + draft["dur"]
        for at in (month, 0):
            branch.load["trainer", trainer, at] = branch.load.get(("trainer", trainer, at), 0) + draft["dur"]
        taken = _mask(start, draft["dur"])
        for key in (("group", draft["group"]), ("trainer", trainer), ("venue", venue), *(("person", at) for at in draft["people"])):
            branch.occupy(key, taken)
        for person in draft["people"]:
            home = branch.department[person]
            for slot in range(start, start + draft["dur"]):
                branch.away[home, slot] = branch.away.get((home, slot), 0) + 1


def _counts(size: Size, chance: random.Random) -> list[int]:
    """How many sessions each project has: 1 to 4, together exactly as many as wanted."""
    counts = [1] * size.projects
    while sum(counts) < size.sessions:
        at = chance.randrange(size.projects)
        if counts[at] < 4:
            counts[at] += 1
    return counts


def year(name: str, seed: int = 1) -> Year:
    """The year of a size, S, M or L: a problem and a plan that keeps its rules; the same for the same seed."""
    size, chance = SIZES[name], random.Random(f"{name}{seed}")
    branch = _Branch(size, chance)
    planter = _Planter(branch)
    for at, count in enumerate(_counts(size, chance)):
        planter.project(at, count)
    return Year(_problem(branch, planter), planter.plan)


def _problem(branch: _Branch, planter: _Planter) -> Json:
    quarters = [0, 0, 0, 0]
    cost = {item["id"]: item["cost_per_slot"] for item in [*branch.trainers, *branch.venues]} | {None: 0}
    for session, place in zip(planter.sessions, planter.plan, strict=True):
        spent = session["dur"] * (cost[place["trainer"]] + cost[place["venue"]])
        quarters[(branch.days[place["day"]].month - 1) // 3] += spent
    loads = [branch.load.get(("all", 0, month), 0) for month in range(1, 13)]
    return {
        "calendar": {
            "days": [day.isoformat() for day in branch.days],
            "slots_per_day": SLOTS_A_DAY,
            "no_crossing": branch.ends,
        },
        "venues": branch.venues,
        "trainers": branch.trainers,
        "departments": [{"id": f"D{at:02d}", "max_absent": cap} for at, cap in enumerate(branch.caps)],
        "people": [{"id": f"E{at:04d}", "department": f"D{home:02d}"} for at, home in enumerate(branch.department)],
        "cohorts": planter.cohorts,
        "groups": planter.groups,
        "sessions": planter.sessions,
        "rules": {
            "person_max_slots_per_month": {"limit": PERSON_MONTH, "mode": "hard"},
            "budget": {"year": round(sum(quarters) * 1.05), "quarters": [round(max(q, sum(quarters) / 5) * 1.2) for q in quarters]},
            "month_target_slots": [round(max(load, sum(loads) / 15) * 1.1) for load in loads],
        },
    }
