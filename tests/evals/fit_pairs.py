"""`python -m tests.evals.fit_pairs OUT`: teach the encoder to read question and sentence together, by questions that no evaluation knows.

As in `fit_adapter` only changes of low rank in the upper layers are fitted, over the adapter's, with a head on the mean and the first state
(cross-encoder: Nogueira and Cho, 2019). The sentence that answers is to score higher than the likeliest wrong ones of its document, and one
of another, and over 0; the wrong ones, and all where nothing answers, under 0. One round: a second makes it worse on other people's
questions. Needs PyTorch, which the product does not: `pip install torch`. A quarter of an hour on two cores that have bfloat16.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core.documents.embedding.adapter import read_adapter
from core.documents.embedding.pairs import paired
from tests.evals import training
from tests.evals.encoder import PARTS, descend
from tests.evals.fit_adapter import FIRST_LAYER, Searcher
from tests.evals.training import Asked, Corpus

RANK, EPOCHS, BATCH = 16, 1, 14
RATE, HEAD_RATE = 1e-3, 3e-3
OWN, FAR, PEAKS_OF = 3, 10, 400
_RIGHT_COUNTS, _WRONG_COUNTS = 2.0, 0.5
_LONGEST_QUESTION, _LONGEST_SENTENCE = 64, 128


@dataclass(frozen=True)
class Group:
    """A question's pairs, by their numbers: the one that answers, if any, and others that do not."""

    right: int | None
    wrong: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """The pairs, the right one first."""
        return self.wrong if self.right is None else (self.right, *self.wrong)


class Reader(nn.Module):
    """Pairs → how well the sentence answers, as log-odds."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = adapted(Searcher(FIRST_LAYER, RANK))
        self.size = self.encoder.sizes.hidden
        self.head = nn.Linear(2 * self.size, 1)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)

    def forward(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """The log-odds of pairs, given as the states before the first layer that changes."""
        state, real = self.encoder.through(states, self.encoder.first, len(self.encoder.layers))
        counted = real[..., None].float()
        mean = (state * counted).sum(1) / counted.sum(1)
        seen = torch.cat([functional.layer_norm(mean, (self.size,)), functional.layer_norm(state[:, 0], (self.size,))], 1)
        scores: torch.Tensor = self.head(seen)[:, 0]
        return scores


def adapted(encoder: Searcher) -> Searcher:
    """The encoder with what the adapter of search has taught it already."""
    adapter = read_adapter()
    for number, layer in enumerate(encoder.layers):
        for part in PARTS:
            change = adapter.change(f"l{number}.{part}")
            if not isinstance(change, float):
                layer[part].weights += torch.tensor(change).bfloat16()  # type: ignore[index]
    return encoder


def near(corpus: Corpus, asked: Sequence[Asked]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """How like each question is to each sentence, to the encoder of search."""
    encoder = adapted(Searcher(FIRST_LAYER, 0))
    questions = encoder.all(encoder.lower([f"query: {one.query}" for one in asked], _LONGEST_QUESTION))
    sentences = encoder.all(encoder.lower([f"passage: {text}" for text in corpus.sentences], _LONGEST_SENTENCE))
    found: np.ndarray[Any, np.dtype[np.float32]] = questions @ sentences.T
    return found


def pairs(corpus: Corpus, asked: Sequence[Asked]) -> tuple[list[tuple[str, str]], list[Group]]:
    """Question and sentence, and what belongs to one question."""
    home = np.array([corpus.documents[passage] for passage in corpus.of])
    found: list[tuple[str, str]] = []
    groups = []
    for row, one, quoted in zip(near(corpus, asked), asked, corpus.answering, strict=True):
        if one.answerable and not quoted:
            continue
        # Where nothing answers, what is quoted is what tempts most.
        right, tempting = ([random.choice(sorted(quoted))], []) if one.answerable else ([], sorted(quoted)[:1])
        order = np.argsort(-row)
        own = [int(at) for at in order[home[order] == one.document] if int(at) not in quoted][: 2 * OWN + 2]
        # Of other documents the very likeliest may answer as well.
        far = [int(at) for at in order[:80] if home[at] != one.document][2:FAR]
        wrong = [*tempting, *random.sample(own, min(len(own), OWN)), *random.sample(far, min(len(far), 1))]
        numbers = range(len(found), len(found) + len(right) + len(wrong))
        found.extend((one.query, corpus.seen[at]) for at in (*right, *wrong))
        groups.append(Group(numbers[0] if right else None, tuple(numbers[len(right) :])))
    return found, groups


def loss(scores: torch.Tensor, some: Sequence[Group]) -> torch.Tensor:
    """How far the scores of these groups' pairs, one group after another, are from what they should be."""
    first = np.cumsum([0, *(len(one.all) for one in some)])
    right = torch.zeros(len(scores))
    right[[int(at) for at, one in zip(first, some, strict=False) if one.right is not None]] = 1.0
    counts = torch.where(right > 0, _RIGHT_COUNTS, _WRONG_COUNTS)
    off = functional.binary_cross_entropy_with_logits(scores, right, weight=counts)
    behind = [
        torch.logsumexp(scores[at : at + len(one.all)], 0) - scores[at]
        for at, one in zip(first, some, strict=False)
        if one.right is not None
    ]
    return off + torch.stack(behind).mean() if behind else off


def fit(reader: Reader, states: Sequence[torch.Tensor], groups: Sequence[Group]) -> None:
    """Go over the groups `EPOCHS` times."""
    taught = [*reader.encoder.taught(), *reader.head.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": reader.encoder.taught(), "lr": RATE}, {"params": reader.head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01
    )
    batches = math.ceil(len(groups) / BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, [RATE, HEAD_RATE], total_steps=EPOCHS * batches, pct_start=0.1)
    begun = time.monotonic()
    for epoch in range(EPOCHS):
        order, total = random.sample(list(groups), len(groups)), 0.0
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            total += descend(loss(reader([states[i] for one in some for i in one.all]), some), taught, optimiser, pace)
            if at // BATCH % 100 == 99:
                print(f"  {at + BATCH} groups, {total / (at // BATCH + 1):.3f}, {time.monotonic() - begun:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: {total / batches:.3f} after {time.monotonic() - begun:.0f} s", flush=True)


def arrays(reader: Reader, found: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What `core.documents.embedding.pairs` reads: the adapter's changes and these as one, the head, and how loud the wide layers are."""
    adapter, changes = read_adapter(), reader.encoder.changes()
    joined = {}
    for layer in {name.rsplit(".", 1)[0] for name in changes}:
        up, down = adapter.factors[layer]
        joined[f"{layer}.up"] = np.hstack([up, changes[f"{layer}.up"]]).astype(np.float16)
        joined[f"{layer}.down"] = np.vstack([down, changes[f"{layer}.down"]]).astype(np.float16)
    head = reader.head.weight.detach().numpy()[0]
    peaks = reader.encoder.peaks(
        [paired(reader.encoder.tokeniser, *pair) for pair in random.sample(list(found), min(len(found), PEAKS_OF))]
    )
    return {**joined, **peaks, "head": head.astype(np.float32), "constant": np.float32(reader.head.bias.detach().numpy()[0])}


def main() -> int:
    """Fit and save."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_pairs", description="Fit the joint reader.")
    parser.add_argument("out", type=Path, help="the file to write, such as core/documents/embedding/pairs.npz")
    parser.add_argument("--data", type=Path, help="keep the library in this folder and use it again (default: a temporary one)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    asked = training.taught()
    with training.opened(options.data) as instance:
        corpus = training.corpus(instance, asked)
    found, groups = pairs(corpus, asked)
    print(f"{len(groups)} questions, {len(found)} pairs", flush=True)
    reader = Reader()
    states = lower(reader.encoder, found)
    fit(reader, states, groups)
    np.savez_compressed(options.out, **arrays(reader, found))
    return 0


@torch.no_grad()
def lower(encoder: Searcher, found: Sequence[tuple[str, str]], at_once: int = 48) -> list[torch.Tensor]:
    """What the layers that stay make of each pair."""
    return encoder.lower_tokens([paired(encoder.tokeniser, *pair) for pair in found], at_once)


if __name__ == "__main__":
    raise SystemExit(main())
