"""The large reader of sentences (`core.strategy.decoding.reader`), from which the small network learns (distillation: Hinton et al., 2015).

The encoder of search with a change of low rank in all its layers and a head for what labels say: the four kinds, whether something has
been achieved, the perspective.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core.strategy.decoding.in_context import Laid, laid_out
from core.strategy.decoding.wording import KINDS, VIEWS
from tests.evals.encoder import Encoder, descend
from tests.evals.labelled_sentences import Given

RANK, EPOCHS, BATCH, RATE, DROPPED = 8, 4, 32, 1e-3, 0.15
PEAKS_OF = 400
OUTPUTS = len(KINDS) + 1 + len(VIEWS)
Array = np.ndarray[Any, np.dtype[np.float32]]


class Teacher(nn.Module):
    """Sentences in their context → scores (sentences, OUTPUTS)."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder(first=0, rank=RANK)
        self.size = self.encoder.sizes.hidden
        self.dropped = nn.Dropout(DROPPED)
        self.head = nn.Linear(2 * self.size, OUTPUTS)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)

    def laid_out(self, given: Given) -> Laid:
        """A sentence in its context, as tokens."""
        return laid_out(self.encoder.tokeniser, given.sentence, given.title, given.kind)

    def arrays(self, given: Sequence[Given]) -> dict[str, Any]:
        """What the product reads; `given` are sentences like those that it will see."""
        peaks = self.encoder.peaks([self.laid_out(one).tokens for one in random.sample(list(given), min(len(given), PEAKS_OF))])
        head = {"head": self.head.weight, "constant": self.head.bias}
        kept = {name: one.detach().numpy().astype(np.float32) for name, one in head.items()}
        return {**self.encoder.changes(), **peaks, **kept}

    def forward(self, laid: Sequence[Laid]) -> torch.Tensor:
        """The scores, as log-odds of the kinds and of the achieved, and of the perspectives against one another."""
        states, _ = self.encoder.through([self.encoder.embedded(one.tokens) for one in laid], 0, len(self.encoder.layers))
        own = torch.zeros(states.shape[:2])
        for row, one in enumerate(laid):
            own[row, one.own] = 1.0
        mean = (states * own[..., None]).sum(1) / own.sum(1, keepdim=True)
        seen = torch.cat([functional.layer_norm(mean, (self.size,)), functional.layer_norm(states[:, 0], (self.size,))], 1)
        scores: torch.Tensor = self.head(self.dropped(seen))
        return scores

    @torch.no_grad()
    def read(self, given: Sequence[Given], at_once: int = 64) -> Array:
        """The scores of many sentences."""
        self.eval()
        laid = [self.laid_out(one) for one in given]
        order = sorted(range(len(laid)), key=lambda i: len(laid[i].tokens))
        out = np.empty((len(laid), OUTPUTS), np.float32)
        for at in range(0, len(order), at_once):
            some = [laid[i] for i in order[at : at + at_once]]
            out[order[at : at + at_once]] = self(some).numpy()
        return out


def wanted(given: Sequence[Given]) -> tuple[torch.Tensor, torch.Tensor]:
    """What labels say: (sentences, 5) yes or no, and the number of the perspective, −1 where there is none."""
    labels = [one.label for one in given]
    assert all(labels)
    sides = [[float(kind.value in one.kinds) for kind in KINDS] + [float(one.achieved)] for one in labels if one]
    views = [VIEWS.index(one.perspective) if one.perspective else -1 for one in labels if one]  # type: ignore[arg-type]
    return torch.tensor(sides), torch.tensor(views)


def loss(scores: torch.Tensor, given: Sequence[Given]) -> torch.Tensor:
    """How far scores are from labels."""
    sides, views = wanted(given)
    count = sides.shape[1]
    found = functional.binary_cross_entropy_with_logits(scores[:, :count], sides, reduction="none").sum(1).mean()
    seen = views >= 0
    return found + 0.7 * functional.cross_entropy(scores[seen, count:], views[seen]) if seen.any() else found


def fit(given: Sequence[Given]) -> Teacher:
    """A teacher that has gone over labelled sentences `EPOCHS` times."""
    teacher = Teacher()
    learned = [(teacher.laid_out(one), one) for one in given]
    taught = [{"params": teacher.encoder.taught(), "lr": RATE}, {"params": teacher.head.parameters(), "lr": 3 * RATE}]
    optimiser = torch.optim.AdamW(taught, weight_decay=0.02)
    steps = EPOCHS * math.ceil(len(learned) / BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, [RATE, 3 * RATE], total_steps=steps + EPOCHS, pct_start=0.15)
    begun = time.monotonic()
    for epoch in range(EPOCHS):
        total, batches = 0.0, _batches(learned)
        teacher.train()
        for batch in batches:
            off = loss(teacher([laid for laid, _ in batch]), [one for _, one in batch])
            total += descend(off, list(teacher.parameters()), optimiser, pace)
        print(f"teacher, epoch {epoch + 1}: {total / len(batches):.3f} after {time.monotonic() - begun:.0f} s", flush=True)
    teacher.eval()
    return teacher


def _batches(learned: Sequence[tuple[Laid, Given]]) -> list[list[tuple[Laid, Given]]]:
    """In another order each time, those of like length together."""
    order = sorted(learned, key=lambda one: len(one[0].tokens) + random.random() * 8)
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    random.shuffle(batches)
    return batches
