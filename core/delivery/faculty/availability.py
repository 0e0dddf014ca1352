"""How many half days a trainer can give in a year: working half days without absences, within the limits of month and year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from core.delivery.halves import Half, Span


@dataclass(frozen=True)
class Availability:
    """`working` half days of the year, `away` of them without the trainer, `months` that can be given each month, `year` in all."""

    working: int
    away: int
    months: tuple[int, ...]
    year: int


def availability(days: Collection[date], absences: Sequence[Span], per_month: int | None, per_year: int | None) -> Availability:
    """What somebody with these absences and limits can give on these working days."""
    free = [0] * 12
    away = 0
    for day in days:
        for half in Half:
            if any(span.covers(day, half) for span in absences):
                away += 1
            else:
                free[day.month - 1] += 1
    months = tuple(count if per_month is None else min(count, per_month) for count in free)
    total = sum(months)
    return Availability(len(days) * len(Half), away, months, total if per_year is None else min(total, per_year))
