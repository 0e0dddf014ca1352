"""How far trainers of the branch are themselves, by the rule of gaps: the last score of each source that counts, and certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

import numpy as np

from core.people.gaps.measure import Floats, Readings, current


def stand(readings: Readings, today: date) -> Floats:
    """What each pair of a person and a competency stands at; nan where nothing counts."""
    return current(readings, today).level


def measured(readings: Readings, level: Floats, employee_ids: Iterable[int], archived: Collection[int]) -> dict[tuple[int, int], float]:
    """Of these people, the level in each competency that is not archived and of which something counts."""
    found: dict[tuple[int, int], float] = {}
    for one in employee_ids:
        # Pairs stand by person: those of one lie together.
        for place in range(*(int(np.searchsorted(readings.employee, one, side)) for side in ("left", "right"))):
            competency = int(readings.competency[place])
            if competency not in archived and not np.isnan(level[place]):
                found[one, competency] = round(float(level[place]), 2)
    return found
