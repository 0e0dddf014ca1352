"""Taking a part of the schedule out, so that it can be put in better: each function is one idea of what belongs together."""

from __future__ import annotations

from core.schedule.kernels.bits import has, pick
from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.facts import Facts, Ints, Search, State
from core.schedule.kernels.placing import take

_OPEN, _SEED = 0, 1
_LOOKS = 60


@kernel
def open_chain(f: Facts, s: State, h: Search, c: int) -> None:
    """Note where the sessions of a chain are, so that the step can be undone."""
    if h.is_open[c]:
        return
    h.is_open[c] = 1
    h.opened[h.step[_OPEN]] = c
    h.step[_OPEN] += 1
    for at in range(f.chains_at[c], f.chains_at[c + 1]):
        i = f.chains[at]
        h.old_start[i], h.old_trainer[i], h.old_venue[i] = s.start[i], s.trainer[i], s.venue[i]


@kernel
def take_chain(f: Facts, s: State, h: Search, c: int) -> None:
    """Take a whole chain out."""
    open_chain(f, s, h, c)
    for at in range(f.chains_at[c], f.chains_at[c + 1]):
        if s.start[f.chains[at]] >= 0:
            take(f, s, f.chains[at])


@kernel
def take_session(f: Facts, s: State, h: Search, i: int) -> None:
    """Take one session out and leave the others of its chain."""
    open_chain(f, s, h, f.chain[i])
    if s.start[i] >= 0:
        take(f, s, i)


@kernel
def ruin(f: Facts, s: State, h: Search, size: int) -> None:
    """Take about `size` chains out, by a way chosen by chance."""
    i = _seed(f, s)
    h.step[_SEED] = f.chain[i]
    way = pick(s.random, 100)
    if way < 30:
        _make_room(f, s, h, i, size)
    elif way < 50:
        _around_people(f, s, h, i, size)
    elif way < 62:
        _around_trainer(f, s, h, i, size)
    elif way < 80:
        _around_time(f, s, h, i, size)
    elif way < 88:
        _around_group(f, s, h, i, size)
    else:
        _anywhere(f, s, h, i, size)


@kernel
def _seed(f: Facts, s: State) -> int:
    """A session to begin with: one that is not placed, one that is not where it was, one that costs much, or any."""
    count = f.session_count
    i = pick(s.random, count)
    if s.counted[0] < count and pick(s.random, 2) == 0:
        for step in range(count):
            j = (i + step) % count
            if s.start[j] < 0:
                return j
    if f.was[i] >= 0 and pick(s.random, 3) > 0:
        for step in range(count):
            j = (i + step) % count
            if _is_moved(f, s, j):
                return j
    if pick(s.random, 2) == 0:
        return i
    j = pick(s.random, count)
    return i if _burden(f, s, i) > _burden(f, s, j) else j


@kernel
def _burden(f: Facts, s: State, i: int) -> float:
    if s.start[i] < 0:
        return s.weight[i]
    day = s.start[i] // f.a_day
    moved = f.move if _is_moved(f, s, i) else 0.0
    return f.priority[i] * (f.early * day + f.late * max(0, day - f.due[i])) + moved


@kernel
def _is_moved(f: Facts, s: State, i: int) -> bool:
    return f.was[i] >= 0 and s.start[i] >= 0 and s.start[i] != f.was[i]


@kernel
def _take(f: Facts, s: State, h: Search, i: int) -> None:
    """Mostly the whole chain."""
    if pick(s.random, 4) > 0:
        take_chain(f, s, h, f.chain[i])
    else:
        take_session(f, s, h, i)


@kernel
def _anywhere(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    _take(f, s, h, i)
    for _ in range(size - 1):
        _take(f, s, h, pick(s.random, f.session_count))


@kernel
def _around_people(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    """Sessions with the same people, or of the same cohorts."""
    _take(f, s, h, i)
    for _ in range(3 * size):
        if h.step[_OPEN] >= size:
            return
        people, cohorts = f.people_at[i + 1] - f.people_at[i], f.cohorts_at[i + 1] - f.cohorts_at[i]
        if people + cohorts == 0:
            return
        at = pick(s.random, people + cohorts)
        if at < people:
            _take_one_of(f, s, h, f.attended_at, f.attended, f.people[f.people_at[i] + at])
        else:
            _take_one_of(f, s, h, f.members_at, f.members, f.cohorts[f.cohorts_at[i] + at - people])


@kernel
def _take_one_of(f: Facts, s: State, h: Search, at: Ints, items: Ints, which: int) -> None:
    count = at[which + 1] - at[which]
    if count > 0:
        _take(f, s, h, items[at[which] + pick(s.random, count)])


@kernel
def _around_trainer(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    """Sessions that the same trainer gives, or that are in the same venue."""
    k, v = s.trainer[i], s.venue[i]
    _take(f, s, h, i)
    by_venue = k < 0 or (v >= 0 and pick(s.random, 3) == 0)
    if by_venue and v >= 0:
        _take_with(f, s, h, s.venue, v, f.held_at, f.held, size)
    elif k >= 0:
        _take_with(f, s, h, s.trainer, k, f.taught_at, f.taught, size)


@kernel
def _take_with(f: Facts, s: State, h: Search, held: Ints, which: int, at: Ints, items: Ints, size: int) -> None:
    count = at[which + 1] - at[which]
    begin = pick(s.random, max(1, count))
    for step in range(count):
        j = items[at[which] + (begin + step) % count]
        if h.step[_OPEN] >= size:
            return
        if held[j] == which:
            _take(f, s, h, j)


@kernel
def _around_time(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    """Sessions that begin about the same time."""
    t = s.start[i] if s.start[i] >= 0 else pick(s.random, f.slots)
    _take(f, s, h, i)
    reach = f.a_day * (1 + pick(s.random, 6))
    count = f.session_count
    begin = pick(s.random, count)
    for step in range(count):
        if h.step[_OPEN] >= size:
            return
        j = (begin + step) % count
        if s.start[j] >= 0 and abs(s.start[j] - t) <= reach:
            _take(f, s, h, j)


@kernel
def _around_group(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    """Sessions of the same group, then any."""
    _take(f, s, h, i)
    g = f.group[i]
    if g >= 0:
        for at in range(f.grouped_at[g], f.grouped_at[g + 1]):
            if h.step[_OPEN] < size:
                _take(f, s, h, f.grouped[at])
    while h.step[_OPEN] < min(size, f.chain_count // 2):
        take_chain(f, s, h, pick(s.random, f.chain_count))


@kernel
def _make_room(f: Facts, s: State, h: Search, i: int, size: int) -> None:
    """Choose a better start for a session and take out what stands in its way there."""
    old = s.start[i]
    whole = pick(s.random, 3) > 0
    if whole:
        take_chain(f, s, h, f.chain[i])
    else:
        take_session(f, s, h, i)
    t = _target(f, s, i, old)
    if t < 0:
        _around_people(f, s, h, i, size)
        return
    most = size + 6
    _clear_people(f, s, h, i, t, most)
    _clear_cohorts(f, s, h, i, t, most)
    _clear_departments(f, s, h, i, t, most)
    if f.trainers_at[i + 1] > f.trainers_at[i]:
        k = f.trainers[f.trainers_at[i] + pick(s.random, f.trainers_at[i + 1] - f.trainers_at[i])]
        _clear_list(f, s, h, f.taught_at, f.taught, k, s.trainer, i, t, most)
    if f.venues_at[i + 1] > f.venues_at[i]:
        v = f.venues[f.venues_at[i] + pick(s.random, f.venues_at[i + 1] - f.venues_at[i])]
        _clear_list(f, s, h, f.held_at, f.held, v, s.venue, i, t, most)


@kernel
def _target(f: Facts, s: State, i: int, old: int) -> int:
    """An allowed start, mostly where it was or before the present one; -1 when chance finds none."""
    slots = f.slots
    if f.was[i] >= 0 and f.was[i] != old and has(f.allowed[i], f.was[i]) and pick(s.random, 2) == 0:
        return f.was[i]
    high = old if old > 0 and pick(s.random, 4) > 0 else slots
    if high < slots and pick(s.random, 2) == 0:
        # Not far: where there is least to clear away.
        reach = min(high, 20 * f.a_day)
        low = high - reach
    else:
        low = 0
    for _ in range(_LOOKS):
        t = low + pick(s.random, high - low)
        if has(f.allowed[i], t):
            return t
    return -1


@kernel
def _overlaps(f: Facts, s: State, j: int, i: int, t: int) -> bool:
    return s.start[j] >= 0 and s.start[j] < t + f.dur[i] and t < s.start[j] + f.dur[j]


@kernel
def _clear_people(f: Facts, s: State, h: Search, i: int, t: int, most: int) -> None:
    """Out with what the same people are in meanwhile, and with what fills their month."""
    m = f.month[t]
    for at in range(f.people_at[i], f.people_at[i + 1]):
        p = f.people[at]
        low, high = f.attended_at[p], f.attended_at[p + 1]
        for each in range(low, high):
            if f.persons_apart and _overlaps(f, s, f.attended[each], i, t) and h.step[_OPEN] < most:
                _take(f, s, h, f.attended[each])
        begin = pick(s.random, max(1, high - low))
        for step in range(high - low):
            if s.person_load[p, m] + f.dur[i] <= f.person_limit or h.step[_OPEN] >= most:
                break
            j = f.attended[low + (begin + step) % (high - low)]
            if s.start[j] >= 0 and f.month[s.start[j]] == m:
                _take(f, s, h, j)


@kernel
def _clear_cohorts(f: Facts, s: State, h: Search, i: int, t: int, most: int) -> None:
    """Out with what the same cohorts and the same group are in meanwhile."""
    if f.cohorts_apart:
        for at in range(f.cohorts_at[i], f.cohorts_at[i + 1]):
            c = f.cohorts[at]
            for each in range(f.members_at[c], f.members_at[c + 1]):
                if _overlaps(f, s, f.members[each], i, t) and h.step[_OPEN] < most:
                    _take(f, s, h, f.members[each])
    g = f.group[i]
    if f.groups_apart and g >= 0:
        for each in range(f.grouped_at[g], f.grouped_at[g + 1]):
            if _overlaps(f, s, f.grouped[each], i, t) and h.step[_OPEN] < most:
                _take(f, s, h, f.grouped[each])


@kernel
def _clear_departments(f: Facts, s: State, h: Search, i: int, t: int, most: int) -> None:
    """Out with as many others as make a department too empty."""
    for at in range(f.absences_at[i], f.absences_at[i + 1]):
        d, need = f.absences[at, 0], f.absences[at, 1]
        if _is_room(f, s, d, need, t, f.dur[i]):
            continue
        count = f.session_count
        begin = pick(s.random, count)
        for step in range(count):
            j = (begin + step) % count
            if h.step[_OPEN] >= most:
                return
            if _overlaps(f, s, j, i, t) and _sends(f, j, d):
                _take(f, s, h, j)
                if _is_room(f, s, d, need, t, f.dur[i]):
                    break


@kernel
def _is_room(f: Facts, s: State, d: int, need: int, t: int, dur: int) -> bool:
    for slot in range(t, t + dur):
        if s.away[d, slot] + need > f.max_absent[d]:
            return False
    return True


@kernel
def _sends(f: Facts, j: int, d: int) -> bool:
    for at in range(f.absences_at[j], f.absences_at[j + 1]):
        if f.absences[at, 0] == d:
            return True
    return False


@kernel
def _clear_list(f: Facts, s: State, h: Search, at: Ints, items: Ints, which: int, held: Ints, i: int, t: int, most: int) -> None:
    """Out with what a trainer gives, or a venue holds, meanwhile."""
    for each in range(at[which], at[which + 1]):
        j = items[each]
        if held[j] == which and _overlaps(f, s, j, i, t) and h.step[_OPEN] < most:
            _take(f, s, h, j)
