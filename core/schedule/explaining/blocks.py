"""What stands in the way of a session: for every rule, whom or what it concerns and every start, by how much the rule would be broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.schedule.entities import Id, Lag, Problem, Session, Trainer, Venue
from core.schedule.explaining.occupancy import Flags, Numbers, Occupancy
from core.schedule.objective import slots_of
from core.schedule.schedule import Rule
from core.schedule.windows import blocked_starts, mask_of

WINDOW = (Rule.CALENDAR, Rule.MORNING, Rule.NO_CROSSING, Rule.STARTS, Rule.EARLIEST, Rule.BLACKOUT, Rule.PINNED, Rule.AFTER)

# Excess by subject: 0 where the rule is kept, else by how much it is not (people, slots, days, seats, money). "" where there is no subject.
Excess = Mapping[Id, Numbers]


@dataclass(frozen=True)
class Blocks:
    """The rules in the way of one session. `common` hold whoever gives it and wherever; the others for a trainer, or a venue, alone."""

    session: Session
    common: Mapping[Rule, Excess]
    trainers: Mapping[Id, Mapping[Rule, Numbers]]
    venues: Mapping[Id, Mapping[Rule, Numbers]]
    needs_venue: bool
    slots: int

    def blocked(self, without: Rule | None = None, only: tuple[Rule, ...] | None = None) -> Flags:
        """The starts that a common rule forbids: any rule, but for one, or only some."""
        found = np.zeros(self.slots, dtype=np.bool_)
        for rule, excess in self.common.items():
            if rule is not without and (only is None or rule in only):
                for one in excess.values():
                    found |= one > 0
        return found

    def open_for(self, rules: Mapping[Rule, Numbers], without: Rule | None = None) -> Flags:
        """The starts at which a trainer, or a venue, can."""
        found = np.ones(self.slots, dtype=np.bool_)
        for rule, excess in rules.items():
            if rule is not without:
                found &= excess <= 0
        return found

    def some_trainer(self, without: Rule | None = None) -> Flags:
        """The starts at which one of the trainers can; all of them when none is wanted."""
        return self._some(self.trainers, bool(self.session.trainers) or bool(self.trainers), without)

    def some_venue(self, without: Rule | None = None) -> Flags:
        """The starts at which one of the venues can; all of them when none is wanted."""
        return self._some(self.venues, self.needs_venue or bool(self.venues), without)

    def free(self) -> Flags:
        """The starts that break no rule with one of the trainers and venues."""
        return ~self.blocked() & self.some_trainer() & self.some_venue()

    def _some(self, holders: Mapping[Id, Mapping[Rule, Numbers]], wanted: bool, without: Rule | None) -> Flags:
        found = np.full(self.slots, not wanted, dtype=np.bool_)
        for rules in holders.values():
            found |= self.open_for(rules, without)
        return found


def blocks(problem: Problem, occupancy: Occupancy, session: Session) -> Blocks:
    """What stands in the way of a session, given what the other sessions take. The session itself must not be in the occupancy."""
    common: dict[Rule, dict[Id, Numbers]] = {}
    for rule, subject, excess in (*_windows(problem, session), *_lags(problem, occupancy, session), *_people(problem, occupancy, session)):
        if excess.any():
            common.setdefault(rule, {})[subject] = excess
    found = Blocks(
        session,
        common,
        of_trainers(problem, occupancy, session, _candidates(session.trainers, session.pinned.trainer)),
        of_venues(problem, occupancy, session, _venues(problem, session)),
        problem.needs_venue(session),
        problem.calendar.slots,
    )
    for rule, subject, excess in over_budget(problem, occupancy, found):
        if excess.any():
            common.setdefault(rule, {})[subject] = excess
    return found


def of_trainers(problem: Problem, occupancy: Occupancy, session: Session, names: tuple[Id, ...]) -> dict[Id, dict[Rule, Numbers]]:
    """For each of these trainers what keeps it from a session."""
    return {one: _trainer(problem, occupancy, session, one) for one in names}


def of_venues(problem: Problem, occupancy: Occupancy, session: Session, names: tuple[Id, ...]) -> dict[Id, dict[Rule, Numbers]]:
    """For each of these venues what keeps a session out of it."""
    return {one: _venue(problem, occupancy, session, one) for one in names}


def _candidates(eligible: tuple[Id, ...], pinned: Id | None) -> tuple[Id, ...]:
    return eligible if pinned is None else (pinned,)


def _venues(problem: Problem, session: Session) -> tuple[Id, ...]:
    if session.pinned.venue is not None:
        return (session.pinned.venue,)
    if not problem.needs_venue(session):
        return ()
    return tuple(one.id for one in problem.venues) if session.venues is None else session.venues


def _windows(problem: Problem, session: Session) -> Iterator[tuple[Rule, Id, Numbers]]:
    calendar = problem.calendar
    days = np.arange(calendar.slots) // calendar.slots_per_day
    for rule, mask in blocked_starts(problem, session).items():
        if rule is Rule.EARLIEST:
            yield rule, "", np.maximum(0, session.earliest - days)
        elif rule is Rule.BLACKOUT and session.group is not None:
            closed = mask_of(calendar, problem.group[session.group].blackout_slots)
            yield rule, session.group, hits(closed, session.dur)
        else:
            yield rule, "", mask.astype(np.int64)


def hits(busy: Flags, dur: int) -> Numbers:
    """For every start, how many of the `dur` slots from it on are busy."""
    counted = np.concatenate([[0], np.cumsum(busy)])
    ends = np.minimum(np.arange(len(busy)) + dur, len(busy))
    found: Numbers = counted[ends] - counted[:-1]
    return found


def _peak(numbers: Numbers, dur: int) -> Numbers:
    """For every start, the most of the `dur` slots from it on."""
    found = numbers.copy()
    for step in range(1, dur):
        found[:-step] = np.maximum(found[:-step], numbers[step:])
    return found


def _lags(problem: Problem, occupancy: Occupancy, session: Session) -> Iterator[tuple[Rule, Id, Numbers]]:
    starts = np.arange(problem.calendar.slots)
    for lag in session.after:
        if (before := occupancy.placed.get(lag.session)) is not None:
            yield Rule.AFTER, lag.session, _outside(lag, starts - slots_of(problem, before).stop)
    for later, lag in occupancy.followers.get(session.id, ()):
        if (place := occupancy.placed.get(later.id)) is not None:
            yield Rule.AFTER, later.id, _outside(lag, slots_of(problem, place).start - (starts + session.dur))


def behind(before: Session, starts: Flags, lag: Lag) -> Flags:
    """The starts that keep the distance to one of the starts of the session before."""
    counted = np.concatenate([[0], np.cumsum(starts)])
    slots = np.arange(len(starts))
    last = np.clip(slots - before.dur - lag.min_lag, -1, len(starts) - 1)
    first = np.zeros_like(slots) if lag.max_lag is None else np.clip(slots - before.dur - lag.max_lag, 0, len(starts))
    found: Flags = counted[last + 1] > counted[np.minimum(first, last + 1)]
    return found


def _outside(lag: Lag, between: Numbers) -> Numbers:
    """By how many slots a distance is too short or too long."""
    short = np.maximum(0, lag.min_lag - between)
    return short if lag.max_lag is None else np.maximum(short, between - lag.max_lag)


def _people(problem: Problem, occupancy: Occupancy, session: Session) -> Iterator[tuple[Rule, Id, Numbers]]:
    rules, dur = problem.rules, session.dur
    held: list[tuple[Rule, bool, str, tuple[Id, ...]]] = [
        (Rule.PERSON_EXCLUSIVE, rules.person_exclusive, "person", session.people),
        (Rule.COHORT_EXCLUSIVE, rules.cohort_exclusive, "cohort", session.cohorts),
        (Rule.GROUP_EXCLUSIVE, rules.group_exclusive, "group", () if session.group is None else (session.group,)),
    ]
    for rule, exclusive, kind, names in held:
        for name in names if exclusive else ():
            if (busy := occupancy.busy(kind, name)) is not None:
                yield rule, name, hits(busy, dur)
    yield from _absences(problem, occupancy, session)
    if rules.person_month is not None and rules.person_month.mode == "hard":
        for person in session.people:
            load = occupancy.months("person", person) + dur
            yield Rule.PERSON_MONTH, person, occupancy.by_month(np.maximum(0, load - rules.person_month.limit))


def _absences(problem: Problem, occupancy: Occupancy, session: Session) -> Iterator[tuple[Rule, Id, Numbers]]:
    homes: dict[Id, list[Id]] = {}
    for person in session.people:
        if (home := occupancy.home(person)) is not None:
            homes.setdefault(home, []).append(person)
    for one in problem.departments:
        if one.max_absent is not None and one.id in homes:
            beyond = np.maximum(0, occupancy.away_with(one.id, homes[one.id]) - one.max_absent)
            yield Rule.MAX_ABSENT, one.id, _peak(beyond, session.dur)


def _trainer(problem: Problem, occupancy: Occupancy, session: Session, name: Id) -> dict[Rule, Numbers]:
    trainer: Trainer = problem.trainer[name]
    found = {Rule.TRAINER_UNAVAILABLE: hits(mask_of(problem.calendar, trainer.unavailable), session.dur)}
    busy = occupancy.busy("trainer", name)
    if problem.rules.trainer_exclusive and busy is not None:
        found[Rule.TRAINER_EXCLUSIVE] = hits(busy, session.dur)
    if trainer.max_slots_per_month is not None:
        load = occupancy.months("trainer", name) + session.dur
        found[Rule.TRAINER_MONTH] = occupancy.by_month(np.maximum(0, load - trainer.max_slots_per_month))
    if trainer.max_slots_per_year is not None:
        over = max(0, occupancy.year(name) + session.dur - trainer.max_slots_per_year)
        found[Rule.TRAINER_YEAR] = np.full(problem.calendar.slots, over, dtype=np.int64)
    if name not in session.trainers:
        found[Rule.TRAINER_ELIGIBLE] = np.ones(problem.calendar.slots, dtype=np.int64)
    return {rule: excess for rule, excess in found.items() if excess.any()}


def _venue(problem: Problem, occupancy: Occupancy, session: Session, name: Id) -> dict[Rule, Numbers]:
    venue: Venue = problem.venue[name]
    found = {Rule.VENUE_UNAVAILABLE: hits(mask_of(problem.calendar, venue.unavailable), session.dur)}
    busy = occupancy.busy("venue", name)
    if problem.rules.venue_exclusive and busy is not None:
        found[Rule.VENUE_EXCLUSIVE] = hits(busy, session.dur)
    if venue.capacity is not None and problem.rules.venue_capacity.mode == "hard":
        found[Rule.CAPACITY] = np.full(problem.calendar.slots, max(0, session.headcount - venue.capacity), dtype=np.int64)
    if not problem.needs_venue(session) or (session.venues is not None and name not in session.venues):
        found[Rule.VENUE_ELIGIBLE] = np.ones(problem.calendar.slots, dtype=np.int64)
    return {rule: excess for rule, excess in found.items() if excess.any()}


def over_budget(problem: Problem, occupancy: Occupancy, found: Blocks) -> Iterator[tuple[Rule, Id, Numbers]]:
    """Where even the cheapest who can, in the cheapest room that is free, costs more than is left; rounded up to whole money."""
    budget = problem.rules.budget
    if budget.year is None and not any(one is not None for one in budget.quarters):
        return
    cost = cheapest(problem, found)
    if budget.year is not None:
        yield Rule.BUDGET_YEAR, "", _beyond(cost - (budget.year - occupancy.spent_year))
    for at, limit in enumerate(budget.quarters):
        if limit is not None and occupancy.month_of is not None:
            beyond = _beyond(cost - (limit - occupancy.spent_quarters[at]))
            yield Rule.BUDGET_QUARTER, f"Q{at + 1}", np.where(occupancy.month_of // 3 == at, beyond, 0)


def _beyond(money: NDArray[np.float64]) -> Numbers:
    return np.ceil(np.maximum(0, money - 1e-6)).astype(np.int64)


def cheapest(problem: Problem, found: Blocks) -> NDArray[np.float64]:
    """For every start, the least that the session costs with a trainer and a venue that can; with any of them where none can."""
    rate = np.zeros(found.slots)
    costs = (
        {name: problem.trainer[name].cost_per_slot for name in found.trainers},
        {name: problem.venue[name].cost_per_slot for name in found.venues},
    )
    for holders, cost in zip((found.trainers, found.venues), costs, strict=True):
        if holders:
            free = np.min([np.where(found.open_for(rules), cost[name], np.inf) for name, rules in holders.items()], axis=0)
            rate += np.where(np.isfinite(free), free, min(cost.values()))
    return rate * found.session.dur
