"""The Lagrangian function: a price for everything that is scarce → the least that any plan can cost.

The cheapest plan at given prices falls apart into chains, which a dynamic programme places one by one; what the prices take for all that
there is of the scarce things is given back. Whatever the prices are, no plan is cheaper than the rest (Geoffrion, Lagrangean relaxation for
integer programming, 1974). A row with a soft limit has a price of at most its weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.schedule.bounding.kernels import add_up_use, least_with, place_cheapest, running_sums
from core.schedule.bounding.relaxation import Floats, Relaxation
from core.schedule.bounding.rows import (
    Row,
    Rows,
    a_department_spares_so_many,
    a_person_keeps_the_monthly_limit,
    by_session,
    cliques,
    never_together,
    rooms_are_as_many_as_there_are,
    sessions_of_people,
)
from core.schedule.entities import Problem

MONTHS = 12
MONTH, SLOT, TRAINER_SLOT, TRAINER_MONTH, TRAINER_YEAR, QUARTER, YEAR = range(7)
_CLIQUES = 200


@dataclass(frozen=True)
class Part:
    """One kind of rows: their limits, the most that a price may be, and the unit that makes the limits about 1."""

    limit: Floats
    most: Floats
    unit: Floats


class Dual:
    """Prices → bound. After a call, `starts` holds the cheapest plan at the prices (−1: left out)."""

    def __init__(self, relaxation: Relaxation, months: list[Row], slots: list[Row], parts: tuple[Part, ...], cost_weight: float) -> None:
        count, width = relaxation.base.shape
        self.relaxation, self.parts = relaxation, parts
        self._months, self._slots = months, slots
        self.limit = np.concatenate([part.limit.ravel() for part in parts])
        self.unit = np.concatenate([part.unit.ravel() for part in parts])
        self.most = np.concatenate([part.most.ravel() for part in parts]) / self.unit
        self.month_rows, self.slot_rows = by_session(months, count), by_session(slots, count)
        self.starts = np.full(count, -1, dtype=np.int64)
        self._rows = (*self.month_rows.arrays, *self.slot_rows.arrays)
        self.cost_weight = cost_weight
        by_slot = (np.empty((count, width)), np.empty((count, width + 1)))
        self._scratch = (*by_slot, np.empty(MONTHS), np.empty(width + 1), np.empty(width + 1, dtype=np.int64), np.empty(width))
        self._sums = np.empty((len(relaxation.trainers.free_until), width + 1))
        self._picks = np.full(count, -1, dtype=np.int64)

    def views(self, flat: Floats) -> list[Floats]:
        """A vector over all rows, by kind."""
        out, at = [], 0
        for part in self.parts:
            out.append(flat[at : at + part.limit.size].reshape(part.limit.shape))
            at += part.limit.size
        return out

    def at(self, prices: Floats) -> tuple[float, Floats]:
        """The bound that these prices prove, and by how much the cheapest plan breaks each row, in units of the row."""
        paid = prices * self.unit
        by_kind = self.views(paid)
        per_money = self.cost_weight + by_kind[QUARTER] + by_kind[YEAR]
        one = self.relaxation
        running_sums(by_kind[TRAINER_SLOT], self._sums)
        trainers = one.trainers.arrays(self._sums, by_kind[TRAINER_MONTH] + by_kind[TRAINER_YEAR])
        rates = (by_kind[MONTH], by_kind[SLOT], per_money)
        total = place_cheapest(one.tree, self._rows, trainers, rates, self._scratch, self.starts, self._picks)
        used = np.zeros_like(prices)
        use = self.views(used)
        add_up_use(one.tree, self._rows, trainers, self.starts, self._picks, (*use[:4], use[QUARTER]))
        use[TRAINER_YEAR] += use[TRAINER_MONTH].sum(axis=1, keepdims=True)
        use[YEAR] += use[QUARTER].sum()
        return total - float(np.sum(paid * self.limit)), (used - self.limit) * self.unit

    def least_with(self, prices: Floats) -> Floats:
        """For every session and start, what a plan with it costs at least."""
        paid = float(np.sum(prices * self.unit * self.limit))
        bound, _ = self.at(prices)
        value, queue, window = self._scratch[0], self._scratch[4], self._scratch[5]
        least = np.empty_like(value)
        least_with(self.relaxation.tree, value, bound + paid, (np.empty(value.shape[1]), queue, window), least)
        return least - paid

    def tightened(self, rows: list[Row], prices: Floats) -> tuple[Dual, Floats]:
        """The function with more rows that hold in every month, and the prices with none on them yet."""
        part, rest = self.parts[MONTH], self.parts[MONTH + 1 :]
        shape = (len(rows), MONTHS)
        more = Part(*(np.vstack([old, np.full(shape, new)]) for old, new in ((part.limit, 1.0), (part.most, np.inf), (part.unit, 1.0))))
        wider = Dual(self.relaxation, [*self._months, *rows], self._slots, (more, *rest), self.cost_weight)
        known = part.limit.size
        return wider, np.concatenate([prices[:known], np.zeros(shape).ravel(), prices[known:]])


def dual_of(problem: Problem, relaxation: Relaxation) -> Dual:
    """The function of a problem, all its coupling rules in it."""
    months, month_part = _month_rows(problem, relaxation)
    slots = _slot_rows(problem, relaxation)
    width = problem.calendar.slots
    parts = (month_part, _hard(np.ones((len(slots), width))), *_trainer_parts(problem, width), *_money_parts(problem))
    return Dual(relaxation, months, slots, parts, problem.weights.cost)


def _hard(limit: Floats) -> Part:
    """Rows that must hold; an infinite limit is none."""
    real = np.isfinite(limit)
    return Part(np.where(real, limit, 0.0), np.where(real, np.inf, 0.0), 1.0 / np.where(real & (limit > 0), limit, 1.0))


def _month_rows(problem: Problem, relaxation: Relaxation) -> tuple[list[Row], Part]:
    rows = list(a_person_keeps_the_monthly_limit(problem, relaxation.dur))
    limit, most = [np.ones(MONTHS)] * len(rows), [np.full(MONTHS, np.inf)] * len(rows)
    for row, has, weight in (*_soft_limits_of_people(problem), *_month_targets(problem)):
        rows.append(row)
        limit.append(has)
        most.append(np.full(MONTHS, weight))
    shape = (len(rows), MONTHS)
    return rows, Part(np.array(limit).reshape(shape), np.array(most).reshape(shape), np.ones(shape))


def _soft_limits_of_people(problem: Problem) -> list[tuple[Row, Floats, float]]:
    """Of each set of sessions: dur ÷ limit by session, 1, and what an excess of a whole limit costs all people who have this set."""
    rule = problem.rules.person_month
    if rule is None or rule.mode == "hard" or problem.calendar.dates is None:
        return []
    sets = list(sessions_of_people(problem).values())
    size = float(max(rule.limit, 1))
    return [
        (
            {at: problem.sessions[at].dur / size for at in sorted(one)},
            np.full(MONTHS, rule.limit / size),
            rule.weight * size * sets.count(one),
        )
        for one in dict.fromkeys(sets)
        if sum(problem.sessions[at].dur for at in one) > rule.limit
    ]


def _month_targets(problem: Problem) -> list[tuple[Row, Floats, float]]:
    targets = problem.rules.month_target_slots
    if targets is None or problem.calendar.dates is None:
        return []
    size = max(sum(targets) / MONTHS, 1.0)
    row = {at: one.dur * one.headcount / size for at, one in enumerate(problem.sessions) if one.headcount}
    return [(row, np.array(targets) / size, problem.weights.overload * size)]


def _slot_rows(problem: Problem, relaxation: Relaxation) -> list[Row]:
    apart = never_together(problem)
    found = cliques(apart, relaxation.dur.astype(np.float64), _CLIQUES)
    together: list[Row] = [dict.fromkeys(sorted(one), 1.0) for one in found]
    return [*a_department_spares_so_many(problem), *rooms_are_as_many_as_there_are(problem), *together]


def _trainer_parts(problem: Problem, width: int) -> tuple[Part, Part, Part]:
    count = len(problem.trainers)
    dated = problem.calendar.dates is not None
    month = [np.inf if one.max_slots_per_month is None or not dated else one.max_slots_per_month for one in problem.trainers]
    year = [np.inf if one.max_slots_per_year is None else one.max_slots_per_year for one in problem.trainers]
    slots = np.full((count, width), 1.0 if problem.rules.trainer_exclusive else np.inf)
    monthly = np.repeat(np.array(month, dtype=np.float64).reshape(count, 1), MONTHS, axis=1)
    return _hard(slots), _hard(monthly), _hard(np.array(year, dtype=np.float64).reshape(count, 1))


def _money_parts(problem: Problem) -> tuple[Part, Part]:
    budget = problem.rules.budget
    dated = problem.calendar.dates is not None
    quarters: Any = [np.inf if one is None or not dated else one for one in budget.quarters]
    year = np.inf if budget.year is None else budget.year
    return _hard(np.array(quarters, dtype=np.float64)), _hard(np.array([year], dtype=np.float64))


__all__ = ["MONTH", "SLOT", "Dual", "Part", "Rows", "dual_of"]
