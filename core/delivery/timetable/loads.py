"""The load of people, unit by unit and month by month, against what the rules allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.delivery.timetable.measures import MONTHS, person_months, units_by_month
from core.delivery.timetable.rules import Rules
from core.delivery.timetable.service import SessionView


@dataclass(frozen=True)
class UnitLoads:
    """Rows of unit, month, people who take part, their half days, the most of one person; `over` counts people above the limit by month."""

    rows: tuple[tuple[str, int, int, int, int], ...]
    limit: int
    most: int
    over: int


def unit_loads(views: Sequence[SessionView], unit_of: Mapping[int, int | None], rules: Rules, names: Mapping[int, str]) -> UnitLoads:
    """The loads of the units whose people the reader may name, the busiest first."""
    found = units_by_month(views, unit_of)
    units = sorted({unit for unit, _ in found}, key=lambda unit: -sum(one.slots for (number, _), one in found.items() if number == unit))
    rows = []
    for unit in units:
        for month in MONTHS:
            one = found.get((unit, month))
            figures = (one.people, one.slots, one.most) if one else (0, 0, 0)
            rows.append((names.get(unit, "—"), month, *figures))
    loads = [slots for (member, _), slots in person_months(views).items() if unit_of.get(member) is not None]
    return UnitLoads(tuple(rows), rules.person_slots, max(loads, default=0), sum(slots > rules.person_slots for slots in loads))
