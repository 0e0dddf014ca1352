"""A network that was taught one thing: changes of the encoder's layers, and weights on the states that these end in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding.adapter import Adapter, read_adapter
from core.documents.embedding.graph import STATES, states_graph
from core.documents.embedding.wheel import Network, WheelModel

_EPSILON = 1e-5
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """`weights` (…, inputs) and `constant` (…) make scores of states; `adapter` holds the changes of the layers below."""

    adapter: Adapter
    weights: Array = field(repr=False)
    constant: Array = field(repr=False)

    def scores(self, *states: Array) -> Array:
        """The scores of states (hidden,), each made even and laid end to end."""
        made: Array = self.weights @ np.concatenate([even(one) for one in states]) + self.constant
        return made

    def network(self, model: WheelModel, kind: str) -> Network:
        """The network that gives the states (tokens, hidden) of a text; `kind` tells its graph from those of other heads."""
        return model.network(kind, f"{model.stamp}-{self.adapter.stamp}", STATES, lambda packed: states_graph(packed, self.adapter))


@cache
def read_head(path: Path) -> Head:
    """What a file holds beside the changes of the layers: the arrays "head" and "constant"."""
    with np.load(path, allow_pickle=False) as arrays:
        return Head(read_adapter(path), arrays["head"].astype(np.float32), arrays["constant"].astype(np.float32))


def even(state: Array) -> Array:
    """A state (hidden,) with mean 0 and variance 1."""
    level = state - state.mean()
    made: Array = level / np.sqrt(level @ level / len(level) + _EPSILON)
    return made
