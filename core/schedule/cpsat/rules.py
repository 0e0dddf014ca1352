"""The hard rules as constraints: one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from core.schedule.bounding.relaxation import absent
from core.schedule.bounding.rows import greatest_sets, sessions_of_people
from core.schedule.cpsat.variables import Variables
from core.schedule.entities import Id

_Chosen = list[dict[Id, Any]]


def keep_all(v: Variables) -> None:
    """Add every hard rule to the model."""
    sentences: tuple[Callable[[Variables], None], ...] = (
        _a_session_follows_those_that_come_before,
        _a_trainer_is_there,
        _a_venue_is_open,
        _a_trainer_gives_one_session_at_a_time,
        _a_venue_holds_one_session_at_a_time,
        _people_cohorts_and_groups_are_in_one_session_at_a_time,
        _a_department_spares_only_so_many,
        _a_person_keeps_the_monthly_limit,
        _a_trainer_keeps_the_limits,
        _money_lasts,
    )
    for sentence in sentences:
        sentence(v)


def _a_session_follows_those_that_come_before(v: Variables) -> None:
    for at, session in enumerate(v.problem.sessions):
        for lag in session.after:
            before = v.place[lag.session]
            end = v.begin[before] + v.problem.sessions[before].dur
            v.model.add_implication(v.placed[at], v.placed[before])
            v.model.add(v.begin[at] >= end + lag.min_lag).only_enforce_if(v.placed[at])
            if lag.max_lag is not None:
                v.model.add(v.begin[at] <= end + lag.max_lag).only_enforce_if(v.placed[at])


def _a_trainer_is_there(v: Variables) -> None:
    _open(v, v.trainers, {one.id: one.unavailable for one in v.problem.trainers})


def _a_venue_is_open(v: Variables) -> None:
    _open(v, v.venues, {one.id: one.unavailable for one in v.problem.venues})


def _open(v: Variables, chosen: _Chosen, unavailable: dict[Id, frozenset[int]]) -> None:
    for at, options in enumerate(chosen):
        for one, is_it in options.items():
            blocked = v.closed(at, unavailable[one]) if unavailable[one] else []
            if blocked:
                v.model.add(sum(blocked) + is_it <= 1)


def _a_trainer_gives_one_session_at_a_time(v: Variables) -> None:
    if v.problem.rules.trainer_exclusive:
        _one_at_a_time(v, v.trainers)


def _a_venue_holds_one_session_at_a_time(v: Variables) -> None:
    if v.problem.rules.venue_exclusive:
        _one_at_a_time(v, v.venues)


def _one_at_a_time(v: Variables, chosen: _Chosen) -> None:
    intervals: dict[Id, list[Any]] = {}
    for at, options in enumerate(chosen):
        dur = v.problem.sessions[at].dur
        for one, is_it in options.items():
            interval = v.model.new_optional_fixed_size_interval_var(v.begin[at], dur, is_it, f"held {at} {one}")
            intervals.setdefault(one, []).append(interval)
    for several in intervals.values():
        if len(several) > 1:
            v.model.add_no_overlap(several)


def _people_cohorts_and_groups_are_in_one_session_at_a_time(v: Variables) -> None:
    rules = v.problem.rules
    members: list[frozenset[int]] = []
    if rules.person_exclusive:
        members += sessions_of_people(v.problem).values()
    if rules.cohort_exclusive:
        members += _by(v, lambda at: v.problem.sessions[at].cohorts)
    if rules.group_exclusive:
        members += _by(v, lambda at: () if v.problem.sessions[at].group is None else (v.problem.sessions[at].group,))
    for sessions in greatest_sets(members):
        for slot in range(v.problem.calendar.slots):
            covering = [one for at in sorted(sessions) for one in v.covering(at, slot)]
            if len(covering) > 1:
                v.model.add_at_most_one(covering)


def _by(v: Variables, names: Callable[[int], Iterable[Any]]) -> list[frozenset[int]]:
    found: dict[Any, set[int]] = {}
    for at in range(len(v.problem.sessions)):
        for name in names(at):
            found.setdefault(name, set()).add(at)
    return [frozenset(one) for one in found.values()]


def _a_department_spares_only_so_many(v: Variables) -> None:
    homes = {one.id: one.department for one in v.problem.people}
    for department in v.problem.departments:
        if department.max_absent is None:
            continue
        own = {at: absent(one, homes).get(department.id, 0) for at, one in enumerate(v.problem.sessions)}
        taken = {at: away for at, away in own.items() if away}
        if sum(taken.values()) <= department.max_absent:
            continue
        for slot in range(v.problem.calendar.slots):
            v.model.add(_away(v, taken, slot, department.id, homes) <= department.max_absent)


def _away(v: Variables, taken: dict[int, int], slot: int, department: Id, homes: dict[Id, Id | None]) -> Any:
    """How many distinct people are away; where somebody may be in two sessions at once, each is counted once."""
    if v.problem.rules.person_exclusive:
        return sum(away * one for at, away in taken.items() for one in v.covering(at, slot))
    by_person: dict[Id, list[Any]] = {}
    for at in taken:
        for person in dict.fromkeys(v.problem.sessions[at].people):
            if homes.get(person) == department:
                by_person.setdefault(person, []).extend(v.covering(at, slot))
    away = []
    for covering in by_person.values():
        is_away = v.model.new_bool_var("away")
        v.model.add_max_equality(is_away, covering or [0])
        away.append(is_away)
    return sum(away)


def _a_person_keeps_the_monthly_limit(v: Variables) -> None:
    rule = v.problem.rules.person_month
    if rule is None or rule.mode == "soft" or v.problem.calendar.dates is None:
        return
    for sessions in {*greatest_sets(own := sessions_of_people(v.problem).values()), *(one for one in own if len(one) == 1)}:
        dur = {at: v.problem.sessions[at].dur for at in sorted(sessions)}
        if sum(dur.values()) > rule.limit:
            for month in range(12):
                v.model.add(sum(length * v.month(at, month) for at, length in dur.items()) <= rule.limit)


def _a_trainer_keeps_the_limits(v: Variables) -> None:
    dated = v.problem.calendar.dates is not None
    for trainer in v.problem.trainers:
        given = [(v.problem.sessions[at].dur, at, one[trainer.id]) for at, one in enumerate(v.trainers) if trainer.id in one]
        most = sum(dur for dur, _, _ in given)
        if trainer.max_slots_per_year is not None and most > trainer.max_slots_per_year:
            v.model.add(sum(dur * is_it for dur, _, is_it in given) <= trainer.max_slots_per_year)
        if dated and trainer.max_slots_per_month is not None and most > trainer.max_slots_per_month:
            for month in range(12):
                load = sum(dur * v.both(is_it, v.month(at, month)) for dur, at, is_it in given)
                v.model.add(load <= trainer.max_slots_per_month)


def _money_lasts(v: Variables) -> None:
    budget = v.problem.rules.budget
    spent = spending(v)
    if budget.year is not None:
        v.model.add(sum(cents(cost) * is_it for cost, _, is_it in spent) <= cents(budget.year))
    for quarter, limit in enumerate(budget.quarters if v.problem.calendar.dates is not None else ()):
        if limit is not None and sum(cost for cost, _, _ in spent) > limit:
            v.model.add(sum(cents(cost) * v.both(is_it, v.quarter(at, quarter)) for cost, at, is_it in spent) <= cents(limit))


def spending(v: Variables) -> list[tuple[float, int, Any]]:
    """What each choice of a trainer or venue costs: (money, session, choice)."""
    spent: list[tuple[float, int, Any]] = []
    for at, session in enumerate(v.problem.sessions):
        spent += [(session.dur * v.problem.trainer[one].cost_per_slot, at, is_it) for one, is_it in v.trainers[at].items()]
        spent += [(session.dur * v.problem.venue[one].cost_per_slot, at, is_it) for one, is_it in v.venues[at].items()]
    return [one for one in spent if one[0]]


def cents(amount: float) -> int:
    """An amount in hundredths, as the model counts money."""
    return round(100 * amount)
