"""What a timetable comes to: money, lateness, loads by month, and which themes it carries. Pure, from its sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.delivery.timetable.service import SessionView

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Measures:
    """A timetable in figures. `late` counts sessions that end after they are due, `late_days` by how many calendar days together.

    `busiest` is the most half days that anybody has in a month. `themes` are those with a session that has a place.
    """

    sessions: int
    placed: int
    cost: float
    late: int
    late_days: int
    busiest: int
    person_slots: int
    broken: int
    pinned: int
    themes: frozenset[int]

    @property
    def unplaced(self) -> int:
        """How many sessions have no place."""
        return self.sessions - self.placed


def measure(views: Sequence[SessionView], theme_of: Mapping[int, int | None]) -> Measures:
    """The figures of a timetable's sessions; `theme_of` has the theme of each project."""
    placed = [one for one in views if one.day is not None]
    late = [one.late for one in placed if one.late]
    months = person_months(placed)
    themes = {theme for one in placed if one.project_id is not None and (theme := theme_of.get(one.project_id)) is not None}
    return Measures(
        sessions=len(views),
        placed=len(placed),
        cost=sum(one.cost for one in placed),
        late=len(late),
        late_days=sum(late),
        busiest=max(months.values(), default=0),
        person_slots=sum(one.slots * one.headcount for one in placed),
        broken=sum(bool(one.breaks) for one in placed),
        pinned=sum(bool(one.pinned) for one in placed),
        themes=frozenset(themes),
    )


def person_months(views: Iterable[SessionView]) -> dict[tuple[int, int], int]:
    """The half days of each person in each month, by employee and month; a session counts whole in the month in which it begins."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for one in views:
        if one.day is not None:
            for member in one.members:
                found[member, one.day.month] += one.slots
    return dict(found)


def slots_by_month(views: Iterable[SessionView], key: str) -> dict[tuple[int, int], int]:
    """The half days of each trainer (`key` trainer_id) or venue (venue_id) in each month."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for one in views:
        number = getattr(one, key)
        if one.day is not None and number is not None:
            found[number, one.day.month] += one.slots
    return dict(found)


@dataclass(frozen=True)
class UnitMonth:
    """A unit's people in a month: how many take part at all, their half days, and the most that one of them has."""

    unit_id: int
    month: int
    people: int
    slots: int
    most: int


def units_by_month(views: Iterable[SessionView], unit_of: Mapping[int, int | None]) -> dict[tuple[int, int], UnitMonth]:
    """The load of each unit in each month, of people whose unit is known."""
    grouped: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (member, month), slots in person_months(views).items():
        unit = unit_of.get(member)
        if unit is not None:
            grouped[unit, month].append(slots)
    return {key: UnitMonth(*key, len(some), sum(some), max(some)) for key, some in grouped.items()}
