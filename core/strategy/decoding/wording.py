"""What the wording of labelled sentences says of a new one: evidence beside the rules, learned and not written.

A small convolutional network over characters and words (Kim, 2014: convolutional neural networks for sentence classification), fitted by
`tests/evals/fit_wording.py` and kept in `wording.npz`. It sees a sentence, the headings above it, what comes before it and the document's
kind. A piece of text has the same vector wherever it stands, so each filter is a table by piece, made once: a sentence then costs a
tenth of a millisecond and needs nothing but these tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.documents.tables import DocumentKind
from core.patterns import lazily
from core.strategy.decoding.clauses import Sentence
from core.strategy.findings import FindingKind, Perspective

WEIGHTS = Path(__file__).with_name("wording.npz")
KINDS = (FindingKind.THEME, FindingKind.TASK, FindingKind.TARGET, FindingKind.CAPABILITY)
VIEWS = tuple(Perspective)
FIRST, LAST = 6, 4
"""How many pieces at either end of a sentence are seen in their order, too."""
UNKNOWN = 1
_PATH, _BEFORE, _TEXT, _END = 20, 24, 90, 20
_BLOCKS = ("heading", "paragraph", "list", "note")
_DOCUMENTS = tuple(kind.value for kind in DocumentKind)
_LONG, _SHORT_OF_LONG = 120, 60
# So many sentences take some 50 MB while they are read.
_AT_ONCE = 1000
_PIECE = lazily(r"[a-z]+|\d|[^\sa-z\d]")
_DIGIT = lazily(r"\d")
Array = NDArray[np.float32]
Pieces = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True)
class Evidence:
    """The log-odds that a sentence is of each kind and that it reports what has been achieved; the logarithm of how likely each
    perspective is, if it is of any kind. `before`: where the large reader says so, what the small network said."""

    kinds: dict[FindingKind, float]
    achieved: float
    views: dict[Perspective, float]
    before: Evidence | None = None


def evidence(sentences: Sequence[Sentence], kind: DocumentKind) -> list[Evidence]:
    """What the wording of each sentence of a document of this kind speaks for."""
    return [said for at in range(0, len(sentences), _AT_ONCE) for said in _evidence(sentences[at : at + _AT_ONCE], kind)]


def _evidence(sentences: Sequence[Sentence], kind: DocumentKind) -> list[Evidence]:
    shapes = np.array([shape(one, kind) for one in sentences], np.float32)
    return spoken_for(_network().scores([pieces(one) for one in sentences], shapes))


def spoken_for(scores: Array) -> list[Evidence]:
    """The network's scores (sentences, 9) as evidence: the kinds, the achieved, the perspectives."""
    views = scores[:, len(KINDS) + 1 :]
    views = views - np.logaddexp.reduce(views, axis=1)[:, None]
    return [
        Evidence(
            dict(zip(KINDS, row[: len(KINDS)].tolist(), strict=True)),
            float(row[len(KINDS)]),
            dict(zip(VIEWS, seen.tolist(), strict=True)),
        )
        for row, seen in zip(scores, views, strict=True)
    ]


def pieces(sentence: Sentence) -> Pieces:
    """The characters and words of the headings above a sentence, of what comes before it, and of itself, each cut to what is seen."""
    own = _cut(sentence.text)
    return (
        _cut(" / ".join(sentence.path))[-_PATH:],
        _cut(sentence.before)[-_BEFORE:],
        own if len(own) <= _TEXT else own[: _TEXT - _END] + own[-_END:],
    )


def shape(sentence: Sentence, kind: DocumentKind) -> list[float]:
    """What is seen of a sentence beside its words."""
    return [
        *(float(sentence.block == block) for block in _BLOCKS),
        *(float(kind.value == one) for one in _DOCUMENTS),
        min(len(sentence.text), _LONG) / _SHORT_OF_LONG,
        float(bool(_DIGIT.search(sentence.text))),
        float(bool(sentence.path)),
        float(len(sentence.path) > 1),
    ]


def _cut(text: str) -> list[str]:
    return _PIECE.findall(unicodedata.normalize("NFKC", text).lower())


class _Network:
    """The weights, and the tables made of them. Piece 0 is none, piece 1 any that was not seen when fitting."""

    def __init__(self, weights: dict[str, Any]) -> None:
        self._numbers = {piece: at for at, piece in enumerate(weights["pieces"].tolist(), start=UNKNOWN + 1)}
        self._vectors: Array = weights["vectors"]
        self._dense = {name: weights[name] for name in weights if name.split(".")[0] in ("first", "last", "hidden", "out")}
        self._filters = {field: self._tables(weights, field) for field in ("path", "before", "text")}

    def _tables(self, weights: dict[str, Any], field: str) -> list[tuple[list[Array], Array]]:
        """For each width of a field's filters what every piece adds at each place of the window, and the constant."""
        names = sorted(name for name in weights if name.startswith(f"{field}.") and name.endswith(".w"))
        return [([self._vectors @ place for place in weights[name]], weights[f"{name[:-2]}.b"]) for name in names]

    def scores(self, given: Sequence[Pieces], shapes: Array) -> Array:
        """The nine scores of each sentence."""
        path, before, text = ([[self._numbers.get(piece, UNKNOWN) for piece in one[field]] for one in given] for field in range(3))
        seen = [
            self._pooled("text", text, mean=True),
            self._pooled("path", path),
            self._pooled("before", before),
            self._layer("first", self._vectors[[_filled(row[:FIRST], FIRST) for row in text]].reshape(len(text), -1)),
            self._layer("last", self._vectors[[_filled(row[-LAST:], LAST, at_end=False) for row in text]].reshape(len(text), -1)),
            shapes,
        ]
        hidden = self._layer("hidden", np.concatenate(seen, axis=1))
        out: Array = hidden @ self._dense["out.w"] + self._dense["out.b"]
        return out

    def _layer(self, name: str, given: Array) -> Array:
        made: Array = np.maximum(given @ self._dense[f"{name}.w"] + self._dense[f"{name}.b"], 0.0)
        return made

    def _pooled(self, field: str, rows: Sequence[list[int]], *, mean: bool = False) -> Array:
        """The greatest answer of each filter in each row, and with `mean` its mean too. All rows are laid end to end, with empty pieces
        between, so that every filter goes over all of them at once."""
        filters = self._filters[field]
        gap = max(len(places) for places, _ in filters)
        flat = np.array(list(chain.from_iterable((*row, *[0] * gap) for row in rows)) + [0] * gap)
        lengths = np.array([len(row) for row in rows])
        starts = np.concatenate(([0], np.cumsum(lengths + gap)[:-1]))
        bounds = np.stack([starts, starts + lengths], axis=1).ravel()
        real = (lengths > 0).astype(np.float32)[:, None]
        found = []
        for places, constant in filters:
            answers = np.maximum(_summed(places, flat, len(flat) - gap) + constant, 0.0)
            found.append(np.maximum.reduceat(answers, bounds)[::2] * real)
            if mean:
                found.append(np.add.reduceat(answers, bounds)[::2] * real / np.maximum(lengths, 1)[:, None])
        return np.concatenate(found, axis=1).astype(np.float32)


def _summed(places: Iterable[Array], flat: NDArray[np.int64], length: int) -> Array:
    total: Array | float = 0.0
    for at, table in enumerate(places):
        total = total + table[flat[at : at + length]]
    assert not isinstance(total, float)
    return total


def _filled(row: list[int], length: int, *, at_end: bool = True) -> list[int]:
    empty = [0] * (length - len(row))
    return [*row, *empty] if at_end else [*empty, *row]


@cache
def _network() -> _Network:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return _Network({name: kept[name] if kept[name].dtype.kind == "U" else kept[name].astype(np.float32) for name in kept.files})
