"""What became of gaps over the years: the people and requirements of today, by what was known at each year's end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from core import clock
from core.access.actor import Actor
from core.people.gaps.gap import Filters, YearGap
from core.people.gaps.measure import Flags, Floats, Ints
from core.people.gaps.memory import facts
from core.people.gaps.released import Released, released
from core.people.gaps.service import EVERYTHING, is_gated, matching, refuse_parts, wanted_of
from core.people.gaps.state import year_ends
from core.people.gates import HIDE, SPLIT
from core.people.scope import Scope, scope
from core.storage import Session


def trend(db: Session, actor: Actor, chosen: Filters = EVERYTHING, *, as_of: date | None = None) -> list[YearGap]:
    """The gap of all whom the actor may count, by competency and year; years in which nobody was measured are left out.

    Scores without a day belong to no year and are left out. Raises `NotAllowed` where a reader of sums asks for a part.
    """
    seen = scope(db, actor)
    if is_gated(seen):
        refuse_parts("all", chosen, as_of)
        return _released_trend(db, released(db), seen, chosen)
    known, day = facts(db), as_of or clock.today()
    ends = year_ends(known, day)
    if not ends:
        return []
    years = {end: known.measured(end, undated=False) for end in ends}
    first = years[ends[-1]]
    those = matching(db, first, seen, chosen)
    found: list[YearGap] = []
    for competency_id in np.unique(first.competency[those]).tolist():
        own = those & (first.competency == competency_id)
        levels = {end: some.level[own] for end, some in years.items()}
        found += _points(competency_id, first.required[own], levels, set(ends), set(ends))
    return found


def _released_trend(db: Session, known: Released, seen: Scope, chosen: Filters) -> list[YearGap]:
    wanted, found = wanted_of(db, chosen), list[YearGap]()
    for competency_id, state in known.states.items():
        if wanted is None or competency_id in wanted:
            ends = [state.day if year == state.day.year else date(year, 12, 31) for year in state.years]
            levels = {end: state.levels[:, 1 + at] for at, end in enumerate(ends)}
            unnamed = ~np.isin(state.unit, list(seen.named or ()))
            wholes, splits = _given(levels, state.levels[:, 0], unnamed)
            found += _points(competency_id, state.required, levels, wholes, splits)
    return found


def _points(
    competency_id: int, required: Ints, levels: dict[date, Floats], wholes: Iterable[date], splits: Iterable[date]
) -> list[YearGap]:
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
