"""What became of gaps over the years: the people and requirements of today, by what was known at each year's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from core.access.actor import Actor
from core.people.gaps.gap import Filters, YearGap
from core.people.gaps.measure import Cells, Flags, Floats
from core.people.gaps.memory import Facts, facts
from core.people.gaps.service import EVERYTHING, is_gated, matching, refuse_parts
from core.people.gates import HIDE, SPLIT
from core.people.scope import scope
from core.storage import Session

_YEARS = 5


def trend(db: Session, actor: Actor, chosen: Filters = EVERYTHING, *, as_of: date | None = None) -> list[YearGap]:
    """The gap of all whom the actor may count, by competency and year; years in which nobody was measured are left out.

    Scores without a day belong to no year and are left out. Raises `NotAllowed` where a reader of sums asks for a part.
    """
    seen, known, day = scope(db, actor), facts(db), as_of or date.today()
    gated = is_gated(seen)
    if gated:
        refuse_parts("all", chosen, as_of)
    ends = year_ends(known, day)
    if not ends:
        return []
    years = {end: known.measured(end, undated=False) for end in ends}
    first = years[ends[-1]]
    now = known.measured(day)
    those = matching(db, first, seen, chosen)
    named = np.isin(first.unit, list(seen.named or ())) if gated else np.ones(len(first.unit), dtype=np.bool_)
    found: list[YearGap] = []
    for competency_id in np.unique(first.competency[those]).tolist():
        own = those & (first.competency == competency_id)
        levels = {end: some.level[own] for end, some in years.items()}
        wholes, splits = _given(levels, now.level[own], ~named[own]) if gated else (set(ends), set(ends))
        found += _points(competency_id, first, own, levels, wholes, splits)
    return found


def year_ends(known: Facts, day: date) -> list[date]:
    """The last day of each of the last years of which anything is known, and of this year today."""
    dated = known.readings.day[known.readings.day > 0]
    if not len(dated):
        return []
    begin = date.fromordinal(int(dated.min())).year
    return [date(year, 12, 31) for year in range(max(begin, day.year - _YEARS + 1), day.year)] + [day]


def _points(
    competency_id: int, some: Cells, own: Flags, levels: dict[date, Floats], wholes: Iterable[date], splits: Iterable[date]
) -> list[YearGap]:
    required = some.required[own]
    found = []
    for end, level in levels.items():
        known = ~np.isnan(level)
        measured = int(known.sum())
        if measured and end in wholes:
            gap = np.maximum(0.0, required[known] - level[known])
            below = int((gap > 0).sum()) if end in splits else None
            found.append(YearGap(competency_id, end.year, end, measured, below, float(gap.mean())))
    return found


def _given(levels: dict[date, Floats], now: Floats, unnamed: Flags) -> tuple[set[date], set[date]]:
    """The years whose sums are given, and those whose number below is given too, the latest first.

    Of people who may not be named, no year may tell of fewer than the gate, nor may it differ in fewer from another year that is given
    or from what stands in the tables `now`.
    """
    both = []
    for least in (HIDE, SPLIT):
        given, told = set[date](), [now[unnamed]]
        for end in sorted(levels, reverse=True):
            level = levels[end][unnamed]
            if _enough(~np.isnan(level), least) and all(_enough(~_same(level, other), least) for other in told):
                given.add(end)
                told.append(level)
        both.append(given)
    return both[0], both[0] & both[1]


def _enough(people: Flags, least: int) -> bool:
    count = int(people.sum())
    return count == 0 or count >= least


def _same(one: Floats, other: Floats) -> Flags:
    same: Flags = (one == other) | (np.isnan(one) & np.isnan(other))
    return same
