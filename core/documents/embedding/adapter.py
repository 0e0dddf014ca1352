"""What the encoder has learnt of the field: small changes to its upper layers, fitted on questions about a bank's papers.

People ask in other words than the papers use (坏账 for 不良贷款, 乡下 for 县域), and in English about Chinese papers. multilingual-e5-small
knows little of that; on questions written for the purpose (`tests/evals/training`) a change of low rank (LoRA: Hu et al., 2021) teaches it.
Weight = stored weight + up · down, with `up` (outputs, rank) and `down` (rank, inputs). `python -m tests.evals.fit_adapter` makes the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("adapter.npz")
_UP, _DOWN, _PEAKS = ".up", ".down", ".peaks"

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """`factors[layer]`: (up, down) of the layers that change, by their names in `PackedModel` without the ".w"; `peaks[layer]`: the
    greatest numbers (inputs,) that come into a layer, where a few of them stand out far. `stamp` tells versions apart."""

    stamp: str
    factors: dict[str, tuple[Matrix, Matrix]] = field(repr=False)
    peaks: dict[str, Matrix] = field(default_factory=dict, repr=False)

    def change(self, layer: str) -> Matrix | float:
        """What is added to the weights of a layer: (outputs, inputs), or 0 where it stays as it is."""
        if layer not in self.factors:
            return 0.0
        up, down = self.factors[layer]
        return up @ down


def read_adapter(path: Path = FILE) -> Adapter:
    """The adapter in a file of arrays "<layer>.up", "<layer>.down" and "<layer>.peaks"; others in it are somebody else's."""
    with np.load(path, allow_pickle=False) as arrays:
        known = {name: arrays[name].astype(np.float32) for name in arrays.files if name.endswith((_UP, _DOWN, _PEAKS))}
    layers = sorted(name.removesuffix(_UP) for name in known if name.endswith(_UP))
    peaks = {name.removesuffix(_PEAKS): values for name, values in known.items() if name.endswith(_PEAKS)}
    stamp = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return Adapter(stamp, {layer: (known[f"{layer}{_UP}"], known[f"{layer}{_DOWN}"]) for layer in layers}, peaks)
