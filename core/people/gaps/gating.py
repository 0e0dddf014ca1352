"""Gates on gaps: what a reader of sums is given of the groups that are measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.people.gaps.gap import GapKey
from core.people.gaps.measure import Cells
from core.people.gates import HIDE, SPLIT, Closed, closed

_OPEN = Closed()


@dataclass(frozen=True)
class Gates:
    """By competency: which groups are hidden, and which are not split into those below and those not."""

    hidden: Mapping[int, Closed]
    whole: Mapping[int, Closed]

    def hides(self, key: GapKey) -> bool:
        """Whether nothing of the group is told."""
        return _shut(self.hidden.get(key.competency_id, _OPEN), key)

    def splits(self, key: GapKey) -> bool:
        """Whether it is told how many of the group are below."""
        return not _shut(self.whole.get(key.competency_id, _OPEN), key)


def gates(unnamed: Cells) -> Gates:
    """The gates for whoever may not name the people of these cells."""
    hidden: dict[int, Closed] = {}
    whole: dict[int, Closed] = {}
    required, measured = _counts(unnamed), _counts(unnamed.where(~np.isnan(unnamed.level)))
    alike: dict[frozenset[tuple[tuple[int, int], int]], Closed] = {}
    for competency_id, people in required.items():
        levels = measured.get(competency_id, {})
        # First what those ask for of whom it is required: competencies of the same posts hide the same units for it.
        group = frozenset(people.items())
        if group not in alike:
            alike[group] = closed([people], HIDE)
        first = alike[group]
        # Where nothing more has to be hidden up to the larger gate, nothing has to be up to the smaller one.
        hidden[competency_id], whole[competency_id] = first, closed([levels], SPLIT, first)
        if whole[competency_id] != first:
            hidden[competency_id] = closed([levels], HIDE, first)
            whole[competency_id] = closed([levels], SPLIT, hidden[competency_id])
    return Gates(hidden, whole)


def _shut(shut: Closed, key: GapKey) -> bool:
    if key.unit_id is not None:
        return shut.unit(key.unit_id)
    return shut.total if key.post_id is None else shut.post(key.post_id)


def _counts(cells: Cells) -> dict[int, dict[tuple[int, int], int]]:
    """How many cells there are by unit and post, for each competency."""
    found: dict[int, dict[tuple[int, int], int]] = {}
    order = np.lexsort((cells.post, cells.unit, cells.competency))
    columns = [column[order] for column in (cells.competency, cells.unit, cells.post)]
    if not len(order):
        return found
    first = np.append(True, np.any([column[1:] != column[:-1] for column in columns], axis=0))
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, len(order)))
    for competency, unit, post, size in zip(*(column[starts].tolist() for column in columns), sizes.tolist(), strict=True):
        found.setdefault(competency, {})[unit, post] = size
    return found
