"""What the solver hands back: who is where and when, what does not fit and why, what it costs, and how good it can be at best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from core.i18n import Language, Message
from core.schedule.entities import Id, Placement

Assignment = Placement


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    PARTIAL = "PARTIAL"
    INFEASIBLE = "INFEASIBLE"
    OUT_OF_TIME = "OUT_OF_TIME"


class Rule(StrEnum):
    """The hard rules by the names that reasons and relaxations use."""

    TRAINER_EXCLUSIVE = "trainer_exclusive"
    VENUE_EXCLUSIVE = "venue_exclusive"
    COHORT_EXCLUSIVE = "cohort_exclusive"
    GROUP_EXCLUSIVE = "group_exclusive"
    PERSON_EXCLUSIVE = "person_exclusive"
    CAPACITY = "capacity"
    MAX_ABSENT = "max_absent"
    PERSON_MONTH = "person_month"
    TRAINER_MONTH = "trainer_month"
    TRAINER_YEAR = "trainer_year"
    TRAINER_UNAVAILABLE = "trainer_unavailable"
    VENUE_UNAVAILABLE = "venue_unavailable"
    BUDGET_YEAR = "budget_year"
    BUDGET_QUARTER = "budget_quarter"
    BLACKOUT = "blackout"
    STARTS = "starts"
    EARLIEST = "earliest"
    NO_CROSSING = "no_crossing"
    MORNING = "morning"
    CALENDAR = "calendar"
    AFTER = "after"
    PINNED = "pinned"
    TRAINER_ELIGIBLE = "trainer_eligible"
    VENUE_ELIGIBLE = "venue_eligible"


@dataclass(frozen=True)
class Reason:
    """Why a session is not placed: the rule, whom or what it concerns (an id as text, or empty), and a sentence."""

    rule: Rule
    subject: str
    message: Message


@dataclass(frozen=True)
class Relaxation:
    """What would let a session in: the rule, whom or what it concerns, by how much, and a sentence."""

    rule: Rule
    subject: str
    amount: float
    message: Message


@dataclass(frozen=True)
class Unplaced:
    """A session that does not fit. There is always a reason."""

    session: Id
    reasons: tuple[Reason, ...]
    relaxations: tuple[Relaxation, ...] = ()


@dataclass(frozen=True)
class Objective:
    """What a schedule costs, by term, each with its weight in it."""

    late: float = 0.0
    start: float = 0.0
    cost: float = 0.0
    overload: float = 0.0
    capacity: float = 0.0
    spread: float = 0.0
    compact: float = 0.0
    same_venue: float = 0.0
    move: float = 0.0
    trainer_change: float = 0.0
    unplaced: float = 0.0

    @property
    def total(self) -> float:
        """The sum of all terms."""
        return sum(self.terms().values())

    def terms(self) -> dict[str, float]:
        """The terms by name."""
        return {one.name: float(getattr(self, one.name)) for one in fields(self)}


@dataclass(frozen=True)
class Progress:
    """How far a run is. `gap` is (objective − bound) / objective; both are None until there is a bound."""

    objective: float
    bound: float | None
    gap: float | None
    unplaced: int
    seconds: float


@dataclass(frozen=True)
class Schedule:
    """The outcome of a run."""

    status: Status
    objective: Objective
    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...] = ()
    bound: float | None = None
    seconds: float = 0.0
    first_feasible_seconds: float | None = None

    @property
    def gap(self) -> float | None:
        """How far the cost is from the best possible at most, as a share of it; None without a bound."""
        return gap(self.objective.total, self.bound)

    @property
    def placed(self) -> Mapping[Id, Assignment]:
        """The assignments by session."""
        return {one.session: one for one in self.assignments}


def gap(total: float, bound: float | None) -> float | None:
    """(total − bound) / total; 0 when both are 0, None without a bound."""
    if bound is None:
        return None
    return max(0.0, (total - bound) / total) if total > 0 else 0.0


def to_json(schedule: Schedule, language: Language = "zh") -> dict[str, Any]:
    """The schedule as JSON, its sentences in `language`."""
    terms = {name: _number(value) for name, value in schedule.objective.terms().items()}
    return {
        "status": schedule.status.value,
        "objective": {"total": _number(schedule.objective.total), **terms},
        "bound": None if schedule.bound is None else _number(schedule.bound),
        "gap": None if schedule.gap is None else round(schedule.gap, 6),
        "seconds": round(schedule.seconds, 3),
        "first_feasible_seconds": None if schedule.first_feasible_seconds is None else round(schedule.first_feasible_seconds, 3),
        "assignments": [
            {"session": one.session, "day": one.day, "slot": one.slot, "trainer": one.trainer, "venue": one.venue}
            for one in schedule.assignments
        ],
        "unplaced": [
            {
                "session": one.session,
                "reasons": [{"rule": r.rule.value, "subject": r.subject, "message": r.message.render(language)} for r in one.reasons],
                "relaxations": [
                    {"rule": r.rule.value, "subject": r.subject, "amount": _number(r.amount), "message": r.message.render(language)}
                    for r in one.relaxations
                ],
            }
            for one in schedule.unplaced
        ],
    }


def _number(value: float) -> float | int:
    """A whole number without a point, any other to a millionth."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
