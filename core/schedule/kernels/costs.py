"""What one more session costs where it is put, given all that is placed. One function for each kind of term."""

from __future__ import annotations

from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.facts import NEVER, Facts, State


@kernel
def of_time(f: Facts, i: int, t: int) -> float:
    """Its start, its delay and its move, which depend on nothing else."""
    last = (t + f.dur[i] - 1) // f.a_day
    cost = f.priority[i] * (f.early * (t // f.a_day) + f.late * max(0, last - f.due[i]))
    if f.was[i] >= 0 and f.was[i] != t:
        cost += f.move
    return cost


@kernel
def of_month(f: Facts, s: State, i: int, m: int) -> float:
    """The overload of the month, and of its people where their limit is soft."""
    load, added = s.month_load[m], f.dur[i] * f.headcount[i]
    cost = f.overload * (max(0.0, load + added - f.target[m]) - max(0.0, load - f.target[m]))
    if f.person_soft_limit < NEVER:
        excess = 0
        for at in range(f.people_at[i], f.people_at[i + 1]):
            has = s.person_load[f.people[at], m] - f.person_soft_limit
            excess += max(0, has + f.dur[i]) - max(0, has)
        cost += f.person_soft_weight * excess
    return cost


@kernel
def of_spread(f: Facts, s: State, i: int, t: int) -> float:
    """What the days are worth that its group did not have."""
    g = f.group[i]
    if g < 0 or f.spread[g] == 0.0:
        return 0.0
    missing = f.min_days[g] - s.group_distinct[g]
    if missing <= 0:
        return 0.0
    fresh = 0
    for day in range(t // f.a_day, (t + f.dur[i] - 1) // f.a_day + 1):
        if s.group_days[g, day] == 0:
            fresh += 1
    return -f.spread[g] * min(missing, fresh)


@kernel
def of_company(f: Facts, s: State, i: int, t: int) -> float:
    """What it costs to be alone in its cohorts' day, less what those pay no more to whom it is company."""
    cost = 0.0
    for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
        c = f.cohorts[at]
        if f.compact[c] == 0.0:
            continue
        if _is_alone(f, s, c, t, f.dur[i]):
            cost += f.compact[c]
        if f.cohorts_apart:
            cost -= f.compact[c] * _comforted_beside(f, s, c, t, f.dur[i])
        else:
            cost -= f.compact[c] * _comforted_among(f, s, c, i, t)
    return cost


@kernel
def _is_alone(f: Facts, s: State, c: int, t: int, dur: int) -> bool:
    """Whether nobody of the cohort is in the slots right before and right after, on the same day."""
    if t % f.a_day != 0 and s.in_slot[c, t - 1] > 0:
        return False
    return (t + dur) % f.a_day == 0 or s.in_slot[c, t + dur] == 0


@kernel
def _comforted_beside(f: Facts, s: State, c: int, t: int, dur: int) -> int:
    """How many sessions right beside are alone now."""
    found = 0
    if t % f.a_day != 0 and s.in_slot[c, t - 1] > 0:
        j = s.holder[c, t - 1]
        if _is_alone(f, s, c, s.start[j], f.dur[j]):
            found += 1
    if (t + dur) % f.a_day != 0 and s.in_slot[c, t + dur] > 0:
        j = s.holder[c, t + dur]
        if _is_alone(f, s, c, s.start[j], f.dur[j]):
            found += 1
    return found


@kernel
def _comforted_among(f: Facts, s: State, c: int, i: int, t: int) -> int:
    """The same where sessions of a cohort may overlap, so that each of them has to be asked."""
    found, end = 0, t + f.dur[i]
    for at in range(f.members_at[c], f.members_at[c + 1]):
        j = f.members[at]
        if j == i or s.start[j] < 0 or not _is_alone(f, s, c, s.start[j], f.dur[j]):
            continue
        before, after = s.start[j] - 1, s.start[j] + f.dur[j]
        beside = (s.start[j] % f.a_day != 0 and t <= before < end) or (after % f.a_day != 0 and t <= after < end)
        if beside:
            found += 1
    return found


@kernel
def of_venue(f: Facts, s: State, i: int, e: int) -> float:
    """The venue at place `e` of its list: its price, its missing seats, and whether its group has none other."""
    cost = f.venue_cost[e]
    g = f.group[i]
    if g >= 0 and f.same_venue[g] > 0.0 and s.group_venue_count[g] > 0 and s.group_venues[g, f.venues[e]] == 0:
        cost += f.same_venue[g]
    return cost


@kernel
def place_of_trainer(f: Facts, i: int, k: int) -> int:
    """Where a trainer stands in the session's list; -1 for none."""
    for e in range(f.trainers_at[i], f.trainers_at[i + 1]):
        if f.trainers[e] == k:
            return e
    return -1


@kernel
def place_of_venue(f: Facts, i: int, v: int) -> int:
    """Where a venue stands in the session's list; -1 for none."""
    for e in range(f.venues_at[i], f.venues_at[i + 1]):
        if f.venues[e] == v:
            return e
    return -1


@kernel
def of_all(f: Facts, s: State, i: int, t: int, k: int, v: int) -> float:
    """All that a session costs at `t` with trainer `k` in venue `v`, while it is not placed."""
    cost = of_time(f, i, t) + of_month(f, s, i, f.month[t]) + of_spread(f, s, i, t) + of_company(f, s, i, t)
    if k >= 0:
        cost += f.trainer_cost[place_of_trainer(f, i, k)]
    if v >= 0:
        cost += of_venue(f, s, i, place_of_venue(f, i, v))
    return cost
