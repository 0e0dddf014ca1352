"""`python -m tests.evals.fit_adapter OUT`: teach the encoder the field's ways of asking, by questions that no evaluation knows.

Only small changes to the weights of the upper layers are fitted (LoRA: Hu et al., 2021), so that what the model knows stays. A question is
to be nearer to the sentence and the passage that answer it than to those of other questions and to the likeliest wrong ones (InfoNCE: van
den Oord et al., 2018). What lies below the first layer that changes is computed once. Needs PyTorch, which the product does not: `pip
install torch`. A quarter of an hour on two cores that have bfloat16. `--held 5` keeps every
fifth document's questions back and reports how many of them are found.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from tests.evals import training
from tests.evals.encoder import Encoder, descend
from tests.evals.training import Asked, Corpus

FIRST_LAYER, RANK = 4, 16
EPOCHS, BATCH, PASSAGES_A_BATCH, RATE, HEAT = 3, 48, 16, 2e-3, 0.03
HARD = 12
_LONGEST = {"query": 64, "sentence": 128, "passage": 128}


class Searcher(Encoder):
    """The encoder in two halves: `lower` gives the states (tokens, hidden) before the first layer that changes, `upper` the vectors
    (texts, hidden) of a list of such."""

    def lower(self, texts: Sequence[str], longest: int, at_once: int = 48) -> list[torch.Tensor]:
        """What the layers that stay make of each text."""
        return self.lower_tokens([self.tokeniser.encode(text, longest) for text in texts], at_once)

    @torch.no_grad()
    def lower_tokens(self, tokens: Sequence[Sequence[int]], at_once: int = 48) -> list[torch.Tensor]:
        """The same of texts given as tokens."""
        order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
        out: list[torch.Tensor] = [torch.empty(0)] * len(tokens)
        for at in range(0, len(order), at_once):
            some = order[at : at + at_once]
            states, _ = self.through([self.embedded(tokens[i]) for i in some], 0, self.first)
            for row, i in enumerate(some):
                out[i] = states[row, : len(tokens[i])].bfloat16().clone()
        return out

    def upper(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """The vectors of texts, of length 1."""
        state, real = self.through(states, self.first, len(self.layers))
        counted = real[..., None].float()
        return functional.normalize((state * counted).sum(1) / counted.sum(1), dim=-1)

    @torch.no_grad()
    def all(self, states: Sequence[torch.Tensor], at_once: int = 64) -> np.ndarray[Any, np.dtype[np.float32]]:
        """The vectors of many texts."""
        order = sorted(range(len(states)), key=lambda i: len(states[i]))
        out = np.empty((len(states), self.sizes.hidden), np.float32)
        for at in range(0, len(order), at_once):
            some = order[at : at + at_once]
            out[some] = self.upper([states[i] for i in some]).numpy()
        return out


class Fitting:
    """One fit over a corpus."""

    def __init__(self, corpus: Corpus, asked: Sequence[Asked]) -> None:
        self.corpus, self.asked = corpus, asked
        self.encoder = Searcher(FIRST_LAYER, RANK)
        self.queries = self.encoder.lower([f"query: {one.query}" for one in asked], _LONGEST["query"])
        self.sentences = self.encoder.lower([f"passage: {text}" for text in corpus.sentences], _LONGEST["sentence"])
        self.passages = self.encoder.lower([f"passage: {text}" for text in corpus.passages], _LONGEST["passage"])
        self.likely = self._likeliest()

    def _likeliest(self) -> list[list[int]]:
        """For every question the nearest sentences of its document that do not answer it, as the encoder sees it before it is taught. Those
        of other documents may answer as well."""
        near = self.encoder.all(self.queries) @ self.encoder.all(self.sentences).T
        home = np.array([self.corpus.documents[passage] for passage in self.corpus.of])
        found = []
        for row, one, answering in zip(near, self.asked, self.corpus.answering, strict=True):
            there = np.flatnonzero(home == one.document)
            order = (int(at) for at in there[np.argsort(-row[there])])
            found.append([at for at in order if at not in answering][:HARD])
        return found

    def fit(self, chosen: Sequence[int]) -> None:
        """Go over the chosen questions `EPOCHS` times."""
        taught = self.encoder.taught()
        optimiser = torch.optim.AdamW(taught, lr=RATE, weight_decay=0.01)
        steps = EPOCHS * math.ceil(len(chosen) / BATCH)
        pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
        begun = time.monotonic()
        for epoch in range(EPOCHS):
            order, total = random.sample(list(chosen), len(chosen)), 0.0
            for at in range(0, len(order), BATCH):
                total += descend(self._loss(order[at : at + BATCH]), taught, optimiser, pace)
            print(f"epoch {epoch + 1}: {total / math.ceil(len(order) / BATCH):.3f} after {time.monotonic() - begun:.0f} s", flush=True)

    def _loss(self, some: Sequence[int]) -> torch.Tensor:
        questions = self.encoder.upper([self.queries[i] for i in some])
        answering, holding = self.corpus.answering, self.corpus.holding
        sentences = {random.choice(sorted(answering[i])) for i in some if answering[i]}
        sentences |= {random.choice(self.likely[i]) for i in some if self.likely[i]}
        passages = {random.choice(sorted(holding[i])) for i in random.sample(list(some), min(PASSAGES_A_BATCH, len(some))) if holding[i]}
        loss = self._apart(questions, self.sentences, sorted(sentences), [answering[i] for i in some])
        return loss + self._apart(questions, self.passages, sorted(passages), [holding[i] for i in some])

    def _apart(
        self, questions: torch.Tensor, states: Sequence[torch.Tensor], shown: list[int], right: list[frozenset[int]]
    ) -> torch.Tensor:
        likeness = questions @ self.encoder.upper([states[at] for at in shown]).T / HEAT
        is_right = torch.tensor([[at in one for at in shown] for one in right])
        of_right = torch.logsumexp(likeness.masked_fill(~is_right, -1e4), 1)
        return (torch.logsumexp(likeness, 1) - of_right)[is_right.any(1)].mean()

    def report(self, chosen: Sequence[int]) -> None:
        """How many of the chosen questions find their passage among the first five by its nearest sentence, per cent by type."""
        near = self.encoder.all([self.queries[i] for i in chosen]) @ self.encoder.all(self.sentences).T
        best = np.full((len(chosen), len(self.corpus.passages)), -np.inf, np.float32)
        np.maximum.at(best.T, np.array(self.corpus.of), near.T)
        first = np.argsort(-best, axis=1)[:, :5]
        found: dict[str, list[bool]] = {}
        for row, i in zip(first, chosen, strict=True):
            found.setdefault(self.asked[i].type, []).append(bool(self.corpus.holding[i] & set(row.tolist())))
        print(", ".join(f"{name} {100 * np.mean(hits):.1f} ({len(hits)})" for name, hits in sorted(found.items())), flush=True)


def main() -> int:
    """Fit, report and save."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_adapter", description="Fit the encoder's adapter.")
    parser.add_argument("out", type=Path, help="the file to write, such as core/documents/embedding/adapter.npz")
    parser.add_argument("--held", type=int, default=0, metavar="N", help="keep every N-th document's questions back and report on them")
    parser.add_argument("--data", type=Path, help="keep the library in this folder and use it again (default: a temporary one)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    asked = [one for one in training.taught() if one.answerable]
    with training.opened(options.data) as instance:
        corpus = training.corpus(instance, asked)
    names = sorted({one.document for one in asked})
    held = set(names[:: options.held]) if options.held else set()
    fitting = Fitting(corpus, asked)
    back = [i for i, one in enumerate(asked) if one.document in held]
    if back:
        fitting.report(back)
    fitting.fit([i for i, one in enumerate(asked) if one.document not in held])
    if back:
        fitting.report(back)
    np.savez_compressed(options.out, **fitting.encoder.changes())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
