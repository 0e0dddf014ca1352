"""`python -m tests.evals.fit_wording [--data DIR]`: fit what the decoder knows of wording. Dev and fresh units only, never the test half.

Logistic regression with shrinkage over `core.strategy.decoding.wording.signs`: one for abilities, one of four classes for the
perspectives. Each side, and each perspective, counts as much as the others, so that a score is evidence and no prior. The
printed F1 is that of cross-validation by document, of the wording alone; the fit itself goes to `wording.npz`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from core.documents.parsed import ParsedDocument
from core.strategy.decoding.clauses import Sentence, sentences
from core.strategy.decoding.wording import SIZE, VIEWS, WEIGHTS, Array, signs
from tests.evals import decoding_units as data
from tests.evals.decoding_units import Label, Unit

_STRENGTH = 2.0
_FOLDS = 8
_SHARED = 0.5
_SETTINGS = {"maxiter": 80, "ftol": 1e-5}


@dataclass(frozen=True)
class Sample:
    """The labelled sentences: their signs a row each, their documents, whether they ask for an ability, their perspectives (-1: none)."""

    rows: Any
    documents: tuple[str, ...]
    abilities: np.ndarray[Any, np.dtype[np.bool_]]
    views: np.ndarray[Any, np.dtype[np.int64]]


def collect(kept: Path | None) -> Sample:
    """The sentences of the units that may be tuned on, as the decoder sees them; rows of tables have rules of their own."""
    units = [unit for split in ("dev", "fresh") for unit in data.units(split) if unit.unit != "row"]
    labels = data.gold()
    pairs: list[tuple[str, Sentence, Label]] = []
    for name, parsed in data.parse((unit.document for unit in units), kept).items():
        own = [unit for unit in units if unit.document == name]
        pairs += [(name, sentence, labels[unit.id]) for sentence, unit in _matched(parsed, own)]
    seen = [signs(sentence) for _, sentence, _ in pairs]
    ends = np.cumsum([0, *(len(places) for places, _ in seen)])
    places, counts = (np.concatenate([np.array(one[part]) for one in seen]) for part in (0, 1))
    views = [VIEWS.index(label.perspective) if label.perspective else -1 for _, _, label in pairs]  # type: ignore[arg-type]
    return Sample(
        rows=csr_matrix((counts, places, ends), shape=(len(pairs), SIZE)),
        documents=tuple(name for name, _, _ in pairs),
        abilities=np.array(["capability" in label.kinds for _, _, label in pairs]),
        views=np.array(views),
    )


def fit(rows: Any, classes: np.ndarray[Any, np.dtype[np.int64]], number: int) -> Array:
    """The weights of each of `number` classes, one column each, all drawn to 0."""
    wanted = np.eye(number)[classes]
    share = _STRENGTH * (len(classes) / (number * np.maximum(1, wanted.sum(axis=0))))[classes][:, None]
    across = rows.T.tocsr()

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(-1, number)
        scores = rows @ weights
        logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
        slope = across @ (share * (np.exp(logs) - wanted)) + weights
        return float(-(share * wanted * logs).sum() + flat @ flat / 2), slope.ravel()

    found = minimize(loss, np.zeros(rows.shape[1] * number), jac=True, method="L-BFGS-B", options=_SETTINGS)
    weights: Array = found.x.reshape(-1, number)
    return weights


def scores(rows: Any, sample: Sample) -> Array:
    """The weights of abilities and perspectives fitted to `rows` of `sample` (a mask), a column each as `wording` keeps them."""
    abilities = fit(sample.rows[rows], sample.abilities[rows].astype(int), 2)
    seen = rows & (sample.views >= 0)
    return np.column_stack([abilities[:, 1] - abilities[:, 0], fit(sample.rows[seen], sample.views[seen], len(VIEWS))])


def cross_validated(sample: Sample) -> Array:
    """The scores of each sentence by weights that were fitted without its document."""
    names = sorted(set(sample.documents))
    folds = dict(zip(np.random.default_rng(2027).permutation(names).tolist(), np.arange(len(names)) % _FOLDS, strict=True))
    fold = np.array([folds[name] for name in sample.documents])
    found = np.zeros((len(fold), 1 + len(VIEWS)))
    for number in range(_FOLDS):
        found[fold == number] = sample.rows[fold == number] @ scores(fold != number, sample)
    return found


def main() -> int:
    """Cross-validate, print, fit to all and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_wording")
    parser.add_argument("--data", type=Path, help="keep the documents as read in this folder and use them again")
    sample = collect(parser.parse_args().data)
    found = cross_validated(sample)
    wanted, read = sample.abilities, found[:, 0] > 0
    print(f"abilities: F1 {200 * (wanted & read).sum() / (wanted.sum() + read.sum()):.1f} of {wanted.sum()}")
    seen = sample.views >= 0
    print(f"perspective right: {100 * (found[seen, 1:].argmax(axis=1) == sample.views[seen]).mean():.1f} of {seen.sum()}")
    weights = scores(np.ones(len(sample.documents), dtype=bool), sample)
    np.savez_compressed(WEIGHTS, weights=weights.astype(np.float16))
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size // 1024} KB")
    return 0


def _matched(parsed: ParsedDocument, units: Sequence[Unit]) -> Iterator[tuple[Sentence, Unit]]:
    """Each sentence with the unit that it shares most characters with, if that is at least half of the shorter of the two."""
    spans = [(unit, span) for unit in units if (span := data.find(unit, parsed))]
    for sentence in sentences(parsed):
        near = [(min(end, sentence.end) - max(start, sentence.start), end - start, unit) for unit, (start, end) in spans]
        enough = [(shared, unit) for shared, length, unit in near if shared >= _SHARED * min(length, sentence.end - sentence.start)]
        if enough:
            yield sentence, max(enough, key=lambda pair: pair[0])[1]


if __name__ == "__main__":
    raise SystemExit(main())
