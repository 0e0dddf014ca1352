"""What a trainer and a venue are, as others see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.delivery.faculty.terms import TrainerRole, VenueKind
from core.delivery.halves import Span


@dataclass(frozen=True)
class Skill:
    """A competency that somebody can teach.

    `level` counts: the one that was entered by hand, else the person's own `measured` one. `listed`: it is among what they teach, and not
    only measured. `rating` is the mean of what people thought, 0–100; None where nobody was asked, or the reader may not see it.
    """

    competency_id: int
    level: float | None
    by_hand: int | None = None
    measured: float | None = None
    listed: bool = True
    rating: float | None = None


@dataclass(frozen=True)
class Away:
    """A stretch of half days on which a trainer or a venue cannot be had, as a row that can be taken away."""

    id: int
    version: int
    span: Span


@dataclass(frozen=True)
class Rating:
    """What `n` people thought of a session or a course: `score` out of `scale_max`."""

    id: int
    version: int
    about: str
    rated_on: date | None
    score: float
    scale_max: float
    n: int
    source: str
    competency_id: int | None = None

    @property
    def hundred(self) -> float:
        """The score as of 100."""
        return 100.0 * self.score / self.scale_max


@dataclass(frozen=True)
class TrainerView:
    """A trainer. `skills` are by competency; `rating` is over all ratings of `raters` people, None where none may be seen.

    `employee_no` and `post` are those of the roster where the reader may see them; `left`: the roster says that they have left.
    """

    id: int
    version: int
    name: str
    internal: bool
    unit_id: int | None
    unit: str
    organisation: str
    employee_id: int | None
    employee_no: str
    post: str
    left: bool
    roles: tuple[TrainerRole, ...]
    role_reason: str
    skills: tuple[Skill, ...]
    cost_per_slot: float | None
    max_slots_per_month: int | None
    max_slots_per_year: int | None
    absences: tuple[Span, ...]
    rating: float | None
    raters: int
    note: str
    archived: bool
    sample: bool

    def skill(self, competency_id: int) -> Skill | None:
        """What they can teach of one competency."""
        return next((one for one in self.skills if one.competency_id == competency_id), None)

    @property
    def taught(self) -> tuple[Skill, ...]:
        """What is among what they teach, without what is only measured."""
        return tuple(one for one in self.skills if one.listed)


@dataclass(frozen=True)
class VenueView:
    """A venue."""

    id: int
    version: int
    name: str
    kind: VenueKind
    address: str
    capacity: int
    equipment: tuple[str, ...]
    cost_per_slot: float | None
    absences: tuple[Span, ...]
    note: str
    archived: bool
    sample: bool


def mean_rating(ratings: Iterable[Rating]) -> tuple[float | None, int]:
    """The mean of ratings as of 100, each counting as often as people gave it, and how many people that were."""
    found: Sequence[Rating] = list(ratings)
    people = sum(one.n for one in found)
    return (sum(one.hundred * one.n for one in found) / people if people else None), people
