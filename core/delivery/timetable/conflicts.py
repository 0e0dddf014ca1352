"""What speaks against holding a session at a time, by a trainer, in a room: the hard rules, looked at for one session among the others.

It reads the same problem that the solver reads, so that a person and the solver are told the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.delivery.halves import Half
from core.delivery.timetable.terms import SLOTS_PER_DAY
from core.i18n import Message

_OVER = {
    "budget_year": Message("全年讲师和场地费用会到 {total} 元，预算 {limit} 元。"),
    "budget_quarter": Message("当季讲师和场地费用会到 {total} 元，预算 {limit} 元。"),
}


@dataclass(frozen=True)
class Place:
    """Where a session is held, in the problem's words: the numbers of the day and the half day, the names of trainer and venue."""

    day: int
    slot: int
    trainer: str | None = None
    venue: str | None = None


@dataclass(frozen=True)
class Break:
    """A rule that a place breaks, and how, in a sentence."""

    rule: str
    message: Message


class Board:
    """A problem with where its sessions are, to ask what speaks against a place."""

    def __init__(self, problem: Mapping[str, Any], placed: Mapping[str, Place], names: Mapping[str, str]) -> None:
        self.days = [date.fromisoformat(one) for one in problem["calendar"]["days"]]
        self._crossing = set(problem["calendar"].get("no_crossing", ()))
        self.sessions = {one["id"]: one for one in problem["sessions"]}
        self._trainers = {one["id"]: one for one in problem["trainers"]}
        self._venues = {one["id"]: one for one in problem["venues"]}
        self._caps = {one["id"]: one["max_absent"] for one in problem["departments"]}
        self._unit_of = {one["id"]: one.get("department") for one in problem["people"]}
        self._groups = {one["id"]: {tuple(pair) for pair in one["blackout_slots"]} for one in problem["groups"]}
        self._rules = problem["rules"]
        self._names = names
        self._later = self._waiting()
        self.placed = {key: place for key, place in placed.items() if key in self.sessions}
        self._look()

    def against(self, key: str, place: Place) -> list[Break]:
        """Every rule that the place breaks for this session, the others where they are."""
        one = self.sessions[key]
        found: list[Break] = []
        for looked in (
            self._time,
            self._closed,
            self._trainer,
            self._venue,
            self._clashes,
            self._absent,
            self._months,
            self._teaching,
            self._chain,
            self._money,
        ):
            found += looked(key, one, place)
        return found

    def moved(self, places: Mapping[str, Place | None]) -> Board:
        """The same with these sessions somewhere else, or (None) nowhere."""
        other = copy(self)
        other.placed = {key: place for key, place in {**self.placed, **places}.items() if place is not None}
        other._look()
        return other

    def followers(self, key: str) -> list[str]:
        """The sessions that come after this one in its chain, in order."""
        found = [key]
        for one in found:
            found += [other for other, _lag in self._later.get(one, ())]
        return found[1:]

    def timely(self, key: str, place: Place) -> list[Break]:
        """The rules about the time alone that the place breaks: calendar, blackouts, the earliest day."""
        one = self.sessions[key]
        return [*self._time(key, one, place), *self._closed(key, one, place)]

    def end(self, key: str, place: Place) -> date:
        """The day on which a session ends there."""
        last = place.day * SLOTS_PER_DAY + place.slot + int(self.sessions[key]["dur"]) - 1
        return self.days[min(last // SLOTS_PER_DAY, len(self.days) - 1)]

    def halves(self, key: str, place: Place) -> list[tuple[date, Half]]:
        """The half days that a session would take there, as far as the year goes."""
        span = (divmod(at, SLOTS_PER_DAY) for at in self._span(key, place))
        return [(self.days[day], tuple(Half)[slot]) for day, slot in span if day < len(self.days)]

    def at_once(self, key: str) -> list[str]:
        """The other sessions that are held while this one is."""
        return list(self._others(key, self.placed[key]))

    def _waiting(self) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
        """What comes after each session, and how long after."""
        found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
        for other, there in self.sessions.items():
            for lag in there.get("after", ()):
                found.setdefault(lag["session"], []).append((other, lag))
        return found

    def _look(self) -> None:
        """Look at where the sessions are. Sums over all of them are made when they are first asked for."""
        self._at = self._taken()
        self._loads: dict[int, dict[str, int]] = {}
        self._spent: dict[int | None, float] = {}

    def _taken(self) -> dict[int, set[str]]:
        """The sessions of each half day."""
        found: dict[int, set[str]] = {}
        for key, place in self.placed.items():
            for at in self._span(key, place):
                found.setdefault(at, set()).add(key)
        return found

    def _span(self, key: str, place: Place) -> range:
        first = place.day * SLOTS_PER_DAY + place.slot
        return range(first, first + int(self.sessions[key]["dur"]))

    def _named(self, name: str | None) -> str:
        return self._names.get(name or "", name or "")

    def _others(self, key: str, place: Place) -> Iterator[str]:
        """The other sessions that are held at the same time, each once."""
        seen = {key}
        for at in self._span(key, place):
            for other in sorted(self._at.get(at, ())):
                if other not in seen:
                    seen.add(other)
                    yield other

    def _time(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        span = self._span(key, place)
        if span.stop > len(self.days) * SLOTS_PER_DAY:
            yield Break("calendar", Message("这一年的工作日不够它上完。"))
        if 2 * int(one["dur"]) > SLOTS_PER_DAY and place.slot:
            yield Break("morning", Message("一天以上的课要从上午开始。"))
        days = {at // SLOTS_PER_DAY for at in span}
        if any(day in self._crossing and day + 1 in days for day in days):
            yield Break("no_crossing", Message("这节课会跨过休息日。"))
        if place.day < int(one.get("earliest", 0)):
            yield Break("earliest", Message("早于最早可以开始的日子 {day}。", day=self.days[int(one["earliest"])].isoformat()))

    def _closed(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        pairs = {(at // SLOTS_PER_DAY, at % SLOTS_PER_DAY) for at in self._span(key, place)}
        if pairs & self._groups.get(one["group"], set()):
            yield Break("blackout", Message("落在学员所在机构或条线的禁排期里，或太多学员在休假。"))
        for kind, name in (("trainer", place.trainer), ("venue", place.venue)):
            known = (self._trainers if kind == "trainer" else self._venues).get(name or "")
            if known is not None and pairs & {tuple(pair) for pair in known["unavailable"]}:
                yield Break(f"{kind}_unavailable", Message("“{name}”那时不可用。", name=self._named(name)))

    def _trainer(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        if one["trainers"] and place.trainer is None:
            yield Break("trainer_eligible", Message("这节课要有讲师，还没有选。"))
        elif one["trainers"] and place.trainer not in one["trainers"]:
            yield Break("trainer_eligible", Message("“{name}”不在能讲这节课的人里。", name=self._named(place.trainer)))

    def _venue(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        if one["online"] or not self._venues:
            return
        room = self._venues.get(place.venue or "")
        if room is None:
            yield Break("venue_eligible", Message("这节课要有场地，还没有选。"))
            return
        if "capacity" in room and int(room["capacity"]) < int(one["headcount"]):
            said = Message(
                "“{name}”坐 {seats} 人，这个班有 {people} 人。",
                name=self._named(place.venue),
                seats=room["capacity"],
                people=one["headcount"],
            )
            yield Break("capacity", said)
        elif "venues" in one and place.venue not in one["venues"]:
            yield Break("venue_eligible", Message("“{name}”没有这节课要用的设备。", name=self._named(place.venue)))

    def _clashes(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        own = set(one["people"])
        for other in self._others(key, place):
            there, at = self.sessions[other], self.placed[other]
            if place.trainer is not None and at.trainer == place.trainer:
                said = Message("讲师“{name}”同时在上“{other}”。", name=self._named(place.trainer), other=self._named(other))
                yield Break("trainer_exclusive", said)
            if place.venue is not None and at.venue == place.venue:
                said = Message("场地“{name}”同时在用：“{other}”。", name=self._named(place.venue), other=self._named(other))
                yield Break("venue_exclusive", said)
            if set(one["cohorts"]) & set(there["cohorts"]):
                yield Break("cohort_exclusive", Message("同一个班同时在上“{other}”。", other=self._named(other)))
            elif both := sorted(own & set(there["people"])):
                said = Message("有 {n} 人同时在上“{other}”，例如{who}。", n=len(both), other=self._named(other), who=self._named(both[0]))
                yield Break("person_exclusive", said)

    def _absent(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        own = [str(each) for each in one["people"]]
        worst: dict[str, int] = {}
        for at in self._span(key, place):
            away = {each for other in self._at.get(at, ()) if other != key for each in self.sessions[other]["people"]} | set(own)
            for unit, number in _counted(self._unit_of[each] for each in away).items():
                worst[unit] = max(worst.get(unit, 0), number)
        touched = {self._unit_of[each] for each in own}
        for unit, number in sorted(worst.items()):
            if unit in touched and number > self._caps.get(unit, number):
                said = Message("“{unit}”会同时离岗 {n} 人，最多 {most} 人。", unit=self._named(unit), n=number, most=self._caps[unit])
                yield Break("max_absent", said)

    def _months(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        limit = self._rules.get("person_max_slots_per_month", {}).get("limit")
        if limit is None:
            return
        month = self.days[place.day].month
        loads, now_at = self._load(month), self.placed.get(key)
        # Where it is in this month already, it counts among the sessions of the month.
        more = 0 if now_at is not None and self.days[now_at.day].month == month else int(one["dur"])
        over = [each for each in one["people"] if loads.get(each, 0) + more > limit]
        if over:
            said = Message("有 {n} 人当月会超过 {limit} 个半天，例如{who}。", n=len(over), limit=limit, who=self._named(over[0]))
            yield Break("person_month", said)

    def _load(self, month: int) -> dict[str, int]:
        """How many half days each person has in a month."""
        if month not in self._loads:
            same = [self.sessions[other] for other, at in self.placed.items() if self.days[at.day].month == month]
            self._loads[month] = _counted_by((each, int(there["dur"])) for there in same for each in there["people"])
        return self._loads[month]

    def _teaching(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        trainer = self._trainers.get(place.trainer or "")
        if trainer is None:
            return
        month, own = self.days[place.day].month, int(one["dur"])
        taught = [(other, at) for other, at in self.placed.items() if other != key and at.trainer == place.trainer]
        in_month = sum(int(self.sessions[other]["dur"]) for other, at in taught if self.days[at.day].month == month)
        in_year = sum(int(self.sessions[other]["dur"]) for other, _ in taught)
        for name, rule, load, text in (
            ("max_slots_per_month", "trainer_month", in_month + own, Message("讲师“{name}”当月会讲 {n} 个半天，上限 {most}。")),
            ("max_slots_per_year", "trainer_year", in_year + own, Message("讲师“{name}”全年会讲 {n} 个半天，上限 {most}。")),
        ):
            if name in trainer and load > int(trainer[name]):
                yield Break(rule, Message(text.text, name=self._named(place.trainer), n=load, most=trainer[name]))

    def _chain(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        yield from self._lags(key, place, one.get("after", ()))
        for other, lag in self._later.get(key, ()):
            if other in self.placed:
                yield from self._lag(self._span(key, place).stop, self._span(other, self.placed[other]).start, lag, other)

    def _lags(self, key: str, place: Place, lags: Iterable[Mapping[str, Any]]) -> Iterator[Break]:
        for lag in lags:
            before = lag["session"]
            if before not in self.placed:
                yield Break("after", Message("它前面的“{other}”还没有排上。", other=self._named(before)))
            else:
                yield from self._lag(self._span(before, self.placed[before]).stop, self._span(key, place).start, lag, before)

    def _lag(self, ended: int, starts: int, lag: Mapping[str, Any], other: str) -> Iterator[Break]:
        least, most = int(lag.get("min_lag", 0)), lag.get("max_lag")
        if starts < ended + least:
            yield Break("after", Message("与“{other}”的先后或间隔不够：至少隔 {n} 个半天。", other=self._named(other), n=least))
        elif most is not None and starts > ended + int(most):
            yield Break("after", Message("与“{other}”隔得太久：最多隔 {n} 个半天。", other=self._named(other), n=int(most)))

    def _money(self, key: str, one: Mapping[str, Any], place: Place) -> Iterator[Break]:
        budget = self._rules.get("budget", {})
        quarter = self._quarter(place)
        limits: tuple[tuple[str, Any, int | None], ...] = (
            ("budget_year", budget.get("year"), None),
            ("budget_quarter", (budget.get("quarters") or [None] * 4)[quarter], quarter),
        )
        for rule, limit, part in limits:
            if limit is None:
                continue
            now_at = self.placed.get(key)
            counted = now_at is not None and part in (None, self._quarter(now_at))
            own = self._cost(key, place) - (self._cost(key, now_at) if now_at is not None and counted else 0.0)
            # Cents, so that sums of fractions do not pass a limit that they meet.
            total = round(self._costs(part) + own, 2)
            if total > limit:
                money = {"total": f"{total:,.0f}", "limit": f"{limit:,.0f}"}
                yield Break(rule, Message(_OVER[rule].text, **money))

    def _quarter(self, place: Place) -> int:
        return (self.days[place.day].month - 1) // 3

    def _costs(self, part: int | None) -> float:
        """What all sessions of a quarter cost, or (None) of the year."""
        if part not in self._spent:
            held = (pair for pair in self.placed.items() if part is None or self._quarter(pair[1]) == part)
            self._spent[part] = sum(self._cost(*pair) for pair in held)
        return self._spent[part]

    def _cost(self, key: str, place: Place) -> float:
        prices = [(self._trainers.get(place.trainer or ""), self._venues.get(place.venue or ""))]
        each = sum(float(one.get("cost_per_slot", 0.0)) for pair in prices for one in pair if one is not None)
        return int(self.sessions[key]["dur"]) * each


def _counted(names: Iterable[str | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        if name is not None:
            found[name] = found.get(name, 0) + 1
    return found


def _counted_by(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, number in pairs:
        found[name] = found.get(name, 0) + number
    return found


def told(found: Sequence[Break]) -> list[dict[str, Any]]:
    """Breaks as they are stored."""
    return [{"rule": one.rule, "message": one.message.to_json()} for one in found]
