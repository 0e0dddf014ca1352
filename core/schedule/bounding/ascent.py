"""Prices for what is scarce, raised until the cheapest plan at these prices is as dear as it gets: Lagrangian relaxation.

Every price vector gives a valid bound; the prices move along the averaged violations (Barahona and Anbil, The volume algorithm, 2000).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.schedule.bounding.kernels import add_up_use, place_cheapest, running_sums
from core.schedule.bounding.relaxation import Floats, Relaxation
from core.schedule.bounding.rows import Rows

MONTH, SLOT, TRAINER_SLOT, TRAINER_MONTH, TRAINER_YEAR, VENUE_SLOT, QUARTER, YEAR = range(8)


@dataclass(frozen=True)
class Part:
    """One kind of row: how many by how many, the limits, the most that a price may be, and the unit that makes limits about 1."""

    limit: Floats
    most: Floats
    unit: Floats


@dataclass
class Dual:
    """The Lagrangian function of a relaxation: prices → bound, and what the cheapest plan at these prices uses."""

    relaxation: Relaxation
    month_rows: Rows
    slot_rows: Rows
    parts: tuple[Part, ...]
    cost_weight: float
    limit: Floats = field(init=False)
    most: Floats = field(init=False)
    unit: Floats = field(init=False)
    starts: Any = field(init=False)

    def __post_init__(self) -> None:
        self.limit = np.concatenate([part.limit.ravel() for part in self.parts])
        self.most = np.concatenate([part.most.ravel() for part in self.parts])
        self.unit = np.concatenate([part.unit.ravel() for part in self.parts])
        self.most /= self.unit
        count, slots = self.relaxation.base.shape
        self._value = np.empty((count, slots))
        self.starts = np.full(count, -1, dtype=np.int64)
        self._picks = np.full((count, 2), -1, dtype=np.int64)
        self._rows = (*self.month_rows.arrays, *self.slot_rows.arrays)

    def views(self, flat: Floats) -> list[Floats]:
        """A vector over all rows, by kind."""
        out, at = [], 0
        for part in self.parts:
            out.append(flat[at : at + part.limit.size].reshape(part.limit.shape))
            at += part.limit.size
        return out

    def at(self, prices: Floats) -> tuple[float, Floats]:
        """The bound that these prices prove, and by how much the cheapest plan breaks each row (in units of the row)."""
        by_kind = self.views(prices * self.unit)
        per_money = self.cost_weight + by_kind[QUARTER] + by_kind[YEAR]
        no_month = np.zeros((by_kind[VENUE_SLOT].shape[0], by_kind[MONTH].shape[1]))
        one = self.relaxation
        trainers = one.trainers.arrays(running_sums(by_kind[TRAINER_SLOT]), by_kind[TRAINER_MONTH] + by_kind[TRAINER_YEAR])
        venues = one.venues.arrays(running_sums(by_kind[VENUE_SLOT]), no_month)
        rates = (by_kind[MONTH], by_kind[SLOT], per_money)
        total = place_cheapest(one.tree, self._rows, trainers, venues, rates, self._value, self.starts, self._picks)
        used = np.zeros_like(prices)
        use = self.views(used)
        add_up_use(one.tree, self._rows, trainers, venues, self.starts, self._picks, (*use[:4], use[VENUE_SLOT], use[QUARTER]))
        use[TRAINER_YEAR] += use[TRAINER_MONTH].sum(axis=1, keepdims=True)
        use[YEAR] += use[QUARTER].sum()
        paid = prices * self.unit
        return total - float(paid @ self.limit), (used - self.limit) * self.unit


def ascend(dual: Dual, target: float, keep_on: Callable[[float], bool], prices: Floats | None = None, trace: Any = None) -> tuple[float, Floats, Floats]:
    """Raise the bound towards `target` as long as `keep_on(bound)`; gives the best bound, its prices, and the averaged violations."""
    best_prices = np.zeros_like(dual.limit) if prices is None else prices
    best, violation = dual.at(best_prices)
    average, pace, idle = violation.copy(), 1.0, 0
    rounds = 0
    while keep_on(best):
        goal = max(target, best + 0.02 * abs(best) + 1e-9)
        direction = np.where(((best_prices <= 0.0) & (average < 0.0)) | ((best_prices >= dual.most) & (average > 0.0)), 0.0, average)
        length = float(direction @ direction)
        if length < 1e-12:
            break
        tried = np.clip(best_prices + pace * (goal - best) / length * direction, 0.0, dual.most)
        value, violation = dual.at(tried)
        rounds += 1
        difference = violation - average
        spread = float(difference @ difference)
        share = min(max(-float(average @ difference) / spread if spread > 0 else 1.0, 0.01), 0.1)
        average += share * difference
        if value > best:
            if float(direction @ violation) > 0:
                pace = min(pace * 1.1, 2.0)
            best, best_prices, idle = value, tried, 0
        else:
            idle += 1
            if idle >= 10:
                pace, idle = max(pace * 0.7, 1e-4), 0
        if trace is not None: trace(rounds, best, value, pace, length, average)
    return best, best_prices, average
