"""What a problem consists of: the calendar, what is scarce, what is to be scheduled, and what counts how much.

A *slot* is a whole number: day × slots a day + slot of the day, from 0. Sets of slots and days are sets of such numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

Id = str | int
Mode = Literal["hard", "soft"]


@dataclass(frozen=True)
class Calendar:
    """The workdays. `dates` is None where they are only counted: then there are no months and no quarters."""

    days: int
    slots_per_day: int = 2
    no_crossing: frozenset[int] = frozenset()
    dates: tuple[date, ...] | None = None

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return self.days * self.slots_per_day

    def month(self, day: int) -> int | None:
        """The calendar month of a day, 0 to 11; None where days are only counted."""
        return None if self.dates is None else self.dates[day].month - 1

    def day_of(self, slot: int) -> int:
        """The day that a slot lies in."""
        return slot // self.slots_per_day


@dataclass(frozen=True)
class Venue:
    """A room. `capacity` None: no limit."""

    id: Id
    capacity: int | None = None
    unavailable: frozenset[int] = frozenset()
    cost_per_slot: float = 0.0


@dataclass(frozen=True)
class Trainer:
    """Somebody who gives sessions. A limit of None is none."""

    id: Id
    cost_per_slot: float = 0.0
    unavailable: frozenset[int] = frozenset()
    max_slots_per_month: int | None = None
    max_slots_per_year: int | None = None


@dataclass(frozen=True)
class Department:
    """Whose people may not be away in too great a number at once. `max_absent` None: no limit."""

    id: Id
    max_absent: int | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who takes part."""

    id: Id
    department: Id | None = None


@dataclass(frozen=True)
class Cohort:
    """A class of people that is in one session at a time. `compact`: what a session of it costs that has no neighbour that day."""

    id: Id
    compact: float = 0.0


@dataclass(frozen=True)
class Spread:
    """A group's sessions should lie on at least so many distinct days."""

    min_days: int
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """A project or course. `same_venue`: what each venue beyond its first costs."""

    id: Id
    blackout_slots: frozenset[int] = frozenset()
    spread: Spread | None = None
    same_venue: float = 0.0


@dataclass(frozen=True)
class Lag:
    """This session starts at least `min_lag` and at most `max_lag` slots after the end of `session`."""

    session: Id
    min_lag: int = 0
    max_lag: int | None = None


@dataclass(frozen=True)
class Pin:
    """What is fixed of a session; None is free."""

    day: int | None = None
    slot: int | None = None
    trainer: Id | None = None
    venue: Id | None = None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.day, self.slot, self.trainer, self.venue))


@dataclass(frozen=True)
class Session:
    """A training session to be scheduled.

    `trainers` empty: it has none. `venues` None: any that fits; empty: none. `starts` None: any; empty: none is allowed.
    """

    id: Id
    group: Id | None = None
    dur: int = 1
    headcount: int = 0
    online: bool = False
    trainers: tuple[Id, ...] = ()
    venues: tuple[Id, ...] | None = None
    cohorts: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()
    priority: int = 3
    earliest: int = 0
    due: int | None = None
    starts: frozenset[int] | None = None
    after: tuple[Lag, ...] = ()
    pinned: Pin = Pin()


@dataclass(frozen=True)
class CapacityRule:
    """Whether a venue must hold everybody, or what a missing seat costs."""

    mode: Mode = "hard"
    weight: float = 1.0


@dataclass(frozen=True)
class PersonMonthRule:
    """How many slots a month a person may spend in sessions, or what each beyond costs."""

    limit: int
    mode: Mode = "hard"
    weight: float = 1.0


@dataclass(frozen=True)
class Budget:
    """What trainers and venues may cost; None is no limit."""

    year: float | None = None
    quarters: tuple[float | None, float | None, float | None, float | None] = (None, None, None, None)


@dataclass(frozen=True)
class Rules:
    """The rules that hold for all sessions."""

    venue_capacity: CapacityRule = CapacityRule()
    person_month: PersonMonthRule | None = None
    budget: Budget = Budget()
    month_target_slots: tuple[float, ...] | None = None
    venue_exclusive: bool = True
    trainer_exclusive: bool = True
    cohort_exclusive: bool = True
    group_exclusive: bool = True
    person_exclusive: bool = True


@dataclass(frozen=True)
class Weights:
    """What counts how much."""

    late: float = 20.0
    start: float = 1.0
    cost: float = 1.0
    overload: float = 1.0
    move: float = 60.0
    trainer_change: float = 10.0
    unplaced: float = 200_000.0


@dataclass(frozen=True)
class Placement:
    """Where a session is, or was: its first slot by day and slot of the day, its trainer and venue."""

    session: Id
    day: int
    slot: int
    trainer: Id | None = None
    venue: Id | None = None


@dataclass(frozen=True)
class Problem:
    """All that is to be scheduled, and under which rules. Ids are known and unique: `read_problem` saw to it."""

    calendar: Calendar
    sessions: tuple[Session, ...] = ()
    venues: tuple[Venue, ...] = ()
    trainers: tuple[Trainer, ...] = ()
    departments: tuple[Department, ...] = ()
    people: tuple[Person, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    groups: tuple[Group, ...] = ()
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    previous: tuple[Placement, ...] = ()

    @cached_property
    def session(self) -> dict[Id, Session]:
        """Sessions by id."""
        return {one.id: one for one in self.sessions}

    @cached_property
    def venue(self) -> dict[Id, Venue]:
        """Venues by id."""
        return {one.id: one for one in self.venues}

    @cached_property
    def trainer(self) -> dict[Id, Trainer]:
        """Trainers by id."""
        return {one.id: one for one in self.trainers}

    @cached_property
    def group(self) -> dict[Id, Group]:
        """Groups by id."""
        return {one.id: one for one in self.groups}

    @cached_property
    def windows(self) -> dict[int, Any]:
        """Room for what is worked out once for all sessions of a length."""
        return {}

    @cached_property
    def before(self) -> dict[Id, Placement]:
        """The placements of `previous` by session."""
        return {one.session: one for one in self.previous}

    def venues_for(self, session: Session) -> tuple[Venue, ...]:
        """The venues a session may be in, by eligibility and hard capacity; empty where it has none, or none fits."""
        if not self.needs_venue(session):
            return ()
        named = self.venues if session.venues is None else tuple(self.venue[one] for one in session.venues)
        if self.rules.venue_capacity.mode == "soft":
            return named
        return tuple(one for one in named if one.capacity is None or one.capacity >= session.headcount)

    def needs_venue(self, session: Session) -> bool:
        """Whether exactly one venue is to be given to a session."""
        return bool(self.venues) and not session.online and session.venues != ()
