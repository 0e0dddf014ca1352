"""What the in-process embedders share: one text per run, as many runs at once as there are threads.

Texts are not put into batches: nothing is computed for padding, the vector of a text does not depend on its neighbours
(8-bit activations share one scale per run), and a query, which runs on the caller's own thread, waits for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_TOKENS = 512

Vector = NDArray[np.float32]


class TextPool:
    """Runs `encode` (text → float32 (d,), thread-safe) over many texts; all callers share `threads` threads."""

    def __init__(self, encode: Callable[[str], Vector], dimensions: int, threads: int) -> None:
        self._encode = encode
        self._dimensions = dimensions
        self._executor = ThreadPoolExecutor(max_workers=max(1, threads), thread_name_prefix="embedding")

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of `texts` in their order: float32 (len(texts), d)."""
        vectors = np.empty((len(texts), self._dimensions), np.float32)
        for row, vector in enumerate(self._executor.map(self._encode, texts)):
            vectors[row] = vector
        return vectors


def open_session(model: Path, optimise: bool) -> Any:
    """An onnxruntime session that computes on the calling thread and keeps no memory between runs.

    The library's own threads spin while they wait and cost a factor of ten on a busy machine; its arena never gives
    memory back.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    if not optimise:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
