"""The search for the prices that prove most: steps along the violations, each price with its own length of step.

The step is that of Adam (Kingma and Ba, 2015) on the dual: prices of months and of single slots differ in size by orders, and the averaged
squares of the violations even that out; subgradient steps of one length took ten times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.schedule.bounding.dual import MONTH, MONTHS, SLOT, TRAINER_MONTH, TRAINER_SLOT, Dual
from core.schedule.bounding.relaxation import NEVER, Floats

_FIRST, _SECOND = 0.9, 0.99
_LEAST_SHARE = 0.003
_RECENT = 0.02


@dataclass(frozen=True)
class Ascent:
    """How far it went: the best bound, its prices, and how much of each session lay in each month on average of the last rounds."""

    value: float
    prices: Floats
    present: Floats


def ascend(
    dual: Dual,
    seconds: float,
    *,
    prices: Floats | None = None,
    pace: float = 1.0,
    watch: Callable[[float], bool] | None = None,
) -> Ascent:
    """Raise the bound for so long, from steps of `pace` times their first length on ever shorter ones. `watch` is told of the best bound
    after every round and says whether to go on."""
    begun = time.monotonic()
    now = np.zeros_like(dual.limit) if prices is None else prices.copy()
    step = pace * _steps(dual)
    drift, square = np.zeros_like(now), np.zeros_like(now)
    present = np.zeros((len(dual.starts), MONTHS))
    best, best_prices, rounds = -np.inf, now, 0
    while True:
        value, violation = dual.at(now)
        rounds += 1
        _average(present, dual, max(_RECENT, 1.0 / rounds))
        if value > best:
            best, best_prices = value, now
        done = (time.monotonic() - begun) / max(seconds, 1e-9)
        if (watch is not None and not watch(best)) or done >= 1.0 or not violation.size:
            return Ascent(best, best_prices, present)
        violation[(now <= 0.0) & (violation < 0.0) & (drift <= 0.0)] = 0.0
        drift *= _FIRST
        drift += (1.0 - _FIRST) * violation
        square *= _SECOND
        square += (1.0 - _SECOND) * violation * violation
        length = ((1.0 - done) ** 1.5 + _LEAST_SHARE) / (1.0 - _FIRST**rounds)
        move = length * step * drift / (np.sqrt(square / (1.0 - _SECOND**rounds)) + 1e-8)
        now = np.clip(now + move, 0.0, dual.most)


def _average(present: Floats, dual: Dual, share: float) -> None:
    """Let the plan that was just placed count by `share` in the average."""
    present *= 1.0 - share
    there = np.flatnonzero(dual.starts >= 0)
    present[there, dual.relaxation.period[dual.starts[there]]] += share


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
