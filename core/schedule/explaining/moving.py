"""What if a session were elsewhere: the difference by term and the hard rules it would break; why it is here; what is next best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.i18n import Message
from core.schedule.entities import Id, Problem, Session
from core.schedule.explaining.blocks import Blocks, blocks, cheapest
from core.schedule.explaining.occupancy import Flags, Numbers, Occupancy
from core.schedule.explaining.wording import broken
from core.schedule.objective import objective
from core.schedule.schedule import Assignment, Reason, Rule

# So many places, the cheapest by what can be told of each alone, are worked out in full; more where the other sessions of the class or
# project decide what a place costs.
_TRIED = 16
_TRIED_WITH_OTHERS = 48
_CHEAPER = 8


@dataclass(frozen=True)
class Delta:
    """What a place would change: `terms` are differences of the objective by name without those of 0; `broken` the rules it would break."""

    place: Assignment
    terms: Mapping[str, float]
    broken: tuple[Reason, ...] = ()

    @property
    def total(self) -> float:
        """The difference of the whole objective: below 0 is better."""
        return sum(self.terms.values())


@dataclass(frozen=True)
class WhyHere:
    """Why a session is where it is: what its place costs by term, and of the starts that would cost less, what each would break.

    `cheaper_starts` counts all starts that alone would cost less, `blocked_by` how many of them each rule forbids.
    """

    place: Assignment
    terms: Mapping[str, float]
    cheaper_starts: int
    blocked_by: Mapping[Rule, int]
    cheaper: tuple[Delta, ...]


def what_if(
    problem: Problem, assignments: Iterable[Assignment], session: Id, day: int, slot: int, trainer: Id | None, venue: Id | None
) -> Delta:
    """What it would change to put a session there, beside all others as they are. A session that is not placed yet may be asked about."""
    calendar = problem.calendar
    if not (0 <= day < calendar.days and 0 <= slot < calendar.slots_per_day):
        raise BadInput(Message("日历里没有第 {day} 天第 {slot} 个时段。", day=day + 1, slot=slot + 1))
    return _Bench(problem, assignments, session).delta(Assignment(session, day, slot, trainer, venue))


def alternatives(problem: Problem, assignments: Iterable[Assignment], session: Id, n: int = 3) -> list[Delta]:
    """The `n` best other starts that break no rule, each with its best trainer and venue, the best first."""
    bench = _Bench(problem, assignments, session)
    return bench.best(bench.blocks.free() & ~bench.here(), n)


def why_here(problem: Problem, assignments: Iterable[Assignment], session: Id) -> WhyHere:
    """Why a placed session is where it is. Raises `BadInput` for one that is not placed."""
    bench = _Bench(problem, assignments, session)
    if bench.place is None:
        raise BadInput(Message("课次 {subject} 还没有排入。", subject=session))
    return bench.why(bench.place)


class _Bench:
    """One session taken out of a schedule, and tried in other places."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment], session: Id) -> None:
        self.problem = problem
        self.session: Session = problem.session[session]
        placed = {one.session: one for one in assignments}
        self.place = placed.pop(session, None)
        self.others = list(placed.values())
        self.occupancy = Occupancy(problem, self.others)
        self.blocks: Blocks = blocks(problem, self.occupancy, self.session)
        self.without = objective(problem, self.others).terms()
        self.now = self.without if self.place is None else self._terms(self.place)

    def _terms(self, place: Assignment) -> dict[str, float]:
        return objective(self.problem, [*self.others, place]).terms()

    def here(self) -> Flags:
        """The start at which the session is."""
        found = np.zeros(self.blocks.slots, dtype=np.bool_)
        if self.place is not None:
            found[self._start(self.place)] = True
        return found

    def _start(self, place: Assignment) -> int:
        return place.day * self.problem.calendar.slots_per_day + place.slot

    def delta(self, place: Assignment) -> Delta:
        """The difference that a place makes, and what it breaks."""
        return Delta(place, _difference(self.now, self._terms(place)), tuple(self._broken(place)))

    def _broken(self, place: Assignment) -> Iterator[Reason]:
        start = self._start(place)
        rules: list[tuple[Rule, Id]] = [
            (rule, name)
            for rule, excess in self.blocks.common.items()
            for name, one in excess.items()
            if one[start] > 0 and rule not in (Rule.BUDGET_YEAR, Rule.BUDGET_QUARTER)
        ]
        rules += [(Rule.AFTER, lag.session) for lag in self.session.after if lag.session not in self.occupancy.placed]
        for name, held in ((place.trainer, self._trainer(place)), (place.venue, self._venue(place))):
            rules += [(rule, "" if name is None else name) for rule, one in held.items() if one[start] > 0]
        for rule, name in [*rules, *self._budget(place)]:
            yield Reason(rule, str(name), broken(rule, name))

    def _trainer(self, place: Assignment) -> Mapping[Rule, Numbers]:
        wrong = {Rule.TRAINER_ELIGIBLE: np.ones(self.blocks.slots, dtype=np.int64)}
        if place.trainer is None:
            return wrong if self.session.trainers else {}
        return self.blocks.trainers.get(place.trainer, wrong)

    def _venue(self, place: Assignment) -> Mapping[Rule, Numbers]:
        wrong = {Rule.VENUE_ELIGIBLE: np.ones(self.blocks.slots, dtype=np.int64)}
        if place.venue is None:
            return wrong if self.blocks.needs_venue else {}
        return self.blocks.venues.get(place.venue, wrong)

    def _budget(self, place: Assignment) -> Iterator[tuple[Rule, Id]]:
        """The budgets that this trainer and venue would break, whatever the cheapest costs."""
        budget, month = self.problem.rules.budget, self.problem.calendar.month(place.day)
        cost = self.session.dur * (self._price(place.trainer, self.problem.trainer) + self._price(place.venue, self.problem.venue))
        if budget.year is not None and self.occupancy.spent_year + cost > budget.year + 1e-6:
            yield Rule.BUDGET_YEAR, ""
        if month is None:
            return
        limit = budget.quarters[month // 3]
        if limit is not None and self.occupancy.spent_quarters[month // 3] + cost > limit + 1e-6:
            yield Rule.BUDGET_QUARTER, f"Q{month // 3 + 1}"

    def _price(self, name: Id | None, known: Mapping[Id, object]) -> float:
        return 0.0 if name is None else float(getattr(known[name], "cost_per_slot", 0.0))

    def best(self, starts: Flags, n: int) -> list[Delta]:
        """The best of these starts, each with the best of its trainers and venues."""
        alone = np.where(starts, self.alone(), np.inf)
        most = max(n, _TRIED_WITH_OTHERS if self._depends_on_others() else _TRIED)
        order = [int(slot) for slot in np.argsort(alone, kind="stable")[:most] if np.isfinite(alone[slot])]
        tried = [self.delta(self._with_holders(slot)) for slot in order]
        return sorted((one for one in tried if not one.broken), key=lambda one: one.total)[:n]

    def _depends_on_others(self) -> bool:
        """Whether its group or classes want their sessions spread, in one room or side by side."""
        group = None if self.session.group is None else self.problem.group[self.session.group]
        compact = {one.id for one in self.problem.cohorts if one.compact}
        return bool(group and (group.spread or group.same_venue)) or not compact.isdisjoint(self.session.cohorts)

    def alone(self) -> NDArray[np.float64]:
        """What every start costs by the terms that can be told of the session alone: lateness, start, money, moving."""
        weights, calendar, session = self.problem.weights, self.problem.calendar, self.session
        slots = np.arange(calendar.slots)
        found = weights.start * session.priority * (slots // calendar.slots_per_day) + weights.cost * cheapest(self.problem, self.blocks)
        if session.due is not None:
            last = (slots + session.dur - 1) // calendar.slots_per_day
            found = found + weights.late * session.priority * np.maximum(0, last - session.due)
        before = self.problem.before.get(session.id)
        if before is not None:
            found = found + weights.move * (slots != self._start(before))
        targets = self.problem.rules.month_target_slots
        return found if targets is None else found + self._overload(targets)

    def _overload(self, targets: tuple[float, ...]) -> NDArray[np.float64]:
        load = np.zeros(12)
        for one in self.others:
            if (month := self.problem.calendar.month(one.day)) is not None:
                other = self.problem.session[one.session]
                load[month] += other.dur * other.headcount
        room = np.maximum(0, np.array(targets) - load)
        more = np.maximum(0, self.session.dur * self.session.headcount - room) * self.problem.weights.overload
        found: NDArray[np.float64] = np.zeros(self.blocks.slots) if self.occupancy.month_of is None else more[self.occupancy.month_of]
        return found

    def _with_holders(self, start: int) -> Assignment:
        """A start with the cheapest trainer and venue that can: the present ones where they cost no more."""
        day, slot = divmod(start, self.problem.calendar.slots_per_day)
        here = self.place
        kept = self.problem.before.get(self.session.id, here)
        trainer = self._pick(self.blocks.trainers, self.problem.trainer, start, kept.trainer if kept else None)
        venue = self._pick(self.blocks.venues, self.problem.venue, start, here.venue if here else None)
        return Assignment(self.session.id, day, slot, trainer, venue)

    def _pick(self, holders: Mapping[Id, Mapping[Rule, Numbers]], known: Mapping[Id, object], start: int, kept: Id | None) -> Id | None:
        able = [name for name, rules in holders.items() if not any(one[start] > 0 for one in rules.values())]
        changed = self.problem.weights.trainer_change if known is self.problem.trainer and self.problem.before else 0.0
        return min(able, key=lambda name: (self._cost_of(name, known, kept, changed), name != kept), default=None)

    def _cost_of(self, name: Id, known: Mapping[Id, object], kept: Id | None, changed: float) -> float:
        missing = 0.0
        rule = self.problem.rules.venue_capacity
        if known is self.problem.venue and rule.mode == "soft":
            capacity = self.problem.venue[name].capacity
            missing = 0.0 if capacity is None else rule.weight * max(0, self.session.headcount - capacity)
        return self.problem.weights.cost * self.session.dur * self._price(name, known) + changed * (name != kept) + missing

    def why(self, place: Assignment) -> WhyHere:
        """The terms of the present place, and what stands in the way of cheaper ones."""
        alone = self.alone()
        cheaper = alone < alone[self._start(place)] - 1e-9
        terms = _difference(self.without, self.now)
        terms.pop("unplaced", None)
        order = [int(slot) for slot in np.argsort(alone, kind="stable") if cheaper[slot]][::-1]
        near = [self.delta(self._as_near_as_can_be(slot)) for slot in _spread(order, _CHEAPER)]
        return WhyHere(place, terms, int(cheaper.sum()), dict(self._blocking(cheaper)), tuple(near))

    def _as_near_as_can_be(self, start: int) -> Assignment:
        """A start with who and what can then, or with those of now."""
        found = self._with_holders(start)
        here = self.place
        trainer = found.trainer if found.trainer is not None or here is None else here.trainer
        venue = found.venue if found.venue is not None or here is None else here.venue
        return Assignment(found.session, found.day, found.slot, trainer, venue)

    def _blocking(self, cheaper: Flags) -> Iterator[tuple[Rule, int]]:
        """Of these starts, how many each rule forbids: for trainers and venues where none of them can."""
        ways = {rule: np.any([one > 0 for one in excess.values()], axis=0) for rule, excess in self.blocks.common.items()}
        for holders, some in ((self.blocks.trainers, self.blocks.some_trainer()), (self.blocks.venues, self.blocks.some_venue())):
            for rules in holders.values():
                for rule, excess in rules.items():
                    ways[rule] = ways.get(rule, np.zeros_like(some)) | ((excess > 0) & ~some)
        for rule, mask in ways.items():
            if (count := int((mask & cheaper).sum())) > 0:
                yield rule, count


def _difference(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {name: after[name] - value for name, value in before.items() if abs(after[name] - value) > 1e-9}


def _spread(order: list[int], n: int) -> list[int]:
    """So many of a list, from its beginning to its end."""
    step = max(1, len(order) // n)
    return order[::step][:n]
