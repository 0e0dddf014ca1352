"""Sums of money by programme, quarter, unit and cost type. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.delivery.budget.terms import By, CostType
from core.delivery.timetable.service import SessionView

WHOLE = 0
"""The number of what belongs to no single programme or unit."""


@dataclass(frozen=True)
class Entry:
    """A sum of money in yuan: planned, committed (ordered or signed, whether paid or not) and actual (paid)."""

    type: CostType
    programme_id: int
    unit_id: int
    quarter: int
    planned: float = 0.0
    committed: float = 0.0
    actual: float = 0.0

    def key(self, by: By) -> int | CostType:
        """What it is summed under."""
        if by is By.TYPE:
            return self.type
        return {By.PROGRAMME: self.programme_id, By.QUARTER: self.quarter, By.UNIT: self.unit_id}[by]


@dataclass(frozen=True)
class Total:
    """The sums under one heading."""

    key: int | CostType
    planned: float
    committed: float
    actual: float

    @property
    def bound(self) -> float:
        """What cannot be saved any more: the larger of what is committed and what is paid."""
        return max(self.committed, self.actual)

    @property
    def over(self) -> float:
        """How much more is bound than was planned."""
        return max(0.0, self.bound - self.planned)


def of_sessions(views: Iterable[SessionView], prices: Mapping[int, tuple[float, float]], unit_of: Mapping[int, int | None]) -> list[Entry]:
    """What the placed sessions are planned to cost: half days × price of the trainer and of the venue (`prices` by session), in the quarter
    of the first day, shared among the units by their people in the cohort; a cohort without names belongs to the whole branch."""
    found: list[Entry] = []
    for one in views:
        if one.day is None:
            continue
        quarter = (one.day.month + 2) // 3
        shares = _shares(one.members, unit_of)
        for kind, price in zip((CostType.TRAINERS, CostType.VENUES), prices.get(one.id, (0.0, 0.0)), strict=True):
            for unit, share in shares.items():
                if price:
                    found.append(Entry(kind, one.programme_id, unit, quarter, planned=one.slots * price * share))
    return found


def of_time(views: Iterable[SessionView], wage_per_slot: float, unit_of: Mapping[int, int | None]) -> list[Entry]:
    """What the participants' time costs: half days × people × wage of half a day, by the units that they come from."""
    found: list[Entry] = []
    for one in views:
        if one.day is None:
            continue
        quarter = (one.day.month + 2) // 3
        for unit, share in _shares(one.members, unit_of).items():
            found.append(Entry(CostType.TIME, one.programme_id, unit, quarter, planned=one.slots * one.headcount * share * wage_per_slot))
    return found


def totals(entries: Sequence[Entry], by: By) -> list[Total]:
    """The sums under each heading, the largest plan first; quarters in their order."""
    planned: Counter[int | CostType] = Counter()
    committed: Counter[int | CostType] = Counter()
    actual: Counter[int | CostType] = Counter()
    for one in entries:
        key = one.key(by)
        planned[key] += one.planned  # type: ignore[assignment]
        committed[key] += one.committed  # type: ignore[assignment]
        actual[key] += one.actual  # type: ignore[assignment]
    found = [Total(key, planned[key], committed[key], actual[key]) for key in planned]
    return sorted(found, key=lambda one: one.key) if by is By.QUARTER else sorted(found, key=lambda one: (-one.planned, str(one.key)))


def whole(entries: Sequence[Entry]) -> Total:
    """The sum of all."""
    return Total(WHOLE, *(sum(getattr(one, name) for one in entries) for name in ("planned", "committed", "actual")))


def _shares(members: Sequence[int], unit_of: Mapping[int, int | None]) -> dict[int, float]:
    if not members:
        return {WHOLE: 1.0}
    counted = Counter(unit_of.get(member) or WHOLE for member in members)
    return {unit: number / len(members) for unit, number in counted.items()}
