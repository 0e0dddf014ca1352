"""What is compared in an evaluation: the outcome of each person, in which unit, and who are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.review.effects.clusters import whole
from core.review.effects.sample import Bools, Floats, Ints, People, Sample, by_person
from core.review.effects.terms import COMPARED, Design, Unit


@dataclass(frozen=True)
class Study:
    """People with complete figures. `pre` all nan: nothing is known from before. `same`: before and after are the same measure.

    Figures of passes are in percentage points (0 or 100); `exact`: each person passed or not, none in part. `whole` are all people of
    the file who count in this design, with and without complete figures.
    """

    design: Design
    people: People
    whole: People
    unit: Unit
    has_pre: bool
    same: bool
    passes: bool
    exact: bool
    called: str = ""

    @property
    def trained(self) -> Bools:
        """Who was trained."""
        return self.people.trained

    @property
    def gain(self) -> Floats:
        """After less before."""
        return self.people.gain

    @property
    def clusters(self) -> Ints | None:
        """Who is alike with whom, None where nobody is: the units that were chosen, else the classes that people sat in together."""
        people = self.people
        if self.design is Design.UNITS:
            return people.unit if np.any(people.unit >= 0) else None
        if self.design in COMPARED and whole(people.trained, people.unit) and 2 * len(np.unique(people.unit)) <= len(people):
            return people.unit
        classes = people.class_[people.trained]
        if _several(classes):
            return people.class_
        return people.unit if self.design not in COMPARED and _several(people.unit) else None

    @property
    def units(self) -> tuple[int, int]:
        """How many clusters were trained and how many not."""
        clusters = self.clusters
        if clusters is None:
            return 0, 0
        return len(np.unique(clusters[self.trained])), len(np.unique(clusters[~self.trained]))


def study(sample: Sample, design: Design) -> Study:
    """What of a sample can be compared in this design. Without comparison nobody but the trained counts."""
    people = by_person(sample)
    compared = design in COMPARED and bool(np.any(~people.trained))
    if not compared:
        people = people.only(people.trained)
    scored = bool(np.any(~np.isnan(people.post)))
    if not scored:
        people = _with(people, post=people.binary)
    passes = _ones(people.post) if not scored else _ones(sample.post)
    has_pre = bool(np.any(~np.isnan(people.pre)))
    same = has_pre and (not passes or (scored and _ones(sample.pre)))
    complete = ~np.isnan(people.post) & (~np.isnan(people.pre) if has_pre else True)
    chosen = people.only(complete)
    exact = passes and _ones(chosen.post) and (not same or _ones(chosen.pre))
    if passes:
        chosen = _with(chosen, post=100 * chosen.post, pre=100 * chosen.pre if same else chosen.pre)
    unit = Unit.POINTS if passes or sample.percent else Unit.SCORE
    return Study(design, chosen, people, unit, has_pre, same, passes, exact, sample.called)


def _with(people: People, **fields: Floats) -> People:
    known = {name: getattr(people, name) for name in ("trained", "pre", "post", "unit", "class_", "binary", "attendances")}
    return People(**{**known, **fields})


def _ones(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return len(known) > 0 and bool(np.all((known == 0) | (known == 1)))


def _several(clusters: Ints) -> bool:
    known = clusters[clusters >= 0]
    count = len(np.unique(known))
    return count >= 2 and 2 * count <= len(known)
