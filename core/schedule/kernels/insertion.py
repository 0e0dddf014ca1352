"""Where a session can go now, and what it costs there: for every start the cheapest trainer and venue. Every hard rule is a function."""

from __future__ import annotations

import numpy as np

from core.schedule.kernels.bits import add, fill, find_hits, first, has, is_empty, keep_window, pick, without_first
from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.costs import of_company, of_month, of_spread, of_time, of_venue
from core.schedule.kernels.facts import NEVER, Facts, Floats, State

# One in so many trainers and venues is passed over, so that the search does not always meet the same.
_BLINK = 40
_SLACK = 1e-6


@kernel
def offer(f: Facts, s: State, i: int, low: int, high: int, cost: Floats, blink: bool) -> bool:
    """Write to `cost` what session `i` costs at every start from `low` to `high`, infinity where it cannot be; returns whether it can.

    `s.by_trainer` and `s.by_venue` then hold whom and where, for every start that is possible.
    """
    s.counted[1] += 1
    if not _find_starts(f, s, i, low, high):
        return False
    fill(cost, f.slots, np.inf)
    if _price(f, s, i, cost, blink, False):
        return True
    if not f.has_budget:
        return False
    # The cheapest in all may not be the cheapest in money: when the budget stood in the way, only money counts.
    return _find_starts(f, s, i, low, high) and _price(f, s, i, cost, False, True)


@kernel
def _price(f: Facts, s: State, i: int, cost: Floats, blink: bool, by_money: bool) -> bool:
    for word in range(f.words):
        bits = s.free[word]
        while bits:
            t = (word << 6) + first(bits)
            s.fee[t], s.paid[t], s.by_trainer[t], s.by_venue[t] = 0.0, 0.0, -1, -1
            bits = without_first(bits)
    if f.trainers_at[i + 1] > f.trainers_at[i]:
        _give_a_trainer(f, s, i, blink, by_money)
    if f.venues_at[i + 1] > f.venues_at[i]:
        _give_a_venue(f, s, i, blink, by_money)
    if f.has_budget:
        _keep_within_budget(f, s)
    return _add_up(f, s, i, cost)


@kernel
def _find_starts(f: Facts, s: State, i: int, low: int, high: int) -> bool:
    """Write to `s.free` the starts that all rules but those of trainers, venues and money allow."""
    words = f.words
    for at in range(words):
        s.free[at] = f.allowed[i, at]
    keep_window(s.free, f.words, low, high)
    if is_empty(s.free, f.words):
        return False
    _nobody_is_in_two_places(f, s, i)
    _a_department_is_not_emptied(f, s, i)
    find_hits(s.busy, f.words, f.dur[i], s.hits)
    for at in range(words):
        s.free[at] &= ~s.hits[at]
    if not f.persons_apart:
        _a_department_is_not_emptied_by_those_not_yet_away(f, s, i)
    _nobody_has_too_much_in_a_month(f, s, i)
    return not is_empty(s.free, f.words)


@kernel
def _nobody_is_in_two_places(f: Facts, s: State, i: int) -> None:
    """Begins `s.busy`: what people, cohorts and the group are in already."""
    words = f.words
    for w in range(words):
        s.busy[w] = s.group_busy[f.group[i], w] if f.group[i] >= 0 else np.uint64(0)
    for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
        for w in range(words):
            s.busy[w] |= s.cohort_busy[f.cohorts[at], w]
    if f.persons_apart:
        for at in range(f.people_at[i], f.people_at[i + 1]):
            for w in range(words):
                s.busy[w] |= s.person_busy[f.people[at], w]


@kernel
def _a_department_is_not_emptied(f: Facts, s: State, i: int) -> None:
    """Adds to `s.busy` the slots in which too many of a department would be away."""
    if not f.persons_apart:
        return
    for at in range(f.absences_at[i], f.absences_at[i + 1]):
        row = f.department_at[f.absences[at, 0]] + f.absences[at, 1]
        for w in range(f.words):
            s.busy[w] |= s.full[row, w]


@kernel
def _a_department_is_not_emptied_by_those_not_yet_away(f: Facts, s: State, i: int) -> None:
    """The same where people may be in two sessions at once: only those count who are not away already."""
    for w in range(f.words):
        s.busy[w] = np.uint64(0)
    for at in range(f.absences_at[i], f.absences_at[i + 1]):
        d, need = f.absences[at, 0], f.absences[at, 1]
        for t in range(f.slots):
            if s.away[d, t] + need <= f.max_absent[d]:
                continue
            fresh = 0
            for each in range(f.people_at[i], f.people_at[i + 1]):
                p = f.people[each]
                fresh += f.person_department[p] == d and s.present[p, t] == 0
            if fresh > 0 and s.away[d, t] + fresh > f.max_absent[d]:
                add(s.busy, t)
    find_hits(s.busy, f.words, f.dur[i], s.hits)
    for w in range(f.words):
        s.free[w] &= ~s.hits[w]


@kernel
def _nobody_has_too_much_in_a_month(f: Facts, s: State, i: int) -> None:
    """Takes the starts in those months out in which somebody's load would be too much."""
    if f.person_limit == NEVER:
        return
    if f.people_at[i] == f.people_at[i + 1]:
        return
    for m in range(f.months):
        s.most[m] = 0
    for at in range(f.people_at[i], f.people_at[i + 1]):
        p = f.people[at]
        for m in range(f.months):
            s.most[m] = max(s.most[m], s.person_load[p, m])
    for m in range(f.months):
        if s.most[m] > f.person_limit - f.dur[i]:
            for w in range(f.words):
                s.free[w] &= ~f.month_slots[m, w]


@kernel
def _give_a_trainer(f: Facts, s: State, i: int, blink: bool, by_money: bool) -> None:
    """For every free start the cheapest trainer who can; starts without one are no longer free."""
    words = f.words
    for w in range(words):
        s.rest[w] = s.free[w]
    for e in range(f.trainers_at[i], f.trainers_at[i + 1]):
        k = f.trainers[e]
        if s.trainer_total[k] + f.dur[i] > f.trainer_year[k] or (blink and pick(s.random, _BLINK) == 0):
            continue
        if by_money:
            for w in range(words):
                s.busy[w] = s.free[w]
        else:
            # The list is in order of cost: whoever comes first is the cheapest.
            for w in range(words):
                s.busy[w] = s.rest[w]
        _keep_when_trainer_can(f, s, i, k)
        _note_trainer(f, s, e, k, by_money)
        for w in range(words):
            s.rest[w] &= ~s.busy[w]
        if not by_money and is_empty(s.rest, f.words):
            break
    for w in range(words):
        s.free[w] &= ~s.rest[w]


@kernel
def _keep_when_trainer_can(f: Facts, s: State, i: int, k: int) -> None:
    """Keeps in `s.busy` the starts at which a trainer is free and has not given too much that month."""
    find_hits(s.trainer_busy[k], f.words, f.dur[i], s.hits)
    for w in range(f.words):
        s.busy[w] &= ~s.hits[w]
    if f.trainer_month[k] < s.trainer_total[k] + f.dur[i]:
        for m in range(f.months):
            if s.trainer_load[k, m] + f.dur[i] > f.trainer_month[k]:
                for w in range(f.words):
                    s.busy[w] &= ~f.month_slots[m, w]


@kernel
def _note_trainer(f: Facts, s: State, e: int, k: int, by_money: bool) -> None:
    for w in range(f.words):
        bits = s.busy[w]
        while bits:
            t = (w << 6) + first(bits)
            bits = without_first(bits)
            if not by_money or s.by_trainer[t] < 0 or f.trainer_money[e] < s.paid[t]:
                s.by_trainer[t], s.fee[t], s.paid[t] = k, f.trainer_cost[e], f.trainer_money[e]


@kernel
def _give_a_venue(f: Facts, s: State, i: int, blink: bool, by_money: bool) -> None:
    """For every free start the cheapest venue that is free; starts without one are no longer free."""
    words = f.words
    for w in range(words):
        s.rest[w] = s.free[w]
    in_order = not by_money and (f.group[i] < 0 or f.same_venue[f.group[i]] == 0.0)
    for e in range(f.venues_at[i], f.venues_at[i + 1]):
        if blink and pick(s.random, _BLINK) == 0:
            continue
        find_hits(s.venue_busy[f.venues[e]], f.words, f.dur[i], s.hits)
        if in_order:
            for w in range(words):
                s.busy[w] = s.rest[w] & ~s.hits[w]
        else:
            for w in range(words):
                s.busy[w] = s.free[w] & ~s.hits[w]
        _note_venue(f, s, i, e, by_money)
        for w in range(words):
            s.rest[w] &= ~s.busy[w]
        if in_order and is_empty(s.rest, f.words):
            break
    for w in range(words):
        s.free[w] &= ~s.rest[w]
    _add_venue(f, s)


@kernel
def _note_venue(f: Facts, s: State, i: int, e: int, by_money: bool) -> None:
    fee, money, v = of_venue(f, s, i, e), f.venue_money[e], f.venues[e]
    rank = money if by_money else fee
    for w in range(f.words):
        bits = s.busy[w]
        while bits:
            t = (w << 6) + first(bits)
            bits = without_first(bits)
            if s.by_venue[t] < 0 or rank < s.room_rank[t]:
                s.by_venue[t], s.room_rank[t], s.room_fee[t], s.room_paid[t] = v, rank, fee, money


@kernel
def _add_venue(f: Facts, s: State) -> None:
    for w in range(f.words):
        bits = s.free[w]
        while bits:
            t = (w << 6) + first(bits)
            bits = without_first(bits)
            s.fee[t] += s.room_fee[t]
            s.paid[t] += s.room_paid[t]


@kernel
def _keep_within_budget(f: Facts, s: State) -> None:
    """Takes out the starts for which there is no money left, in the quarter or the year."""
    for w in range(f.words):
        bits = s.free[w]
        while bits:
            t = (w << 6) + first(bits)
            bits = without_first(bits)
            q = f.month[t] // 3
            beyond = s.paid[t] > 0.0 and (s.spent[q] + s.paid[t] > f.budget[q] + _SLACK or s.spent[4] + s.paid[t] > f.budget[4] + _SLACK)
            if beyond:
                s.free[w] &= ~(np.uint64(1) << np.uint64(t & 63))


@kernel
def _add_up(f: Facts, s: State, i: int, cost: Floats) -> bool:
    """The whole cost of every start that is left."""
    months = f.months
    for m in range(months):
        s.by_month[m] = of_month(f, s, i, m)
    found = False
    for w in range(f.words):
        bits = s.free[w]
        while bits:
            t = (w << 6) + first(bits)
            bits = without_first(bits)
            cost[t] = s.fee[t] + s.by_month[f.month[t]] + of_time(f, i, t) + of_spread(f, s, i, t) + of_company(f, s, i, t)
            found = True
    return found


@kernel
def can_be(f: Facts, s: State, i: int, t: int, k: int, v: int) -> bool:
    """Whether a session that is not placed may be exactly there."""
    if not offer_exactly(f, s, i, t):
        return False
    dur = f.dur[i]
    if k >= 0:
        if s.trainer_total[k] + dur > f.trainer_year[k] or s.trainer_load[k, f.month[t]] + dur > f.trainer_month[k]:
            return False
        for slot in range(t, t + dur):
            if has(s.trainer_busy[k], slot):
                return False
    if v >= 0:
        for slot in range(t, t + dur):
            if has(s.venue_busy[v], slot):
                return False
    return True


@kernel
def offer_exactly(f: Facts, s: State, i: int, t: int) -> bool:
    """Whether all rules but those of trainers, venues and money allow a start at `t`."""
    return _find_starts(f, s, i, t, t)
