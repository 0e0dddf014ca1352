"""From a sample and the way in which trainees were chosen to an effect, and to what can be said of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.review.effects import cautions, estimating, selection, verdict
from core.review.effects.evaluation import LEAST, Caution, Counts, Effect, Evaluation, Level
from core.review.effects.sample import Sample
from core.review.effects.study import Study, study
from core.review.effects.terms import COMPARED, Design, Estimator, Figure


@dataclass(frozen=True)
class _Chosen:
    """The estimate that a design calls for, the others beside it, and what may be said."""

    estimator: Estimator
    effect: Effect
    also: list[Effect]
    p: float | None
    causal: bool
    words: verdict.Pair
    rivals: tuple[Effect, ...] = ()


def evaluate(sample: Sample, design: Design) -> Evaluation:
    """The effect by the estimator that fits `design`; no figure at all where a group has fewer than five people with complete data."""
    made = study(sample, design)
    around = tuple(cautions.of_people(sample, made))
    compared = design in COMPARED and bool(np.any(~made.whole.trained))
    trained, others = int(made.trained.sum()), int((~made.trained).sum())
    if trained < LEAST or (compared and others < LEAST):
        return _hidden(design)
    n = Counts(trained, others, trained + others, int(made.people.attendances.sum()))
    if not compared and not (made.has_pre and made.same):
        can, cannot = verdict.nothing()
        return Evaluation(design, Estimator.NONE, None, (), n, False, can, cannot, around, _levels(made))
    found = _BY_DESIGN[design](made, n) if compared else _described(made, n)
    extra = [one for one in (estimating.pass_rate(made) if compared else None,) if one is not None]
    warnings = (
        *around,
        *cautions.of_figures(made),
        *cautions.of_clusters(made),
        *cautions.of_design(made),
        *cautions.of_estimates(found.effect, list(found.rivals)),
    )
    can, cannot = found.words
    also = (*found.also, *extra)
    return Evaluation(design, found.estimator, found.effect, also, n, found.causal, can, cannot, warnings, _levels(made), found.p)


def _hidden(design: Design) -> Evaluation:
    can, cannot = verdict.hidden()
    said = Caution("fewer_than_five", cannot)
    return Evaluation(design, Estimator.NONE, None, (), Counts(None, None, None, None), False, can, cannot, (said,))


def _described(made: Study, n: Counts) -> _Chosen:
    effect, p = estimating.gain(made)
    return _Chosen(Estimator.PAIRED, effect, estimating.standardised(made), p, False, verdict.described(effect, n))


def _random(made: Study, n: Counts) -> _Chosen:
    plain, plain_p = estimating.difference(made)
    also = _others(made)
    adjusted = estimating.ancova(made) if made.has_pre and not (made.exact and made.clusters is None) else None
    if adjusted is None:
        return _Chosen(Estimator.DIFFERENCE, plain, also, plain_p, True, verdict.causal(made.design, plain, n))
    effect, p = adjusted
    return _Chosen(Estimator.ANCOVA, effect, [plain, *also], p, True, verdict.causal(made.design, effect, n))


def _by_score(made: Study, n: Counts) -> _Chosen:
    adjusted = estimating.ancova(made) if made.has_pre else None
    if adjusted is None:
        return _unadjusted(made, n)
    effect, p = adjusted
    if selection.parted(made.people.pre, made.trained) < selection.UNLIKELY:
        # The estimate is that of the training only where the score is what chose: here the figures say that it did not.
        return _Chosen(Estimator.ANCOVA, effect, _others(made), p, False, verdict.chosen_otherwise(effect, n))
    return _Chosen(Estimator.ANCOVA, effect, _others(made), p, True, verdict.causal(made.design, effect, n))


def _units(made: Study, n: Counts) -> _Chosen:
    if not (made.has_pre and made.same):
        return _unadjusted(made, n)
    effect, p = estimating.did(made)
    adjusted = estimating.ancova(made)
    other = [adjusted[0]] if adjusted else []
    also = [*other, estimating.gain(made, Figure.RAW_GAIN)[0]]
    if made.units == (1, 1):
        return _Chosen(Estimator.DID, effect, also, p, False, verdict.one_unit_each(effect, n), tuple(other))
    return _Chosen(Estimator.DID, effect, also, p, True, verdict.causal(made.design, effect, n), tuple(other))


def _volunteers(made: Study, n: Counts) -> _Chosen:
    adjusted = estimating.ancova(made) if made.has_pre and made.same else None
    if adjusted is None:
        return _unadjusted(made, n)
    gains, p_of_gains = estimating.did(made)
    both = [adjusted[0], gains]
    low, high = min(one.low or 0.0 for one in both), max(one.high or 0.0 for one in both)
    middle = (both[0].value + both[1].value) / 2
    effect = Effect(Figure.BRACKET, middle, low, high, made.unit, made.called)
    also = [*both, estimating.gain(made, Figure.RAW_GAIN)[0]]
    # A range of two estimates is as sure as the one that is less so.
    p = None if adjusted[1] is None or p_of_gains is None else max(adjusted[1], p_of_gains)
    return _Chosen(Estimator.BRACKET, effect, also, p, False, verdict.bracket(effect, n))


def _unadjusted(made: Study, n: Counts) -> _Chosen:
    effect, p = estimating.difference(made)
    return _Chosen(Estimator.DIFFERENCE, effect, _others(made), p, False, verdict.difference(effect, n, made))


def _others(made: Study) -> list[Effect]:
    if not (made.has_pre and made.same):
        return []
    return [estimating.did(made)[0], estimating.gain(made, Figure.RAW_GAIN)[0]]


_BY_DESIGN = {
    Design.RANDOM: _random,
    Design.BY_SCORE: _by_score,
    Design.UNITS: _units,
    Design.VOLUNTEERS: _volunteers,
}


def _levels(made: Study) -> tuple[Level, ...]:
    """The means of each group before and after; both groups are large enough here."""
    found = []
    for arm in (True, False):
        mine = made.people.only(made.trained == arm)
        if len(mine):
            before = float(mine.pre.mean()) if made.has_pre and made.same else None
            found.append(Level(arm, before, float(mine.post.mean())))
    return tuple(found)
