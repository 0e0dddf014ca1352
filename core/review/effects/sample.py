"""What is evaluated: rows of people before and after, and the same counted by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Sample:
    """Rows: one for each attendance. A figure that is missing is nan; a unit or class that is not known is "".

    `binary` is an outcome of 0 and 1 beside the scores, or instead of them. `percent`: the scores are percentages, so that their
    differences are percentage points; `called` is the unit of other scores, "" for points. `summaries` are the numbers of a file's rows
    that only sum up others and were left out; `graded`: what counts as passed was told from grades.
    """

    persons: Sequence[str]
    trained: Bools
    pre: Floats
    post: Floats
    unit: Sequence[str] | None = None
    class_: Sequence[str] | None = None
    binary: Floats | None = None
    percent: bool = False
    called: str = ""
    summaries: Sequence[int] = ()
    graded: bool = False


@dataclass(frozen=True)
class People:
    """The same with one row a person: the means of their attendances. Clusters are numbered from 0; −1 is none."""

    trained: Bools
    pre: Floats
    post: Floats
    unit: Ints
    class_: Ints
    binary: Floats
    attendances: Ints

    def __len__(self) -> int:
        return len(self.trained)

    def only(self, chosen: Bools) -> People:
        """Those who are chosen."""
        return People(
            self.trained[chosen],
            self.pre[chosen],
            self.post[chosen],
            self.unit[chosen],
            self.class_[chosen],
            self.binary[chosen],
            self.attendances[chosen],
        )

    @property
    def gain(self) -> Floats:
        """After less before."""
        return self.post - self.pre


def by_person(sample: Sample) -> People:
    """One row a person: somebody who attended several times counts once, with the means of what is known, in the unit of the first row."""
    _names, first, which = np.unique(np.asarray(sample.persons, dtype=object).astype(str), return_index=True, return_inverse=True)
    rows = np.bincount(which, minlength=len(first))

    def mean(values: Floats | None) -> Floats:
        if values is None:
            return np.full(len(first), np.nan)
        known = ~np.isnan(values)
        count = np.bincount(which, weights=known, minlength=len(first))
        total = np.bincount(which, weights=np.where(known, values, 0.0), minlength=len(first))
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)

    return People(
        trained=np.asarray(sample.trained, dtype=np.bool_)[first],
        pre=mean(sample.pre),
        post=mean(sample.post),
        unit=_numbered(sample.unit, first),
        class_=_numbered(sample.class_, first),
        binary=mean(sample.binary),
        attendances=rows.astype(np.int64),
    )


def _numbered(names: Sequence[str] | None, first: NDArray[np.intp]) -> Ints:
    if names is None:
        return np.full(len(first), -1, dtype=np.int64)
    own = np.asarray(names, dtype=object).astype(str)[first]
    _found, which = np.unique(own, return_inverse=True)
    return np.where(own == "", -1, which).astype(np.int64)
