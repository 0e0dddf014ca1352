"""`python -m tests.evals.fit_answerable`: fit the model that decides whether evidence answers a question. Dev half only.

Logistic regression by Newton's method over `core.documents.answers.answerable.features`, with vectors and without, each weight drawn
towards the one that stands: those came from more questions than the dev half. An unanswerable question counts 0; an answerable one counts 1
if the search brings a passage that answers it, and is left out otherwise, since there is nothing to recognise. The printed rates are
those of ten-fold cross-validation, not of the fit itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents.answers.answerable import features, standing
from core.documents.answers.evidence import evidence
from core.documents.answers.question import understand
from core.documents.hits import Hit
from tests.evals import library
from tests.evals.labels import Question, read
from tests.evals.library import Library, place
from tests.evals.matching import holds

_SHRINKAGE = 1.0
_STEPS = 30
_FOLDS = 10
_CONSTANT = "constant"
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Sample:
    """What the model sees of each question, by feature name, and whether it should answer."""

    names: tuple[str, ...]
    rows: Array
    labels: Array

    @property
    def standing(self) -> Array:
        """The weights that the product has for these features."""
        known = standing(vectors="likeness" in self.names)
        return np.array([known[name] for name in self.names])


def collect(built: Library, asked: Sequence[Question], *, vectors: bool) -> Sample:
    """The features of `asked`, each column a feature, the first the constant."""
    rows: list[dict[str, float]] = []
    labels: list[float] = []
    for question in asked:
        looked_up = built.instance.assistant.look_up(LOCAL_ADMINISTRATOR, question.query, question.earlier)
        if question.answerable and not _answers(question, looked_up.hits, built):
            continue
        index = built.instance.index
        whole = understand(looked_up.full)
        found = evidence(whole, looked_up.hits, index.lexical, index.embedder if vectors else None, built.parsed, index.sentence_vectors)
        if found:
            rows.append({_CONSTANT: 1.0, **features(whole, found[0])})
            labels.append(float(question.answerable))
    names = tuple(rows[0])
    return Sample(names, np.array([[row[name] for name in names] for row in rows]), np.array(labels))


def fit(rows: Array, labels: Array, towards: Array) -> Array:
    """The weights that fit best, drawn `towards` these, the constant hardly."""
    weights = towards.copy()
    shrink = np.full(rows.shape[1], _SHRINKAGE)
    shrink[0] = 0.01
    for _ in range(_STEPS):
        chance = _chances(rows, weights)
        slope = rows.T @ (labels - chance) - shrink * (weights - towards)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(shrink)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def cross_validated(sample: Sample) -> Array:
    """Each question's probability by a model that was fitted without its fold."""
    fold = np.random.default_rng(2027).permutation(len(sample.labels)) % _FOLDS
    chances = np.zeros(len(sample.labels))
    for number in range(_FOLDS):
        held = fold == number
        chances[held] = _chances(sample.rows[held], fit(sample.rows[~held], sample.labels[~held], sample.standing))
    return chances


def main() -> int:
    """Fit both models and print their weights and what thresholds come to."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_answerable")
    parser.add_argument("--data", type=Path, help="the folder of an evaluation library that is there already")
    options = parser.parse_args()
    asked = read("dev")
    with library.opened(options.data) as built:
        for title, vectors in (("with vectors", True), ("words only", False)):
            _show(title, collect(built, asked, vectors=vectors))
    return 0


def _show(title: str, sample: Sample) -> None:
    yes = sample.labels == 1
    print(f"{title}: {int(yes.sum())} to answer, {int((~yes).sum())} to refuse")
    for name, weight in zip(sample.names, fit(sample.rows, sample.labels, sample.standing), strict=True):
        print(f'    "{name}": {weight:.2f},')
    chances = cross_validated(sample)
    for threshold in np.arange(0.2, 0.81, 0.1):
        answered, refused = float((chances[yes] >= threshold).mean()), float((chances[~yes] < threshold).mean())
        print(f"    threshold {threshold:.1f}: answered {answered:.3f}, refused {refused:.3f}")
    print()


def _answers(question: Question, hits: Sequence[Hit], built: Library) -> bool:
    places = [place(hit) for hit in hits]
    return any(holds(one, gold, built.texts) for one in places for group in question.groups for gold in group)


def _chances(rows: Array, weights: Array) -> Array:
    chances: Array = 1.0 / (1.0 + np.exp(-(rows @ weights)))
    return chances


if __name__ == "__main__":
    raise SystemExit(main())
