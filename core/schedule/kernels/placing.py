"""Putting a session into a schedule and taking it out again, with all that follows from it."""

from __future__ import annotations

from core.schedule.kernels.bits import add, drop
from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.costs import of_all, place_of_trainer, place_of_venue
from core.schedule.kernels.facts import Facts, State


@kernel
def put(f: Facts, s: State, i: int, t: int, k: int, v: int) -> None:
    """Place a session that is not placed. Whether it may be there has been seen to."""
    s.total[0] += of_all(f, s, i, t, k, v) - s.weight[i]
    _count(f, s, i, t, k, v, 1)
    _occupy(f, s, i, t, k, v)
    s.start[i], s.trainer[i], s.venue[i] = t, k, v
    s.counted[0] += 1


@kernel
def take(f: Facts, s: State, i: int) -> None:
    """Take a placed session out."""
    t, k, v = s.start[i], s.trainer[i], s.venue[i]
    s.start[i], s.trainer[i], s.venue[i] = -1, -1, -1
    s.counted[0] -= 1
    _count(f, s, i, t, k, v, -1)
    _vacate(f, s, i, t, k, v)
    s.total[0] -= of_all(f, s, i, t, k, v) - s.weight[i]


@kernel
def _count(f: Facts, s: State, i: int, t: int, k: int, v: int, sign: int) -> None:
    """Loads, money, days and venues, more or fewer."""
    m, dur = f.month[t], sign * f.dur[i]
    s.month_load[m] += dur * f.headcount[i]
    for at in range(f.people_at[i], f.people_at[i + 1]):
        s.person_load[f.people[at], m] += dur
    paid = 0.0
    if k >= 0:
        s.trainer_load[k, m] += dur
        s.trainer_total[k] += dur
        paid += f.trainer_money[place_of_trainer(f, i, k)]
    if v >= 0:
        paid += f.venue_money[place_of_venue(f, i, v)]
    s.spent[m // 3] += sign * paid
    s.spent[4] += sign * paid
    if f.group[i] >= 0:
        _count_for_group(f, s, i, t, v, sign)
    _count_absences(f, s, i, t, sign)
    _count_for_cohorts(f, s, i, t, sign)


@kernel
def _count_for_group(f: Facts, s: State, i: int, t: int, v: int, sign: int) -> None:
    g = f.group[i]
    for day in range(t // f.a_day, (t + f.dur[i] - 1) // f.a_day + 1):
        before = s.group_days[g, day]
        s.group_days[g, day] = before + sign
        s.group_distinct[g] += (before + sign > 0) - (before > 0)
    if v >= 0:
        before = s.group_venues[g, v]
        s.group_venues[g, v] = before + sign
        s.group_venue_count[g] += (before + sign > 0) - (before > 0)


@kernel
def _count_absences(f: Facts, s: State, i: int, t: int, sign: int) -> None:
    """How many people of each department are away, and for how many more there is no room."""
    if not f.persons_apart:
        _count_present(f, s, i, t, sign)
        return
    for at in range(f.absences_at[i], f.absences_at[i + 1]):
        d, need = f.absences[at, 0], f.absences[at, 1]
        for slot in range(t, t + f.dur[i]):
            was = s.away[d, slot]
            now = was + sign * need
            s.away[d, slot] = now
            _mark_full(f, s, d, slot, was, now)


@kernel
def _mark_full(f: Facts, s: State, d: int, slot: int, was: int, now: int) -> None:
    top = f.department_at[d + 1] - f.department_at[d] - 1
    limit = f.max_absent[d]
    for k in range(max(1, limit - now + 1), min(top, limit - was) + 1):
        add(s.full[f.department_at[d] + k], slot)
    for k in range(max(1, limit - was + 1), min(top, limit - now) + 1):
        drop(s.full[f.department_at[d] + k], slot)


@kernel
def _count_present(f: Facts, s: State, i: int, t: int, sign: int) -> None:
    """The same where a person may be in two sessions at once and is away only once."""
    for at in range(f.people_at[i], f.people_at[i + 1]):
        p = f.people[at]
        d = f.person_department[p]
        if d < 0:
            continue
        for slot in range(t, t + f.dur[i]):
            before = s.present[p, slot]
            s.present[p, slot] = before + sign
            s.away[d, slot] += (before + sign > 0) - (before > 0)


@kernel
def _count_for_cohorts(f: Facts, s: State, i: int, t: int, sign: int) -> None:
    for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
        c = f.cohorts[at]
        if f.compact[c] > 0.0:
            for slot in range(t, t + f.dur[i]):
                s.in_slot[c, slot] += sign
                s.holder[c, slot] = i


@kernel
def _occupy(f: Facts, s: State, i: int, t: int, k: int, v: int) -> None:
    """Nobody of it can be elsewhere meanwhile."""
    for slot in range(t, t + f.dur[i]):
        if f.persons_apart:
            for at in range(f.people_at[i], f.people_at[i + 1]):
                add(s.person_busy[f.people[at]], slot)
        if f.cohorts_apart:
            for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
                add(s.cohort_busy[f.cohorts[at]], slot)
        if f.groups_apart and f.group[i] >= 0:
            add(s.group_busy[f.group[i]], slot)
        if f.trainers_apart and k >= 0:
            add(s.trainer_busy[k], slot)
        if f.venues_apart and v >= 0:
            add(s.venue_busy[v], slot)


@kernel
def _vacate(f: Facts, s: State, i: int, t: int, k: int, v: int) -> None:
    """All of it can be elsewhere again. Where something excludes nothing, its slots are never taken."""
    for slot in range(t, t + f.dur[i]):
        if f.persons_apart:
            for at in range(f.people_at[i], f.people_at[i + 1]):
                drop(s.person_busy[f.people[at]], slot)
        if f.cohorts_apart:
            for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
                drop(s.cohort_busy[f.cohorts[at]], slot)
        if f.groups_apart and f.group[i] >= 0:
            drop(s.group_busy[f.group[i]], slot)
        if f.trainers_apart and k >= 0:
            drop(s.trainer_busy[k], slot)
        if f.venues_apart and v >= 0:
            drop(s.venue_busy[v], slot)
