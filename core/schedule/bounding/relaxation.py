"""A problem as the bound sees it: arrays in which everything but what couples sessions with one another is exact.

What is left out only makes the relaxation cheaper, so that its optimum is a valid lower bound: spread, compactness and the same venue count
nothing, of several `after` only one is kept beside the windows that all of them imply, and whole venues count by slot alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.schedule.entities import Id, Problem, Session, Trainer
from core.schedule.windows import allowed_starts, hit, mask_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = np.inf


@dataclass(frozen=True)
class Options:
    """Whom a session may be given: option `first[i]` … `first[i + 1] − 1` are those of session i."""

    first: Ints
    who: Ints
    cost: Floats
    extra: Floats
    free_until: Ints
    slots: int

    def arrays(self, slot_sums: Floats, period_price: Floats) -> tuple[Any, ...]:
        """As the compiled part takes it, with the prices of slots and months."""
        return self.first, (self.who, self.cost, self.extra, self.free_until, slot_sums, period_price)


@dataclass(frozen=True)
class Relaxation:
    """Sessions by number. `base[i, t]`: what a start in slot t costs by itself (infinite: not allowed); `drop[i]`: what it costs to leave
    the session out with all that follow it in its tree of `parent`s."""

    base: Floats
    room: Floats
    dur: Ints
    low: Ints
    high: Ints
    period: Ints
    quarter: Ints
    parent: Ints
    min_lag: Ints
    max_lag: Ints
    drop: Floats
    order: Ints
    trainers: Options

    @cached_property
    def until(self) -> Ints:
        """For every slot, the first slot of the next month."""
        ends = np.append(np.flatnonzero(np.diff(self.period)) + 1, len(self.period))
        found: Ints = ends[np.searchsorted(ends, np.arange(len(self.period)), side="right")]
        return found

    @property
    def tree(self) -> tuple[Any, ...]:
        """As the compiled part takes it."""
        one = self
        times = (one.base, one.room, one.dur, one.low, one.high, one.period, one.quarter)
        return (*times, one.parent, one.min_lag, one.max_lag, one.drop, one.order, one.until)


def relax(problem: Problem) -> Relaxation:
    """The arrays of a problem."""
    place = {one.id: at for at, one in enumerate(problem.sessions)}
    order = _earlier_first(problem, place)
    dur = np.array([one.dur for one in problem.sessions], dtype=np.int64)
    homes = {one.id: one.department for one in problem.people}
    trainers = _trainer_options(problem)
    base = np.array([_own_cost(problem, one) for one in problem.sessions]).reshape(len(dur), problem.calendar.slots)
    room, closed = np.zeros_like(base), dict[Any, NDArray[np.bool_]]()
    for at, one in enumerate(problem.sessions):
        base[at, ~_somebody(trainers, at, one.dur, bool(one.trainers) or one.pinned.trainer is not None, problem.calendar.slots)] = NEVER
        room[at], seats = _cheapest_room(problem, one, closed)
        base[at] += seats
        if not _people_can(problem, one, homes):
            base[at] = NEVER
    low, high = _windows(problem, place, order, base)
    parent, min_lag, max_lag = _trees(problem, place)
    drop = np.array([problem.weights.unplaced * one.priority for one in problem.sessions])
    for at in order[::-1]:
        if parent[at] >= 0:
            drop[parent[at]] += drop[at]
    period, quarter = _months(problem)
    return Relaxation(base, room, dur, low, high, period, quarter, parent, min_lag, max_lag, drop, order, trainers)


def _earlier_first(problem: Problem, place: dict[Any, int]) -> Ints:
    """Session numbers so that what comes before in time comes before in the list."""
    order: list[int] = []
    seen: set[int] = set()
    for at in range(len(problem.sessions)):
        stack = [at]
        while stack:
            one = stack[-1]
            waiting = [place[lag.session] for lag in problem.sessions[one].after if place[lag.session] not in seen]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            if one not in seen:
                seen.add(one)
                order.append(one)
    return np.array(order, dtype=np.int64)


def _own_cost(problem: Problem, session: Session) -> Floats:
    """Start, lateness, a move, and overload of months and people whose limit is nil: for every slot, infinite where it may not start."""
    calendar, weights = problem.calendar, problem.weights
    slots = np.arange(calendar.slots)
    days = slots // calendar.slots_per_day
    cost = weights.start * session.priority * days.astype(np.float64)
    if session.due is not None:
        last = (slots + session.dur - 1) // calendar.slots_per_day
        cost += weights.late * session.priority * np.maximum(0, last - session.due)
    before = problem.before.get(session.id)
    if before is not None:
        cost += weights.move * (slots != before.day * calendar.slots_per_day + before.slot)
    cost[~allowed_starts(problem, session)] = NEVER
    return cost


def _people_can(problem: Problem, session: Session, homes: Mapping[Id, Id | None]) -> bool:
    """Whether the session alone keeps the limits of people by month and of departments by slot."""
    rule = problem.rules.person_month
    dated = problem.calendar.dates is not None
    if rule is not None and rule.mode == "hard" and dated and session.people and session.dur > rule.limit:
        return False
    caps = {one.id: one.max_absent for one in problem.departments}
    return all(caps.get(home) is None or away <= (caps[home] or 0) for home, away in absent(session, homes).items())


def absent(session: Session, homes: Mapping[Id, Id | None]) -> dict[Id, int]:
    """How many distinct people of each department a session takes; `homes` is the department of every person."""
    away: dict[Id, int] = {}
    for person in dict.fromkeys(session.people):
        home = homes.get(person)
        if home is not None:
            away[home] = away.get(home, 0) + 1
    return away


def _trainer_options(problem: Problem) -> Options:
    place = {one.id: at for at, one in enumerate(problem.trainers)}
    listed: list[list[tuple[int, float, float]]] = []
    for session in problem.sessions:
        before = problem.before.get(session.id)
        pinned = session.pinned.trainer
        eligible = [one for one in session.trainers if pinned is None or one == pinned]
        listed.append(
            [
                (
                    place[one],
                    session.dur * problem.trainer[one].cost_per_slot,
                    problem.weights.trainer_change if before is not None and before.trainer != one else 0.0,
                )
                for one in eligible
                if _within_limits(problem.trainer[one], session.dur, dated=problem.calendar.dates is not None)
            ]
        )
    return _options(problem, listed, problem.trainers)


def _within_limits(trainer: Trainer, dur: int, *, dated: bool) -> bool:
    month, year = trainer.max_slots_per_month, trainer.max_slots_per_year
    return (month is None or not dated or dur <= month) and (year is None or dur <= year)


def _cheapest_room(problem: Problem, session: Session, closed: dict[Any, NDArray[np.bool_]]) -> tuple[Floats, Floats]:
    """For every start, what the cheapest room that is open costs, and what its missing seats cost at least (infinite: none is open).

    `closed` keeps, by room and duration, the starts that meet a closed slot."""
    slots = problem.calendar.slots
    if not problem.needs_venue(session) and session.pinned.venue is None:
        return np.zeros(slots), np.zeros(slots)
    money, seats = np.full(slots, NEVER), np.full(slots, NEVER)
    for venue in problem.venues_for(session):
        if session.pinned.venue is not None and venue.id != session.pinned.venue:
            continue
        key = (venue.id, session.dur)
        if key not in closed:
            closed[key] = hit(mask_of(problem.calendar, venue.unavailable), session.dur)
        missing = 0 if venue.capacity is None else max(0, session.headcount - venue.capacity)
        money = np.minimum(money, np.where(closed[key], NEVER, session.dur * venue.cost_per_slot))
        seats = np.minimum(seats, np.where(closed[key], NEVER, problem.rules.venue_capacity.weight * missing))
    return np.where(money < NEVER, money, 0.0), seats


def _options(problem: Problem, listed: list[list[tuple[int, float, float]]], every: tuple[Trainer, ...]) -> Options:
    first = np.concatenate([[0], np.cumsum([len(one) for one in listed])]).astype(np.int64)
    flat = [option for one in listed for option in one]
    slots = problem.calendar.slots
    free = np.array([_free_until(mask_of(problem.calendar, one.unavailable)) for one in every], dtype=np.int64).reshape(len(every), slots)
    return Options(
        first,
        np.array([one[0] for one in flat], dtype=np.int64),
        np.array([one[1] for one in flat], dtype=np.float64),
        np.array([one[2] for one in flat], dtype=np.float64),
        free,
        slots,
    )


def _free_until(busy: NDArray[np.bool_]) -> Ints:
    """For every slot, the first busy slot from it on (the number of slots where there is none)."""
    ends = np.where(busy, np.arange(len(busy)), len(busy))
    return np.minimum.accumulate(ends[::-1])[::-1].astype(np.int64)


def _somebody(options: Options, at: int, dur: int, needed: bool, slots: int) -> NDArray[np.bool_]:
    """For every start, whether at least one of the options is there for the whole session."""
    if not needed:
        return np.ones(slots, dtype=np.bool_)
    ends = np.arange(slots) + dur
    found = np.zeros(slots, dtype=np.bool_)
    for one in options.who[options.first[at] : options.first[at + 1]]:
        found |= options.free_until[one] >= ends
    return found


def _windows(problem: Problem, place: dict[Any, int], order: Ints, base: Floats) -> tuple[Ints, Ints]:
    """The first and last start of each session, after those that it follows; an empty window has last < first."""
    slots = problem.calendar.slots
    low, high = np.zeros(len(order), dtype=np.int64), np.full(len(order), -1, dtype=np.int64)
    for at in order:
        session = problem.sessions[at]
        first, last = 0, slots - 1
        for lag in session.after:
            before = place[lag.session]
            if high[before] < low[before] or (lag.max_lag is not None and lag.max_lag < lag.min_lag):
                last = -1
            length = problem.sessions[before].dur
            first = max(first, int(low[before]) + length + lag.min_lag)
            last = min(last, int(high[before]) + length + lag.max_lag) if lag.max_lag is not None else last
        possible = np.flatnonzero(base[at, first : last + 1] < NEVER) if first <= last else np.array([], dtype=np.int64)
        low[at], high[at] = (first + possible[0], first + possible[-1]) if len(possible) else (0, -1)
    return low, high


def _trees(problem: Problem, place: dict[Any, int]) -> tuple[Ints, Ints, Ints]:
    """Of the sessions that each follows the one that binds most: the narrowest room for the lag, then the longest lag."""
    count, slots = len(problem.sessions), problem.calendar.slots
    parent, least, most = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int64), np.full(count, slots, dtype=np.int64)
    for at, session in enumerate(problem.sessions):
        if session.after:
            lag = min(session.after, key=lambda one: ((slots if one.max_lag is None else one.max_lag - one.min_lag), -one.min_lag))
            parent[at], least[at] = place[lag.session], min(lag.min_lag, slots)
            most[at] = min(slots, slots if lag.max_lag is None else lag.max_lag)
    return parent, least, most


def _months(problem: Problem) -> tuple[Ints, Ints]:
    """The month (0 to 11) and the quarter of every slot; all in one where days are only counted."""
    calendar = problem.calendar
    months = [calendar.month(slot // calendar.slots_per_day) or 0 for slot in range(calendar.slots)]
    period = np.array(months, dtype=np.int64)
    return period, period // 3


__all__ = ["NEVER", "Options", "Relaxation", "absent", "relax"]
