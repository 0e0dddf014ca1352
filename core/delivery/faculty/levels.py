"""How far trainers of the branch are themselves, by the rule of gaps: the mean of each source's last score that counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.delivery.faculty.repository import Score
from core.people.gaps.measure import MONTHS, level_of, months_before


def measured(scores: Iterable[Score], today: date) -> dict[tuple[int, int], float]:
    """The current level of each person in each competency of which something counts, from their scores by day."""
    last: dict[tuple[int, int], dict[str, tuple[float, date | None]]] = {}
    for employee_id, competency_id, score, scale, source, day in scores:
        of_source = last.setdefault((employee_id, competency_id), {})
        # One without a day is the last only where no other is.
        if (day is None and source in of_source) or (day is not None and day > today):
            continue
        of_source[source] = (level_of(score, scale), day)
    oldest = months_before(today, MONTHS)
    counting = {pair: [level for level, day in found.values() if day is None or day >= oldest] for pair, found in last.items()}
    return {pair: round(sum(levels) / len(levels), 2) for pair, levels in counting.items() if levels}
