"""Putting a chain in: sessions that follow one another within lags, by a dynamic programme over their starts."""

from __future__ import annotations

import numpy as np

from core.schedule.kernels.bits import fill, pick
from core.schedule.kernels.compiling import kernel
from core.schedule.kernels.facts import Facts, Floats, State
from core.schedule.kernels.insertion import offer
from core.schedule.kernels.placing import put, take

# One in so many starts is passed over when the search wants variety.
_BLINK = 50
_WIDE_BLINK, _SELDOM = 2, 25


@kernel
def insert_chain(f: Facts, s: State, c: int, blink: bool) -> None:
    """Place all sessions of a chain that are not placed, if they fit, as cheaply as can be seen from here.

    From the last to the first it is worked out what each start costs with all that follows; then they are placed from the first on,
    each looking again at what those before it have changed.
    """
    low, high = f.chains_at[c], f.chains_at[c + 1]
    waiting = 0
    for at in range(low, high):
        waiting += s.start[f.chains[at]] < 0
    if waiting > 1:
        _look_ahead(f, s, low, high, blink)
    fresh = waiting > 1
    for at in range(low, high):
        i = f.chains[at]
        if s.start[i] >= 0 or not earlier_are_placed(f, s, i):
            continue
        if fresh:
            _place_first(f, s, i, at - low, blink)
        else:
            _place_next(f, s, i, at - low, waiting > 1, blink)
        fresh = False


@kernel
def settle_chain(f: Facts, s: State, c: int) -> None:
    """Take out what follows a session that is not placed."""
    for at in range(f.chains_at[c], f.chains_at[c + 1]):
        i = f.chains[at]
        if s.start[i] >= 0 and not earlier_are_placed(f, s, i):
            take(f, s, i)


@kernel
def earlier_are_placed(f: Facts, s: State, i: int) -> bool:
    """Whether all that must come before a session is placed."""
    for at in range(f.earlier_at[i], f.earlier_at[i + 1]):
        if s.start[f.earlier[at, 0]] < 0:
            return False
    return True


@kernel
def window_low(f: Facts, s: State, i: int) -> int:
    """The first slot that the placed sessions before and after leave to a session."""
    low = 0
    for at in range(f.earlier_at[i], f.earlier_at[i + 1]):
        j = f.earlier[at, 0]
        if s.start[j] >= 0:
            low = max(low, s.start[j] + f.dur[j] + f.earlier[at, 1])
    for at in range(f.later_at[i], f.later_at[i + 1]):
        j = f.later[at, 0]
        if s.start[j] >= 0:
            low = max(low, s.start[j] - f.later[at, 2] - f.dur[i])
    return low


@kernel
def window_high(f: Facts, s: State, i: int) -> int:
    """The last slot that the placed sessions before and after leave to a session."""
    high = f.slots - 1
    for at in range(f.earlier_at[i], f.earlier_at[i + 1]):
        j = f.earlier[at, 0]
        if s.start[j] >= 0:
            high = min(high, s.start[j] + f.dur[j] + f.earlier[at, 2])
    for at in range(f.later_at[i], f.later_at[i + 1]):
        j = f.later[at, 0]
        if s.start[j] >= 0:
            high = min(high, s.start[j] - f.later[at, 1] - f.dur[i])
    return high


@kernel
def _look_ahead(f: Facts, s: State, low: int, high: int, blink: bool) -> None:
    """Write to `s.cost`, by place in the chain, what each start costs with all that follows."""
    for at in range(high - 1, low - 1, -1):
        i = f.chains[at]
        if s.start[i] >= 0:
            continue
        row = s.cost[at - low]
        if offer(f, s, i, window_low(f, s, i), window_high(f, s, i), row, blink):
            _add_what_follows(f, s, i, row)
        else:
            fill(row, f.slots, np.inf)


@kernel
def _add_what_follows(f: Facts, s: State, i: int, row: Floats) -> None:
    for at in range(f.later_at[i], f.later_at[i + 1]):
        j = f.later[at, 0]
        if s.start[j] >= 0:
            continue
        lost = _lost(f, s, j)
        begin = f.dur[i] + f.later[at, 1]
        _least_ahead(f, s, s.cost[f.chain_place[j]], begin, f.later[at, 2] - f.later[at, 1])
        for t in range(f.slots):
            if row[t] < np.inf:
                row[t] += min(lost, s.ahead[t])


@kernel
def _lost(f: Facts, s: State, j: int) -> float:
    """What it costs to leave a session out with all that follows it."""
    lost = s.weight[j]
    for at in range(f.heirs_at[j], f.heirs_at[j + 1]):
        if s.start[f.heirs[at]] < 0:
            lost += s.weight[f.heirs[at]]
    return lost


@kernel
def _least_ahead(f: Facts, s: State, row: Floats, begin: int, width: int) -> None:
    """Write to `s.ahead`, for every t, the least of `row` from t + begin to t + begin + width."""
    slots = f.slots
    if width < 0:
        fill(s.ahead, f.slots, np.inf)
        return
    if begin + width >= slots:
        least = np.inf
        for t in range(slots - 1, -1, -1):
            if t + begin < slots:
                least = min(least, row[t + begin])
            s.ahead[t] = least if t + begin < slots else np.inf
        return
    # A queue of ever higher places: the first is the least of the window.
    head = tail = 0
    for end in range(slots - 1, -1, -1):
        while tail > head and row[s.queue[tail - 1]] >= row[end]:
            tail -= 1
        s.queue[tail] = end
        tail += 1
        while s.queue[head] > end + width:
            head += 1
        if end - begin >= 0:
            s.ahead[end - begin] = row[s.queue[head]]
    for t in range(max(0, slots - begin), slots):
        s.ahead[t] = np.inf


@kernel
def _place_next(f: Facts, s: State, i: int, place: int, in_chain: bool, blink: bool) -> None:
    row = s.cost[place]
    low, high = window_low(f, s, i), window_high(f, s, i)
    if high < low or not offer(f, s, i, low, high, row, blink):
        return
    if in_chain:
        _add_what_follows(f, s, i, row)
    t = _cheapest(f, s, row, max(low, 0), high, blink)
    if t >= 0 and row[t] < _lost(f, s, i):
        put(f, s, i, t, s.by_trainer[t], s.by_venue[t])


@kernel
def _place_first(f: Facts, s: State, i: int, place: int, blink: bool) -> None:
    """What was seen from the last to the first still holds for the first: only whom and where is to be asked again."""
    row = s.cost[place]
    t = _cheapest(f, s, row, 0, f.slots - 1, blink)
    if t >= 0 and row[t] < _lost(f, s, i) and offer(f, s, i, t, t, s.ahead, False):
        put(f, s, i, t, s.by_trainer[t], s.by_venue[t])


@kernel
def _cheapest(f: Facts, s: State, row: Floats, low: int, high: int, blink: bool) -> int:
    best, least = -1, np.inf
    # What a session takes from those after it in its chain (a month of the same trainer) is not seen from here: sometimes look further off.
    rate = _WIDE_BLINK if blink and pick(s.random, _SELDOM) == 0 else _BLINK
    for t in range(low, min(high, f.slots - 1) + 1):
        if row[t] < least and not (blink and pick(s.random, rate) == 0):
            best, least = t, row[t]
    return best
