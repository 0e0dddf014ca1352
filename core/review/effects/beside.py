"""What is told beside an effect: a long series where nobody is compared with, and whether a new way is no worse than the old."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from core.access.actor import Actor
from core.review.effects.equivalence import Equivalence, of_groups
from core.review.effects.sample import Sample, by_person
from core.review.effects.series import Segments, segments
from core.review.effects.terms import Design, Unit
from core.review.results import repository
from core.review.results import service as results
from core.review.results.service import MeasureView, Point
from core.storage import Session

UNCOMPARED = (Design.ALL, Design.NONE)
"""The designs in which a long series is all that there is beside people's own gains."""


def over_months(db: Session, actor: Actor, plan_id: int, one: MeasureView) -> Segments | None:
    """How a measure's months changed with the training; None where it is not known when that was, or a month is missing or hidden.

    The month in which the training began counts as after. Needs `SEE_REVIEW`.
    """
    span = repository.spans(db, plan_id).get(one.project_id)
    points = results.whole_series(db, actor, one.id)
    if span is None or not _unbroken(points):
        return None
    before = sum(point.on < span[0].replace(day=1) for point in points)
    if not 0 < before < len(points):
        return None
    values = np.array([point.value for point in points], dtype=np.float64)
    return segments(values, before, Unit.POINTS if one.shown_unit == "%" else Unit.SCORE)


def no_worse(sample: Sample, design: Design, margin: float, *, up: bool = True) -> Equivalence | None:
    """Whether those who were trained did no worse than the others by more than a margin; None with fewer than five in one group.

    Of groups that were drawn by lot the figures after are compared, of others the gains. `up`: more is better.
    """
    people = by_person(sample)
    value = people.post if design is Design.RANDOM else people.gain
    known = ~np.isnan(value)
    value = value if up else -value
    return of_groups(value[known & people.trained], value[known & ~people.trained], margin)


def _unbroken(points: Sequence[Point]) -> bool:
    """Whether each month follows the last, and each has a figure."""
    months = [12 * one.on.year + one.on.month for one in points]
    return bool(points) and all(one.value is not None for one in points) and all(b - a == 1 for a, b in pairwise(months))
