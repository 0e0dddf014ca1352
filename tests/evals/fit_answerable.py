"""`python -m tests.evals.fit_answerable`: fit the model that decides whether evidence answers a question. Never on the test half.

Logistic regression by Newton's method over `core.documents.answers.answerable.features`, with all of them, without the joint reader's, and
without vectors, on the dev half and on the questions of the two hands that the encoder is not taught with (`training.CALIBRATING`), each
asked of its own hand's documents. The dev half's questions count five times: they are few, and written as people ask the sample branch. Of
the others literal ones count twice and paraphrased ones half, as they are most. An unanswerable question counts 0; an answerable one 1 if
the search brings a passage that answers it, and is left out otherwise, since there is nothing to recognise. The printed rates are those of
ten-fold cross-validation.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.access.actor import LOCAL_ADMINISTRATOR
from core.documents import service as library_of
from core.documents.answers.answerable import features
from core.documents.answers.evidence import evidence
from core.documents.answers.question import understand
from core.documents.hits import Hit
from core.documents.parsed import ParsedDocument
from core.documents.search import search
from core.instance import Instance
from tests.evals import library, training
from tests.evals.labels import Question, read
from tests.evals.library import Library, place
from tests.evals.matching import holds, plain

_SHRINKAGE = 1.0
_READ = 12
_DEV = 5.0
_COUNTS = {"literal": 2.0, "partial": 1.5, "paraphrase": 0.5}
_STEPS = 30
_FOLDS = 10
_CONSTANT = "constant"
Array = np.ndarray[Any, np.dtype[np.float64]]
Seen = tuple[dict[str, float], bool, float]


@dataclass(frozen=True)
class Sample:
    """What the model sees of each question, by feature name, whether it should answer, what it counts and whether it is of the dev half."""

    names: tuple[str, ...]
    rows: Array
    labels: Array
    counts: Array
    dev: np.ndarray[Any, np.dtype[np.bool_]]


def collect(built: Library, asked: Sequence[Question], *, vectors: bool) -> Iterator[Seen]:
    """The features of the dev half's questions, whether they are to be answered, and what they count."""
    for question in asked:
        looked_up = built.instance.assistant.look_up(LOCAL_ADMINISTRATOR, question.query, question.earlier)
        if question.answerable and not _answers(question, looked_up.hits, built):
            continue
        if seen := _seen(built.instance, looked_up.full, looked_up.hits, built.parsed, vectors=vectors):
            yield seen, question.answerable, _DEV


def collect_training(folder: Path | None, *, vectors: bool) -> Iterator[Seen]:
    """The same of the questions that the encoder is not taught with."""
    asked = [one for one in training.read() if one.hand in training.CALIBRATING]
    with training.opened(folder, training.CALIBRATING) as instance:
        parsed = training.documents(instance)
        with instance.database.reading() as db:
            ids = {entry.document.file_name: entry.document.id or 0 for entry in library_of.entries(db, LOCAL_ADMINISTRATOR)}
        own = {hand: sorted({ids[one.document] for one in asked if one.hand == hand}) for hand in training.CALIBRATING}
        for one in asked:
            with instance.database.reading() as db:
                hits = search(db, instance.index, LOCAL_ADMINISTRATOR, one.query, _READ, chosen=own[one.hand])
            quote = plain(one.quote)
            if one.answerable and not any(hit.document == one.document and quote in plain(hit.text) for hit in hits):
                continue
            if seen := _seen(instance, one.query, hits, parsed.__getitem__, vectors=vectors):
                yield seen, one.answerable, _COUNTS.get(one.type, 1.0)


def _seen(
    instance: Instance, query: str, hits: Sequence[Hit], parsed: Callable[[int], ParsedDocument], *, vectors: bool
) -> dict[str, float] | None:
    index, whole = instance.index, understand(query)
    if not whole.terms:
        return None
    found = evidence(whole, hits, index.lexical, index.embedder if vectors else None, parsed, index.sentence_vectors)
    return features(whole, found[0]) if found else None


def sample(dev: Sequence[Seen], other: Sequence[Seen]) -> Sample:
    """Both together, either side of each counting as much as the other."""
    rows = [{_CONSTANT: 1.0, **seen} for seen, _, _ in (*dev, *other)]
    names = tuple(rows[0])
    labels = np.array([float(answerable) for _, answerable, _ in (*dev, *other)])
    counts = np.array([count for _, _, count in (*dev, *other)])
    of_dev = np.arange(len(labels)) < len(dev)
    for part in (of_dev, ~of_dev):
        yes, no = part & (labels == 1), part & (labels == 0)
        counts[no] *= counts[yes].sum() / counts[no].sum()
    return Sample(names, np.array([[row[name] for name in names] for row in rows]), labels, counts, of_dev)


def fit(rows: Array, labels: Array, counts: Array) -> Array:
    """The weights that fit best, drawn to 0 a little, the constant hardly."""
    weights = np.zeros(rows.shape[1])
    shrink = np.full(rows.shape[1], _SHRINKAGE)
    shrink[0] = 0.01
    for _ in range(_STEPS):
        chance = _chances(rows, weights)
        slope = rows.T @ (counts * (labels - chance)) - shrink * weights
        bend = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(shrink)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def cross_validated(sample: Sample) -> Array:
    """Each question's probability by a model that was fitted without its fold."""
    fold = np.random.default_rng(2027).permutation(len(sample.labels)) % _FOLDS
    chances = np.zeros(len(sample.labels))
    for number in range(_FOLDS):
        held = fold == number
        chances[held] = _chances(sample.rows[held], fit(sample.rows[~held], sample.labels[~held], sample.counts[~held]))
    return chances


def main() -> int:
    """Fit both models and print their weights and what thresholds come to."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_answerable")
    parser.add_argument("--data", type=Path, help="the folder of an evaluation library that is there already")
    parser.add_argument("--training", type=Path, help="the folder of a library of training texts that is there already")
    options = parser.parse_args()
    for vectors in (True, False):
        with library.opened(options.data) as built:
            dev = list(collect(built, read("dev"), vectors=vectors))
        other = list(collect_training(options.training, vectors=vectors))
        if vectors:
            _show("read together", sample(dev, other))
            _show("with vectors", sample(_without_reading(dev), _without_reading(other)))
        else:
            _show("words only", sample(dev, other))
    return 0


def _without_reading(seen: Sequence[Seen]) -> list[Seen]:
    return [({name: value for name, value in one.items() if name != "answering"}, *rest) for one, *rest in seen]


def _show(title: str, sample: Sample) -> None:
    yes = sample.labels == 1
    print(f"{title}: {int(yes.sum())} to answer, {int((~yes).sum())} to refuse")
    for name, weight in zip(sample.names, fit(sample.rows, sample.labels, sample.counts), strict=True):
        print(f'    "{name}": {weight:.2f},')
    chances = cross_validated(sample)
    for part, of_part in (("dev", sample.dev), ("other", ~sample.dev)):
        for threshold in np.arange(0.3, 0.71, 0.05):
            answered = float((chances[yes & of_part] >= threshold).mean())
            refused = float((chances[~yes & of_part] < threshold).mean())
            print(f"    {part}, threshold {threshold:.2f}: answered {answered:.3f}, refused {refused:.3f}")
    print()


def _answers(question: Question, hits: Sequence[Hit], built: Library) -> bool:
    places = [place(hit) for hit in hits]
    return any(holds(one, gold, built.texts) for one in places for group in question.groups for gold in group)


def _chances(rows: Array, weights: Array) -> Array:
    chances: Array = 1.0 / (1.0 + np.exp(-(rows @ weights)))
    return chances


if __name__ == "__main__":
    raise SystemExit(main())
