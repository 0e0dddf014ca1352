"""The compiled part of the bound: the cheapest placement of every chain at given prices, and what it uses.

The functions work in arrays that they are given and make none, so that nothing needs to be counted or freed: they compile in half the time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.schedule.kernels.compiling import entry, kernel

Array = np.ndarray[Any, Any]


@entry
def running_sums(prices: Array, sums: Array) -> None:
    """Rows of prices by slot → their running sums with a zero in front, so that any stretch of slots is one subtraction."""
    rows, slots = prices.shape
    for row in range(rows):
        sums[row, 0] = 0.0
        for slot in range(slots):
            sums[row, slot + 1] = sums[row, slot] + prices[row, slot]


@kernel
def _cheapest(slot: int, dur: int, period: int, options: Any, first: int, last: int, money: float) -> tuple[float, int]:
    """Of the trainers of options first … last − 1: the least price of `dur` slots from `slot` on, and which option it is."""
    who, cost, extra, free, slot_sums, period_price = options
    if last == first:
        return 0.0, -1
    best, pick, end = np.inf, -1, slot + dur
    for option in range(first, last):
        one = who[option]
        if free[one, slot] < end:
            continue
        price = extra[option] + money * cost[option] + slot_sums[one, end] - slot_sums[one, slot] + dur * period_price[one, period]
        if price < best:
            best, pick = price, option
    return best, pick


@kernel
def _window_minima(value: Array, width: int, queue: Array, out: Array) -> None:
    """out[t] = min(value[t … t + width]), by a queue of rising candidates (the sliding window minimum); width ≥ 0."""
    head, tail = 0, 0
    for t in range(value.shape[0] - 1, -1, -1):
        while tail > head and value[queue[tail - 1]] >= value[t]:
            tail -= 1
        queue[tail] = t
        tail += 1
        while queue[head] > t + width:
            head += 1
        out[t] = value[queue[head]]


@kernel
def _prices_of_rows(i: int, tree: Any, rows: Any, prices: Any, monthly: Array, sums: Array) -> None:
    """What the rows of session i ask: by month, and as running sums by slot."""
    _, _, dur, low, high = tree[:5]
    month_ptr, month_row, month_coef, slot_ptr, slot_row, slot_coef = rows
    month_price, slot_price, _ = prices
    monthly[:] = 0.0
    for k in range(month_ptr[i], month_ptr[i + 1]):
        row, coef = month_row[k], month_coef[k]
        for m in range(month_price.shape[1]):
            monthly[m] += coef * month_price[row, m]
    first, end = low[i], high[i] + dur[i]
    sums[first : end + 1] = 0.0
    for k in range(slot_ptr[i], slot_ptr[i + 1]):
        row, coef = slot_row[k], slot_coef[k]
        for t in range(first, end):
            sums[t + 1] += coef * slot_price[row, t]
    for t in range(first, end):
        sums[t + 1] += sums[t]


@kernel
def _fill(i: int, tree: Any, rows: Any, trainers: Any, prices: Any, room_for: Any) -> None:
    """Fill value[i, t] with what session i costs when it starts in slot t, all that follow it included.

    It goes by stretches of slots in one month, in which the price of months is one number and the loops are plain."""
    base, room, dur, low, high, period, quarter = tree[:7]
    until = tree[12]
    value, behind, monthly, sums, _, _ = room_for
    _prices_of_rows(i, tree, rows, prices, monthly, sums)
    value[i, :] = np.inf
    own, alone, rooms, after, length = value[i], base[i], room[i], behind[i], dur[i]
    first, stop = low[i], high[i] + 1
    while first < stop:
        end = min(until[first], stop)
        by_month, money = monthly[period[first]], prices[2][quarter[first]]
        for t in range(first, end):
            own[t] = alone[t] + money * rooms[t] + by_month + after[t + length] + (sums[t + length] - sums[t])
        if trainers[0][i + 1] > trainers[0][i]:
            _add_the_cheapest_trainer(i, first, end, length, period[first], money, trainers, own, room_for[5])
        first = end


@kernel
def _add_the_cheapest_trainer(
    i: int, first: int, end: int, length: int, month: int, money: float, trainers: Any, own: Array, cheapest: Array
) -> None:
    """Add to own[t], for the slots first … end − 1 of one month, what the cheapest trainer costs who is there."""
    ptr, (who, cost, extra, free, slot_sums, period_price) = trainers
    cheapest[first:end] = np.inf
    for option in range(ptr[i], ptr[i + 1]):
        one = who[option]
        fixed = extra[option] + money * cost[option] + length * period_price[one, month]
        sums, there = slot_sums[one], free[one]
        for t in range(first, end):
            price = fixed + (sums[t + length] - sums[t])
            price = price if there[t] >= t + length else np.inf
            cheapest[t] = price if price < cheapest[t] else cheapest[t]
    for t in range(first, end):
        own[t] += cheapest[t]


@kernel
def _hand_up(i: int, up: int, tree: Any, room_for: Any) -> None:
    """Add to what follows session `up` the least that session i costs, for every end of `up`: in time, or left out."""
    min_lag, max_lag, drop = tree[8], tree[9], tree[10]
    value, behind, _, _, queue, window = room_for
    slots = value.shape[1]
    _window_minima(value[i], max(max_lag[i] - min_lag[i], 0), queue, window)
    for end in range(slots + 1):
        first = end + min_lag[i]
        behind[up, end] += min(drop[i], window[first]) if first < slots else drop[i]


@entry
def place_cheapest(tree: Any, rows: Any, trainers: Any, prices: Any, room_for: Any, starts: Array, picks: Array) -> float:
    """Place every chain at its least price by a dynamic programme from the last sessions to the first (a session may be left out, with all
    that follow it, at its `drop`). Fills `starts` (−1: left out) and `picks` (options of trainers); gives the sum of the prices."""
    parent, order = tree[7], tree[11]
    count = order.shape[0]
    room_for[1][:] = 0.0
    for at in range(count - 1, -1, -1):
        i = order[at]
        _fill(i, tree, rows, trainers, prices, room_for)
        if parent[i] >= 0:
            _hand_up(i, parent[i], tree, room_for)
    total = 0.0
    for at in range(count):
        i = order[at]
        paid = _choose(i, tree, trainers, prices, room_for[0], starts, picks)
        if parent[i] < 0:
            total += paid
    return total


@entry
def least_with(tree: Any, value: Array, total: float, scratch: Any, least: Array) -> None:
    """Fill least[i, t] with the price of the cheapest plan in which session i starts in slot t; `value` and `total` are those of
    `place_cheapest`. What the sessions before it cost at least goes down the tree as what follows went up."""
    dur, parent, min_lag, max_lag, drop, order = tree[2], tree[7], tree[8], tree[9], tree[10], tree[11]
    rest, queue, window = scratch
    slots = value.shape[1]
    for at in range(order.shape[0]):
        i = order[at]
        up, width = parent[i], max(max_lag[i] - min_lag[i], 0)
        if up < 0:
            best = drop[i]
            for t in range(slots):
                best = min(best, value[i, t])
            for t in range(slots):
                least[i, t] = value[i, t] + (total - best)
            continue
        _window_minima(value[i], width, queue, window)
        for s in range(slots):
            first = s + dur[up] + min_lag[i]
            own = min(drop[i], window[first]) if first < slots else drop[i]
            rest[slots - 1 - s] = least[up, s] - own
        _window_minima(rest, width, queue, window)
        for t in range(slots):
            last = t - min_lag[i] - dur[up]
            least[i, t] = value[i, t] + window[slots - 1 - last] if last >= 0 else np.inf


@kernel
def _choose(i: int, tree: Any, trainers: Any, prices: Any, value: Array, starts: Array, picks: Array) -> float:
    """Read off where session i starts, what comes before it being placed; gives what it costs with all that follow it."""
    _, _, dur, low, high, period, quarter, parent, min_lag, max_lag, drop, _, _ = tree
    starts[i], picks[i] = -1, -1
    first, last, up = low[i], high[i], parent[i]
    if up >= 0:
        if starts[up] < 0:
            return 0.0
        end = starts[up] + dur[up]
        first, last = max(first, end + min_lag[i]), min(last, end + max_lag[i])
    best: float = drop[i]
    pick = -1
    for t in range(first, last + 1):
        if value[i, t] < best:
            best, pick = value[i, t], t
    starts[i] = pick
    if pick >= 0:
        money = prices[2][quarter[pick]]
        picks[i] = _cheapest(pick, dur[i], period[pick], trainers[1], trainers[0][i], trainers[0][i + 1], money)[1]
    return best


@kernel
def _add(use: Array, row: int, first: int, end: int, amount: float) -> None:
    """Add to a row in the slots first … end − 1."""
    for t in range(first, end):
        use[row, t] += amount


@entry
def add_up_use(tree: Any, rows: Any, trainers: Any, starts: Array, picks: Array, use: Any) -> None:
    """Add up what a placement uses: of the rows by month and by slot, of trainers by slot and by month, of money by quarter."""
    room, dur, period, quarter = tree[1], tree[2], tree[5], tree[6]
    month_ptr, month_row, month_coef, slot_ptr, slot_row, slot_coef = rows
    month_use, slot_use, trainer_slots, trainer_months, money = use
    for i in range(starts.shape[0]):
        t = starts[i]
        if t < 0:
            continue
        m, end = period[t], t + dur[i]
        money[quarter[t]] += room[i, t]
        for k in range(month_ptr[i], month_ptr[i + 1]):
            month_use[month_row[k], m] += month_coef[k]
        for k in range(slot_ptr[i], slot_ptr[i + 1]):
            _add(slot_use, slot_row[k], t, end, slot_coef[k])
        if picks[i] >= 0:
            who = trainers[1][0][picks[i]]
            _add(trainer_slots, who, t, end, 1.0)
            trainer_months[who, m] += dur[i]
            money[quarter[t]] += trainers[1][1][picks[i]]


@kernel
def _most_kept(apart: Array, weight: Array, possible: Array, left: int) -> int:
    """Of the first `left` sessions of `possible`, the one that keeps the most weight of them possible."""
    best, pick = -1.0, -1
    for at in range(left):
        one = possible[at]
        total = weight[one]
        for there in range(left):
            if apart[one, possible[there]]:
                total += weight[possible[there]]
        if total > best:
            best, pick = total, one
    return pick


@entry
def grow(apart: Array, weight: Array, seed: int, possible: Array, members: Array) -> int:
    """Fill `members` with sessions any two of which keep apart: the seed, then again and again whoever keeps most weight possible.
    Gives how many."""
    members[0], size, left = seed, 1, 0
    for one in range(apart.shape[0]):
        if apart[seed, one]:
            possible[left] = one
            left += 1
    while left > 0:
        pick = _most_kept(apart, weight, possible, left)
        members[size] = pick
        size += 1
        kept = 0
        for at in range(left):
            if apart[pick, possible[at]]:
                possible[kept] = possible[at]
                kept += 1
        left = kept
    return size
