"""People, attendances, hours and money of what was held, and money per each of them. Pure.

人数 are people, each counted once; 人次 are attendances, one for each session that somebody came to. They are never added up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.delivery.budget.figures import Entry
from core.delivery.budget.terms import CostType
from core.delivery.content.terms import HOURS_PER_SLOT
from core.review.returns.terms import Basis

PASSES = ""
"""What passes are called among outcomes."""


@dataclass(frozen=True)
class Held:
    """A session that is over, as far as this counts: its half days, those who came, how many of its list nobody has noted.

    `unnamed`: how many came besides whose names nobody knows, to this `cohort_id`. `noted`: whether anybody has noted anything.
    """

    programme_id: int
    slots: int
    came: frozenset[int]
    unnoted: int = 0
    unnamed: int = 0
    cohort_id: int = 0
    noted: bool = True

    @property
    def attended(self) -> int:
        """How many came."""
        return len(self.came) + self.unnamed


@dataclass(frozen=True)
class Count:
    """What was put in: people who came at least once, their attendances, the hours taught, the hours that people sat in them.

    Of a cohort whose people nobody has named, `people` has as many as came when the most did. `silent` are sessions of which nobody has
    noted anything.
    """

    people: int = 0
    attendances: int = 0
    sessions: int = 0
    taught_hours: float = 0.0
    learnt_hours: float = 0.0
    unnoted: int = 0
    silent: int = 0

    @property
    def unknown(self) -> bool:
        """Whether nobody has noted anything of what was held, so that nobody knows whether anybody came."""
        return 0 < self.sessions == self.silent

    @property
    def slots(self) -> float:
        """The half days that people sat in them."""
        return self.learnt_hours / HOURS_PER_SLOT


@dataclass(frozen=True)
class Outcome:
    """What came of it, where results say so: how many attempts were passed, and how much of a result was reached, in its unit."""

    passes: int | None = None
    results: Mapping[str, tuple[float, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Efficiency:
    """A heading with what was put in and what it cost: `money` paid or planned, `time` what the participants' hours are worth.

    `costs`: of several programmes together, what those cost that have an outcome, by its name (passes: ""); others have no part in it.
    """

    count: Count
    money: float
    time: float
    outcome: Outcome = field(default_factory=Outcome)
    costs: Mapping[str, float] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        """All of it."""
        return self.money + self.time

    @property
    def per_head(self) -> float | None:
        """For each person."""
        return per(self.cost, self.count.people)

    @property
    def per_attendance(self) -> float | None:
        """For each attendance."""
        return per(self.cost, self.count.attendances)

    @property
    def per_hour(self) -> float | None:
        """For each hour that somebody learnt."""
        return per(self.cost, self.count.learnt_hours)

    @property
    def per_pass(self) -> float | None:
        """For each test that was passed."""
        return per(self.costs.get(PASSES, self.cost), self.outcome.passes or 0)

    @property
    def per_result(self) -> dict[str, tuple[float, str]]:
        """For each unit of each result, with that unit."""
        found = {name: (per(self.costs.get(name, self.cost), value), unit) for name, (value, unit) in self.outcome.results.items()}
        return {name: (money, unit) for name, (money, unit) in found.items() if money is not None}


def per(money: float, number: float) -> float | None:
    """Money for each of a number; None where there is none of it or nothing was spent."""
    return money / number if number > 0 and money > 0 else None


def counted(held: Iterable[Held], programmes: Collection[int] | None = None) -> Count:
    """What was put into these programmes, or into all: who came to two of them is one person."""
    some = [one for one in held if programmes is None or one.programme_id in programmes]
    return Count(
        people=len(frozenset().union(*(one.came for one in some))) + sum(_most_unnamed(some).values()),
        attendances=sum(one.attended for one in some),
        sessions=len(some),
        taught_hours=sum(one.slots for one in some) * HOURS_PER_SLOT,
        learnt_hours=sum(one.slots * one.attended for one in some) * HOURS_PER_SLOT,
        unnoted=sum(one.unnoted for one in some),
        silent=sum(not one.noted for one in some),
    )


def _most_unnamed(some: Iterable[Held]) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in some:
        found[one.cohort_id] = max(found.get(one.cohort_id, 0), one.unnamed)
    return found


def spent(entries: Iterable[Entry], basis: Basis, programmes: Collection[int] | None = None, kind: CostType | None = None) -> float:
    """Money of these programmes, or of all, of a kind or of all kinds; participants' time is no money and counted by itself."""
    return sum(
        one.actual if basis is Basis.ACTUAL else one.planned
        for one in entries
        if one.type is not CostType.TIME and (programmes is None or one.programme_id in programmes) and kind in (None, one.type)
    )


def time_cost(count: Count, entries: Iterable[Entry], wage: float | None, basis: Basis, programmes: Collection[int] | None = None) -> float:
    """What participants' time is worth when somebody said what half a day is: of those who came, or of those who are planned to."""
    if not wage:
        return 0.0
    if basis is Basis.ACTUAL:
        return count.slots * wage
    return sum(one.planned for one in entries if one.type is CostType.TIME and (programmes is None or one.programme_id in programmes))
