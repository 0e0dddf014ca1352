"""What a schedule costs, term by term, as a linear expression."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from core.schedule.bounding.rows import sessions_of_people
from core.schedule.cpsat.rules import spending
from core.schedule.cpsat.variables import Variables
from core.schedule.entities import Cohort, Group, Id, Spread

_SCALES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)


def minimise_all(v: Variables, ceiling: float | None = None) -> int:
    """Set the objective to the sum of all terms; gives the factor by which it was made whole. It may be no more than
    `ceiling`."""
    sentences: tuple[Callable[[Variables], None], ...] = (
        _early_and_in_time,
        _cheap,
        _within_the_targets_of_months,
        _within_the_soft_limits_of_people,
        _with_a_seat_for_everybody,
        _spread_over_days,
        _compact_for_cohorts,
        _in_the_same_venue,
        _where_it_was,
        _placed,
    )
    for sentence in sentences:
        sentence(v)
    scale = next((one for one in _SCALES if all(float(weight * one).is_integer() for weight, _ in v.costs)), _SCALES[-1])
    total = sum(int(weight * scale) * what for weight, what in v.costs)
    v.model.minimize(total)
    if ceiling is not None and v.costs:
        v.model.add(total <= math.floor(ceiling * scale + 1e-6))
    return scale


def _early_and_in_time(v: Variables) -> None:
    calendar, weights = v.problem.calendar, v.problem.weights
    for session, starts in zip(v.problem.sessions, v.starts, strict=True):
        for t, one in starts.items():
            late = 0 if session.due is None else max(0, calendar.day_of(t + session.dur - 1) - session.due)
            v.pay(session.priority * (weights.start * calendar.day_of(t) + weights.late * late), one)


def _cheap(v: Variables) -> None:
    for cost, _, is_it in spending(v):
        v.pay(v.problem.weights.cost * cost, is_it)


def _within_the_targets_of_months(v: Variables) -> None:
    targets = v.problem.rules.month_target_slots
    if targets is None or v.problem.calendar.dates is None:
        return
    for month, target in enumerate(targets):
        load = [(one.dur * one.headcount, v.month(at, month)) for at, one in enumerate(v.problem.sessions) if one.headcount]
        most = sum(size for size, _ in load)
        if most > target:
            _pay_excess(v, v.problem.weights.overload, [(size, what) for size, what in load], target, most)


def _pay_excess(v: Variables, weight: float, load: list[tuple[int, Any]], limit: float, most: int) -> None:
    """Pay for what the load is above a limit; a limit that is no whole number is counted in thousandths."""
    factor = 1 if float(limit).is_integer() else 1_000
    excess = v.model.new_int_var(0, most * factor, "excess")
    v.model.add(excess >= sum(factor * size * what for size, what in load) - round(limit * factor))
    v.pay(weight / factor, excess)


def _within_the_soft_limits_of_people(v: Variables) -> None:
    rule = v.problem.rules.person_month
    if rule is None or rule.mode == "hard" or v.problem.calendar.dates is None:
        return
    sets = list(sessions_of_people(v.problem).values())
    for sessions in dict.fromkeys(sets):
        dur = {at: v.problem.sessions[at].dur for at in sorted(sessions)}
        most = sum(dur.values())
        for month in range(12) if most > rule.limit else ():
            load = [(length, v.month(at, month)) for at, length in dur.items()]
            _pay_excess(v, rule.weight * sets.count(sessions), load, rule.limit, most)


def _with_a_seat_for_everybody(v: Variables) -> None:
    rule = v.problem.rules.venue_capacity
    if rule.mode == "hard":
        return
    for session, venues in zip(v.problem.sessions, v.venues, strict=True):
        for one, is_it in venues.items():
            capacity = v.problem.venue[one].capacity
            v.pay(rule.weight * (0 if capacity is None else max(0, session.headcount - capacity)), is_it)


def _members(v: Variables, group: Group) -> list[int]:
    return [at for at, one in enumerate(v.problem.sessions) if one.group == group.id]


def _spread_over_days(v: Variables) -> None:
    for group in v.problem.groups:
        if group.spread is not None and group.spread.weight and group.spread.min_days:
            _pay_missing_days(v, _members(v, group), group.spread)


def _pay_missing_days(v: Variables, members: list[int], spread: Spread) -> None:
    calendar = v.problem.calendar
    used = []
    for day in range(calendar.days):
        slots = range(day * calendar.slots_per_day, (day + 1) * calendar.slots_per_day)
        covering = {one.index: one for at in members for slot in slots for one in v.covering(at, slot)}
        if covering:
            is_used = v.model.new_bool_var("day used")
            v.model.add(sum(covering.values()) >= is_used)
            used.append(is_used)
    missing = v.model.new_int_var(0, spread.min_days, "missing days")
    v.model.add(missing >= spread.min_days - sum(used))
    v.pay(spread.weight, missing)


def _compact_for_cohorts(v: Variables) -> None:
    for cohort in v.problem.cohorts:
        members = [at for at, one in enumerate(v.problem.sessions) if cohort.id in one.cohorts]
        for at in members if cohort.compact else ():
            _pay_alone(v, at, [other for other in members if other != at], cohort)


def _pay_alone(v: Variables, at: int, others: list[int], cohort: Cohort) -> None:
    a_day, dur = v.problem.calendar.slots_per_day, v.problem.sessions[at].dur
    alone = v.model.new_bool_var("alone")
    for t, one in v.starts[at].items():
        beside = ([t - 1] if t % a_day else []) + ([t + dur] if (t + dur) % a_day else [])
        neighbours = {it.index: it for slot in beside for other in others for it in v.covering(other, slot)}
        v.model.add(alone >= one - sum(neighbours.values()))
    v.pay(cohort.compact, alone)


def _in_the_same_venue(v: Variables) -> None:
    for group in v.problem.groups:
        if not group.same_venue:
            continue
        used: dict[Id, Any] = {}
        for at in _members(v, group):
            for one, is_it in v.venues[at].items():
                used.setdefault(one, v.model.new_bool_var("venue used"))
                v.model.add_implication(is_it, used[one])
        beyond = v.model.new_int_var(0, max(len(used), 1), "venues beyond the first")
        v.model.add(beyond >= sum(used.values()) - 1)
        v.pay(group.same_venue, beyond)


def _where_it_was(v: Variables) -> None:
    weights, a_day = v.problem.weights, v.problem.calendar.slots_per_day
    for before in v.problem.previous:
        at = v.place.get(before.session)
        if at is None:
            continue
        v.pay(weights.move, v.placed[at] - v.starts[at].get(before.day * a_day + before.slot, 0))
        same = v.placed[at] if before.trainer is None and not v.trainers[at] else 0
        if before.trainer is not None:
            same = v.trainers[at].get(before.trainer, 0)
        v.pay(weights.trainer_change, v.placed[at] - same)


def _placed(v: Variables) -> None:
    for session, placed in zip(v.problem.sessions, v.placed, strict=True):
        v.pay(v.problem.weights.unplaced * session.priority, 1 - placed)
