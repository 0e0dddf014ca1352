"""Cosines between a question and sentences, on a scale that does not depend on the embedder.

Embedders differ in what a cosine means: multilingual-e5 gives 0.83 to sentences that have nothing in common, others 0.1. A cosine
is therefore placed between the question's mean cosine to sentences about other things (0) and identity (1).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.documents.embedding import Embedder

FloatArray = NDArray[np.float32]

ELSEWHERE = {
    "zh": (
        "昨天傍晚下了一场大雨，孩子们在公园里踢球。",
        "这道菜先用小火慢炖两个小时，再放葱姜。",
        "火车在清晨到达山脚下的小镇。",
        "他把旧相机擦干净，放回了书架。",
        "博物馆展出了一批唐代的陶俑。",
        "蜜蜂在花丛里采蜜，风吹过麦田。",
    ),
    "en": (
        "It rained yesterday evening and the children played ball in the park.",
        "Let the soup simmer for two hours, then add the ginger.",
        "The train reached the small town at dawn.",
        "He cleaned the old camera and put it back on the shelf.",
        "The museum showed a set of ancient clay figures.",
        "Bees gather honey while the wind moves the wheat.",
    ),
}


@lru_cache(maxsize=8)
def _elsewhere(embedder: Embedder, language: str) -> FloatArray:
    return embedder.passages(ELSEWHERE[language])


def floor(embedder: Embedder, question: FloatArray, language: str) -> float:
    """The mean cosine of a question to sentences in `language` ("zh" or "en") that have nothing to do with it."""
    return float(np.mean(_elsewhere(embedder, language) @ question))


def scaled(cosine: float, low: float) -> float:
    """A cosine with 0 at `low`, the question's `floor`, and 1 at identity."""
    return (cosine - low) / (1.0 - low)
