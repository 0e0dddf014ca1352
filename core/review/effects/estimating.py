"""The estimates themselves: each takes a study and gives a figure with its interval."""

from __future__ import annotations

import numpy as np

from core.review.effects import paired, proportions
from core.review.effects.clusters import FEW, of_means
from core.review.effects.evaluation import Effect
from core.review.effects.regression import Fit, fit
from core.review.effects.sample import Floats, Ints
from core.review.effects.study import Study
from core.review.effects.terms import Design, Figure, Unit

WHOLE = 100.0
_NOISE = 1e-9

Found = tuple[Effect, float | None]
"""An effect and its p."""


def ancova(study: Study) -> Found | None:
    """People with the same figure before, compared: `post ~ 1 + pre + group`. None where before and group cannot be told apart."""
    people = study.people
    x = np.column_stack([np.ones(len(people)), people.pre - people.pre.mean(), people.trained.astype(np.float64)])
    if np.linalg.matrix_rank(x) < 3:
        return None
    return _of(Figure.ANCOVA, _steady(x, people.post, study.clusters), study)


def did(study: Study) -> Found:
    """How much more the trained gained than the others. Of a few whole units the means are compared, each unit once."""
    return _of(Figure.DID, _two_groups(study, study.gain), study)


def difference(study: Study) -> Found:
    """After, the trained less the others."""
    people = study.people
    if study.exact and study.clusters is None:
        return _share(Figure.DIFFERENCE, proportions.difference(*_passed(people.post, people.trained)))
    return _of(Figure.DIFFERENCE, _two_groups(study, people.post), study)


def gain(study: Study, figure: Figure = Figure.GAIN) -> Found:
    """After less before, of the trained alone."""
    mine = study.trained
    people = study.people.only(mine)
    if study.exact and (study.clusters is None or figure is Figure.RAW_GAIN):
        before, after = people.pre > 50, people.post > 50
        table = [int(np.sum(one & other)) for one, other in ((before, after), (before, ~after), (~before, after), (~before, ~after))]
        return _share(figure, proportions.paired_difference(*table))
    clusters = study.clusters
    return _of(figure, _steady(np.ones((len(people), 1)), people.gain, None if clusters is None else clusters[mine]), study)


def pass_rate(study: Study) -> Effect | None:
    """Passes that are known beside scores: the difference of their rates; of people chosen by score, among those of the same score."""
    people = study.people
    known = ~np.isnan(people.binary) & ((people.binary == 0) | (people.binary == 1))
    mine, others = int(np.sum(known & people.trained)), int(np.sum(known & ~people.trained))
    if study.passes or min(mine, others) < 5 or len(np.unique(people.binary[known])) < 2:
        return None
    some = people.only(known)
    if study.design is Design.BY_SCORE and study.has_pre:
        x = np.column_stack([np.ones(len(some)), some.pre - some.pre.mean(), some.trained.astype(np.float64)])
        if np.linalg.matrix_rank(x) < 3:
            return None
        found = fit(x, 100 * some.binary)
        return Effect(Figure.PASS_RATE, found.value, *found.interval(), Unit.POINTS)
    return _share(Figure.PASS_RATE, proportions.difference(*_passed(100 * some.binary, some.trained)))[0]


def standardised(study: Study) -> list[Effect]:
    """The change of the trained in standard deviations of two kinds, each under its name."""
    mine = study.people.only(study.trained)
    if study.passes:
        return []
    found = []
    for figure, make in ((Figure.D_AV, paired.d_av), (Figure.D_Z, paired.d_z)):
        one = make(mine.pre, mine.post)
        if one is not None:
            found.append(Effect(figure, one.value, one.low, one.high, Unit.DEVIATIONS))
    if paired.skewed(mine.gain):
        found.append(Effect(Figure.HODGES_LEHMANN, *paired.typical(mine.gain), study.unit, study.called))
    return found


def _two_groups(study: Study, values: Floats) -> Fit:
    clusters = study.clusters
    if study.design is Design.UNITS and clusters is not None and sum(study.units) < FEW:
        found = of_means(values, study.trained, clusters)
        if found is not None:
            return found
    x = np.column_stack([np.ones(len(values)), study.trained.astype(np.float64)])
    return _steady(x, values, None if study.design is Design.UNITS and max(study.units) < 2 else clusters)


def _steady(x: Floats, y: Floats, clusters: Ints | None) -> Fit:
    """The last coefficient; where clusters leave nothing to tell its error by, people stand for themselves."""
    found = fit(x, y, clusters)
    return fit(x, y) if np.isnan(found.error) or found.freedom < 1 else found


def _of(figure: Figure, found: Fit, study: Study) -> Found:
    value, low, high = (_whole(one, study) for one in (found.value, *found.interval()))
    if study.unit is Unit.POINTS and _shares(study):
        # A share changes by 100 points at most, however few units its interval is worked out from.
        low, high = max(low, -WHOLE), min(high, WHOLE)
    return Effect(figure, value, low, high, study.unit, study.called), found.p


def _shares(study: Study) -> bool:
    """Whether percentages are shares of a whole: how far a target was met, or how fast something grew, may be 300 % or below 0."""
    known = np.concatenate([values[~np.isnan(values)] for values in (study.people.pre, study.people.post)])
    return bool(np.all((known >= 0) & (known <= WHOLE)))


def _whole(value: float, study: Study) -> float:
    """Where everybody changed alike, what arithmetic leaves over is no change."""
    return 0.0 if abs(value) < _NOISE * max(1.0, float(np.abs(study.people.post).max())) else value


def _share(figure: Figure, found: proportions.Share) -> Found:
    return Effect(figure, 100 * found.value, 100 * found.low, 100 * found.high, Unit.POINTS), found.p


def _passed(post: Floats, trained: np.typing.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    passed = post > 50
    return int(np.sum(passed & trained)), int(trained.sum()), int(np.sum(passed & ~trained)), int((~trained).sum())
