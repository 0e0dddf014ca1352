"""The compiled part of the bound: the cheapest placement of every chain at given prices, and what it uses."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def running_sums(prices: Array) -> Array:
    """Rows of prices by slot → their running sums with a zero in front, so that any stretch of slots is one subtraction."""
    rows, slots = prices.shape
    sums = np.zeros((rows, slots + 1))
    for row in range(rows):
        total = 0.0
        for slot in range(slots):
            total += prices[row, slot]
            sums[row, slot + 1] = total
    return sums


@njit(cache=True, nogil=True)
def _cheapest(slot: int, end: int, dur: int, period: int, options: Any, first: int, last: int, money: float) -> tuple[float, int]:
    """Of the options first … last − 1 (trainers or venues): the least price of the slots slot … end − 1, and which it is."""
    who, cost, extra, free, slot_sums, period_price = options
    best, pick = np.inf, -1
    for option in range(first, last):
        one = who[option]
        if free[one, slot] < end:
            continue
        price = extra[option] + money * cost[option] + slot_sums[one, end] - slot_sums[one, slot] + dur * period_price[one, period]
        if price < best:
            best, pick = price, option
    return best, pick


@njit(cache=True, nogil=True)
def _window_minima(value: Array, width: int, out: Array) -> None:
    """out[t] = min(value[t … t + width]), by a queue of rising candidates (the sliding window minimum); width ≥ 0."""
    slots = value.shape[0]
    queue = np.empty(slots, np.int64)
    head, tail = 0, 0
    for t in range(slots - 1, -1, -1):
        while tail > head and value[queue[tail - 1]] >= value[t]:
            tail -= 1
        queue[tail] = t
        tail += 1
        while queue[head] > t + width:
            head += 1
        out[t] = value[queue[head]]


@njit(cache=True, nogil=True)
def _own_prices(i: int, tree: Any, rows: Any, trainers: Any, venues: Any, prices: Any, value: Array, slot_sums: Array) -> None:
    """Fill value[t] with what session i costs when it starts in slot t, at the given prices, its followers left out."""
    base, dur, low, high, period, quarter, _, _, _, _, _ = tree
    month_ptr, month_row, month_coef, slot_ptr, slot_row, slot_coef = rows
    month_price, slot_price, quarter_price = prices
    slots, length, periods = base.shape[1], dur[i], month_price.shape[1]
    monthly = np.zeros(periods)
    for k in range(month_ptr[i], month_ptr[i + 1]):
        row, coef = month_row[k], month_coef[k]
        for m in range(periods):
            monthly[m] += coef * month_price[row, m]
    slot_sums[:] = 0.0
    for k in range(slot_ptr[i], slot_ptr[i + 1]):
        row, coef = slot_row[k], slot_coef[k]
        for t in range(slots):
            slot_sums[t + 1] += coef * slot_price[row, t]
    for t in range(slots):
        slot_sums[t + 1] += slot_sums[t]
    value[:] = np.inf
    first_trainer, last_trainer = trainers[0][i], trainers[0][i + 1]
    first_venue, last_venue = venues[0][i], venues[0][i + 1]
    for t in range(low[i], high[i] + 1):
        if base[i, t] == np.inf:
            continue
        end, m, money = t + length, period[t], quarter_price[quarter[t]]
        total = base[i, t] + monthly[m] + slot_sums[end] - slot_sums[t]
        if last_trainer > first_trainer:
            total += _cheapest(t, end, length, m, trainers[1], first_trainer, last_trainer, money)[0]
        if last_venue > first_venue:
            total += _cheapest(t, end, length, m, venues[1], first_venue, last_venue, money)[0]
        value[t] = total


@njit(cache=True, nogil=True)
def place_cheapest(tree: Any, rows: Any, trainers: Any, venues: Any, prices: Any, value: Array, starts: Array, picks: Array) -> float:
    """Place every chain at its least price by a dynamic programme from the last sessions to the first (a session may be left out, with all
    that follow it, at its `drop`). Fills `starts` (−1: left out) and `picks` (trainer option, venue option); gives the sum of the prices."""
    base, dur, low, high, period, quarter, parent, min_lag, max_lag, drop, order = tree
    count, slots = base.shape
    slot_sums, window = np.empty(slots + 1), np.empty(slots)
    behind = np.zeros((count, slots + 1))
    for at in range(count - 1, -1, -1):
        i = order[at]
        own = value[i]
        _own_prices(i, tree, rows, trainers, venues, prices, own, slot_sums)
        for t in range(low[i], high[i] + 1):
            if own[t] < np.inf:
                own[t] += behind[i, t + dur[i]]
        up = parent[i]
        if up >= 0:
            _window_minima(own, max(max_lag[i] - min_lag[i], 0), window)
            for end in range(slots + 1):
                first = end + min_lag[i]
                behind[up, end] += min(drop[i], window[first]) if first < slots else drop[i]
    total = 0.0
    for at in range(count):
        i = order[at]
        up = parent[i]
        starts[i] = -1
        first, last = low[i], high[i]
        if up >= 0:
            if starts[up] < 0:
                continue
            end = starts[up] + dur[up]
            first, last = max(first, end + min_lag[i]), min(last, end + max_lag[i])
        best, pick = drop[i], -1
        for t in range(first, last + 1):
            if value[i, t] < best:
                best, pick = value[i, t], t
        if up < 0:
            total += best
        starts[i] = pick
        if pick >= 0:
            end, m, money = pick + dur[i], period[pick], prices[2][quarter[pick]]
            picks[i, 0] = _cheapest(pick, end, dur[i], m, trainers[1], trainers[0][i], trainers[0][i + 1], money)[1]
            picks[i, 1] = _cheapest(pick, end, dur[i], m, venues[1], venues[0][i], venues[0][i + 1], money)[1]
    return total


@njit(cache=True, nogil=True)
def add_up_use(tree: Any, rows: Any, trainers: Any, venues: Any, starts: Array, picks: Array, use: Any) -> None:
    """Add up what a placement uses: of the rows by month and by slot, of trainers and venues by slot and by month, of money by quarter."""
    _, dur, _, _, period, quarter, _, _, _, _, _ = tree
    month_ptr, month_row, month_coef, slot_ptr, slot_row, slot_coef = rows
    month_use, slot_use, trainer_slots, trainer_months, venue_slots, money = use
    for i in range(starts.shape[0]):
        t = starts[i]
        if t < 0:
            continue
        m = period[t]
        for k in range(month_ptr[i], month_ptr[i + 1]):
            month_use[month_row[k], m] += month_coef[k]
        for k in range(slot_ptr[i], slot_ptr[i + 1]):
            for u in range(t, t + dur[i]):
                slot_use[slot_row[k], u] += slot_coef[k]
        trainer, venue = picks[i, 0], picks[i, 1]
        if trainer >= 0:
            who = trainers[1][0][trainer]
            trainer_slots[who, t : t + dur[i]] += 1.0
            trainer_months[who, m] += dur[i]
            money[quarter[t]] += trainers[1][1][trainer]
        if venue >= 0:
            venue_slots[venues[1][0][venue], t : t + dur[i]] += 1.0
            money[quarter[t]] += venues[1][1][venue]
