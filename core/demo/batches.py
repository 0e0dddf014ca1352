"""The sample's long work a few pieces at a time, so that nobody who wants to write waits for all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Piece = TypeVar("Piece")


def batched(pieces: Sequence[Piece], count: int) -> Iterator[Sequence[Piece]]:
    """`pieces` in their order, `count` at a time."""
    return (pieces[start : start + count] for start in range(0, len(pieces), count))
