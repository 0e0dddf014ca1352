"""The search for the prices that prove most: steps along the violations, each price with its own length of step.

The step is that of Adam (Kingma and Ba, 2015) on the dual: prices of months and of single slots differ in size by orders, and the averaged
squares of the violations even that out; subgradient steps of one length took ten times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from core.schedule.bounding.dual import MONTH, MONTHS, SLOT, TRAINER_MONTH, TRAINER_SLOT, Dual
from core.schedule.bounding.relaxation import NEVER, Floats

_FIRST, _SECOND = 0.9, 0.99
_LEAST_SHARE = 0.003


def ascend(
    dual: Dual, seconds: float, *, prices: Floats | None = None, watch: Callable[[float], bool] | None = None
) -> tuple[float, Floats]:
    """Raise the bound for so long, the steps ever shorter. `watch` is told of every better bound and says whether to go on.
    Gives the best bound and its prices."""
    begun = time.monotonic()
    now = np.zeros_like(dual.limit) if prices is None else prices.copy()
    step = _steps(dual)
    drift, square = np.zeros_like(now), np.zeros_like(now)
    best, best_prices, rounds = -np.inf, now, 0
    while True:
        value, violation = dual.at(now)
        if value > best:
            best, best_prices = value, now
            if watch is not None and not watch(best):
                break
        done = (time.monotonic() - begun) / max(seconds, 1e-9)
        if done >= 1.0 or not violation.size:
            break
        rounds += 1
        violation[(now <= 0.0) & (violation < 0.0) & (drift <= 0.0)] = 0.0
        drift *= _FIRST
        drift += (1.0 - _FIRST) * violation
        square *= _SECOND
        square += (1.0 - _SECOND) * violation * violation
        length = ((1.0 - done) ** 1.5 + _LEAST_SHARE) / (1.0 - _FIRST**rounds)
        move = length * step * drift / (np.sqrt(square / (1.0 - _SECOND**rounds)) + 1e-8)
        now = np.clip(now + move, 0.0, dual.most)
    return best, best_prices


def _steps(dual: Dual) -> Floats:
    """The first length of step of each price: for rows by month half of what a month's delay costs on average, by slot a day's."""
    slots = dual.relaxation.base.shape[1]
    month, day = _delay(dual, max(slots // MONTHS, 1)), _delay(dual, min(2, slots))
    steps = np.full(dual.limit.size, 0.1 * month)
    by_kind = dual.views(steps)
    by_kind[MONTH][:] = 0.5 * month
    by_kind[SLOT][:] = by_kind[TRAINER_SLOT][:] = 0.5 * day
    by_kind[TRAINER_MONTH][:] = 0.1 * month
    return steps


def _delay(dual: Dual, slots: int) -> float:
    """What starting up to `slots` slots after its cheapest start costs a session on average, in the dearest of these slots."""
    base = dual.relaxation.base
    dearer = [0.0]
    for own in base[(base < NEVER).any(axis=1)]:
        first = int(np.argmin(own))
        near = own[first : first + slots + 1]
        dearer.append(float(near[near < NEVER].max() - own[first]))
    return float(np.mean(dearer)) or 1.0
