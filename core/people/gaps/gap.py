"""What a gap is: of a group in a competency, and of a person in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.people.terms import Dimension, TalentClass


@dataclass(frozen=True, order=True)
class GapKey:
    """A competency in a group: a unit without those below it, the holders of a post, or everybody (neither).

    `unit_id` 0 are the people without a unit.
    """

    competency_id: int
    unit_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True)
class GroupGap:
    """A gap of a group on the day `as_of`. Missing is missing and never zero.

    `required`: people whose post requires the competency; `measured`: those of them with a current level; `missing`: the rest; `below`: the
    measured under what is required (None: the group is too small to be split); `mean_gap`: the mean of max(0, required − current) over
    the measured, in levels (None: nobody is measured); `weight`: the mean share that the competency has of the weights of its posts, 0–1.
    """

    key: GapKey
    required: int
    measured: int
    missing: int
    below: int | None
    mean_gap: float | None
    weight: float
    as_of: date

    @property
    def lacking(self) -> float:
        """All levels that lack in the group: measured people × mean gap."""
        return self.measured * (self.mean_gap or 0.0)

    @property
    def severity(self) -> float:
        """What gaps are ranked by: all levels that lack × weight."""
        return self.lacking * self.weight


@dataclass(frozen=True)
class Reading:
    """The last score of a source: `level` is 5 × score ÷ scale; `on` None is a day that nobody knows; only what `counts` is in the mean.

    A certificate (`proof`) proves at least its level, `until` a day (None: as long as any score); it is `outdone` where more is known.
    """

    source: str
    on: date | None
    score: float
    scale: float
    level: float
    counts: bool
    proof: bool = False
    until: date | None = None
    outdone: bool = False


@dataclass(frozen=True)
class PersonGap:
    """A gap of a person. `required_level` None: the post does not require it; `current` None: nothing known that counts, and then no `gap`.

    `readings` are the last of each source; `disagree`: those that count differ by a level or more.
    """

    employee_id: int
    competency_id: int
    required_level: int | None
    current: float | None
    gap: float | None
    weight: float
    readings: tuple[Reading, ...]
    disagree: bool

    @property
    def missing(self) -> bool:
        """Required, and nothing is known that counts."""
        return self.required_level is not None and self.current is None


@dataclass(frozen=True)
class Filters:
    """Which gaps somebody wants to see: of a unit with all below it, of a post, of posts of a class; in competencies of a dimension."""

    unit_id: int | None = None
    post_id: int | None = None
    talent_class: TalentClass | None = None
    dimension: Dimension | None = None
    competency_id: int | None = None


@dataclass(frozen=True)
class GapTable:
    """Gaps by group. `hidden`: those too small for this reader, with those that would give them away; `gated`: there may be some.

    `released`: the first and the last day on which what a reader of sums is given was released; None where nothing was, or need be.
    """

    groups: tuple[GroupGap, ...]
    hidden: frozenset[GapKey]
    gated: bool
    as_of: date
    released: tuple[date, date] | None = None


@dataclass(frozen=True)
class YearGap:
    """A gap of all chosen people as it was at the end of a year (of this year: today), by today's posts and requirements."""

    competency_id: int
    year: int
    as_of: date
    measured: int
    below: int | None
    mean_gap: float


@dataclass(frozen=True)
class Person:
    """Somebody whom the reader may name. `unit_id` and `post_id` 0: none."""

    id: int
    number: str
    name: str
    unit_id: int
    post_id: int
