"""What is released of a competency to whoever reads sums: who stood where, with which level, when it was last released."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np

from core.people.gaps.measure import Flags, Floats, Ints
from core.people.gaps.memory import Facts

COLUMNS = ("employee", "unit", "post", "required", "weight", "levels")
_YEARS = 5


@dataclass(frozen=True)
class State:
    """A row for each person of whom the competency is required, by number; a number below zero is somebody whose row is deleted.

    `levels` has a column for what is known, and one for the end of each of `years`, by what has a day; nan is not known.
    """

    employee: Ints
    unit: Ints
    post: Ints
    required: Ints
    weight: Floats
    levels: Floats
    years: tuple[int, ...]
    day: date

    def where(self, chosen: Flags) -> State:
        """Some of the rows."""
        return replace(self, **{name: getattr(self, name)[chosen] for name in COLUMNS})

    def same(self, other: State) -> bool:
        """Whether both say the same, of whatever day."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in COLUMNS]
        return self.years == other.years and all(
            one.shape == another.shape and np.array_equal(one, another, equal_nan=one.dtype.kind == "f") for one, another in pairs
        )


def year_ends(known: Facts, day: date) -> list[date]:
    """The last day of each of the last years of which anything is known, and of this year today."""
    dated = known.readings.day[known.readings.day > 0]
    if not len(dated):
        return []
    begin = date.fromordinal(int(dated.min())).year
    return [date(year, 12, 31) for year in range(max(begin, day.year - _YEARS + 1), day.year)] + [day]


def states_of(known: Facts, day: date) -> dict[int, State]:
    """How each competency stands on a day; none where nothing is required of anybody."""
    now, ends = known.measured(day), year_ends(known, day)
    if not len(now.employee):
        return {}
    levels = np.stack([now.level, *(known.measured(end, undated=False).level for end in ends)], axis=1)
    order = np.lexsort((now.employee, now.competency))
    competencies, starts = np.unique(now.competency[order], return_index=True)
    found = {}
    for competency, rows in zip(competencies.tolist(), np.split(order, starts[1:]), strict=True):
        values: tuple[Any, ...] = (now.employee, now.unit, now.post, now.required, now.weight, levels)
        columns = {name: column[rows] for name, column in zip(COLUMNS, values, strict=True)}
        found[competency] = State(**columns, years=tuple(end.year for end in ends), day=day)
    return found


def nothing(day: date) -> State:
    """The state of a competency that nobody's post requires any more."""
    none, zero = np.zeros(0, dtype=np.int32), np.zeros(0)
    return State(none, none, none, none, zero, np.zeros((0, 1)), (), day)


def packed(state: State) -> bytes:
    """A state as it is stored."""
    stored = BytesIO()
    columns: dict[str, Any] = {name: getattr(state, name) for name in COLUMNS}
    np.savez_compressed(stored, years=np.array(state.years, dtype=np.int32), **columns)
    return stored.getvalue()


def unpacked(stored: bytes, day: date) -> State:
    """A stored state."""
    with np.load(BytesIO(stored), allow_pickle=False) as found:
        columns = {name: found[name] for name in COLUMNS}
        return State(**columns, years=tuple(found["years"].tolist()), day=day)
