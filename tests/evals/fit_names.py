"""`python -m tests.evals.fit_names OUT [--data DIR] [--held a,b]`: teach a network which words name what a figure measures.

On the labelled targets whose name stands in their sentence (`named_figures.py`), never those of the test half. The encoder of search with
a change of low rank in all its layers, and one weight for each number of a token's last state. With `--held d2,d4` those writers' are kept
back and it is reported how many of them are named alike. Needs PyTorch (`pip install torch`); five minutes on two cores that have bfloat16.
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

from core.strategy.decoding.in_context import Place, laid_out
from core.strategy.decoding.naming import in_pieces, joined, mark
from tests.evals.decoding_tuples import same_metric
from tests.evals.encoder import Encoder, descend
from tests.evals.labelled_sentences import Given, labelled
from tests.evals.named_figures import named

RANK, EPOCHS, BATCH, RATE, DROPPED = 16, 4, 24, 1e-3, 0.1
PEAKS_OF = 400


@dataclass(frozen=True)
class Marked:
    """A sentence as tokens with marks around a figure: where each of its own tokens stands, in the tokens and in the text, and which of
    them belong to the name."""

    tokens: list[int]
    own: torch.Tensor
    places: list[Place]
    belongs: torch.Tensor
    given: Given

    def name(self, belongs: torch.Tensor) -> str:
        """The name that these tokens make."""
        return joined(self.given.sentence.text, [place for place, one in zip(self.places, belongs.tolist(), strict=True) if one > 0])


class Namer(nn.Module):
    """Sentences with a marked figure → for each token the log-odds that it belongs to the name."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(first=0, rank=RANK)
        self.size = self.encoder.sizes.hidden
        self.dropped = nn.Dropout(DROPPED)
        self.head = nn.Linear(self.size, 1)
        nn.init.normal_(self.head.weight, std=0.01)

    def forward(self, some: Sequence[Marked]) -> list[torch.Tensor]:
        """The log-odds of each sentence's own tokens."""
        states, _ = self.encoder.through([self.encoder.embedded(one.tokens) for one in some], 0, len(self.encoder.layers))
        odds = self.head(self.dropped(functional.layer_norm(states, (self.size,))))[..., 0]
        return [row[one.own] for row, one in zip(odds, some, strict=True)]

    def marked(self, given: Given) -> list[Marked]:
        """The named figures of a labelled sentence."""
        laid = laid_out(self.encoder.tokeniser, given.sentence, given.title, given.kind)
        found = []
        for one in named(given, laid):
            made = mark(self.encoder.tokeniser, laid, one.figure)
            assert made is not None
            found.append(Marked(made[0], torch.tensor(made[1]), laid.places, one.belongs, given))
        return found

    def arrays(self, seen: Sequence[Marked]) -> dict[str, Any]:
        """What the product reads; `seen` are sentences like those that it will see."""
        peaks = self.encoder.peaks([one.tokens for one in random.sample(list(seen), min(len(seen), PEAKS_OF))])
        head = self.head.weight.detach().numpy()[0].astype(np.float32)
        return {**self.encoder.changes(), **peaks, "head": head, "constant": np.float32(self.head.bias.detach().numpy()[0])}


def fit(namer: Namer, taught: Sequence[Marked]) -> None:
    """Go over the figures `EPOCHS` times."""
    parts = [{"params": namer.encoder.taught(), "lr": RATE}, {"params": namer.head.parameters(), "lr": 3 * RATE}]
    optimiser = torch.optim.AdamW(parts, weight_decay=0.02)
    count = math.ceil(len(taught) / BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, [RATE, 3 * RATE], total_steps=EPOCHS * count, pct_start=0.15)
    begun = time.monotonic()
    namer.train()
    for epoch in range(EPOCHS):
        order = sorted(taught, key=lambda one: len(one.tokens) + random.random() * 10)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        total = 0.0
        for batch in random.sample(batches, len(batches)):
            off = [
                functional.binary_cross_entropy_with_logits(odds, one.belongs, reduction="sum")
                for odds, one in zip(namer(batch), batch, strict=True)
            ]
            total += descend(0.1 * torch.stack(off).mean(), list(namer.parameters()), optimiser, pace)
        print(f"epoch {epoch + 1}: {total / count:.3f} after {time.monotonic() - begun:.0f} s", flush=True)
    namer.eval()


@torch.no_grad()
def report(namer: Namer, held: Sequence[Marked]) -> None:
    """How many figures get a name like that of their label."""
    right = [
        same_metric(one.name(one.belongs), one.name(torch.tensor(in_pieces(odds.tolist())).float()))
        for at in range(0, len(held), BATCH)
        for one, odds in zip(held[at : at + BATCH], namer(held[at : at + BATCH]), strict=True)
    ]
    print(f"held back: {100 * np.mean(right):.1f} % of {len(right)} named alike", flush=True)


def main() -> int:
    """Fit, report and save."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.fit_names")
    parser.add_argument("out", type=Path, help="the file to write, such as core/strategy/decoding/names.npz")
    parser.add_argument("--data", type=Path, help="keep the documents as read in this folder and use them again")
    parser.add_argument("--held", default="", help="writers whose units are kept back, by the beginning of their ids")
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    held = set(options.held.split(",")) - {""}
    namer = Namer()
    every = [one for given in labelled(options.data) for one in namer.marked(given)]
    back = [one for one in every if one.given.unit and one.given.unit.id.split("-")[0] in held]
    taught = [one for one in every if not any(one is kept for kept in back)]
    print(f"{len(taught)} figures, {len(back)} held back", flush=True)
    fit(namer, taught)
    if back:
        report(namer, back)
    np.savez_compressed(options.out, **namer.arrays(taught))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
